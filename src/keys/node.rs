//! A value of the key schedule.

use super::Recipe;
use serde::Serialize;

/// One value of the key schedule, with how it was computed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeyNode {
    /// RFC 9846's name in snake_case (`handshake_secret`, `client_handshake_key`); for TLS 1.2
    /// `preliminary_secret`, `main_secret`, `client_write_key`, ….
    pub name: &'static str,
    /// `ECDHE`, `RSA`, `ML-KEM`, `Concatenation`, `HKDF-Extract`, `HKDF-Expand-Label`, `Derive-Secret`,
    /// `PRF`, `Split`, `HMAC`.
    pub operation: &'static str,
    /// The formula, as a person writes it: `HKDF-Extract(salt = derived, IKM = shared_secret)`.
    pub formula: String,
    /// What went in.
    pub inputs: Vec<KeyInput>,
    /// The label without `tls13 `, or of the PRF; empty where there is none.
    pub label: &'static str,
    /// Which messages' transcript hash is the context: `ClientHello…ServerHello`; empty if none.
    pub context: String,
    /// The value.
    #[serde(with = "crate::hex")]
    pub output: Vec<u8>,
    /// How to compute it again: see [`KeyNode::command`].
    #[serde(skip)]
    pub recipe: Recipe,
    /// The message (index) whose bytes complete the inputs: the value can exist from then on.
    pub after_message: Option<usize>,
    /// Names of the nodes this one is computed from.
    pub parents: Vec<&'static str>,
}

/// A named input of a [`KeyNode`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeyInput {
    /// `salt`, `ikm`, `secret`, `context`, `seed`, `private_key`, `peer_public_key`,
    /// `ciphertext`, ….
    pub name: &'static str,
    /// Its value.
    #[serde(with = "crate::hex")]
    pub value: Vec<u8>,
    /// Where it comes from: a node's name or a message field, in words.
    pub from: String,
}
