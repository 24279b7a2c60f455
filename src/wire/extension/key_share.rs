//! key_share (RFC 9846, section 4.3.8).

use super::row::{Extension, Place};
use crate::tls::{ExtensionType, NamedGroup};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::{Field, fields, vectors};

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::KEY_SHARE,
    "What each end sends for the key exchange. The client guesses which group the server wants and sends its share at once: that saves a round trip over TLS 1.2. [RFC 9846, section 4.3.8]",
    read,
);

vectors! {
    pub(crate) CLIENT_SHARES = 2, "client_shares", "", "tls.handshake.extensions_key_share_client_length",
        "One for each group that the client guesses; may be empty to ask for a HelloRetryRequest. [RFC 9846, section 4.3.8]";
    pub(crate) KEY_EXCHANGE = 2, "key_exchange", "tls.handshake.extensions_key_share_key_exchange", "tls.handshake.extensions_key_share_key_exchange_length",
        "For (EC)DHE groups an ephemeral public key: each end combines its own private key with the other's public one and gets the same secret. For ML-KEM the client's encapsulation key, answered by a ciphertext. An eavesdropper gets nothing from either. [RFC 9846, section 4.3.8]";
}

fields! {
    pub(crate) ENTRY = "KeyShareEntry", "", "A group, and what the sender contributes to a key exchange in it. [RFC 9846, section 4.3.8]";
    pub(crate) GROUP = "group", "tls.handshake.extensions_key_share_group", "The group of the key exchange. [RFC 9846, section 4.3.8]";
    pub(crate) SELECTED_GROUP = "selected_group", "tls.handshake.extensions_key_share_selected_group",
        "The group that the server wants; the client sends another ClientHello with a share for it. [RFC 9846, section 4.3.8]";
    pub(crate) ENCAPSULATION_KEY = "ML-KEM encapsulation key", "",
        "The client's fresh public key of ML-KEM. Whoever has it can make a secret and lock it into a ciphertext that only the client can open. [FIPS 203; draft-ietf-tls-ecdhe-mlkem]";
    pub(crate) CIPHERTEXT = "ML-KEM ciphertext", "",
        "The server made a secret and locked it in here with the client's encapsulation key. A quantum computer is not known to help in opening it. [FIPS 203; draft-ietf-tls-ecdhe-mlkem]";
    pub(crate) X25519 = "X25519 public key", "", "The ephemeral public key of the other half of the exchange. [RFC 7748; draft-ietf-tls-ecdhe-mlkem]";
    pub(crate) SECP256R1 = "secp256r1 public key", "", "The ephemeral public key of the other half of the exchange. [RFC 9846, section 4.3.8.2; draft-ietf-tls-ecdhe-mlkem]";
    pub(crate) SECP384R1 = "secp384r1 public key", "", "The ephemeral public key of the other half of the exchange. [RFC 9846, section 4.3.8.2; draft-ietf-tls-ecdhe-mlkem]";
}

/// A group whose shares have two parts: one of ML-KEM, one of a curve.
struct Hybrid {
    group: NamedGroup,
    /// Bytes of the client's encapsulation key, and of the server's ciphertext.
    ml_kem: [usize; 2],
    curve: &'static Field,
    public_key: usize,
    /// Whether the curve's part comes first.
    curve_first: bool,
}

/// The hybrids of draft-ietf-tls-ecdhe-mlkem.
static HYBRIDS: [Hybrid; 3] = [
    Hybrid {
        group: NamedGroup::SECP256R1MLKEM768,
        ml_kem: [1184, 1088],
        curve: &SECP256R1,
        public_key: 65,
        curve_first: true,
    },
    Hybrid {
        group: NamedGroup::X25519MLKEM768,
        ml_kem: [1184, 1088],
        curve: &X25519,
        public_key: 32,
        curve_first: false,
    },
    Hybrid {
        group: NamedGroup::SECP384R1MLKEM1024,
        ml_kem: [1568, 1568],
        curve: &SECP384R1,
        public_key: 97,
        curve_first: true,
    },
];

fn read(c: &mut Cursor<'_>, place: Place) -> Decoded {
    match place {
        Place::ClientHello => {
            let mut groups = String::new();
            c.vector(&CLIENT_SHARES, |c| {
                groups = c.items(|c| entry(c, true))?;
                Ok(groups.clone())
            })?;
            Ok(groups)
        }
        Place::HelloRetryRequest => Ok(c.code::<NamedGroup>(&SELECTED_GROUP)?.label().into()),
        _ => entry(c, false),
    }
}

fn entry(c: &mut Cursor<'_>, client: bool) -> Decoded {
    let mut group = String::new();
    c.group(&ENTRY, |c| {
        let code = c.code::<NamedGroup>(&GROUP)?;
        group = code.label().into();
        match HYBRIDS.iter().find(|hybrid| hybrid.group == code) {
            None => drop(c.opaque(&KEY_EXCHANGE)?),
            Some(hybrid) => {
                c.vector(&KEY_EXCHANGE, |c| hybrid.read(c, client))?;
                c.show_bytes();
            }
        }
        Ok(group.clone())
    })?;
    Ok(group)
}

impl Hybrid {
    fn read(&self, c: &mut Cursor<'_>, client: bool) -> Decoded {
        let [key, ciphertext] = self.ml_kem;
        let ml_kem = if client { (&ENCAPSULATION_KEY, key) } else { (&CIPHERTEXT, ciphertext) };
        let mut parts = [ml_kem, (self.curve, self.public_key)];
        if self.curve_first {
            parts.reverse();
        }
        let names: Vec<&str> = parts.iter().map(|(field, _)| field.name).collect();
        for (field, len) in parts {
            c.bytes(field, len)?;
        }
        Ok(names.join(", "))
    }
}
