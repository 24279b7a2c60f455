//! How a value was computed, for a machine.

use super::{Hash, KeyNode, command};
use crate::tls::NamedGroup;

/// What a [`KeyNode`]'s inputs do not say about how its value was computed. They are its operands, in
/// their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Recipe {
    /// Nothing that a command could repeat: drawn at random, or with randomness that it would draw.
    None,
    /// One behind the other.
    Join,
    /// ML-KEM-768 decapsulation: seed, ciphertext.
    Decapsulate,
    /// (EC)DH in the group of this code point: private key, the peer's public key.
    Agree(NamedGroup),
    /// RSAES-PKCS1-v1_5 decryption: private key (PKCS #8), ciphertext.
    Decrypt,
    /// HKDF-Extract: salt, IKM.
    Extract(Hash),
    /// HKDF-Expand-Label with the node's label: secret and, where there is one, context.
    Expand(Hash),
    /// HMAC: key, message.
    Hmac(Hash),
    /// The PRF of TLS 1.2 with the node's label: secret, seed.
    Prf(Hash),
    /// The bytes of another value from this place on.
    Cut(Box<KeyNode>, usize),
}

impl KeyNode {
    /// A shell command that computes the same value with OpenSSL 3 and prints it as hexadecimal.
    /// Empty where OpenSSL's command line cannot.
    pub fn command(&self) -> String {
        command::command(self)
    }
}
