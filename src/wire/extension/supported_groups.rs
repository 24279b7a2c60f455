//! supported_groups (RFC 8446, section 4.2.7).

use super::row::{Extension, Place};
use crate::tls::{ExtensionType, NamedGroup};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::{fields, vectors};

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::SUPPORTED_GROUPS,
    "The groups in which the sender can do a Diffie-Hellman key exchange, best first. [RFC 8446, section 4.2.7]",
    read,
);

vectors! {
    pub(crate) LIST = 2, "named_group_list", "tls.handshake.extensions_supported_groups", "tls.handshake.extensions_supported_groups_length",
        "Best first. [RFC 8446, section 4.2.7]";
}

fields! {
    pub(crate) GROUP = "NamedGroup", "tls.handshake.extensions_supported_group",
        "A curve or a finite field in which both ends can compute a secret that a listener cannot. [RFC 8446, section 4.2.7]";
}

fn read(c: &mut Cursor, _: Place) -> Decoded {
    let mut groups = String::new();
    c.vector(&LIST, |c| {
        groups = c.items(|c| Ok(c.code::<NamedGroup>(&GROUP)?.label()))?;
        Ok(groups.clone())
    })?;
    Ok(groups)
}
