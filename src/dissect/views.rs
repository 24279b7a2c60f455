//! Connections of which the two ends have different views: someone on the path changed a message of the
//! handshake that nothing protected yet. Both transcripts are right, each for its end, and so are the keys
//! that come of it.

use super::model::{Message, Record};
use super::read;
use super::session::Session;
use crate::keys::KeyNode;
use crate::tls::ContentType;
use crate::trace::Endpoint;

/// Whether a handshake message in the clear arrived otherwise than it was sent. In TLS 1.2 Finished looks
/// like one; to have both views of it does no harm.
pub(super) fn differ(records: &[Record]) -> bool {
    let is_changed = |record: &Record| {
        record.content_type == ContentType::HANDSHAKE && record.received.is_some()
    };
    records.iter().any(is_changed)
}

/// Reads all records as each end saw them. Each record, and the messages in it, are those of its sender's
/// view, all else is the client's; then the keys of both.
pub(super) fn both<'a>(
    new: impl Fn() -> Session<'a>,
    records: &mut [Record],
) -> (Session<'a>, [Vec<KeyNode>; 2]) {
    let mut of_server = records.to_owned();
    let mut client = read(new().seen_by(Endpoint::Client), records);
    let server = read(new().seen_by(Endpoint::Server), &mut of_server);
    let mut messages: Vec<Message> = Vec::new();
    for (own, theirs) in records.iter_mut().zip(of_server) {
        let view = match own.from {
            Endpoint::Client => &client.messages,
            Endpoint::Server => {
                *own = theirs;
                &server.messages
            }
        };
        for message in view.iter().filter(|message| ends_in(message, own.index)) {
            messages.push(Message { index: messages.len(), ..message.clone() });
        }
    }
    let places = |view: &[Message]| -> Vec<usize> {
        view.iter().map(|message| place(message, view, &messages)).collect()
    };
    let places = [places(&client.messages), places(&server.messages)];
    let [of_client, of_server] = &places;
    let keys = [(&client, of_client), (&server, of_server)].map(|(view, places)| {
        let mut keys = view.progress.keys().to_vec();
        for node in &mut keys {
            node.after_message = node.after_message.and_then(|at| places.get(at).copied());
        }
        keys
    });
    for hash in &mut client.progress.transcript.hashes {
        hash.message = of_client.get(hash.message).copied().unwrap_or_default();
    }
    client.problems.extend(server.problems);
    client.messages = messages;
    (client, keys)
}

fn ends_in(message: &Message, record: usize) -> bool {
    message.records.last() == Some(&record)
}

/// Where a message of one view is among all: the one of the same number in its record, or the last there.
fn place(message: &Message, view: &[Message], all: &[Message]) -> usize {
    let Some(record) = message.records.last().copied() else { return 0 };
    let before =
        view.iter().filter(|one| one.index < message.index && ends_in(one, record)).count();
    let mut there = all.iter().filter(|one| ends_in(one, record)).map(|one| one.index);
    let last = there.clone().next_back().unwrap_or_default();
    there.nth(before).unwrap_or(last)
}
