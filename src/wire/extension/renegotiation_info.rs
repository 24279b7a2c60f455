//! renegotiation_info (RFC 5746).

use super::row::{Extension, Place};
use crate::tls::ExtensionType;
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::vectors;

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::RENEGOTIATION_INFO,
    "Ties a renegotiation of TLS 1.2 to the handshake before it; empty in the first handshake. TLS 1.3 has no renegotiation. [RFC 5746, section 3.2]",
    read,
);

vectors! {
    pub(crate) RENEGOTIATED_CONNECTION = 1, "renegotiated_connection", "tls.handshake.extensions_reneg_info", "tls.handshake.extensions_reneg_info_len",
        "The verify_data of the handshake before; empty in the first. [RFC 5746, section 3.2]";
}

fn read(c: &mut Cursor<'_>, _: Place) -> Decoded {
    Ok(match c.opaque(&RENEGOTIATED_CONNECTION)?.len() {
        0 => "first handshake".into(),
        _ => "renegotiation".into(),
    })
}
