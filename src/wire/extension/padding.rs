//! padding (RFC 7685).

use super::row::{Extension, Place};
use crate::tls::ExtensionType;
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::error::octets;
use crate::wire::node::fields;

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::PADDING,
    "Zeros that make the ClientHello longer: some servers hang at certain lengths. [RFC 7685, section 3]",
    read,
);

fields! {
    pub(crate) DATA = "extension_data", "tls.handshake.extensions_padding_data", "All zero. [RFC 7685, section 3]";
}

fn read(c: &mut Cursor<'_>, _: Place) -> Decoded {
    Ok(octets(c.rest(&DATA)?.len()))
}
