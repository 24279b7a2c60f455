//! key_share (RFC 8446, section 4.2.8).

use super::{Extension, Place};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::names;
use crate::wire::node::{Field, fields, vectors};

pub(super) static ROW: Extension = Extension {
    code: 51,
    field: Field::new(
        "key_share",
        "",
        "Public keys for the Diffie-Hellman exchange. The client guesses which group the server wants and sends its key at once: that saves a round trip over TLS 1.2. [RFC 8446, section 4.2.8]",
    ),
    read,
};

vectors! {
    CLIENT_SHARES = 2, "client_shares", "", "tls.handshake.extensions_key_share_client_length",
        "One for each group that the client guesses; may be empty to ask for a HelloRetryRequest. [RFC 8446, section 4.2.8]";
    KEY_EXCHANGE = 2, "key_exchange", "tls.handshake.extensions_key_share_key_exchange", "tls.handshake.extensions_key_share_key_exchange_length",
        "An ephemeral public key. Each end combines its own private key with the other's public one and gets the same shared secret; a listener sees both public keys and gets nothing. [RFC 8446, section 4.2.8.2]";
}

fields! {
    ENTRY = "KeyShareEntry", "", "A group and a public key in it. [RFC 8446, section 4.2.8]";
    GROUP = "group", "tls.handshake.extensions_key_share_group", "The group that the key belongs to. [RFC 8446, section 4.2.8]";
    SELECTED_GROUP = "selected_group", "tls.handshake.extensions_key_share_selected_group",
        "The group that the server wants; the client sends another ClientHello with a key in it. [RFC 8446, section 4.2.8]";
}

fn read(c: &mut Cursor, place: Place) -> Decoded {
    match place {
        Place::ClientHello => {
            let mut groups = String::new();
            c.vector(&CLIENT_SHARES, |c| {
                groups = c.items(entry)?;
                Ok(groups.clone())
            })?;
            Ok(groups)
        }
        Place::HelloRetryRequest => {
            Ok(names::group_name(c.code(&SELECTED_GROUP, names::group)?).into())
        }
        _ => entry(c),
    }
}

fn entry(c: &mut Cursor) -> Decoded {
    let mut group = String::new();
    c.group(&ENTRY, |c| {
        group = names::group_name(c.code(&GROUP, names::group)?).into();
        c.opaque(&KEY_EXCHANGE)?;
        Ok(group.clone())
    })?;
    Ok(group)
}
