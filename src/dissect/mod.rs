//! A [`crate::trace::Trace`] taken apart: packets, streams, records, opened records, messages,
//! and the key schedule derived a second time.
//!
//! ```text
//! packets ──▶ streams ──▶ records ──▶ session ──▶ messages
//!                                     │    ▲
//!                                     ▼    │ keys
//!                                    progress
//! ```

mod alteration;
mod compressed;
mod hello;
mod joiner;
mod model;
mod packets;
mod plain;
mod progress;
mod protection;
mod records;
mod resumption;
mod session;
pub mod stolen_key;
mod streams;
mod tcp;
mod transcript;
mod view_of_end;
mod views;

pub use crate::keys::{KeyInput, KeyNode};
pub use alteration::{Alteration, AlteredRow, Change};
pub use model::*;
pub use view_of_end::as_computed_by;

use crate::trace::{Connection, Endpoint, Trace};
use crate::zlib::{self, Inflate};
use session::Session;
use std::collections::BTreeMap;
use streams::Stream;

/// Takes all connections apart. What one of them leaves for later ones (tickets, session IDs) goes
/// along, so that the keys of resumed sessions can be derived.
pub fn dissect_all(trace: &Trace) -> Vec<Dissection> {
    dissect_with(trace, Some(zlib::decompress))
}

/// As [`dissect_all`], with this to undo the compression of certificates, if there is anything.
pub fn dissect_with(trace: &Trace, inflate: Option<Inflate>) -> Vec<Dissection> {
    let mut earlier = Vec::new();
    let mut all = Vec::new();
    for connection in &trace.connections {
        let parts = take_apart(connection, &other_hops(trace, connection), &earlier, inflate);
        earlier.extend_from_slice(&parts.sessions);
        all.push(parts);
    }
    all
}

/// The hops that carry the same TLS as this one: with a gateway that passes TLS on, what one end of it
/// recorded stands on one hop, what the other recorded on the other.
fn other_hops<'a>(trace: &'a Trace, hop: &Connection) -> Vec<&'a Connection> {
    let ends = |connection: &Connection| (connection.roles.tls_client, connection.roles.tls_server);
    let passes_on = |hop: &Connection| Endpoint::BOTH.iter().any(|who| hop.roles.passes_on(*who));
    let is_other = |other: &&Connection| {
        other.id != hop.id && passes_on(hop) && passes_on(other) && ends(other) == ends(hop)
    };
    trace.connections.iter().filter(is_other).collect()
}

/// Takes a connection apart that follows no other: [`dissect_after`] without sessions.
pub fn dissect(connection: &Connection) -> Dissection {
    dissect_after(connection, &[])
}

/// Takes a connection apart. Never fails: what could not be decoded, opened or derived is told in
/// [`Dissection::problems`], and the rest is there.
///
/// Keys are derived from what the packets carry and the shared secret that an endpoint recorded
/// ([`crate::trace::Op::KeyAgreement`]), and from the sessions that `earlier` connections left;
/// nothing else of the recording is used.
pub fn dissect_after(connection: &Connection, earlier: &[Resumable]) -> Dissection {
    take_apart(connection, &[], earlier, Some(zlib::decompress))
}

/// As [`dissect_after`], with what was recorded on `other_hops` of the same TLS.
fn take_apart(
    connection: &Connection,
    other_hops: &[&Connection],
    earlier: &[Resumable],
    inflate: Option<Inflate>,
) -> Dissection {
    let mut problems = Vec::new();
    let mut packets = packets::view(&connection.packets, &mut problems);
    tcp::remark(&connection.packets, &mut packets);
    let streams = Endpoint::BOTH.map(|who| Stream::join(who, &packets, &mut problems));
    if plain::is_plain(&streams) {
        let messages = plain::messages(&streams, &packets);
        return Dissection { packets, messages, problems, ..Dissection::default() };
    }
    let (http, tls): (Vec<Stream>, Vec<Stream>) = streams.into_iter().partition(plain::is_http);
    let mut records = records::split(&tls, &packets, &connection.meddling, &mut problems);
    let new = || Session::new(connection, other_hops, earlier, inflate);
    let (mut session, [keys, server_keys]) = if views::differ(&records) {
        views::both(new, &mut records)
    } else {
        let session = read(new(), &mut records);
        let keys = session.progress.keys().to_vec();
        (session, [keys, Vec::new()])
    };
    problems.append(&mut session.problems);
    plain::among(&mut session.messages, plain::messages(&http, &packets), &records);
    link(&mut packets, &mut records, &session.messages);
    Dissection {
        packets,
        records,
        keys,
        server_keys,
        transcript: session.progress.transcript.hashes,
        negotiated: session.progress.negotiated,
        sessions: session.progress.sessions,
        offered: session.progress.offered,
        messages: session.messages,
        problems,
    }
}

/// Has a session read all records.
fn read<'a>(mut session: Session<'a>, records: &mut [Record]) -> Session<'a> {
    records.iter_mut().for_each(|record| session.record(record));
    session.finish();
    session
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
    let mut carried: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for record in records {
        for packet in &record.packets {
            carried.entry(*packet).or_default().push(record.index);
        }
    }
    for packet in packets {
        packet.records = carried.get(&packet.number).cloned().unwrap_or_default();
        packet.records.dedup();
    }
}
