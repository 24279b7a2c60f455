//! Connections without TLS: HTTP messages, straight from the streams.

use super::model::{Epoch, Message, MessageKind, PacketView, Record};
use super::streams::Stream;
use crate::wire::application_data::{http_message_len, http_start_line};
use crate::wire::http;

/// Whether what both ends sent is HTTP without TLS, as far as there is anything.
pub(super) fn is_plain(streams: &[Stream]) -> bool {
    let mut spoken = streams.iter().filter(|stream| !stream.bytes.is_empty()).peekable();
    spoken.peek().is_some() && spoken.all(|stream| http_start_line(&stream.bytes).is_some())
}

/// Whether what an end sent is HTTP without TLS.
pub(super) fn is_http(stream: &Stream) -> bool {
    http_start_line(&stream.bytes).is_some()
}

/// Puts HTTP messages among those of TLS, where one end speaks the one and the other the other.
pub(super) fn among(messages: &mut Vec<Message>, http: Vec<Message>, records: &[Record]) {
    if http.is_empty() {
        return;
    }
    messages.extend(http);
    messages.sort_by_key(|message| {
        let record = message.records.last().and_then(|at| records.get(*at));
        let packets = record.map_or(&message.packets, |record| &record.packets);
        packets.first().copied()
    });
    for (index, message) in messages.iter_mut().enumerate() {
        message.index = index;
    }
}

/// The HTTP messages of these streams, in the order sent.
pub(super) fn messages<'a>(
    streams: impl IntoIterator<Item = &'a Stream>,
    packets: &[PacketView],
) -> Vec<Message> {
    let mut found: Vec<(usize, Message)> =
        streams.into_iter().flat_map(|stream| of_stream(stream, packets)).collect();
    found.sort_by_cached_key(|(completed_by, _)| *completed_by);
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
