//! IANA names and code points of the choices.

use super::{CertificateKind, Group, KeyExchange, Scenario, Suite, Version};
use crate::tls::CipherSuite;

/// A cipher's suites.
struct SuitesOf {
    cipher: Suite,
    tls13: CipherSuite,
    tls12_ecdsa: CipherSuite,
    tls12_rsa: CipherSuite,
    /// With RSA key exchange, which ChaCha20-Poly1305 came too late for.
    rsa_exchange: Option<CipherSuite>,
}

const SUITES: [SuitesOf; 3] = [
    SuitesOf {
        cipher: Suite::Aes128Gcm,
        tls13: CipherSuite::TLS_AES_128_GCM_SHA256,
        tls12_ecdsa: CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        tls12_rsa: CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        rsa_exchange: Some(CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256),
    },
    SuitesOf {
        cipher: Suite::Aes256Gcm,
        tls13: CipherSuite::TLS_AES_256_GCM_SHA384,
        tls12_ecdsa: CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        tls12_rsa: CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        rsa_exchange: Some(CipherSuite::TLS_RSA_WITH_AES_256_GCM_SHA384),
    },
    SuitesOf {
        cipher: Suite::ChaCha20Poly1305,
        tls13: CipherSuite::TLS_CHACHA20_POLY1305_SHA256,
        tls12_ecdsa: CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        tls12_rsa: CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        rsa_exchange: None,
    },
];

impl SuitesOf {
    fn of(
        &self,
        version: Version,
        certificate: CertificateKind,
        exchange: KeyExchange,
    ) -> Option<CipherSuite> {
        match (version, exchange, certificate) {
            (Version::Tls13 | Version::Any, ..) => Some(self.tls13),
            (Version::Tls12, KeyExchange::Rsa, _) => self.rsa_exchange,
            (Version::Tls12, _, CertificateKind::Rsa2048) => Some(self.tls12_rsa),
            (Version::Tls12, ..) => Some(self.tls12_ecdsa),
        }
    }

    fn has(&self, name: &str) -> bool {
        let always = [self.tls13, self.tls12_ecdsa, self.tls12_rsa];
        always.into_iter().chain(self.rsa_exchange).any(|suite| suite.name() == Some(name))
    }
}

impl Suite {
    /// The cipher suite that this version, kind of certificate and key exchange make of it; `None` if
    /// there is no such suite. [`Version::Any`] settles on TLS 1.3, and has the suite of that.
    pub fn of(
        self,
        version: Version,
        certificate: CertificateKind,
        exchange: KeyExchange,
    ) -> Option<CipherSuite> {
        let [aes128, aes256, chacha20] = &SUITES;
        match self {
            Suite::Aes128Gcm => aes128,
            Suite::Aes256Gcm => aes256,
            Suite::ChaCha20Poly1305 => chacha20,
        }
        .of(version, certificate, exchange)
    }

    /// The same by its name in the IANA registry.
    pub fn iana_name(
        self,
        version: Version,
        certificate: CertificateKind,
        exchange: KeyExchange,
    ) -> Option<&'static str> {
        self.of(version, certificate, exchange).and_then(CipherSuite::name)
    }

    /// The cipher that an IANA name stands for, in any version and with any certificate.
    pub fn from_iana_name(name: &str) -> Option<Suite> {
        SUITES.iter().find(|suites| suites.has(name)).map(|suites| suites.cipher)
    }
}

impl Scenario {
    /// The name of the suite that `suite` is in this scenario; its own id where there is none.
    pub fn suite_name(&self, suite: Suite) -> &'static str {
        let name = suite.iana_name(self.version, self.certificate, self.key_exchange);
        name.unwrap_or(suite.id())
    }
}

impl Group {
    /// Whether the group can be used where only this version is allowed.
    pub fn goes_with(self, version: Version) -> bool {
        self != Group::X25519MlKem768 || version != Version::Tls12
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_iana_name_leads_back_to_its_cipher() {
        for &suite in Suite::ALL {
            for &version in Version::ALL {
                for &certificate in CertificateKind::ALL {
                    for &exchange in KeyExchange::ALL {
                        if let Some(name) = suite.iana_name(version, certificate, exchange) {
                            assert_eq!(Suite::from_iana_name(name), Some(suite), "{name}");
                        }
                    }
                }
            }
        }
    }
}
