//! The cipher suites of the teaching endpoints.

use crate::engine::provider::{Aead, Hash};
use crate::plan::CertificateKind;
use crate::plan::Peer;
use crate::tls::CipherSuite;

/// How the pre-master secret comes about, and what the certificate's key must be able to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exchange {
    /// It is encrypted with the RSA key in the certificate (RFC 5246, section 7.4.7.1).
    Rsa,
    /// Ephemeral Diffie-Hellman, signed with an RSA key (RFC 8422, section 2).
    EcdheRsa,
    /// Ephemeral Diffie-Hellman, signed with a key on an elliptic curve (RFC 8422, section 2).
    EcdheEcdsa,
}

impl Exchange {
    /// Whether a certificate of this kind can take part.
    pub fn goes_with(self, certificate: CertificateKind) -> bool {
        (self == Exchange::EcdheEcdsa) != (certificate == CertificateKind::Rsa2048)
    }
}

/// A cipher suite of TLS 1.2 (RFC 5288; RFC 5289; RFC 7905).
#[derive(Debug)]
pub struct Suite {
    /// Which.
    pub code: CipherSuite,
    pub exchange: Exchange,
    pub aead: Aead,
    /// The hash of the transcript and of the PRF.
    pub hash: Hash,
}

/// All of them.
static SUITES: [Suite; 8] = [
    suite(
        CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256,
        Exchange::Rsa,
        Aead::Aes128Gcm,
        Hash::Sha256,
    ),
    suite(
        CipherSuite::TLS_RSA_WITH_AES_256_GCM_SHA384,
        Exchange::Rsa,
        Aead::Aes256Gcm,
        Hash::Sha384,
    ),
    suite(
        CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        Exchange::EcdheEcdsa,
        Aead::Aes128Gcm,
        Hash::Sha256,
    ),
    suite(
        CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        Exchange::EcdheRsa,
        Aead::Aes128Gcm,
        Hash::Sha256,
    ),
    suite(
        CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        Exchange::EcdheEcdsa,
        Aead::Aes256Gcm,
        Hash::Sha384,
    ),
    suite(
        CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        Exchange::EcdheRsa,
        Aead::Aes256Gcm,
        Hash::Sha384,
    ),
    suite(
        CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        Exchange::EcdheEcdsa,
        CHACHA,
        Hash::Sha256,
    ),
    suite(
        CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        Exchange::EcdheRsa,
        CHACHA,
        Hash::Sha256,
    ),
];

const CHACHA: Aead = Aead::ChaCha20Poly1305;

const fn suite(code: CipherSuite, exchange: Exchange, aead: Aead, hash: Hash) -> Suite {
    Suite { code, exchange, aead, hash }
}

/// Those of a peer's suites that the teaching endpoints have, in its order.
pub fn of(peer: &Peer) -> Vec<&'static Suite> {
    let suite =
        |code: &rustls::CipherSuite| SUITES.iter().find(|suite| suite.code.0 == u16::from(*code));
    peer.suites.iter().filter_map(suite).collect()
}
