//! What the key schedule needs to know of a cipher suite.
use crate::tls::CipherSuite;

use super::{Aead, Hash};

/// A cipher suite's hash and cipher.
#[derive(Debug, PartialEq, Eq)]
pub struct Suite {
    /// Which.
    pub id: CipherSuite,
    /// The hash of the transcript and of the key schedule.
    pub hash: Hash,
    /// The cipher that protects records.
    pub aead: Aead,
}

/// Every AEAD suite of TLS 1.3, and of TLS 1.2 with RSA key exchange and with ECDHE.
static SUITES: [Suite; 11] = [
    suite(CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256, Hash::Sha256, Aead::Aes128Gcm),
    suite(CipherSuite::TLS_RSA_WITH_AES_256_GCM_SHA384, Hash::Sha384, Aead::Aes256Gcm),
    suite(CipherSuite::TLS_AES_128_GCM_SHA256, Hash::Sha256, Aead::Aes128Gcm),
    suite(CipherSuite::TLS_AES_256_GCM_SHA384, Hash::Sha384, Aead::Aes256Gcm),
    suite(CipherSuite::TLS_CHACHA20_POLY1305_SHA256, Hash::Sha256, Aead::ChaCha20Poly1305),
    suite(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, Hash::Sha256, Aead::Aes128Gcm),
    suite(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, Hash::Sha384, Aead::Aes256Gcm),
    suite(CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, Hash::Sha256, Aead::Aes128Gcm),
    suite(CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, Hash::Sha384, Aead::Aes256Gcm),
    suite(
        CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        Hash::Sha256,
        Aead::ChaCha20Poly1305,
    ),
    suite(
        CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        Hash::Sha256,
        Aead::ChaCha20Poly1305,
    ),
];

const fn suite(id: CipherSuite, hash: Hash, aead: Aead) -> Suite {
    Suite { id, hash, aead }
}

impl Suite {
    /// The suite with this code point, if its keys can be derived here.
    pub fn find(id: CipherSuite) -> Option<&'static Suite> {
        SUITES.iter().find(|suite| suite.id == id)
    }
}
