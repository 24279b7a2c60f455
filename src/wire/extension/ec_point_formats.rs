//! ec_point_formats (RFC 8422, section 5.1.2).

use super::row::{Extension, Place};
use crate::tls::{EcPointFormat, ExtensionType};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::{fields, vectors};

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::EC_POINT_FORMATS,
    "Which encodings of curve points the sender understands. Only uncompressed is left, and TLS 1.3 no longer asks. [RFC 8422, section 5.1.2]",
    read,
);

vectors! {
    pub(crate) LIST = 1, "ec_point_format_list", "tls.handshake.extensions_ec_point_formats", "tls.handshake.extensions_ec_point_formats_length", "";
}

fields! {
    pub(crate) FORMAT = "ECPointFormat", "tls.handshake.extensions_ec_point_format",
        "Uncompressed: the byte 4, then both coordinates. [RFC 8422, section 5.1.2]";
}

fn read(c: &mut Cursor<'_>, _: Place) -> Decoded {
    let mut formats = String::new();
    c.vector(&LIST, |c| {
        formats = c.items(|c| {
            let format = c.kind::<EcPointFormat>(&FORMAT)?;
            Ok(format.label())
        })?;
        Ok(formats.clone())
    })?;
    Ok(formats)
}
