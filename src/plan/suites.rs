//! The cipher suites that this project has, by what they need.

use crate::scenario::{CertificateKind, KeyExchange, Suite};
use rustls::{CipherSuite, ProtocolVersion};

/// What a suite asks of the server's certificate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Authentication {
    /// Nothing: in TLS 1.3 a suite says nothing of it.
    Any,
    /// A key that signs by ECDSA, or by Ed25519 (RFC 8422, section 5.10).
    Ecdsa,
    /// An RSA key that signs.
    Rsa,
    /// An RSA key that the client encrypts to.
    RsaKeyExchange,
}

impl Authentication {
    fn goes_with(self, certificate: CertificateKind) -> bool {
        let is_rsa = certificate == CertificateKind::Rsa2048;
        self == Authentication::Any || (self != Authentication::Ecdsa) == is_rsa
    }
}

type Row = (CipherSuite, Suite, Authentication);

/// In the order in which a client offers them.
const TLS13: [Row; 3] = [
    (CipherSuite::TLS13_AES_128_GCM_SHA256, Suite::Aes128Gcm, Authentication::Any),
    (CipherSuite::TLS13_AES_256_GCM_SHA384, Suite::Aes256Gcm, Authentication::Any),
    (CipherSuite::TLS13_CHACHA20_POLY1305_SHA256, Suite::ChaCha20Poly1305, Authentication::Any),
];

/// In the order in which a client offers them.
const TLS12: [Row; 8] = {
    use Authentication::{Ecdsa, Rsa, RsaKeyExchange};
    use CipherSuite as C;
    [
        (C::TLS_RSA_WITH_AES_128_GCM_SHA256, Suite::Aes128Gcm, RsaKeyExchange),
        (C::TLS_RSA_WITH_AES_256_GCM_SHA384, Suite::Aes256Gcm, RsaKeyExchange),
        (C::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, Suite::Aes128Gcm, Ecdsa),
        (C::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, Suite::Aes128Gcm, Rsa),
        (C::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, Suite::Aes256Gcm, Ecdsa),
        (C::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, Suite::Aes256Gcm, Rsa),
        (C::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, Suite::ChaCha20Poly1305, Ecdsa),
        (C::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, Suite::ChaCha20Poly1305, Rsa),
    ]
};

/// The suites of these versions: all, or those of one cipher that go with a kind of certificate.
pub(super) fn suites(
    versions: &[ProtocolVersion],
    exchange: KeyExchange,
    only: Option<(Suite, CertificateKind)>,
) -> Vec<CipherSuite> {
    let same_exchange =
        |row: &&Row| (row.2 == Authentication::RsaKeyExchange) == (exchange == KeyExchange::Rsa);
    let tls13 = TLS13.iter().filter(|_| versions.contains(&ProtocolVersion::TLSv1_3));
    let tls12 = TLS12.iter().filter(|_| versions.contains(&ProtocolVersion::TLSv1_2));
    let chosen = |row: &&Row| {
        only.is_none_or(|(cipher, certificate)| row.1 == cipher && row.2.goes_with(certificate))
    };
    tls13.chain(tls12.filter(same_exchange)).filter(chosen).map(|row| row.0).collect()
}

/// Whether a server with a certificate of this kind can use a suite.
pub(super) fn goes_with(suite: CipherSuite, certificate: CertificateKind) -> bool {
    let row = TLS13.iter().chain(&TLS12).find(|row| row.0 == suite);
    row.is_some_and(|row| row.2.goes_with(certificate))
}
