//! IANA names and code points of the choices.

use super::{CertificateKind, Group, KeyExchange, Scenario, Suite, Version};
use crate::tls::NamedGroup;

/// A cipher's names in the IANA registry of cipher suites.
struct SuiteNames {
    suite: Suite,
    tls13: &'static str,
    tls12_ecdsa: &'static str,
    tls12_rsa: &'static str,
    /// With RSA key exchange, which ChaCha20-Poly1305 came too late for.
    rsa_exchange: Option<&'static str>,
}

const SUITES: [SuiteNames; 3] = [
    SuiteNames {
        suite: Suite::Aes128Gcm,
        tls13: "TLS_AES_128_GCM_SHA256",
        tls12_ecdsa: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        tls12_rsa: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        rsa_exchange: Some("TLS_RSA_WITH_AES_128_GCM_SHA256"),
    },
    SuiteNames {
        suite: Suite::Aes256Gcm,
        tls13: "TLS_AES_256_GCM_SHA384",
        tls12_ecdsa: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        tls12_rsa: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        rsa_exchange: Some("TLS_RSA_WITH_AES_256_GCM_SHA384"),
    },
    SuiteNames {
        suite: Suite::ChaCha20Poly1305,
        tls13: "TLS_CHACHA20_POLY1305_SHA256",
        tls12_ecdsa: "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        tls12_rsa: "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        rsa_exchange: None,
    },
];

impl SuiteNames {
    fn name(
        &self,
        version: Version,
        certificate: CertificateKind,
        exchange: KeyExchange,
    ) -> Option<&'static str> {
        match (version, exchange, certificate) {
            (Version::Tls13 | Version::Any, ..) => Some(self.tls13),
            (Version::Tls12, KeyExchange::Rsa, _) => self.rsa_exchange,
            (Version::Tls12, _, CertificateKind::Rsa2048) => Some(self.tls12_rsa),
            (Version::Tls12, ..) => Some(self.tls12_ecdsa),
        }
    }

    fn has(&self, name: &str) -> bool {
        [self.tls13, self.tls12_ecdsa, self.tls12_rsa].contains(&name)
            || self.rsa_exchange == Some(name)
    }
}

impl Suite {
    /// The cipher suite's name in the IANA registry, as this version, kind of certificate and key
    /// exchange make it; `None` if there is no such suite. [`Version::Any`] settles on TLS 1.3, and
    /// names the suite so.
    pub fn iana_name(
        self,
        version: Version,
        certificate: CertificateKind,
        exchange: KeyExchange,
    ) -> Option<&'static str> {
        let [aes128, aes256, chacha20] = &SUITES;
        match self {
            Suite::Aes128Gcm => aes128,
            Suite::Aes256Gcm => aes256,
            Suite::ChaCha20Poly1305 => chacha20,
        }
        .name(version, certificate, exchange)
    }

    /// The cipher that an IANA name stands for, in any version and with any certificate.
    pub fn from_iana_name(name: &str) -> Option<Suite> {
        SUITES.iter().find(|names| names.has(name)).map(|names| names.suite)
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
    /// The code point in the IANA registry of supported groups.
    pub const fn code_point(self) -> u16 {
        match self {
            Group::X25519 => NamedGroup::X25519.0,
            Group::Secp256r1 => NamedGroup::SECP256R1.0,
            Group::Secp384r1 => NamedGroup::SECP384R1.0,
            Group::X25519MlKem768 => NamedGroup::X25519MLKEM768.0,
        }
    }

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
