//! TLS records: the outside (RFC 9846, section 5.1), and TLSInnerPlaintext (section 5.2).

use super::cursor::{Cursor, Decoded, or_opaque, strict};
use super::error::{Problem, WireError, octets};
use super::node::{Node, fields};
use crate::tls::{ContentType, ProtocolVersion};

const SEALED: &str =
    "Contents, real content type and padding, encrypted together. [RFC 9846, section 5.2]";
const PROTECTED_NOTE: &str = "Encrypted and authenticated contents: without the key it is noise, and any change to it is noticed. [RFC 5246, section 6.2.3.3]";

fields! {
    PLAINTEXT = "TLSPlaintext", "tls.record",
        "A record: the unit in which TLS sends anything. A message may be spread over several, and several may share one. [RFC 9846, section 5.1]";
    CIPHERTEXT = "TLSCiphertext", "tls.record",
        "A record whose contents are encrypted; only its header can be read on the way. [RFC 9846, section 5.2]";
    TYPE = "type", "tls.record.content_type",
        "What the record carries. It is one byte, and in TLS 1.2 stays readable even when the rest is encrypted. [RFC 9846, section 5.1]";
    OPAQUE_TYPE = "opaque_type", "tls.record.opaque_type",
        "Always application_data in TLS 1.3: the real type is encrypted with the contents. [RFC 9846, section 5.2]";
    LEGACY_VERSION = "legacy_record_version", "tls.record.version",
        "Frozen in TLS 1.3, which ignores it on receipt: middleboxes dropped records that had newer numbers here. The first ClientHello may say TLS 1.0 for the sake of old servers. In TLS 1.2 it is the version that was negotiated. [RFC 9846, section 5.1; RFC 5246, section 6.2.1]";
    LENGTH = "length", "tls.record.length",
        "Bytes that follow: at most 16384, and for an encrypted record up to 256 more in TLS 1.3, 2048 more in TLS 1.2. [RFC 9846, section 5.2; RFC 5246, section 6.2.3]";
    FRAGMENT = "fragment", "",
        "The contents: a piece of the stream of messages of this type. [RFC 9846, section 5.1]";
    PROTECTED = "fragment", "", PROTECTED_NOTE;
    PROTECTED_DATA = "fragment", "tls.app_data", PROTECTED_NOTE;
    /// What TLS 1.2 sends of the nonce.
    pub(crate) NONCE_EXPLICIT = "nonce_explicit", "",
        "The changing part of the nonce, sent in the clear so that the receiver can build the same one. TLS 1.3 counts records instead. [RFC 5288, section 3]";
    ENCRYPTED_RECORD = "encrypted_record", "", SEALED;
    CIPHERTEXT_BYTES = "ciphertext", "",
        "The encrypted text. It is as long as the plaintext: a stream of key bytes is combined with it by XOR. [RFC 5116, section 5]";
    TAG = "authentication tag", "",
        "16 bytes that only someone with the key can compute over ciphertext and header; in TLS 1.2 over the record's number too. If one bit differs the receiver ends the connection. [RFC 5116, section 5]";
    INNER = "TLSInnerPlaintext", "",
        "What was encrypted: the contents, the real content type, and zeros that hide the length. [RFC 9846, section 5.2]";
    CONTENT = "content", "", "The contents: a piece of the stream of messages of this type. [RFC 9846, section 5.2]";
    INNER_TYPE = "type", "",
        "The real content type: the last byte that is not zero. [RFC 9846, section 5.2]";
    /// Padding behind the content.
    pub(crate) ZEROS = "zeros", "",
        "Padding of any length, to hide how long the contents are. [RFC 9846, section 5.4]";
}

/// Bytes of a record's header.
pub const HEADER_LEN: usize = 5;

/// Bytes of the authentication tag of every suite here (AES-GCM, ChaCha20-Poly1305).
pub const TAG_LEN: usize = 16;

/// How the contents of a record are protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// Not at all.
    Plain,
    /// TLS 1.2 with AES-GCM: 8 bytes of nonce, ciphertext, tag.
    ExplicitNonce,
    /// TLS 1.2 with ChaCha20-Poly1305: ciphertext, tag.
    ImplicitNonce,
    /// TLS 1.3: ciphertext of TLSInnerPlaintext, tag.
    Tls13,
}

/// A record's header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The content type on the wire.
    pub content_type: ContentType,
    /// legacy_record_version.
    pub version: ProtocolVersion,
    /// Bytes behind the header.
    pub length: usize,
}

/// The header that `bytes` begin with, or `None` if they are too few.
pub fn header(bytes: &[u8]) -> Option<Header> {
    let [content_type, major, minor, high, low] = *bytes.first_chunk()?;
    Some(Header {
        content_type: ContentType(content_type),
        version: ProtocolVersion(u16::from_be_bytes([major, minor])),
        length: u16::from_be_bytes([high, low]).into(),
    })
}

/// Decodes one whole record.
///
/// # Errors
/// Bytes that do not follow RFC 9846, section 5.
pub fn record(bytes: &[u8], protection: Protection) -> Result<Vec<Node>, WireError> {
    strict(bytes, |c| read(c, protection))
}

/// As [`record`], but what cannot be decoded is kept in leaves called `undecoded`.
pub fn record_or_opaque(bytes: &[u8], protection: Protection) -> (Vec<Node>, Vec<WireError>) {
    or_opaque(bytes, |c| read(c, protection))
}

/// Where in a TLSInnerPlaintext the content ends, and its content type; `None` if all bytes are
/// zero, for which RFC 9846, section 5.4, asks for an unexpected_message alert.
pub fn inner_content(plaintext: &[u8]) -> Option<(usize, ContentType)> {
    let (at, octet) = plaintext.iter().enumerate().rfind(|(_, octet)| **octet != 0)?;
    Some((at, ContentType(*octet)))
}

/// Decodes what was inside an encrypted TLS 1.3 record: TLSInnerPlaintext.
///
/// # Errors
/// Bytes that are all zero, and so have no content type.
pub fn inner_plaintext(plaintext: &[u8]) -> Result<Vec<Node>, WireError> {
    strict(plaintext, read_inner)
}

/// Decodes what was inside an encrypted TLS 1.2 record: the content alone.
pub fn content(plaintext: &[u8]) -> Vec<Node> {
    or_opaque(plaintext, |c| c.rest(&CONTENT).map(|_| ())).0
}

fn read(c: &mut Cursor<'_>, protection: Protection) -> Result<(), WireError> {
    let field = if protection == Protection::Plain { &PLAINTEXT } else { &CIPHERTEXT };
    c.group(field, |c| {
        let tls13 = protection == Protection::Tls13;
        let type_field = if tls13 { &OPAQUE_TYPE } else { &TYPE };
        let content_type = c.kind::<ContentType>(type_field)?;
        c.code::<ProtocolVersion>(&LEGACY_VERSION)?;
        let length = c.number(&LENGTH, 2, |n| (n.to_string(), octets(n as usize)))? as usize;
        let name = content_type.label();
        match protection {
            Protection::Plain => c.bytes(&FRAGMENT, length).map(|_| ())?,
            Protection::Tls13 => {
                c.within(&ENCRYPTED_RECORD, length, sealed)?;
                c.show_bytes();
            }
            Protection::ExplicitNonce | Protection::ImplicitNonce => {
                let field = if content_type == ContentType::APPLICATION_DATA {
                    &PROTECTED_DATA
                } else {
                    &PROTECTED
                };
                c.within(field, length, |c| {
                    if protection == Protection::ExplicitNonce {
                        c.bytes(&NONCE_EXPLICIT, 8)?;
                    }
                    sealed(c)
                })?;
                c.show_bytes();
            }
        }
        Ok(format!("{name}, {}", octets(length)))
    })
}

fn sealed(c: &mut Cursor<'_>) -> Decoded {
    let Some(ciphertext) = c.left().checked_sub(TAG_LEN) else {
        return Err(c.error(&TAG, Problem::Truncated { needed: TAG_LEN, left: c.left() }));
    };
    c.bytes(&CIPHERTEXT_BYTES, ciphertext)?;
    c.bytes(&TAG, TAG_LEN)?;
    Ok(format!("{} encrypted", octets(ciphertext)))
}

fn read_inner(c: &mut Cursor<'_>) -> Result<(), WireError> {
    let Some((content_len, content_type)) = inner_content(c.peek()) else {
        return Err(c.error(&INNER_TYPE, Problem::Invalid("all bytes are zero: no content type")));
    };
    c.group(&INNER, |c| {
        c.bytes(&CONTENT, content_len)?;
        c.kind::<ContentType>(&INNER_TYPE)?;
        let zeros = c.left();
        if zeros > 0 {
            c.leaf(&ZEROS, zeros, |_| (zeros.to_string(), octets(zeros)))?;
        }
        Ok(content_type.label().into())
    })
}
