//! NewSessionTicket (RFC 9846, section 4.7.1; RFC 5077, section 3.3).

use super::Words;
use crate::dissect::Message;
use crate::story::context::ConnectionContext;
use crate::story::{fields, format};
use crate::trace::Op;

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let (client, server) = (ctx.client(), ctx.server());
    let size = fields::ticket(message).map_or(0, <[u8]>::len);
    let life = fields::ticket_lifetime(message);
    let nature = fields::ticket(message)
        .and_then(|ticket| nature(ctx, ticket))
        .map_or_else(String::new, |nature| format!(" {nature}."));
    let early = fields::max_early_data_size(message);
    let early = early
        .map_or_else(String::new, |max| format!(", and for {} of early data", format::bytes(max)));
    let lasts = match life {
        None | Some(0) => String::new(),
        Some(s) if ctx.is_tls13() => format!(", good for {}", lifetime(s)),
        Some(s) => format!(", with the hint that it is good for {}", lifetime(s)),
    };
    Words {
        what: format!(
            "The {server} hands the {client} a **session ticket** of {}{lasts}{early}.{nature}",
            format::bytes(size)
        ),
        why: "With it a later connection can start from a secret both ends already share, without \
              certificates."
            .into(),
        notice: if ctx.is_tls13() {
            "It comes after the handshake, under the application keys, so an eavesdropper cannot link \
             a later connection that shows this ticket to this one; two that show the same ticket it \
             can link."
                .into()
        } else {
            format!(
                "In TLS 1.2 it is sent in the clear, and the {client} shows the same bytes when it comes \
             back."
            )
        },
        eavesdropper: String::new(),
    }
}

/// A number of seconds in its largest whole unit.
fn lifetime(seconds: u64) -> String {
    let count = |unit: u64, noun: &str| {
        (seconds >= unit && seconds.is_multiple_of(unit))
            .then(|| format::plural(usize::try_from(seconds / unit).unwrap_or(usize::MAX), noun))
    };
    count(86_400, "day")
        .or_else(|| count(3_600, "hour"))
        .or_else(|| count(60, "minute"))
        .unwrap_or_else(|| format!("{seconds} seconds"))
}

/// What a ticket is to the server: the state itself, sealed, or a key to a table; `None` if unknown.
fn nature(ctx: &ConnectionContext<'_>, ticket: &[u8]) -> Option<String> {
    let server = ctx.server();
    if ctx.connection.events.is_empty() {
        return None;
    }
    let sealed =
        ctx.connection.events.iter().any(
            |event| matches!(&event.op, Op::SealTicket { ticket: made, .. } if made == ticket),
        );
    Some(if sealed {
        format!("It is the session's state itself, sealed under a key that only the {server} has")
    } else {
        format!("It is a random number under which the {server} keeps the session in a table")
    })
}
