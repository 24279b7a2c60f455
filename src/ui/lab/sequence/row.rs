//! What a row of the ladder shows, as data.

use crate::dissect::{Epoch, MessageKind};
use crate::route::Zoom;
use crate::run::Run;
use crate::story::sequence::{self, Part, Row};
use crate::story::{Step, Subject, format};
use crate::tls::AlertDescription;
use crate::tls::ProtocolVersion;
use crate::trace::Endpoint;

/// How a row is protected, or that it is an error: its colour, pattern, symbol and word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Not encrypted.
    Plain,
    /// Under early data keys.
    Early,
    /// Under handshake keys.
    Handshake,
    /// Under application keys.
    Application,
    /// Under the keys that TLS 1.2 has for the whole connection.
    Connection,
    /// Encrypted, as far as someone without keys can tell.
    Sealed,
    /// An alert that reports an error.
    Error,
}

impl Mark {
    /// All, in the order of the legend.
    pub const ALL: &'static [Mark] = &[
        Mark::Plain,
        Mark::Early,
        Mark::Handshake,
        Mark::Application,
        Mark::Connection,
        Mark::Sealed,
        Mark::Error,
    ];

    /// The class that colours it.
    pub fn class(self) -> &'static str {
        match self {
            Mark::Plain => "plain",
            Mark::Early => "early",
            Mark::Handshake => "handshake",
            Mark::Application | Mark::Connection => "application",
            Mark::Sealed => "sealed",
            Mark::Error => "error",
        }
    }

    /// What stands before the label.
    pub fn symbol(self) -> &'static str {
        match self {
            Mark::Plain => "",
            Mark::Early => "◇",
            Mark::Handshake => "◆",
            Mark::Application | Mark::Connection => "●",
            Mark::Sealed => "■",
            Mark::Error => "✕",
        }
    }

    /// What stands in the legend: for a row without a symbol its line.
    pub fn legend_symbol(self) -> &'static str {
        if self == Mark::Plain { "┄" } else { self.symbol() }
    }

    /// What it means.
    pub fn word(self) -> &'static str {
        match self {
            Mark::Plain => "not encrypted",
            Mark::Early => "early data keys",
            Mark::Handshake => "handshake keys",
            Mark::Application => "application keys",
            Mark::Connection => "connection keys",
            Mark::Sealed => "encrypted",
            Mark::Error => "error alert",
        }
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct RowView {
    /// What stands on it.
    pub label: String,
    /// How it is protected.
    pub mark: Mark,
    /// Where it starts.
    pub from: Endpoint,
    /// Who sends and who receives.
    pub ends: [&'static str; 2],
    /// When it was sent, in microseconds from [`crate::story::Story::start_us`].
    pub sent_us: u64,
    /// Whether it arrived.
    pub arrived: bool,
    /// Whether it took any time.
    pub slanted: bool,
    /// The step it leads to.
    pub step: usize,
    /// The steps that have a part in it.
    pub steps: Vec<usize>,
    /// What it stands for.
    pub part: Part,
    /// What it stands for among those of its step, from 0.
    pub position: usize,
}

impl RowView {
    /// What the drawing says beside the label, for people who do not see it.
    pub fn spoken(&self) -> String {
        let encrypted = match self.mark {
            Mark::Error => "an error alert",
            mark => mark.word(),
        };
        let lost = if self.arrived { "" } else { ", never arrived" };
        format!(
            ", {} to {}, at {}, {encrypted}{lost}",
            self.ends[0],
            self.ends[1],
            format::moment(self.sent_us),
        )
    }
}

/// The rows of a run. For someone without keys an encrypted record stays one, whatever is in it.
pub fn rows(run: &Run, zoom: Zoom, blind: bool) -> Vec<RowView> {
    let rows = |zoom| sequence::rows(run.dissection(), run.story(), zoom);
    let rows = match zoom {
        Zoom::Messages if blind => {
            let plain = |row: &Row| row.epoch == Epoch::Plain;
            let messages = rows(sequence::Zoom::Messages).into_iter().filter(plain);
            let records = rows(sequence::Zoom::Records).into_iter().filter(|row| !plain(row));
            let mut both: Vec<Row> = messages.chain(records).collect();
            both.sort_by_cached_key(|row| (row.sent_us, row.step));
            both
        }
        Zoom::Messages => rows(sequence::Zoom::Messages),
        Zoom::Records => rows(sequence::Zoom::Records),
        Zoom::Tcp => rows(sequence::Zoom::Packets),
    };
    rows.into_iter().map(|row| row_view(run, row, blind)).collect()
}

fn row_view(run: &Run, row: Row, blind: bool) -> RowView {
    let (dissection, steps) = (run.dissection(), &run.story().steps);
    let belongs = |step: &&Step| match row.subject {
        Part::Packet(at) => {
            let number = dissection.packets.get(at).map(|packet| packet.number);
            number.is_some_and(|number| step.packets.contains(&number))
        }
        Part::Record(at) => step.records.contains(&at),
        Part::Message(at) => step.subject == Subject::Message(at),
    };
    let mut own: Vec<usize> = steps.iter().filter(belongs).map(|step| step.index).collect();
    if own.is_empty() {
        own.push(row.step);
    }
    let is_error = |step: &usize| steps.get(*step).is_some_and(|step| is_error(run, step));
    let sealed = blind && row.epoch != Epoch::Plain;
    let mark = match row.epoch {
        _ if sealed => Mark::Sealed,
        _ if !matches!(row.subject, Part::Packet(_)) && own.iter().any(is_error) => Mark::Error,
        Epoch::Plain => Mark::Plain,
        Epoch::Early => Mark::Early,
        Epoch::Handshake => Mark::Handshake,
        Epoch::Application if dissection.negotiated.version == Some(ProtocolVersion::TLS1_2) => {
            Mark::Connection
        }
        Epoch::Application => Mark::Application,
    };
    let label = match row.subject {
        Part::Record(at) if sealed => {
            let size = dissection.records.get(at).map_or(0, |record| record.bytes.len());
            format!("encrypted, {}", format::bytes(size))
        }
        _ => row.label,
    };
    let position = steps.get(row.step).and_then(|step| match row.subject {
        Part::Packet(at) => {
            let number = dissection.packets.get(at)?.number;
            step.packets.iter().position(|packet| *packet == number)
        }
        Part::Record(at) => step.records.iter().position(|record| *record == at),
        Part::Message(_) => None,
    });
    RowView {
        label,
        mark,
        from: row.from,
        ends: [run.name(row.from), run.name(row.from.peer())],
        sent_us: row.sent_us.saturating_sub(run.story().start_us),
        arrived: row.received_us.is_some(),
        slanted: row.received_us.is_none_or(|received| received > row.sent_us),
        step: row.step,
        steps: own,
        part: row.subject,
        position: position.unwrap_or(0),
    }
}

fn is_error(run: &Run, step: &Step) -> bool {
    let Subject::Message(at) = step.subject else { return false };
    let kind = run.dissection().messages.get(at).map(|message| message.kind);
    matches!(kind, Some(MessageKind::Alert { description, .. }) if description != AlertDescription::CLOSE_NOTIFY)
}
