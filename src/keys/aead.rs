//! Opening what an AEAD cipher sealed (RFC 5116).

use aes_gcm::aead::{Aead as _, KeyInit, Payload};
use aes_gcm::{Aes128Gcm, Aes256Gcm};
use chacha20poly1305::ChaCha20Poly1305;

/// The AEAD cipher of a cipher suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aead {
    /// AES-128 in Galois/Counter Mode.
    Aes128Gcm,
    /// AES-256 in Galois/Counter Mode.
    Aes256Gcm,
    /// ChaCha20-Poly1305 (RFC 8439).
    ChaCha20Poly1305,
}

impl Aead {
    /// Bytes of the nonce, for every cipher here.
    pub const NONCE_LEN: usize = 12;
    /// Bytes of the authentication tag, for every cipher here.
    pub const TAG_LEN: usize = 16;

    /// Bytes of the key.
    pub fn key_len(self) -> usize {
        match self {
            Aead::Aes128Gcm => 16,
            Aead::Aes256Gcm | Aead::ChaCha20Poly1305 => 32,
        }
    }

    /// Bytes of the nonce that TLS 1.2 sends with every record (RFC 5288, section 3; RFC 7905,
    /// section 2).
    pub fn explicit_nonce_len(self) -> usize {
        match self {
            Aead::Aes128Gcm | Aead::Aes256Gcm => 8,
            Aead::ChaCha20Poly1305 => 0,
        }
    }

    /// The plaintext, or `None` if key, nonce, additional data and ciphertext (with its tag) do not
    /// belong together.
    pub fn open(self, key: &[u8], nonce: &[u8], aad: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let nonce: [u8; Self::NONCE_LEN] = nonce.try_into().ok()?;
        let nonce = nonce.into();
        let payload = Payload { msg: sealed, aad };
        match self {
            Aead::Aes128Gcm => Aes128Gcm::new_from_slice(key).ok()?.decrypt(&nonce, payload),
            Aead::Aes256Gcm => Aes256Gcm::new_from_slice(key).ok()?.decrypt(&nonce, payload),
            Aead::ChaCha20Poly1305 => {
                ChaCha20Poly1305::new_from_slice(key).ok()?.decrypt(&nonce, payload)
            }
        }
        .ok()
    }
}

/// The per-record nonce of TLS 1.3 and of ChaCha20-Poly1305 in TLS 1.2: the static IV exclusive-or
/// the sequence number in network order (RFC 9846, section 5.3; RFC 7905, section 2).
pub fn nonce_from_iv(iv: &[u8], sequence: u64) -> Vec<u8> {
    let mut nonce = iv.to_vec();
    for (octet, number) in nonce.iter_mut().rev().zip(sequence.to_be_bytes().iter().rev()) {
        *octet ^= number;
    }
    nonce
}
