//! supported_versions (RFC 9846, section 4.3.1).

use super::row::{Extension, Place};
use crate::tls::{ExtensionType, ProtocolVersion};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::{fields, vectors};

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::SUPPORTED_VERSIONS,
    "The TLS versions the client speaks, and in a ServerHello the one chosen. It took over from legacy_version, which too many servers got wrong. [RFC 9846, section 4.3.1]",
    read,
);

vectors! {
    pub(crate) LIST = 1, "versions", "", "tls.handshake.extensions.supported_versions_len", "Best first. [RFC 9846, section 4.3.1]";
}

fields! {
    pub(crate) VERSION = "ProtocolVersion", "tls.handshake.extensions.supported_version",
        "TLS 1.3 is 0x0304: the numbers go back to SSL 3.0, which was 0x0300. [RFC 9846, section 4.3.1]";
    pub(crate) SELECTED = "selected_version", "tls.handshake.extensions.supported_version",
        "The version that both ends speak from here on. [RFC 9846, section 4.3.1]";
}

fn read(c: &mut Cursor<'_>, place: Place) -> Decoded {
    if place != Place::ClientHello {
        return Ok(c.code::<ProtocolVersion>(&SELECTED)?.label().into());
    }
    let mut versions = String::new();
    c.vector(&LIST, |c| {
        versions = c.items(|c| Ok(c.code::<ProtocolVersion>(&VERSION)?.label()))?;
        Ok(versions.clone())
    })?;
    Ok(versions)
}
