//! supported_groups (RFC 8446, section 4.2.7).

use super::{Extension, Place};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::names;
use crate::wire::node::{Field, fields, vectors};

pub(super) static ROW: Extension = Extension {
    code: 10,
    field: Field::new(
        "supported_groups",
        "",
        "The groups in which the sender can do a Diffie-Hellman key exchange, best first. [RFC 8446, section 4.2.7]",
    ),
    read,
};

vectors! {
    LIST = 2, "named_group_list", "tls.handshake.extensions_supported_groups", "tls.handshake.extensions_supported_groups_length",
        "Best first. [RFC 8446, section 4.2.7]";
}

fields! {
    GROUP = "NamedGroup", "tls.handshake.extensions_supported_group",
        "A curve or a finite field in which both ends can compute a secret that a listener cannot. [RFC 8446, section 4.2.7]";
}

fn read(c: &mut Cursor, _: Place) -> Decoded {
    let mut groups = String::new();
    c.vector(&LIST, |c| {
        groups = c.items(|c| Ok(names::group_name(c.code(&GROUP, names::group)?)))?;
        Ok(groups.clone())
    })?;
    Ok(groups)
}
