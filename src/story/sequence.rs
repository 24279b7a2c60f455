//! The rows of the ladder at its three zooms, so that a view has only to draw them.

use super::{Step, Story, Subject, format, segment};
use crate::dissect::{Dissection, Epoch, PacketView, Record};
use crate::story::words::content_type;
use crate::trace::Endpoint;

/// How closely the ladder looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zoom {
    /// TCP segments.
    Packets,
    /// TLS records.
    Records,
    /// Handshake messages, alerts and data, with the packets that open and close the connection.
    Messages,
}

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Position in [`Dissection::packets`].
    Packet(usize),
    /// Position in [`Dissection::records`].
    Record(usize),
    /// Position in [`Dissection::messages`].
    Message(usize),
}

/// One arrow of the ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What stands on it.
    pub label: String,
    /// Where it starts.
    pub from: Endpoint,
    /// When it was sent, in microseconds.
    pub sent_us: u64,
    /// When it arrived, in microseconds; `None` if it never did.
    pub received_us: Option<u64>,
    /// The keys it travels under; for a packet the strongest of its records'.
    pub epoch: Epoch,
    /// The step that it belongs to: the one to select when it is chosen.
    pub step: usize,
    /// What it stands for.
    pub subject: Part,
}

/// The rows at this zoom, in the order of sending.
pub fn rows(dissection: &Dissection, story: &Story, zoom: Zoom) -> Vec<Row> {
    match zoom {
        Zoom::Messages => story.steps.iter().map(of_step).collect(),
        Zoom::Records => {
            let mut rows: Vec<Row> =
                story.steps.iter().filter(|s| is_packet(s)).map(of_step).collect();
            rows.extend(dissection.records.iter().map(|record| of_record(story, record)));
            rows.sort_by_cached_key(|row| (row.sent_us, row.step));
            rows
        }
        Zoom::Packets => {
            let packets = dissection.packets.iter().enumerate();
            packets.map(|(at, packet)| of_packet(dissection, story, at, packet)).collect()
        }
    }
}

fn is_packet(step: &Step) -> bool {
    matches!(step.subject, Subject::Packet(_))
}

fn of_step(step: &Step) -> Row {
    Row {
        label: step.title.clone(),
        from: step.from,
        sent_us: step.sent_us,
        received_us: step.received_us,
        epoch: step.epoch,
        step: step.index,
        subject: match step.subject {
            Subject::Packet(index) => Part::Packet(index),
            Subject::Message(index) => Part::Message(index),
        },
    }
}

fn of_record(story: &Story, record: &Record) -> Row {
    let carried: Vec<&Step> =
        story.steps.iter().filter(|step| step.records.contains(&record.index)).collect();
    let titles: Vec<String> = carried.iter().map(|step| step.title.clone()).collect();
    let label = if titles.is_empty() {
        format!("{}, {}", content_type(record.content_type), format::bytes(record.bytes.len()))
    } else {
        titles.join(" + ")
    };
    Row {
        label,
        from: record.from,
        sent_us: record.sent_us,
        received_us: record.received_us,
        epoch: record.epoch,
        step: carried.first().map_or_else(|| latest(story, record.sent_us), |step| step.index),
        subject: Part::Record(record.index),
    }
}

fn of_packet(dissection: &Dissection, story: &Story, at: usize, packet: &PacketView) -> Row {
    let carried = |step: &&Step| step.packets.contains(&packet.number);
    let own = |step: &&Step| step.subject == Subject::Packet(at);
    let step = story.steps.iter().find(own).or_else(|| story.steps.iter().find(carried));
    let epochs = packet.records.iter().filter_map(|index| dissection.records.get(*index));
    // What is remarkable comes first: a narrow ladder cuts what comes last.
    let label = match (segment::label(packet), packet.payload_len) {
        (remarks, 0) if remarks.is_empty() => packet.flags.clone(),
        (remarks, n) if remarks.is_empty() => format!("{} · {}", packet.flags, format::bytes(n)),
        (remarks, 0) => format!("{remarks} · {}", packet.flags),
        (remarks, n) => format!("{remarks} · {}", format::bytes(n)),
    };
    Row {
        label,
        from: packet.from,
        sent_us: packet.sent_us,
        received_us: packet.received_us,
        epoch: epochs.map(|record| record.epoch).max().unwrap_or(Epoch::Plain),
        step: step.map_or_else(|| latest(story, packet.sent_us), |step| step.index),
        subject: Part::Packet(at),
    }
}

/// The last step sent no later than `sent_us`: where a bare acknowledgment belongs.
fn latest(story: &Story, sent_us: u64) -> usize {
    story.steps.iter().rev().find(|step| step.sent_us <= sent_us).map_or(0, |step| step.index)
}
