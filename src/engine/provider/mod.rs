//! The recording crypto provider: RustCrypto's primitives, each writing down what it does.

mod aead;
mod aead12;
mod aead13;
mod aes_gcm;
mod algorithms;
mod chacha20poly1305;
mod compression;
mod ed25519;
pub mod given;
mod hash;
mod hkdf;
mod kx;
mod p256;
mod p384;
mod prf;
mod random;
pub mod recorder;
pub mod rsa;
mod sign;
mod ticket;
mod verify;
mod x25519;
mod x25519mlkem768;

pub use aead::Aead;
pub use aead12::Tls12Aead;
pub use algorithms::{Algorithms, NotLoaded, RECIPES, REPLAYS, TeachingKey};
pub use hash::Hash;
pub use prf::Prf;
pub use sign::{EndpointKey, PrivateKey};
pub use ticket::Ticketer;

use crate::plan::Peer;
use aead13::Tls13Aead;
use hkdf::Hkdf;
use rustls::crypto::{CipherSuiteCommon, CryptoProvider, KeyExchangeAlgorithm};
use rustls::{
    CipherSuite, SignatureScheme, SupportedCipherSuite, Tls12CipherSuite, Tls13CipherSuite,
};

/// The provider of this peer: its suites and groups, in its order.
///
/// # Errors
/// Its first group is not loaded.
pub fn provider(peer: &Peer, algorithms: &Algorithms) -> Result<CryptoProvider, NotLoaded> {
    let suite = |code: &CipherSuite| SUITES.iter().find(|suite| suite.suite() == *code).copied();
    Ok(CryptoProvider {
        cipher_suites: peer.suites.iter().filter_map(suite).collect(),
        kx_groups: algorithms.groups(&peer.groups)?,
        signature_verification_algorithms: *algorithms.verification,
        secure_random: &random::Random,
        key_provider: &sign::NoKeyFiles,
    })
}

static ECDSA: &[SignatureScheme] = &[
    SignatureScheme::ECDSA_NISTP256_SHA256,
    SignatureScheme::ECDSA_NISTP384_SHA384,
    SignatureScheme::ED25519,
];

static RSA: &[SignatureScheme] = &[
    SignatureScheme::RSA_PSS_SHA256,
    SignatureScheme::RSA_PSS_SHA384,
    SignatureScheme::RSA_PSS_SHA512,
    SignatureScheme::RSA_PKCS1_SHA256,
    SignatureScheme::RSA_PKCS1_SHA384,
    SignatureScheme::RSA_PKCS1_SHA512,
];

macro_rules! common {
    ($name:ident, $hash:ident, $aead:ident) => {
        CipherSuiteCommon {
            suite: CipherSuite::$name,
            hash_provider: &Hash::$hash,
            // RFC 9846, section 5.5, for AES-GCM; ChaCha20-Poly1305 has no practical limit.
            confidentiality_limit: match Aead::$aead {
                Aead::ChaCha20Poly1305 => u64::MAX,
                _ => 1 << 24,
            },
        }
    };
}

macro_rules! tls13 {
    ($name:ident, $hash:ident, $aead:ident) => {{
        static SUITE: Tls13CipherSuite = Tls13CipherSuite {
            common: common!($name, $hash, $aead),
            hkdf_provider: &Hkdf(Hash::$hash),
            aead_alg: &Tls13Aead(Aead::$aead),
            quic: None,
        };
        SupportedCipherSuite::Tls13(&SUITE)
    }};
}

macro_rules! tls12 {
    ($name:ident, $hash:ident, $aead:ident, $sign:ident) => {{
        static SUITE: Tls12CipherSuite = Tls12CipherSuite {
            common: common!($name, $hash, $aead),
            prf_provider: &Prf(Hash::$hash),
            kx: KeyExchangeAlgorithm::ECDHE,
            sign: $sign,
            aead_alg: &Tls12Aead(Aead::$aead),
        };
        SupportedCipherSuite::Tls12(&SUITE)
    }};
}

/// All cipher suites.
static SUITES: &[SupportedCipherSuite] = &[
    tls13!(TLS13_AES_128_GCM_SHA256, Sha256, Aes128Gcm),
    tls13!(TLS13_AES_256_GCM_SHA384, Sha384, Aes256Gcm),
    tls13!(TLS13_CHACHA20_POLY1305_SHA256, Sha256, ChaCha20Poly1305),
    tls12!(TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, Sha256, Aes128Gcm, ECDSA),
    tls12!(TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, Sha256, Aes128Gcm, RSA),
    tls12!(TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, Sha384, Aes256Gcm, ECDSA),
    tls12!(TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, Sha384, Aes256Gcm, RSA),
    tls12!(TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, Sha256, ChaCha20Poly1305, ECDSA),
    tls12!(TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, Sha256, ChaCha20Poly1305, RSA),
];
