//! ChaCha20-Poly1305 (RFC 8439).

use crate::engine::provider::aead::{Cipher, boxed};
use chacha20poly1305::ChaCha20Poly1305;

/// The cipher with this key; `None` if the key is not 32 octets.
pub fn cipher(key: &[u8]) -> Option<Box<dyn Cipher>> {
    boxed::<ChaCha20Poly1305>(key)
}
