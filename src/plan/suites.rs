//! The cipher suites that this project has, in the order in which a client offers them.

use rustls::{CipherSuite, ProtocolVersion};

/// Those of TLS 1.3.
const TLS13: [CipherSuite; 3] = [
    CipherSuite::TLS13_AES_128_GCM_SHA256,
    CipherSuite::TLS13_AES_256_GCM_SHA384,
    CipherSuite::TLS13_CHACHA20_POLY1305_SHA256,
];

/// Those of TLS 1.2 with ephemeral Diffie-Hellman. Where it says ECDSA, a key may sign by Ed25519 as well (RFC
/// 8422, section 5.10).
const TLS12: [CipherSuite; 6] = [
    CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
];

/// Those of TLS 1.2 with RSA key exchange.
pub const RSA_KEY_EXCHANGE: [CipherSuite; 2] =
    [CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256, CipherSuite::TLS_RSA_WITH_AES_256_GCM_SHA384];

/// All of these versions with ephemeral key exchange, those of TLS 1.3 first.
pub fn suites_of(versions: &[ProtocolVersion]) -> Vec<CipherSuite> {
    let of = |version, suites: &'static [CipherSuite]| {
        suites.iter().copied().filter(move |_| versions.contains(&version))
    };
    of(ProtocolVersion::TLSv1_3, &TLS13).chain(of(ProtocolVersion::TLSv1_2, &TLS12)).collect()
}
