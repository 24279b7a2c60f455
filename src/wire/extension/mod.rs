//! Extensions (RFC 9846, section 4.3): one table, one row for each.
//!
//! A new extension is one file with a `ROW` (or one row in `opaque.rs` if its contents stay opaque),
//! and one line in `ROWS`.

pub(super) mod alpn;
pub(super) mod certificate_authorities;
pub(super) mod certificate_types;
pub(super) mod compress_certificate;
pub(super) mod cookie;
pub(super) mod early_data;
pub(super) mod ec_point_formats;
pub(super) mod flags;
pub(super) mod key_share;
pub(super) mod limits;
pub(super) mod oid_filters;
pub(super) mod opaque;
pub(super) mod padding;
pub(super) mod pre_shared_key;
pub(super) mod psk_key_exchange_modes;
pub(super) mod renegotiation_info;
pub(super) mod row;
pub(super) mod server_name;
pub(super) mod session_ticket;
pub(super) mod signature_algorithms;
pub(super) mod signed_certificate_timestamp;
pub(super) mod status_request;
pub(super) mod supported_groups;
pub(super) mod supported_versions;

use super::cursor::{Cursor, hex_number, join};
use super::error::{WireError, octets};
use super::node::{fields, vectors};
use crate::tls::{ExtensionType, is_grease};

use row::DATA;
pub use row::{Extension, Place};

/// Every extension known here, ascending by code point.
static ROWS: &[&Extension] = &[
    &server_name::ROW,
    &limits::MAX_FRAGMENT_LENGTH,
    &opaque::CLIENT_CERTIFICATE_URL,
    &opaque::TRUSTED_CA_KEYS,
    &flags::TRUNCATED_HMAC,
    &status_request::ROW,
    &supported_groups::ROW,
    &ec_point_formats::ROW,
    &opaque::SRP,
    &signature_algorithms::ROW,
    &opaque::USE_SRTP,
    &opaque::HEARTBEAT,
    &alpn::ROW,
    &opaque::STATUS_REQUEST_V2,
    &signed_certificate_timestamp::ROW,
    &certificate_types::CLIENT,
    &certificate_types::SERVER,
    &padding::ROW,
    &flags::ENCRYPT_THEN_MAC,
    &flags::EXTENDED_MAIN_SECRET,
    &opaque::TOKEN_BINDING,
    &opaque::CACHED_INFO,
    &compress_certificate::ROW,
    &limits::RECORD_SIZE_LIMIT,
    &opaque::DELEGATED_CREDENTIALS,
    &session_ticket::ROW,
    &pre_shared_key::ROW,
    &early_data::ROW,
    &supported_versions::ROW,
    &cookie::ROW,
    &psk_key_exchange_modes::ROW,
    &certificate_authorities::ROW,
    &oid_filters::ROW,
    &flags::POST_HANDSHAKE_AUTH,
    &signature_algorithms::CERTIFICATES,
    &key_share::ROW,
    &opaque::CONNECTION_ID,
    &opaque::QUIC_TRANSPORT_PARAMETERS,
    &opaque::TICKET_REQUEST,
    &opaque::NEXT_PROTOCOL_NEGOTIATION,
    &opaque::APPLICATION_SETTINGS_OLD,
    &opaque::APPLICATION_SETTINGS,
    &opaque::CHANNEL_ID,
    &opaque::ECH_OUTER_EXTENSIONS,
    &opaque::ENCRYPTED_CLIENT_HELLO,
    &renegotiation_info::ROW,
];

/// The row of the extension with this code point.
pub fn row(code: ExtensionType) -> Option<&'static Extension> {
    let at = ROWS.binary_search_by_key(&code, |row| row.code).ok()?;
    ROWS.get(at).copied()
}

vectors! {
    pub(crate) EXTENSIONS = 2, "extensions", "", "tls.handshake.extensions_length",
        "What the sender can do or asks for beyond the fixed fields. A receiver skips those it does not know, which is how TLS stays extensible. [RFC 9846, section 4.3]";
    pub(crate) ANSWERS = 2, "extensions", "", "tls.handshake.extensions_length",
        "Answers to extensions of the other end: one that it did not send ends the handshake with unsupported_extension, unless it is a cookie, or renegotiation_info for a client that sent its signalling suite. [RFC 9846, section 4.3; RFC 5746, section 3.6]";
}

fields! {
    pub(crate) TYPE = "extension_type", "tls.handshake.extension.type",
        "Which extension this is. [RFC 9846, section 4.3]";
    pub(crate) LENGTH = "extension_data_length", "tls.handshake.extension.len",
        "How many bytes of extension_data follow: enough to skip an extension one does not know. [RFC 9846, section 4.3]";
    pub(crate) GREASE = "GREASE", "",
        "An extension that means nothing. Clients send random ones so that servers stay able to ignore what they do not know. [RFC 8701, section 3.1]";
    pub(crate) UNKNOWN = "unknown extension", "",
        "No row of this decoder's table has this type, so its contents stay opaque. [RFC 9846, section 4.3]";
}

/// Reads the list of extensions that ends a message.
pub(super) fn extensions(c: &mut Cursor<'_>, place: Place) -> Result<(), WireError> {
    let list = if place.answers() { &ANSWERS } else { &EXTENSIONS };
    c.vector(list, |c| c.items(|c| extension(c, place)))
}

fn extension(c: &mut Cursor<'_>, place: Place) -> Result<&'static str, WireError> {
    let (code, len) = match *c.peek() {
        [a, b, high, low, ..] => {
            (u16::from_be_bytes([a, b]), u16::from_be_bytes([high, low]).into())
        }
        _ => (0, 0),
    };
    let row = row(ExtensionType(code));
    let field = match row {
        Some(row) => &row.field,
        None if is_grease(code) => &GREASE,
        None => &UNKNOWN,
    };
    c.within(field, 4 + len, |c| {
        c.number(&TYPE, 2, |code| {
            let value = code.to_string();
            let display = match row {
                None => join(&[field.name, " (", &hex_number(code, 2), ")"]),
                Some(_) => join(&[field.name, " (", &value, ")"]),
            };
            (value, display)
        })?;
        c.number(&LENGTH, 2, |n| (n.to_string(), octets(n as usize)))?;
        match row {
            Some(row) => (row.read)(c, place),
            None => {
                c.rest(&DATA)?;
                Ok(octets(len))
            }
        }
    })?;
    Ok(field.name)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_ascends_so_that_it_can_be_searched() {
        assert!(super::ROWS.is_sorted_by(|a, b| a.code < b.code));
    }
}
