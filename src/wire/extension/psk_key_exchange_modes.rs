//! psk_key_exchange_modes (RFC 9846, section 4.3.9).

use super::row::{Extension, Place};
use crate::tls::{ExtensionType, PskKeyExchangeMode};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::{fields, vectors};

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::PSK_KEY_EXCHANGE_MODES,
    "How the client would use a pre-shared key: with a fresh key exchange (forward secret) or without. A server should not give tickets to a client that leaves this out. [RFC 9846, section 4.3.9]",
    read,
);

vectors! {
    MODES = 1, "ke_modes", "", "tls.extension.psk_ke_modes_length", "";
}

fields! {
    pub(crate) MODE = "PskKeyExchangeMode", "tls.extension.psk_ke_mode",
        "psk_dhe_ke adds a fresh key exchange; psk_ke relies on the pre-shared key alone. [RFC 9846, section 4.3.9]";
}

fn read(c: &mut Cursor<'_>, _: Place) -> Decoded {
    let mut modes = String::new();
    c.vector(&MODES, |c| {
        modes = c.items(|c| {
            let mode = c.kind::<PskKeyExchangeMode>(&MODE)?;
            Ok(mode.label())
        })?;
        Ok(modes.clone())
    })?;
    Ok(modes)
}
