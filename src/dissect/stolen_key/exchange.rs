//! What a recording has of a key exchange that the certificate's key took no part in, and what it
//! would take to compute the secret.

use crate::dissect::hello::{self, Hello};
use crate::dissect::{Dissection, EarlyData, Message};
use crate::keys;
use crate::tls::{HandshakeType, NamedGroup, ProtocolVersion};
use crate::trace::Endpoint;
use crate::wire::names;

/// A secret that is not to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Its name in the key schedule: `preliminary_secret`, `shared_secret`, `psk`, `main_secret`.
    pub secret: &'static str,
    /// What it would take to compute it.
    pub needed: String,
    /// Why that is nowhere.
    pub why: String,
    /// The public values in the recording that belong to the ephemeral private keys.
    pub public_values: Vec<PublicValue>,
}

/// An end's public value for the key exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicValue {
    /// Whose.
    pub from: Endpoint,
    /// The message (position in [`Dissection::messages`]) that carries it.
    pub message: usize,
    /// The group.
    pub group: NamedGroup,
    /// The value.
    pub octets: Vec<u8>,
}

impl PublicValue {
    /// What it is: `the client's ephemeral x25519 public key`.
    pub fn name(&self) -> String {
        let (who, group) = (self.from.name(), names::group_name(self.group));
        match (keys::is_hybrid(self.group), self.from) {
            (false, _) => format!("the {who}'s ephemeral {group} public key"),
            (true, Endpoint::Client) => {
                format!("the client's {group} key share (encapsulation key and X25519 public key)")
            }
            (true, Endpoint::Server) => {
                format!("the server's {group} key share (ciphertext and X25519 public key)")
            }
        }
    }

    /// What only the other end has, and the secret takes besides this value.
    pub fn counterpart(&self) -> &'static str {
        match (keys::is_hybrid(self.group), self.from) {
            (false, Endpoint::Server) => "the client's ephemeral private key",
            (false, Endpoint::Client) => "the server's ephemeral private key",
            (true, Endpoint::Server) => {
                "both of the client's private keys, the decapsulation key and the X25519 key"
            }
            (true, Endpoint::Client) => {
                "the randomness with which the server encapsulated, and its X25519 private key"
            }
        }
    }
}

/// What is missing of a connection whose secret was not sent; empty where nothing can be said,
/// because the hellos are not there.
pub(super) fn missing(parts: &Dissection) -> Vec<Missing> {
    let negotiated = &parts.negotiated;
    let is_tls13 = negotiated.version == Some(ProtocolVersion::TLS1_3);
    let public_values = public_values(parts);
    let mut missing = Vec::new();
    let early = negotiated.early_data != EarlyData::None;
    if early || (is_tls13 && negotiated.resumed) {
        missing.push(psk(early, negotiated.resumed));
    }
    if !public_values.is_empty() {
        missing.push(agreed(public_values, is_tls13, negotiated.resumed));
    } else if negotiated.resumed && !is_tls13 {
        missing.push(session());
    }
    missing
}

/// A secret that both ends computed from ephemeral keys.
fn agreed(public_values: Vec<PublicValue>, is_tls13: bool, resumed: bool) -> Missing {
    let hybrid = public_values.iter().any(|value| keys::is_hybrid(value.group));
    let part = if resumed {
        "The certificate's key took no part in this connection."
    } else {
        "The certificate's key only signed, and a signature gives away no secret."
    };
    Missing {
        secret: if is_tls13 { "shared_secret" } else { "preliminary_secret" },
        needed: if hybrid {
            "the secrets of both halves: an X25519 private key of either end, and the client's \
             decapsulation key or the randomness with which the server encapsulated"
        } else {
            "the ephemeral private key of the client or of the server"
        }
        .into(),
        why: format!(
            "The {} were made for this connection and never sent. {part}",
            if hybrid { "private keys and the randomness" } else { "private keys" }
        ),
        public_values,
    }
}

/// The pre-shared key of a TLS 1.3 session.
fn psk(early: bool, resumed: bool) -> Missing {
    let use_of_it = match (early, resumed) {
        (true, true) => {
            " The early data takes this key alone, so it has no forward secrecy; everything after \
             it takes the shared secret as well."
        }
        (true, false) => " Only the early data takes it: the server did not resume the session.",
        (false, _) => " The handshake takes it and the shared secret.",
    };
    Missing {
        secret: "psk",
        needed: "the pre-shared key (PSK) of an earlier connection".into(),
        why: format!(
            "Both ends computed it, and it was never sent, unless inside the ticket, encrypted with \
             a key that only the server has.{use_of_it}"
        ),
        public_values: Vec::new(),
    }
}

/// The main secret of a TLS 1.2 session.
fn session() -> Missing {
    Missing {
        secret: "main_secret",
        needed: "the main secret of the connection in which the session began".into(),
        why:
            "The keys follow from it and from both randoms, and this connection carries no part of \
              it, unless inside a ticket, encrypted with a key that only the server has."
                .into(),
        public_values: Vec::new(),
    }
}

/// What each end sent of an ephemeral exchange, the client's first.
fn public_values(parts: &Dissection) -> Vec<PublicValue> {
    let value = |from, message: &Message, group, octets: &[u8]| PublicValue {
        from,
        message: message.index,
        group,
        octets: octets.to_vec(),
    };
    let server = parts.messages.iter().rev().find_map(|message| {
        let share = match message.is_handshake(Endpoint::Server)? {
            HandshakeType::SERVER_KEY_EXCHANGE => hello::server_key_exchange(&message.bytes)?,
            HandshakeType::SERVER_HELLO => Hello::server(&message.bytes)?.key_share()?,
            _ => return None,
        };
        Some(value(Endpoint::Server, message, share.0, share.1))
    });
    let Some(server) = server else { return Vec::new() };
    let client = parts.messages.iter().rev().find_map(|message| {
        let octets = match message.is_handshake(Endpoint::Client)? {
            HandshakeType::CLIENT_KEY_EXCHANGE => hello::client_public_value(&message.bytes)?,
            HandshakeType::CLIENT_HELLO => {
                Hello::client(&message.bytes)?.offered_share(server.group)?
            }
            _ => return None,
        };
        Some(value(Endpoint::Client, message, server.group, octets))
    });
    client.into_iter().chain([server]).collect()
}
