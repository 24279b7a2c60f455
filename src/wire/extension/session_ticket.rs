//! session_ticket of TLS 1.2 (RFC 5077).

use super::row::{Extension, Place};
use crate::tls::ExtensionType;
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::error::octets;
use crate::wire::node::fields;

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::SESSION_TICKET,
    "TLS 1.2: in a ClientHello, the client can keep a ticket to resume the session later, or with contents presents one. In a ServerHello it is empty and announces a NewSessionTicket. TLS 1.3 uses pre_shared_key. [RFC 5077, section 3.2]",
    read,
);

fields! {
    pub(crate) TICKET = "ticket", "tls.handshake.extension.data",
        "The session's state, encrypted by the server for itself. [RFC 5077, section 4]";
}

fn read(c: &mut Cursor<'_>, place: Place) -> Decoded {
    match c.rest(&TICKET)?.len() {
        0 if place == Place::ServerHello => Ok("a ticket will follow".into()),
        0 => Ok("supported, no ticket yet".into()),
        len => Ok(octets(len)),
    }
}
