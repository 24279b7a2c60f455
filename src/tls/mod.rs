//! The vocabulary of TLS: a type for each registry, each code point once.
//!
//! Every type keeps values that it has no name for. [`HandshakeType::CLIENT_HELLO`] is a value,
//! [`HandshakeType::name`] what the registry calls it, and `Display` that or `unknown` with the number.
//! In JSON it is the number. This room imports nothing of the crate.
//!
//! | registry | type |
//! |---|---|
//! | what a record carries | [`ContentType`] |
//! | handshake messages | [`HandshakeType`] |
//! | extensions | [`ExtensionType`] |
//! | alerts | [`AlertLevel`], [`AlertDescription`] with its [`Alert`] |
//! | versions | [`ProtocolVersion`] |
//! | algorithms | [`CipherSuite`], [`NamedGroup`], [`SignatureScheme`] |
//! | values inside of messages | [`CompressionMethod`], [`EcPointFormat`], [`EcCurveType`], [`PskKeyExchangeMode`], [`CertificateType`], [`ClientCertificateType`], [`CertificateCompression`], [`NameType`], [`CertificateStatusType`], [`MaxFragmentLength`], [`KeyUpdateRequest`] |
//! | TCP's control bits | [`TcpFlags`] |

mod alert;
mod cipher_suite;
mod content_type;
mod extension_type;
mod handshake_type;
mod named_group;
mod protocol_version;
mod registry;
mod signature_scheme;
mod small;
mod tcp_flags;

pub use alert::{Alert, AlertDescription, AlertLevel};
pub use cipher_suite::CipherSuite;
pub use content_type::ContentType;
pub use extension_type::ExtensionType;
pub use handshake_type::HandshakeType;
pub use named_group::NamedGroup;
pub use protocol_version::ProtocolVersion;
pub use registry::{Registry, is_grease};
pub use signature_scheme::SignatureScheme;
pub use small::{
    CertificateCompression, CertificateStatusType, CertificateType, ClientCertificateType,
    CompressionMethod, EcCurveType, EcPointFormat, KeyUpdateRequest, MaxFragmentLength, NameType,
    PskKeyExchangeMode,
};
pub use tcp_flags::TcpFlags;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_ascend_so_that_they_can_be_searched() {
        macro_rules! check {
            ($($type:ident)*) => {
                $(
                    assert!($type::known().is_sorted_by(|a, b| a.0 < b.0), stringify!($type));
                    for (value, name) in $type::known() {
                        assert_eq!(value.name(), Some(*name));
                    }
                )*
            };
        }
        check! {
            AlertDescription AlertLevel CertificateCompression CertificateStatusType CertificateType
            CipherSuite ClientCertificateType CompressionMethod ContentType EcCurveType
            EcPointFormat ExtensionType HandshakeType KeyUpdateRequest MaxFragmentLength NameType
            NamedGroup ProtocolVersion PskKeyExchangeMode SignatureScheme
        }
    }

    #[test]
    fn names_come_with_their_code_points_only_where_they_are_needed() {
        assert_eq!(CipherSuite::TLS_AES_128_GCM_SHA256.to_string(), "TLS_AES_128_GCM_SHA256");
        assert_eq!(NamedGroup(0x001d).to_string(), "x25519");
        assert_eq!(ProtocolVersion(0x0304).to_string(), "TLS 1.3");
        assert_eq!(ExtensionType(0).to_string(), "server_name");
        assert_eq!(CipherSuite(0x0a0a).to_string(), "GREASE (0x0a0a)");
        assert_eq!(CipherSuite(0x0a1a).to_string(), "unknown (0x0a1a)");
        assert_eq!(HandshakeType(99).to_string(), "unknown (99)");
    }

    #[test]
    fn every_alert_is_explained() {
        for (description, name) in AlertDescription::known() {
            let alert = description.alert().unwrap();
            assert_eq!(alert.name, *name);
            assert!(alert.meaning.ends_with('.') && alert.rfc.starts_with("RFC "), "{name}");
        }
    }
}
