//! Connections without TLS: HTTP messages, straight from the streams.

use super::model::{Epoch, Message, MessageKind, PacketView};
use super::streams::Stream;
use crate::wire::application_data::{http_message_len, http_start_line};
use crate::wire::http;

/// Whether what both ends sent is HTTP without TLS, as far as there is anything.
pub(super) fn is_plain(streams: &[Stream]) -> bool {
    let mut spoken = streams.iter().filter(|stream| !stream.bytes.is_empty()).peekable();
    spoken.peek().is_some() && spoken.all(|stream| http_start_line(&stream.bytes).is_some())
}

/// The HTTP messages of both directions, in the order sent.
pub(super) fn messages(streams: &[Stream], packets: &[PacketView]) -> Vec<Message> {
    let mut found: Vec<(usize, Message)> =
        streams.iter().flat_map(|stream| of_stream(stream, packets)).collect();
    found.sort_by_key(|(completed_by, _)| *completed_by);
    let number = |(index, (_, message)): (usize, (usize, Message))| Message { index, ..message };
    found.into_iter().enumerate().map(number).collect()
}

/// The messages of one stream, each with the position of the packet that completed it. What is left
/// over at the end is one more.
fn of_stream(stream: &Stream, packets: &[PacketView]) -> Vec<(usize, Message)> {
    let mut messages = Vec::new();
    let mut at = 0;
    while let Some(rest) = stream.bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let range = at..at + http_message_len(rest).unwrap_or(rest.len()).max(1);
        let (Some(bytes), Some(completed_by)) =
            (stream.bytes.get(range.clone()), stream.completed_by(&range))
        else {
            break;
        };
        let carriers = stream.packets(&range);
        messages.push((
            completed_by,
            Message {
                index: 0,
                from: stream.from,
                kind: MessageKind::Http,
                name: "HTTP".into(),
                epoch: Epoch::Plain,
                records: Vec::new(),
                packets: carriers.iter().filter_map(|p| Some(packets.get(*p)?.number)).collect(),
                bytes: bytes.to_vec(),
                nodes: http::message(bytes),
                sent_us: packets.get(completed_by).map_or(0, |packet| packet.sent_us),
                received_us: stream.arrived_us(&range),
                inner: None,
            },
        ));
        at = range.end;
    }
    messages
}
