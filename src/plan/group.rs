//! Key exchange groups.

use crate::choice::choices;
use crate::tls::NamedGroup;

choices! {
    /// A key exchange group, by its name in the IANA registry.
    Group {
        /// Curve25519 (RFC 7748).
        X25519 = "x25519", "X25519";
        /// NIST P-256.
        Secp256r1 = "secp256r1", "P-256";
        /// NIST P-384.
        Secp384r1 = "secp384r1", "P-384";
        /// ML-KEM-768 and X25519 together, in TLS 1.3 (draft-ietf-tls-ecdhe-mlkem).
        X25519MlKem768 = "X25519MLKEM768", "X25519MLKEM768";
    }
}

impl Group {
    /// The code point in the IANA registry of supported groups.
    pub const fn code_point(self) -> NamedGroup {
        match self {
            Group::X25519 => NamedGroup::X25519,
            Group::Secp256r1 => NamedGroup::SECP256R1,
            Group::Secp384r1 => NamedGroup::SECP384R1,
            Group::X25519MlKem768 => NamedGroup::X25519MLKEM768,
        }
    }
}
