//! What befell a step in this run, beside what its own words say: losses, and ends that no longer
//! listen. A step keeps all of its remarks, whatever else is said of it.

use super::closing::{Closing, follows};
use super::context::{ConnectionContext, handshake};
use super::{Step, Subject, format, segment};
use crate::dissect::{Message, MessageKind, PacketView, Record};
use crate::trace::{Fate, Op, Role, Status};
use crate::wire::record::HEADER_LEN;
use std::fmt;
use std::ops::Range;

/// Something that befell a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The packet of this step never arrived.
    Lost,
    /// These packets carried part of the message first, and were lost: the reader has all of it so
    /// much later than it was first sent, in microseconds.
    Late {
        /// Their numbers.
        packets: Vec<u32>,
        /// Who waits for the message.
        reader: Role,
        /// How long after the message was first sent.
        after_us: u64,
    },
    /// These packets carried the message or part of it, were lost, and nothing made up for it.
    Incomplete {
        /// Their numbers.
        packets: Vec<u32>,
        /// Whether no other packet carried any of it.
        all: bool,
        /// Who waits for the message.
        reader: Role,
    },
    /// Bytes of the message's records were changed on the path.
    Changed {
        /// How many.
        bytes: usize,
        /// Who gets them changed.
        reader: Role,
    },
    /// The message's record met with this on the path.
    Meddled {
        /// With what.
        fate: Fate,
        /// Who was to get it.
        reader: Role,
    },
    /// The reader gave up before it made use of the message.
    Unread {
        /// Who gave up.
        reader: Role,
    },
    /// The reader has closed its own direction already, and still reads.
    HalfClosed {
        /// Who has closed its direction.
        reader: Role,
    },
}

/// One sentence, with the markup of [`super::Step::what`].
impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Remark::Lost => write!(f, "The link loses this packet: it never arrives."),
            Remark::Late { packets, reader, after_us } => write!(
                f,
                "{} lost, so the {} has the whole message only {} after it was first sent, once TCP \
                 has retransmitted what was missing.",
                which(packets),
                reader.name(),
                format::duration(*after_us)
            ),
            Remark::Incomplete { packets, all: false, reader } => {
                write!(
                    f,
                    "{} lost, and the {} never gets all of it.",
                    which(packets),
                    reader.name()
                )
            }
            Remark::Incomplete { packets, all: true, reader } => write!(
                f,
                "{} lost, and the {} never gets any of it.",
                match packets.as_slice() {
                    [only] => format!("Packet {only}, which carries it, is"),
                    more => format!("Packets {}, which carry it, are", numbers(more)),
                },
                reader.name()
            ),
            Remark::Changed { bytes, reader } => write!(
                f,
                "On the path {} of it {} changed. What is shown here is what was sent; the {} gets \
                 other bytes.",
                format::bytes(*bytes),
                if *bytes == 1 { "is" } else { "are" },
                reader.name()
            ),
            Remark::Meddled { fate, reader } => write!(f, "{}", meddled(*fate, reader.name())),
            Remark::Unread { reader } => {
                write!(f, "The {} gives up before it makes use of this.", reader.name())
            }
            Remark::HalfClosed { reader } => write!(
                f,
                "It goes to an end that has closed its own direction already: the {who}'s \
                 `close_notify` and FIN ended what the {who} sends, not what it reads.",
                who = reader.name()
            ),
        }
    }
}

/// What was done to a whole record.
fn meddled(fate: Fate, reader: &str) -> String {
    match fate {
        Fate::Dropped => format!(
            "Someone on the path takes it out and corrects TCP's numbers: the {reader} never gets it, and \
             its TCP misses nothing."
        ),
        Fate::Repeated => format!(
            "Someone on the path lets it arrive twice: right behind it the {reader} gets a copy, byte for \
             byte."
        ),
        Fate::HeldBack => format!(
            "Someone on the path holds it back: the {reader} gets it only behind the record that was \
             sent after it."
        ),
        Fate::CutOff => format!(
            "Someone on the path cuts the stream off here: the {reader} gets a forged FIN in place of it, \
             and nothing more."
        ),
    }
}

/// `Packet 5, which carries part of it, is`.
fn which(packets: &[u32]) -> String {
    match packets {
        [only] => format!("Packet {only}, which carries part of it, is"),
        more => format!("Packets {}, which carry parts of it, are", numbers(more)),
    }
}

/// `4, 7 and 10`.
fn numbers(packets: &[u32]) -> String {
    format::list(&packets.iter().map(u32::to_string).collect::<Vec<_>>())
}

/// The remarks on a step whose operations are assigned.
pub fn of(ctx: &ConnectionContext<'_>, step: &Step) -> Vec<Remark> {
    match step.subject {
        Subject::Packet(index) => {
            let packet = ctx.dissection.packets.get(index);
            packet.filter(|p| segment::is_lost(p)).map(|_| Remark::Lost).into_iter().collect()
        }
        Subject::Message(index) => {
            let Some(message) = ctx.dissection.messages.get(index) else { return Vec::new() };
            let all = [
                late(ctx, step, message),
                changed(ctx, message),
                fate(ctx, message),
                unread(ctx, step, message),
                half_closed(ctx, message),
            ];
            all.into_iter().flatten().collect()
        }
    }
}

/// What a loss did to the message.
fn late(ctx: &ConnectionContext<'_>, step: &Step, message: &Message) -> Option<Remark> {
    let packets: Vec<u32> = lost(ctx, step, message).map(|packet| packet.number).collect();
    if packets.is_empty() {
        return None;
    }
    let reader = ctx.tls.role(message.from.peer());
    Some(match message.received_us {
        Some(at) => {
            let after_us = at.saturating_sub(message.sent_us);
            Remark::Late { packets, reader, after_us }
        }
        None => Remark::Incomplete { all: packets.len() == step.packets.len(), packets, reader },
    })
}

/// What tampering on the path did to the message's records; in the clear, to its own bytes of them.
fn changed(ctx: &ConnectionContext<'_>, message: &Message) -> Option<Remark> {
    let bytes = changed_bytes(ctx, message, 0..message.bytes.len());
    let reader = ctx.tls.role(message.from.peer());
    (bytes > 0).then_some(Remark::Changed { bytes, reader })
}

/// How many bytes of this part of a message arrived otherwise than they were sent. Of a message that is
/// encrypted, or whose record has nothing else in it, all bytes of the record count as its own; so they do
/// of one that arrived longer or shorter.
pub fn changed_bytes(ctx: &ConnectionContext<'_>, message: &Message, part: Range<usize>) -> usize {
    let is_whole = part == (0..message.bytes.len());
    let of_record = |record: &Record| {
        let altered = record.alteration()?;
        let alone = ctx.is_encrypted(message) || is_whole && record.messages.len() < 2;
        if alone || altered.sent.len() != altered.received.len() {
            return Some(altered.count());
        }
        let all = &ctx.dissection.messages;
        let before = record.messages.iter().filter(|index| **index < message.index);
        let before: usize =
            before.filter_map(|index| all.get(*index)).map(|one| one.bytes.len()).sum();
        let start = HEADER_LEN + before;
        let own = start + part.start..start + part.end;
        let changes = altered.changes.iter();
        Some(changes.map(|change| common(&change.sent, &own).len()).sum())
    };
    ctx.records(message).filter_map(of_record).sum()
}

/// What someone on the path did to one of the message's records.
fn fate(ctx: &ConnectionContext<'_>, message: &Message) -> Option<Remark> {
    let fate = ctx.records(message).find_map(|record| record.fate)?;
    Some(Remark::Meddled { fate, reader: ctx.tls.role(message.from.peer()) })
}

/// The lost packets that the receiver missed: bytes of the message were in them that no packet before
/// had brought, nor was to bring. A copy sent when the message was complete is not missed.
fn lost<'a>(
    ctx: &ConnectionContext<'a>,
    step: &Step,
    message: &Message,
) -> impl Iterator<Item = &'a PacketView> {
    let dissection = ctx.dissection;
    let own = dissection.packets.iter().filter(|packet| {
        step.packets.contains(&packet.number)
            && message.received_us.is_none_or(|complete| packet.sent_us < complete)
    });
    // Each packet with what of the message's bytes it carries.
    let records: Vec<Range<usize>> =
        ctx.records(message).map(|r| r.stream_offset..r.stream_offset + r.bytes.len()).collect();
    let carried: Vec<(&PacketView, Vec<Range<usize>>)> = own
        .filter_map(|packet| {
            let payload = packet.stream_range()?;
            let parts = if records.is_empty() {
                vec![payload]
            } else {
                records.iter().map(|record| common(record, &payload)).collect()
            };
            Some((packet, parts))
        })
        .collect();
    let missed: Vec<&PacketView> = carried
        .iter()
        .enumerate()
        .filter(|(place, (packet, parts))| {
            let arrived = || carried.iter().take(*place).filter(|(p, _)| p.received_us.is_some());
            packet.received_us.is_none()
                && parts.iter().any(|part| {
                    let covers: Vec<&Range<usize>> =
                        arrived().flat_map(|(_, parts)| parts).collect();
                    !is_covered(part, &covers)
                })
        })
        .map(|(_, (packet, _))| *packet)
        .collect();
    missed.into_iter()
}

/// What two ranges have in common; empty if nothing.
fn common(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    let start = a.start.max(b.start);
    start..a.end.min(b.end).max(start)
}

/// Whether every place of `part` is in one of `others`.
fn is_covered(part: &Range<usize>, others: &[&Range<usize>]) -> bool {
    let mut at = part.start;
    while at < part.end {
        let Some(next) = others.iter().find(|other| other.contains(&at)) else { return false };
        at = next.end;
    }
    true
}

/// Whether the message came to an end that had given up.
fn unread(ctx: &ConnectionContext<'_>, step: &Step, message: &Message) -> Option<Remark> {
    let events = &ctx.connection.events;
    let uses = |event: &usize| {
        let op = events.get(*event).map(|event| &event.op);
        matches!(op, Some(Op::TranscriptUpdate { .. } | Op::DataRead { .. } | Op::Failed { .. }))
    };
    let is_meant = match message.kind {
        MessageKind::Handshake(handshake::NEW_SESSION_TICKET | handshake::KEY_UPDATE) => false,
        MessageKind::Handshake(_) | MessageKind::ApplicationData => true,
        _ => false,
    };
    let reader = message.from.peer();
    let failed = ctx.connection.end(reader).status == Status::Failed;
    // What never arrived is told otherwise.
    let arrived = message.received_us.is_some();
    let unread =
        is_meant && arrived && failed && !events.is_empty() && !step.read_by.iter().any(uses);
    unread.then_some(Remark::Unread { reader: ctx.tls.role(reader) })
}

/// Whether the message is data for an end that has closed its own direction.
fn half_closed(ctx: &ConnectionContext<'_>, message: &Message) -> Option<Remark> {
    let Some(Closing::Half(fin)) = ctx.closing else { return None };
    follows(ctx, fin, message).then_some(Remark::HalfClosed { reader: ctx.tls.role(fin.from) })
}
