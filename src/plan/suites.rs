//! The cipher suites that this project has, in the order in which a client offers them.

use super::CertificateKind;
use rustls::{CipherSuite, ProtocolVersion};

/// Those of TLS 1.3.
const TLS13: [CipherSuite; 3] = [
    CipherSuite::TLS13_AES_128_GCM_SHA256,
    CipherSuite::TLS13_AES_256_GCM_SHA384,
    CipherSuite::TLS13_CHACHA20_POLY1305_SHA256,
];

/// Those of TLS 1.2 with ephemeral Diffie-Hellman, whose server signs by ECDSA or Ed25519 (RFC 8422, section
/// 5.10).
const TLS12_ECDSA: [CipherSuite; 3] = [
    CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
];

/// The same, whose server signs by RSA.
const TLS12_RSA: [CipherSuite; 3] = [
    CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
];

/// Those of TLS 1.2 with RSA key exchange.
pub const RSA_KEY_EXCHANGE: [CipherSuite; 2] =
    [CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256, CipherSuite::TLS_RSA_WITH_AES_256_GCM_SHA384];

/// All of these versions with ephemeral key exchange, those of TLS 1.3 first.
pub fn suites_of(versions: &[ProtocolVersion]) -> Vec<CipherSuite> {
    let has = |version| versions.contains(&version);
    let tls13 = TLS13.into_iter().filter(|_| has(ProtocolVersion::TLSv1_3));
    let tls12 = TLS12_ECDSA.into_iter().zip(TLS12_RSA).flat_map(|(ecdsa, rsa)| [ecdsa, rsa]);
    tls13.chain(tls12.filter(|_| has(ProtocolVersion::TLSv1_2))).collect()
}

/// Whether a server with a certificate of this kind can use a suite.
pub(super) fn goes_with(suite: CipherSuite, certificate: CertificateKind) -> bool {
    let is_rsa = certificate == CertificateKind::Rsa2048;
    let rsa_only = TLS12_RSA.contains(&suite) || RSA_KEY_EXCHANGE.contains(&suite);
    TLS13.contains(&suite) || if is_rsa { rsa_only } else { TLS12_ECDSA.contains(&suite) }
}

/// Whether a suite encrypts by AES-128-GCM: each list here begins with such a one.
pub fn has_aes_128(suite: CipherSuite) -> bool {
    let firsts = [TLS13.first(), TLS12_ECDSA.first(), TLS12_RSA.first(), RSA_KEY_EXCHANGE.first()];
    firsts.contains(&Some(&suite))
}
