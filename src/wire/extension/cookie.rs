//! cookie (RFC 9846, section 4.3.2).

use super::row::{Extension, Place};
use crate::tls::ExtensionType;
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::error::octets;
use crate::wire::node::vectors;

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::COOKIE,
    "In a HelloRetryRequest: send this back. It lets a server remember nothing between the two ClientHellos, and proves that the client is reachable. [RFC 9846, section 4.3.2]",
    read,
);

vectors! {
    pub(crate) COOKIE = 2, "cookie", "tls.handshake.extensions.cookie", "tls.handshake.extensions.cookie_len",
        "Opaque to the client. [RFC 9846, section 4.3.2]";
}

fn read(c: &mut Cursor<'_>, _: Place) -> Decoded {
    Ok(octets(c.opaque(&COOKIE)?.len()))
}
