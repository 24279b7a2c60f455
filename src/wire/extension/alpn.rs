//! application_layer_protocol_negotiation (RFC 7301).

use super::row::{Extension, Place};
use crate::tls::ExtensionType;
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::vectors;

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::ALPN,
    "Settles within the handshake what is spoken after it, HTTP/2 or HTTP/1.1, at no extra round trip. The client lists, the server picks one. [RFC 7301, section 3.1]",
    read,
);

vectors! {
    pub(crate) LIST = 2, "protocol_name_list", "tls.handshake.extensions_alpn_list", "tls.handshake.extensions_alpn_len",
        "Best first; exactly one in the server's answer. [RFC 7301, section 3.1]";
    pub(crate) NAME = 1, "ProtocolName", "tls.handshake.extensions_alpn_str", "tls.handshake.extensions_alpn_str_len",
        "A protocol: h2 is HTTP/2, http/1.1 speaks for itself. [RFC 7301, section 6]";
}

fn read(c: &mut Cursor<'_>, _: Place) -> Decoded {
    let mut protocols = String::new();
    c.vector(&LIST, |c| {
        protocols = c.items(|c| c.text(&NAME))?;
        Ok(protocols.clone())
    })?;
    Ok(protocols)
}
