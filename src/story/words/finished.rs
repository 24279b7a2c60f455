//! Finished (RFC 9846, section 4.5.3; RFC 5246, section 7.4.9).

use super::{Words, sender};
use crate::dissect::{EarlyData, Message};
use crate::story::context::{ConnectionContext, handshake};
use crate::story::{fields, format};
use crate::trace::Endpoint;

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let data = fields::verify_data(message).unwrap_or_default();
    let how = if ctx.is_tls13() {
        "an **HMAC** over the transcript hash, with a key from its handshake traffic secret"
    } else {
        "the **PRF** of the main secret and the transcript hash"
    };
    let what = format!(
        "{} sends `verify_data`, {} `{}`: {how}.",
        sender(ctx, message),
        format::bytes(data.len()),
        format::excerpt(data),
    );
    let why = "It proves that its sender has the same keys and saw the same messages: had anyone \
               changed a single byte of them, this value would not match."
        .to_string();
    Words { what, why, notice: notice(ctx, message), eavesdropper: String::new() }
}

/// What follows from it, which depends on the version and on who is first.
fn notice(ctx: &ConnectionContext<'_>, message: &Message) -> String {
    let (client, server) = (ctx.client(), ctx.server());
    let first = ctx.before(message, message.from.peer(), handshake::FINISHED).is_none();
    let trips = since_hello(ctx, message);
    let settled = &ctx.dissection.negotiated;
    match (ctx.is_tls13(), message.from, first) {
        (true, Endpoint::Server, _) if settled.resumed => {
            format!(
                "For the {client} it stands in for the certificate: its key comes from the pre-shared \
                 key (PSK) as well, so only the {server} of the earlier connection can compute it."
            )
        }
        (true, Endpoint::Client, _) if settled.early_data == EarlyData::Accepted => {
            format!(
                "The {server} has the request already, and has answered it; only now does it know that the \
             {client} is there at this moment."
            )
        }
        (true, Endpoint::Server, _) => {
            format!(
                "With this the {server} may already send application data, but it does not know yet {} \
                 at all: what it heard may be a copy of an old ClientHello (RFC 9846, section 4.5.3).",
                match ctx.handshake(Endpoint::Server, handshake::CERTIFICATE_REQUEST) {
                    Some(_) => format!("who the {client} is, nor whether it is there"),
                    None => format!("whether the {client} is there"),
                }
            )
        }
        (true, Endpoint::Client, _) => format!(
            "The {client} {}, {trips} after its first ClientHello, and its application data may follow at \
             once.",
            if ctx.connection.roles.passes_on(Endpoint::Client) {
                "was done when it sent this"
            } else {
                "is done now"
            }
        ),
        (false, Endpoint::Server, false) if ctx.has_rsa_key_exchange() => format!(
            "With it the {server} shows that it could decrypt the preliminary secret: only now, {trips} \
             after the first ClientHello, does the {client} know that the certificate is the {server}'s own."
        ),
        (false, _, true) => {
            "It is the first message under the new keys, and the other end's Finished will cover \
             it."
            .into()
        }
        (false, _, false) => format!(
            "It also covers the other end's Finished, and with it the handshake is complete: \
             {trips} after the first ClientHello."
        ),
    }
}

/// `80 ms and one exchange of TLS messages`: since the first ClientHello was sent. The time is that at
/// which this Finished is sent by the client, or reaches it; it is not told where the client is not at this
/// connection's end.
fn since_hello(ctx: &ConnectionContext<'_>, message: &Message) -> String {
    let exchanged = format::exchanges(ctx.dissection.negotiated.round_trips);
    let exchanged = format!("{exchanged} of TLS messages");
    let began = ctx.handshake(Endpoint::Client, handshake::CLIENT_HELLO).map(|m| m.sent_us);
    let now = match message.from {
        _ if ctx.connection.roles.passes_on(Endpoint::Client) => None,
        Endpoint::Client => Some(message.sent_us),
        Endpoint::Server => message.received_us,
    };
    match (began, now) {
        (Some(began), Some(now)) => {
            format!("{} and {exchanged}", format::duration(now.saturating_sub(began)))
        }
        _ => exchanged,
    }
}
