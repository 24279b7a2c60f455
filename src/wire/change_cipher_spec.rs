//! ChangeCipherSpec (RFC 5246, section 7.1; RFC 9846, section 5).

use super::cursor::{Cursor, or_opaque, strict};
use super::error::WireError;
use super::node::{Node, fields};

fields! {
    CHANGE_CIPHER_SPEC = "change_cipher_spec", "tls.change_cipher_spec",
        "In TLS 1.2: from the next record on I use the new keys. In TLS 1.3 it means nothing and is sent so that middleboxes see what they are used to. [RFC 5246, section 7.1; RFC 9846, appendix E.4]";
}

/// Decodes a ChangeCipherSpec.
///
/// # Errors
/// Anything but 1 byte.
pub fn change_cipher_spec(bytes: &[u8]) -> Result<Vec<Node>, WireError> {
    strict(bytes, read)
}

/// As [`change_cipher_spec`], but what cannot be decoded is kept in leaves called `undecoded`.
pub fn change_cipher_spec_or_opaque(bytes: &[u8]) -> (Vec<Node>, Vec<WireError>) {
    or_opaque(bytes, read)
}

fn read(c: &mut Cursor<'_>) -> Result<(), WireError> {
    c.named(&CHANGE_CIPHER_SPEC, |kind| (kind == 1).then_some("change_cipher_spec"))?;
    Ok(())
}
