//! What object identifiers are called, and short ways to the names of [`crate::tls`].

mod oids;
mod pkcs;

pub use oids::{oid, rdn_key};
pub use pkcs::pkcs;

use crate::tls::{
    Alert, AlertDescription, AlertLevel, CipherSuite, NamedGroup, ProtocolVersion, SignatureScheme,
};
use std::borrow::Cow;

/// What a cipher suite is called, with its code point where it has no name.
pub fn suite_name(code: impl Into<CipherSuite>) -> Cow<'static, str> {
    code.into().label()
}

/// What a group is called, with its code point where it has no name.
pub fn group_name(code: impl Into<NamedGroup>) -> Cow<'static, str> {
    code.into().label()
}

/// What a signature scheme is called, with its code point where it has no name.
pub fn scheme_name(code: impl Into<SignatureScheme>) -> Cow<'static, str> {
    code.into().label()
}

/// What a version is called (`TLS 1.3`), with its code point where it has no name.
pub fn version_name(code: impl Into<ProtocolVersion>) -> Cow<'static, str> {
    code.into().label()
}

/// What is written about an alert.
pub fn alert(code: impl Into<AlertDescription>) -> Option<&'static Alert> {
    code.into().alert()
}

/// What an alert level is called.
pub fn alert_level(code: impl Into<AlertLevel>) -> Option<&'static str> {
    code.into().name()
}
