//! HTTP without TLS: on the inner hop of a gateway that terminates it, or where one end has no TLS.

use super::application_data::{StartLine, start_line};
use super::{Words, sender};
use crate::dissect::Message;
use crate::story::context::ConnectionContext;
use crate::story::format;
use crate::wire::application_data::http_field;

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let (client, server) = (ctx.tcp.client(), ctx.tcp.server());
    let size = format::bytes(message.bytes.len());
    let what = match start_line(&message.bytes) {
        Some(StartLine::Request { method, target }) => {
            format!("The {client} sends `{method} {target}` over TCP as it is: {size}, and no TLS.")
        }
        Some(StartLine::Response { status }) => {
            format!("The {server} answers `{status}`, {size}, and no TLS.")
        }
        None => format!("{} sends {size}, and no TLS.", sender(ctx, message)),
    };
    Words {
        what,
        why: format!(
            "{} Nothing here is encrypted, nothing proves who is at the other end, and nothing would show \
             that it was changed on the way.",
            reason(ctx, message)
        ),
        notice: forwarded(ctx, message).unwrap_or_default(),
        eavesdropper: format!("All of it: {size} in the clear."),
    }
}

/// That a request says whom it came from, where it is passed on by someone else.
pub(super) fn forwarded(ctx: &ConnectionContext<'_>, message: &Message) -> Option<String> {
    let client = http_field(&message.bytes, "x-forwarded-for")?;
    let (fields, is) = match http_field(&message.bytes, "forwarded") {
        Some(_) => ("the fields `Forwarded` and `X-Forwarded-For`", "are"),
        None => ("the field `X-Forwarded-For`", "is"),
    };
    let who = ctx.tcp.name(message.from);
    Some(format!(
        "The address of the packet is the {who}'s. That the request came from **{}** is only in {fields}, \
         which {is} only as trustworthy as the {who}.",
        client.replace(['`', '*'], "'")
    ))
}

/// Why there is no TLS.
fn reason(ctx: &ConnectionContext<'_>, message: &Message) -> String {
    if ctx.is_plain() {
        return "TLS ended one hop before.".into();
    }
    let (who, reader) = (ctx.name(message.from), ctx.name(message.from.peer()));
    format!("The {who} speaks HTTP as it is, and the {reader} waits for records of TLS.")
}
