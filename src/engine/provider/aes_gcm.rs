//! AES in Galois/Counter mode (NIST SP 800-38D).

use super::aead::{Cipher, boxed};
use aes_gcm::{Aes128Gcm, Aes256Gcm};

/// AES-128-GCM with this key; `None` if the key is not 16 bytes.
pub fn cipher_128(key: &[u8]) -> Option<Box<dyn Cipher>> {
    boxed::<Aes128Gcm>(key)
}

/// AES-256-GCM with this key; `None` if the key is not 32 bytes.
pub fn cipher_256(key: &[u8]) -> Option<Box<dyn Cipher>> {
    boxed::<Aes256Gcm>(key)
}
