//! The AEADs under both record protections (RFC 5116).

use super::recorder::record;
use super::{aes_gcm, chacha20poly1305};
use crate::trace::{Direction, Op};
use ::aes_gcm::aead::consts::{U12, U16};
use ::aes_gcm::aead::{AeadInOut, KeyInit};
use rustls::ConnectionTrafficSecrets;
use rustls::crypto::cipher::{AeadKey, Iv};

/// Bytes of the authentication tag.
pub const TAG: usize = 16;

/// Bytes of the nonce.
pub const NONCE: usize = 12;

/// An AEAD algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aead {
    /// AES with keys of 128 bits, in Galois/Counter mode.
    Aes128Gcm,
    /// AES with keys of 256 bits, in Galois/Counter mode.
    Aes256Gcm,
    /// ChaCha20-Poly1305 (RFC 8439).
    ChaCha20Poly1305,
}

impl Aead {
    /// Bytes of the key.
    pub fn key_len(self) -> usize {
        match self {
            Aead::Aes128Gcm => 16,
            Aead::Aes256Gcm | Aead::ChaCha20Poly1305 => 32,
        }
    }

    /// The secrets in the form that rustls hands out.
    pub fn secrets(self, key: AeadKey, iv: Iv) -> ConnectionTrafficSecrets {
        match self {
            Aead::Aes128Gcm => ConnectionTrafficSecrets::Aes128Gcm { key, iv },
            Aead::Aes256Gcm => ConnectionTrafficSecrets::Aes256Gcm { key, iv },
            Aead::ChaCha20Poly1305 => ConnectionTrafficSecrets::Chacha20Poly1305 { key, iv },
        }
    }

    /// Puts a key to use.
    #[expect(
        clippy::expect_used,
        reason = "rustls asks for the length, and its trait has no error"
    )]
    pub fn install(self, direction: Direction, key: &AeadKey, iv: &[u8]) -> Keyed {
        let key = key.as_ref().get(..self.key_len()).unwrap_or(key.as_ref()).to_vec();
        record(|| Op::InstallKey { direction, key: key.clone(), iv: iv.to_vec() });
        let cipher = match self {
            Aead::Aes128Gcm => aes_gcm::cipher_128(&key),
            Aead::Aes256Gcm => aes_gcm::cipher_256(&key),
            Aead::ChaCha20Poly1305 => chacha20poly1305::cipher(&key),
        };
        Keyed { cipher: cipher.expect("rustls derives keys of the length asked for"), key }
    }
}

/// An AEAD that was given its key; both work in place.
pub trait Cipher: Send + Sync {
    /// Encrypts and returns the tag.
    fn encrypt(&self, with: &Parameters<'_>, text: &mut [u8]) -> Option<[u8; TAG]>;

    /// Decrypts; `None` if it does not authenticate.
    fn decrypt(&self, with: &Parameters<'_>, text: &mut [u8], tag: &[u8; TAG]) -> Option<()>;
}

impl<A: AeadInOut<NonceSize = U12, TagSize = U16> + Send + Sync> Cipher for A {
    fn encrypt(&self, with: &Parameters<'_>, text: &mut [u8]) -> Option<[u8; TAG]> {
        let tag = self.encrypt_inout_detached(&with.nonce.into(), with.aad, text.into()).ok()?;
        Some(tag.into())
    }

    fn decrypt(&self, with: &Parameters<'_>, text: &mut [u8], tag: &[u8; TAG]) -> Option<()> {
        let (nonce, tag) = (&with.nonce.into(), &(*tag).into());
        self.decrypt_inout_detached(nonce, with.aad, text.into(), tag).ok()
    }
}

/// A cipher with this key; `None` if the key has not its length.
pub fn boxed<C: Cipher + KeyInit + 'static>(key: &[u8]) -> Option<Box<dyn Cipher>> {
    Some(Box::new(C::new_from_slice(key).ok()?))
}

/// An AEAD with its key.
pub struct Keyed {
    cipher: Box<dyn Cipher>,
    key: Vec<u8>,
}

/// What a record is protected with besides the key.
pub struct Parameters<'a> {
    /// The record sequence number.
    pub sequence: u64,
    /// The nonce.
    pub nonce: [u8; NONCE],
    /// The additional data.
    pub aad: &'a [u8],
}

impl Keyed {
    /// Encrypts `text` in place and returns the tag. `prefix` is what stands before the ciphertext
    /// in the record's fragment.
    pub fn seal(&self, with: &Parameters<'_>, prefix: &[u8], text: &mut [u8]) -> Option<[u8; TAG]> {
        let plaintext = text.to_vec();
        let tag = self.cipher.encrypt(with, text)?;
        record(|| Op::Seal {
            sequence: with.sequence,
            key: self.key.clone(),
            nonce: with.nonce.to_vec(),
            aad: with.aad.to_vec(),
            plaintext,
            ciphertext: [prefix, text, &tag].concat(),
        });
        Some(tag)
    }

    /// Decrypts a record's `fragment` in place: `prefix_len` bytes, ciphertext, tag. The plaintext
    /// is then where the ciphertext was. `None` if it is too short or does not authenticate.
    pub fn open(
        &self,
        with: &Parameters<'_>,
        prefix_len: usize,
        fragment: &mut [u8],
    ) -> Option<()> {
        let ciphertext = fragment.to_vec();
        let opened = self.decrypt(with, prefix_len, fragment);
        record(|| Op::Open {
            sequence: with.sequence,
            key: self.key.clone(),
            nonce: with.nonce.to_vec(),
            aad: with.aad.to_vec(),
            ciphertext,
            plaintext: opened
                .and_then(|length| Some(fragment.get(prefix_len..prefix_len + length)?.to_vec())),
        });
        opened.map(|_| ())
    }

    fn decrypt(
        &self,
        with: &Parameters<'_>,
        prefix_len: usize,
        fragment: &mut [u8],
    ) -> Option<usize> {
        let (text, tag) = fragment.get_mut(prefix_len..)?.split_last_chunk_mut::<TAG>()?;
        self.cipher.decrypt(with, text, tag)?;
        Some(text.len())
    }
}
