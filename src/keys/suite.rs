//! What the key schedule needs to know of a cipher suite.

use super::{Aead, Hash};

/// A cipher suite's hash and cipher.
#[derive(Debug, PartialEq, Eq)]
pub struct Suite {
    /// The code point in the IANA TLS Cipher Suites registry.
    pub id: u16,
    /// The hash of the transcript and of the key schedule.
    pub hash: Hash,
    /// The cipher that protects records.
    pub aead: Aead,
}

/// Every AEAD suite of TLS 1.3, and of TLS 1.2 with RSA key exchange and with ECDHE.
static SUITES: [Suite; 11] = [
    suite(0x009c, Hash::Sha256, Aead::Aes128Gcm),
    suite(0x009d, Hash::Sha384, Aead::Aes256Gcm),
    suite(0x1301, Hash::Sha256, Aead::Aes128Gcm),
    suite(0x1302, Hash::Sha384, Aead::Aes256Gcm),
    suite(0x1303, Hash::Sha256, Aead::ChaCha20Poly1305),
    suite(0xc02b, Hash::Sha256, Aead::Aes128Gcm),
    suite(0xc02c, Hash::Sha384, Aead::Aes256Gcm),
    suite(0xc02f, Hash::Sha256, Aead::Aes128Gcm),
    suite(0xc030, Hash::Sha384, Aead::Aes256Gcm),
    suite(0xcca8, Hash::Sha256, Aead::ChaCha20Poly1305),
    suite(0xcca9, Hash::Sha256, Aead::ChaCha20Poly1305),
];

const fn suite(id: u16, hash: Hash, aead: Aead) -> Suite {
    Suite { id, hash, aead }
}

impl Suite {
    /// The suite with this code point, if its keys can be derived here.
    pub fn find(id: u16) -> Option<&'static Suite> {
        SUITES.iter().find(|suite| suite.id == id)
    }
}
