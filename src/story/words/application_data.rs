//! Application data (RFC 9846, section 5), read as HTTP/1.1 where it is.

use super::{Words, http, resumption, sealed, sender};
use crate::dissect::{EarlyData, Epoch, Message, MessageKind};
use crate::story::context::{ConnectionContext, handshake};
use crate::story::{fields, format};
use crate::trace::{Endpoint, Op};
use crate::wire::application_data::http_start_line;

/// The start line of an HTTP/1.1 message.
pub(super) enum StartLine {
    Request { method: String, target: String },
    Response { status: String },
}

/// `GET /`, `200 OK`, or `application data` for what is neither.
pub fn title(message: &Message) -> String {
    match start_line(&message.bytes) {
        Some(StartLine::Request { method, target }) => format!("{method} {target}"),
        Some(StartLine::Response { status }) => status,
        None => "application data".into(),
    }
}

/// The request or status line (RFC 9112, sections 3 and 4), if `bytes` begin with one. Backquotes
/// would end the markup around it.
pub(super) fn start_line(bytes: &[u8]) -> Option<StartLine> {
    let line = http_start_line(bytes)?.replace('`', "'");
    let (first, rest) = line.split_once(' ')?;
    if first.starts_with("HTTP/") {
        return Some(StartLine::Response { status: rest.into() });
    }
    let (target, _) = rest.rsplit_once(' ')?;
    Some(StartLine::Request { method: first.into(), target: target.into() })
}

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let (client, server) = (ctx.client(), ctx.server());
    let size = format::bytes(message.bytes.len());
    let suite = ctx.suite().unwrap_or_else(|| "the suite's cipher".into());
    let what = match start_line(&message.bytes) {
        Some(StartLine::Request { method, target }) => {
            format!(
                "The {client} sends its HTTP request, `{method} {target}`, {size} of plain text."
            )
        }
        Some(StartLine::Response { status }) => {
            format!("The {server} answers `{status}`, {size} of plain text.")
        }
        None => format!("{} sends {size} of application data.", sender(ctx, message)),
    };
    let grown: usize = ctx.records(message).map(|record| record.bytes.len()).sum();
    let early = (message.epoch == Epoch::Early).then(|| resumption::early_data(ctx));
    let (why, remark) = early.map_or((None, None), |(why, notice)| (Some(why), Some(notice)));
    Words {
        what,
        why: why.unwrap_or_else(|| {
            format!(
                "This is what the handshake was for: the record is encrypted and authenticated under \
                 `{suite}` with keys that only these two ends have."
            )
        }),
        notice: if let Some(remark) = remark
            .or_else(|| occasion(ctx, message))
            .or_else(|| rewritten(ctx, message))
            .or_else(|| http::forwarded(ctx, message))
        {
            remark
        } else if grown > message.bytes.len() {
            format!(
                "On the wire it is {}: {} cost {} more.",
                format::bytes(grown),
                overhead(ctx, message),
                grown - message.bytes.len()
            )
        } else {
            String::new()
        },
        eavesdropper: format!(
            "{} Size and time still show, and can tell which page it was.",
            sealed(ctx, message)
        ),
    }
}

/// What a record adds to its contents.
fn overhead(ctx: &ConnectionContext<'_>, message: &Message) -> String {
    let nonce = ctx.records(message).find_map(fields::explicit_nonce);
    match (ctx.is_tls13(), nonce) {
        (true, _) => "the record header, the authentication tag and the hidden content type".into(),
        (false, None) => "the record header and the authentication tag".into(),
        (false, Some(nonce)) => format!(
            "the record header, the explicit nonce of {} and the authentication tag",
            format::bytes(nonce.end - nonce.start)
        ),
    }
}

/// That whoever stands between the ends changed this.
fn rewritten(ctx: &ConnectionContext<'_>, message: &Message) -> Option<String> {
    let (before, after) = ctx.ops(message.from).find_map(|(_, op)| match op {
        Op::Rewritten { before, after } => Some((before, after)),
        _ => None,
    })?;
    (*after == message.bytes).then(|| {
        let who = ctx.name(message.from);
        format!(
            "The {who} was answered something else: it changed those {} to these {}. The record's tag fits all the \
             same, as the {who} has the keys of this connection.",
            format::bytes(before.len()),
            format::bytes(after.len()),
        )
    })
}

/// What is remarkable about when this is sent; `None` where nothing is.
fn occasion(ctx: &ConnectionContext<'_>, message: &Message) -> Option<String> {
    let (client, server) = (ctx.client(), ctx.server());
    let data =
        |other: &&Message| other.from == message.from && other.kind == MessageKind::ApplicationData;
    let before = ctx.dissection.messages.iter().take(message.index).rfind(data);
    let early = ctx.dissection.negotiated.early_data;
    let finished = ctx.handshake(Endpoint::Client, handshake::FINISHED);
    match (message.from, before) {
        (Endpoint::Client, Some(before))
            if before.epoch == Epoch::Early && early == EarlyData::Rejected =>
        {
            Some(
                "It is the same data as before, sent **again**, now under the application keys: the \
                 early data was not accepted, so this run costs a round trip after all."
                    .into(),
            )
        }
        (Endpoint::Client, Some(before)) if message.sent_us > before.sent_us => {
            let (last, record) = (ctx.records(before).last()?, ctx.records(message).next()?);
            let keys = if fields::opened_with(record) == fields::opened_with(last) { "the keys stay, and the record sequence number goes on with" } else { "a KeyUpdate has changed the keys, so the record sequence number begins with" };
            Some(format!(
                "The connection was still open, so no handshake comes before it, neither of TCP nor of \
                 TLS: {keys} {}.",
                record.sequence
            ))
        }
        (Endpoint::Server, _) if finished.is_none_or(|finished| finished.index > message.index) => {
            Some(
                format!("It goes out before the {client}'s Finished, so the {server} does not know yet whether \
                 the early data it answers came from the {client} just now or is a recording."),
            )
        }
        _ => None,
    }
}
