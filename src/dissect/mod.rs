//! A [`crate::trace::Trace`] taken apart: packets, streams, records, opened records, messages,
//! and the key schedule derived a second time.
//!
//! ```text
//! packets ──▶ streams ──▶ records ──▶ session ──▶ messages
//!                                     │    ▲
//!                                     ▼    │ keys
//!                                    progress
//! ```

mod hello;
mod joiner;
mod model;
mod packets;
mod progress;
mod protection;
mod records;
mod session;
mod streams;
mod tcp;
mod transcript;

pub use model::*;

use crate::trace::{Connection, Endpoint};
use session::Session;
use streams::Stream;

/// Takes a connection apart. Never fails: what could not be decoded, opened or derived is told in
/// [`Dissection::problems`], and the rest is there.
///
/// Keys are derived from what the packets carry and the shared secret that an endpoint recorded
/// ([`crate::trace::Op::KeyAgreement`]); nothing else of the recording is used.
pub fn dissect(connection: &Connection) -> Dissection {
    let mut problems = Vec::new();
    let mut packets = packets::view(&connection.packets, &mut problems);
    tcp::remark(&connection.packets, &mut packets);
    let streams = Endpoint::BOTH.map(|who| Stream::join(who, &packets, &mut problems));
    let mut records = records::split(&streams, &packets, &mut problems);
    let mut session = Session::new(connection);
    for record in &mut records {
        session.record(record);
    }
    session.finish();
    problems.append(&mut session.problems);
    link(&mut packets, &mut records, &session.messages);
    Dissection {
        packets,
        records,
        keys: session.progress.keys().to_vec(),
        transcript: session.progress.transcript.hashes,
        negotiated: session.progress.negotiated,
        messages: session.messages,
        problems,
    }
}

/// Lets packets know their records, and records their messages.
fn link(packets: &mut [PacketView], records: &mut [Record], messages: &[Message]) {
    for message in messages {
        for record in &message.records {
            if let Some(record) = records.get_mut(*record) {
                record.messages.push(message.index);
            }
        }
    }
    for record in records {
        for packet in packets.iter_mut().filter(|packet| record.packets.contains(&packet.number)) {
            packet.records.push(record.index);
        }
    }
}
