//! pre_shared_key (RFC 9846, section 4.3.11).

use super::row::{Extension, Place};
use crate::tls::ExtensionType;
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::{fields, vectors};

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::PRE_SHARED_KEY,
    "Resumption: the client names keys it shares with the server from an earlier connection, the server picks one, and no certificate is needed. In a ClientHello it must be the last extension, because the binders cover everything before them. [RFC 9846, section 4.3.11]",
    read,
);

vectors! {
    pub(crate) IDENTITIES = 2, "identities", "", "tls.handshake.extensions.psk.identities.length",
        "The keys that the client offers to use. [RFC 9846, section 4.3.11]";
    pub(crate) IDENTITY = 2, "identity", "tls.handshake.extensions.psk.identity.identity", "tls.handshake.extensions.psk.identity.identity_length",
        "The key's label: for resumption, the ticket from the server's NewSessionTicket. [RFC 9846, section 4.3.11]";
    pub(crate) BINDERS = 2, "binders", "tls.handshake.extensions.psk.binders", "tls.handshake.extensions.psk.binders_len",
        "One for each identity. [RFC 9846, section 4.3.11.2]";
    pub(crate) BINDER = 1, "PskBinderEntry", "", "",
        "An HMAC over the hash of this ClientHello without its binders. It proves that the client has the key and not only its label. [RFC 9846, section 4.3.11.2]";
}

fields! {
    pub(crate) PSK_IDENTITY = "PskIdentity", "", "";
    pub(crate) AGE = "obfuscated_ticket_age", "tls.handshake.extensions.psk.identity.obfuscated_ticket_age",
        "Milliseconds since the ticket came, plus a secret number, so that an eavesdropper cannot link connections. It helps to detect replays. [RFC 9846, section 4.3.11.1]";
    pub(crate) SELECTED = "selected_identity", "tls.handshake.extensions.psk.identity.selected",
        "Which of the client's identities the server uses, counted from 0. [RFC 9846, section 4.3.11]";
}

fn read(c: &mut Cursor<'_>, place: Place) -> Decoded {
    if place != Place::ClientHello {
        return Ok(format!("identity {}", c.u16(&SELECTED)?));
    }
    let mut count = 0;
    c.vector(&IDENTITIES, |c| {
        c.items(|c| {
            count += 1;
            c.group(&PSK_IDENTITY, |c| {
                c.opaque(&IDENTITY)?;
                c.u32(&AGE)?;
                Ok(String::new())
            })?;
            Ok(String::new())
        })
    })?;
    c.vector(&BINDERS, |c| c.items(|c| c.opaque(&BINDER).map(|_| String::new())))?;
    Ok(if count == 1 { "1 identity".into() } else { format!("{count} identities") })
}
