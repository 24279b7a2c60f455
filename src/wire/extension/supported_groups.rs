//! supported_groups (RFC 9846, section 4.3.7).

use super::row::{Extension, Place};
use crate::tls::{ExtensionType, NamedGroup};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::{fields, vectors};

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::SUPPORTED_GROUPS,
    "The groups for key exchange that the sender supports, best first. [RFC 9846, section 4.3.7]",
    read,
);

vectors! {
    pub(crate) LIST = 2, "named_group_list", "tls.handshake.extensions_supported_groups", "tls.handshake.extensions_supported_groups_length",
        "Best first. [RFC 9846, section 4.3.7]";
}

fields! {
    pub(crate) GROUP = "NamedGroup", "tls.handshake.extensions_supported_group",
        "A way to agree on a secret that an eavesdropper cannot compute: a curve, a finite field, or a KEM such as ML-KEM. [RFC 9846, section 4.3.7]";
}

fn read(c: &mut Cursor<'_>, _: Place) -> Decoded {
    let mut groups = String::new();
    c.vector(&LIST, |c| {
        groups = c.items(|c| Ok(c.code::<NamedGroup>(&GROUP)?.label()))?;
        Ok(groups.clone())
    })?;
    Ok(groups)
}
