//! NewSessionTicket, in both forms (RFC 9846, section 4.7.1; RFC 5077, section 3.3).

use super::row::{Context, Message};
use crate::tls::HandshakeType;
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::extension::{self, Place};
use crate::wire::node::{Field, fields, vectors};

pub(in crate::wire) static ROW: Message = Message {
    code: HandshakeType::NEW_SESSION_TICKET,
    field: Field::new(
        "NewSessionTicket",
        "",
        "A ticket for a later connection: with it the two ends can skip certificates and begin from a secret they already share. [RFC 9846, section 4.7.1; RFC 5077, section 3.3]",
    ),
    read,
};

fields! {
    pub(crate) LIFETIME = "ticket_lifetime", "tls.handshake.session_ticket_lifetime_hint",
        "For how many seconds the ticket is good: at most 7 days in TLS 1.3. [RFC 9846, section 4.7.1]";
    pub(crate) LIFETIME_HINT = "ticket_lifetime_hint", "tls.handshake.session_ticket_lifetime_hint",
        "For how many seconds the client may keep the ticket; 0 leaves it open. [RFC 5077, section 3.3]";
    pub(crate) AGE_ADD = "ticket_age_add", "tls.handshake.session_ticket_age_add",
        "A random number that the client adds to the ticket's age, so that an eavesdropper cannot link the two connections. [RFC 9846, section 4.7.1]";
}

vectors! {
    pub(crate) NONCE = 1, "ticket_nonce", "tls.handshake.session_ticket_nonce", "tls.handshake.session_ticket_nonce_length",
        "Goes into the pre-shared key that the ticket stands for, so that each ticket of a connection has its own. [RFC 9846, section 4.7.1]";
    pub(crate) TICKET = 2, "ticket", "tls.handshake.session_ticket", "tls.handshake.session_ticket_length",
        "Opaque to the client: a number the server looks up, or its state encrypted for itself. [RFC 9846, section 4.7.1; RFC 5077, section 3.3]";
}

fn read(c: &mut Cursor<'_>, context: Context) -> Decoded {
    // The older form ends behind the ticket.
    let tls13 = context.is_tls13(|| match *c.peek() {
        [_, _, _, _, high, low, ..] => usize::from(u16::from_be_bytes([high, low])) + 6 != c.left(),
        _ => true,
    });
    let seconds = |n: u64| (n.to_string(), lifetime(n));
    if !tls13 {
        let hint = c.number(&LIFETIME_HINT, 4, seconds)?;
        c.opaque(&TICKET)?;
        return Ok(lifetime(hint));
    }
    let for_seconds = c.number(&LIFETIME, 4, seconds)?;
    c.u32(&AGE_ADD)?;
    c.opaque(&NONCE)?;
    c.opaque(&TICKET)?;
    extension::extensions(c, Place::NewSessionTicket)?;
    Ok(lifetime(for_seconds))
}

/// Seconds, and the same in a handier unit.
fn lifetime(seconds: u64) -> String {
    match seconds {
        0 => "no lifetime given".into(),
        s if s % 86_400 == 0 => format!("{s} seconds ({})", count(s / 86_400, "day")),
        s if s % 3_600 == 0 => format!("{s} seconds ({})", count(s / 3_600, "hour")),
        s => format!("{s} seconds"),
    }
}

fn count(number: u64, unit: &str) -> String {
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}
