//! ChaCha20-Poly1305 (RFC 8439).

use super::aead::{Cipher, boxed};
use chacha20poly1305::ChaCha20Poly1305;

/// The cipher with this key; `None` if the key is not 32 bytes.
pub fn cipher(key: &[u8]) -> Option<Box<dyn Cipher>> {
    boxed::<ChaCha20Poly1305>(key)
}
