//! The recording crypto provider: RustCrypto's primitives, each writing down what it does.

mod aead;
mod aead12;
mod aead13;
mod aes_gcm;
mod algorithms;
mod chacha20poly1305;
mod ed25519;
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
pub use algorithms::{Algorithms, MakeKey, NotLoaded};
pub use hash::Hash;
pub use prf::Prf;
pub use sign::{EndpointKey, PrivateKey};
pub use ticket::Ticketer;

use crate::scenario::{CertificateKind, Group, Suite};
use aead13::Tls13Aead;
use hkdf::Hkdf;
use rustls::crypto::{CipherSuiteCommon, CryptoProvider, KeyExchangeAlgorithm};
use rustls::{
    CipherSuite, SignatureScheme, SupportedCipherSuite, SupportedProtocolVersion, Tls12CipherSuite,
    Tls13CipherSuite,
};

/// The provider with the suites of these versions: one cipher (as this kind of certificate needs it)
/// or all. `first` is the group that comes first.
///
/// # Errors
/// That group is not loaded.
pub fn provider(
    algorithms: &Algorithms,
    versions: &[&SupportedProtocolVersion],
    only: Option<(Suite, CertificateKind)>,
    first: Option<Group>,
) -> Result<CryptoProvider, NotLoaded> {
    // rustls offers suites of versions that it does not offer, so they are left out here.
    let offered = |row: &&(Suite, SupportedCipherSuite)| {
        versions.contains(&row.1.version())
            && only
                .is_none_or(|(suite, certificate)| row.0 == suite && goes_with(&row.1, certificate))
    };
    Ok(CryptoProvider {
        cipher_suites: SUITES.iter().filter(offered).map(|row| row.1).collect(),
        kx_groups: algorithms.offered(first)?,
        signature_verification_algorithms: *algorithms.verification,
        secure_random: &random::Random,
        key_provider: &sign::NoKeyFiles,
    })
}

/// TLS 1.2 suites say which kind of certificate they take; those of TLS 1.3 take any.
fn goes_with(suite: &SupportedCipherSuite, certificate: CertificateKind) -> bool {
    match suite {
        SupportedCipherSuite::Tls13(_) => true,
        SupportedCipherSuite::Tls12(suite) => {
            (suite.sign == RSA) == (certificate == CertificateKind::Rsa2048)
        }
    }
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
            // RFC 8446, section 5.5, for AES-GCM; ChaCha20-Poly1305 has no practical limit.
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
        (Suite::$aead, SupportedCipherSuite::Tls13(&SUITE))
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
        (Suite::$aead, SupportedCipherSuite::Tls12(&SUITE))
    }};
}

/// All cipher suites, in the order in which a client offers them.
static SUITES: &[(Suite, SupportedCipherSuite)] = &[
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
