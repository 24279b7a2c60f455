//! Streams to TLS records (RFC 9846, section 5.1).

use super::model::{Epoch, PacketView, Record};
use super::streams::Stream;
use crate::tls::ContentType;
use crate::trace::{Fate, Meddling};
use crate::wire::record::HEADER_LEN;

/// The records of both streams, ordered by the time their last byte was sent.
pub(super) fn split(
    streams: &[Stream],
    packets: &[PacketView],
    meddling: &[Meddling],
    problems: &mut Vec<String>,
) -> Vec<Record> {
    let one = |stream: &Stream| {
        let mut records = split_one(stream, packets, problems);
        let own: Vec<&Meddling> = meddling.iter().filter(|act| act.from == stream.from).collect();
        if !own.is_empty() {
            meddled(&mut records, &own);
        }
        records
    };
    let mut found: Vec<(usize, Record)> = streams.iter().flat_map(one).collect();
    // Records of one packet keep their order, as the sort is stable.
    found.sort_by_cached_key(|(completed_by, _)| *completed_by);
    let number = |(index, (_, record)): (usize, (usize, Record))| Record { index, ..record };
    found.into_iter().enumerate().map(number).collect()
}

/// Notes what was done to whole records of one stream. Bytes of it are elsewhere in what arrived, and
/// none was changed.
fn meddled(records: &mut [(usize, Record)], acts: &[&Meddling]) {
    let mut is_cut = false;
    let mut behind = None;
    for (_, record) in records.iter_mut() {
        let act = acts.iter().find(|act| act.offset == record.stream_offset);
        record.received = None;
        record.fate = act.map(|act| act.fate);
        is_cut |= record.fate == Some(Fate::CutOff);
        if is_cut || record.fate == Some(Fate::Dropped) {
            record.received_us = None;
        }
    }
    for (_, record) in records.iter_mut().rev() {
        if record.fate == Some(Fate::HeldBack) {
            record.received_us = behind;
        }
        behind = record.received_us;
    }
}

/// The records of one stream, each with the position of the packet that completed it.
fn split_one(
    stream: &Stream,
    packets: &[PacketView],
    problems: &mut Vec<String>,
) -> Vec<(usize, Record)> {
    let who = stream.from.name();
    let mut records = Vec::new();
    let mut at = 0;
    while let Some(rest) = stream.bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let &[content_type, 3, _, high, low, ..] = rest else {
            problems.push(format!("byte {at} of the {who}'s stream does not start a TLS record"));
            break;
        };
        let end = at + HEADER_LEN + usize::from(u16::from_be_bytes([high, low]));
        let range = at..end;
        if ContentType(content_type).name().is_none() {
            problems.push(format!(
                "byte {at} of the {who}'s stream: {content_type} is no TLS content type"
            ));
            break;
        }
        let Some(bytes) = stream.bytes.get(range.clone()) else {
            problems.push(format!(
                "the record at octet {at} of the {who}'s stream is cut short: it ends at octet {end}, \
                 the stream at {}",
                stream.bytes.len()
            ));
            break;
        };
        let Some(completed_by) = stream.completed_by(&range) else { break };
        let carriers = stream.packets(&range);
        records.push((
            completed_by,
            Record {
                index: 0,
                from: stream.from,
                content_type: ContentType(content_type),
                inner_content_type: None,
                epoch: Epoch::Plain,
                sequence: 0,
                stream_offset: at,
                bytes: bytes.to_vec(),
                received: stream.received(&range, packets),
                fate: None,
                nodes: Vec::new(),
                opened: None,
                packets: carriers.iter().filter_map(|p| Some(packets.get(*p)?.number)).collect(),
                messages: Vec::new(),
                sent_us: packets.get(completed_by).map_or(0, |packet| packet.sent_us),
                received_us: stream.arrived_us(&range),
            },
        ));
        at = end;
    }
    records
}

impl Record {
    /// Header and fragment as the receiver gets them.
    pub fn received_bytes(&self) -> &[u8] {
        self.received.as_deref().unwrap_or(&self.bytes)
    }

    /// What stands behind the header.
    pub fn fragment(&self) -> &[u8] {
        self.bytes.get(HEADER_LEN..).unwrap_or_default()
    }

    /// What stands behind the header as the receiver gets it.
    pub fn received_fragment(&self) -> &[u8] {
        self.received_bytes().get(HEADER_LEN..).unwrap_or_default()
    }
}
