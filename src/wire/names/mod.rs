//! What code points are called: tables from the IANA registries, and how to look things up in them.

mod alerts;
mod groups;
mod oids;
mod schemes;
mod small;
mod suites;

pub use alerts::{Alert, alert};
pub use oids::{oid, rdn_key};
pub use small::{
    alert_level, certificate_compression, certificate_type, client_certificate_type, compression,
    content_type, curve_type, handshake_type, key_update_request, max_fragment_length, name_type,
    point_format, psk_mode, status_type, version,
};

use std::borrow::Cow;

/// The cipher suite's name in the IANA registry: `TLS_AES_128_GCM_SHA256`.
pub fn suite(code: u16) -> Option<&'static str> {
    lookup(suites::SUITES, code)
}

/// The key exchange group's name: `x25519` (RFC 8446, section 4.2.7).
pub fn group(code: u16) -> Option<&'static str> {
    lookup(groups::GROUPS, code)
}

/// The signature scheme's name: `ecdsa_secp256r1_sha256` (RFC 8446, section 4.2.3).
pub fn scheme(code: u16) -> Option<&'static str> {
    lookup(schemes::SCHEMES, code)
}

/// The extension's name: `server_name` (RFC 8446, section 4.2).
pub fn extension(code: u16) -> Option<&'static str> {
    super::extension::row(code).map(|row| row.field.name)
}

/// The alert's name: `certificate_expired` (RFC 8446, section 6).
pub fn alert_name(code: u8) -> Option<&'static str> {
    alert(code).map(|alert| alert.name)
}

/// What a cipher suite is called, with its code point where it has no name.
pub fn suite_name(code: u16) -> Cow<'static, str> {
    named(code, suite)
}

/// What a group is called, with its code point where it has no name.
pub fn group_name(code: u16) -> Cow<'static, str> {
    named(code, group)
}

/// What a signature scheme is called, with its code point where it has no name.
pub fn scheme_name(code: u16) -> Cow<'static, str> {
    named(code, scheme)
}

/// What a version is called (`TLS 1.3`), with its code point where it has no name.
pub fn version_name(code: u16) -> Cow<'static, str> {
    named(code, version)
}

/// What an extension is called, with its code point where it has no name.
pub fn extension_name(code: u16) -> Cow<'static, str> {
    named(code, extension)
}

/// Whether `code` is one of the 16 values that a client sends only to keep servers used to values
/// they do not know (RFC 8701, section 2).
pub fn is_grease(code: u16) -> bool {
    code & 0x0f0f == 0x0a0a && code >> 8 == code & 0xff
}

/// `name(code)`, or what a code point without a name is.
pub(super) fn or_grease(code: u16, name: fn(u16) -> Option<&'static str>) -> &'static str {
    name(code).unwrap_or(if is_grease(code) { "GREASE" } else { "unknown" })
}

fn named(code: u16, name: fn(u16) -> Option<&'static str>) -> Cow<'static, str> {
    match name(code) {
        Some(name) => Cow::Borrowed(name),
        None => Cow::Owned(format!("{} (0x{code:04x})", or_grease(code, name))),
    }
}

fn lookup<K: Ord + Copy>(table: &[(K, &'static str)], key: K) -> Option<&'static str> {
    let at = table.binary_search_by_key(&key, |row| row.0).ok()?;
    table.get(at).map(|row| row.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_ascend_so_that_they_can_be_searched() {
        for table in [suites::SUITES, groups::GROUPS, schemes::SCHEMES] {
            assert!(table.is_sorted_by(|a, b| a.0 < b.0));
        }
    }

    #[test]
    fn names_come_with_their_code_points_only_where_they_are_needed() {
        assert_eq!(suite_name(0x1301), "TLS_AES_128_GCM_SHA256");
        assert_eq!(group_name(0x001d), "x25519");
        assert_eq!(scheme_name(0x0403), "ecdsa_secp256r1_sha256");
        assert_eq!(version_name(0x0304), "TLS 1.3");
        assert_eq!(extension_name(0), "server_name");
        assert_eq!(suite_name(0x0a0a), "GREASE (0x0a0a)");
        assert_eq!(suite_name(0x0a1a), "unknown (0x0a1a)");
    }
}
