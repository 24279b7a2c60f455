//! NewSessionTicket (RFC 9846, section 4.7.1; RFC 5077, section 3.3).

use super::Words;
use crate::dissect::Message;
use crate::story::context::ConnectionContext;
use crate::story::{fields, format};

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let (client, server) = (ctx.client(), ctx.server());
    let size = fields::ticket(message).map_or(0, <[u8]>::len);
    let life = fields::ticket_lifetime(message);
    let sealed = fields::ticket(message).and_then(|ticket| ctx.is_sealed(ticket));
    let nature = match sealed {
        Some(true) => format!(
            " It is the session's state itself, sealed under a key that only the {server} has."
        ),
        Some(false) => {
            format!(" It is a random number under which the {server} keeps the session in a table.")
        }
        None => String::new(),
    };
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
                 back{}.",
                if sealed == Some(true) {
                    format!(
                        "; the main secret is in it, so whoever gets the {server}'s ticket key later can \
                         open a recording of this connection, too"
                    )
                } else {
                    String::new()
                }
            )
        },
        eavesdropper: if sealed == Some(true) && !ctx.is_encrypted(message) {
            format!(
                "All of it: {} in the clear; what is sealed in the ticket the {server} alone can open.",
                format::bytes(message.bytes.len())
            )
        } else {
            String::new()
        },
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
