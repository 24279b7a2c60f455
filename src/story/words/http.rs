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
    let told = http_field(&message.bytes, "x-forwarded-for");
    Words {
        what,
        why: format!(
            "{} Nothing here is encrypted, nothing proves who is at the other end, and nothing would show \
             that it was changed on the way.",
            reason(ctx, message)
        ),
        notice: told.map_or_else(String::new, |client| {
            format!(
                "The address of the packet is the gateway's. That the request came from **{}** stands \
                 only in `X-Forwarded-For`, and is only as trustworthy as the gateway.",
                client.replace(['`', '*'], "'")
            )
        }),
        eavesdropper: format!("All of it: {size} in the clear."),
    }
}

/// Why there is no TLS.
fn reason(ctx: &ConnectionContext<'_>, message: &Message) -> String {
    if ctx.is_plain() {
        return "TLS ended one hop before.".into();
    }
    let (who, reader) = (ctx.name(message.from), ctx.name(message.from.peer()));
    format!("The {who} speaks HTTP as it is, and the {reader} waits for records of TLS.")
}
