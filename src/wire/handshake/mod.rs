//! Handshake messages (RFC 8446, section 4; RFC 5246, section 7.4): one table, one row for each type.
//!
//! A new message is one file with a `ROW`, and one line in `ROWS`.

mod certificate;
mod certificate_request;
mod certificate_verify;
mod client_hello;
mod client_key_exchange;
mod compressed_certificate;
mod empty;
mod encrypted_extensions;
mod finished;
mod key_update;
pub mod kind;
mod new_session_ticket;
mod server_hello;
mod server_key_exchange;

use super::cursor::{Cursor, Decoded, Vector, or_opaque, strict};
use super::error::{Problem, WireError, octets};
use super::names;
use super::node::{Field, Node, fields, vectors};
use super::x509;

pub use server_hello::{DOWNGRADE_TO_TLS11, DOWNGRADE_TO_TLS12, HELLO_RETRY_REQUEST_RANDOM};

/// What the connection has settled so far: the form of some messages depends on it. Where it is
/// not known, the octets themselves decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The protocol version: `0x0303`, `0x0304`.
    pub version: Option<u16>,
    /// The cipher suite's code point.
    pub suite: Option<u16>,
}

impl Context {
    /// Whether this is TLS 1.3, or what `otherwise` says if the version is not known.
    fn is_tls13(&self, otherwise: impl FnOnce() -> bool) -> bool {
        self.version.map_or_else(otherwise, |version| version >= 0x0304)
    }

    /// Whether the cipher suite's key exchange is `kind` (`_ECDHE_`), or what `otherwise` says if
    /// the suite is not known.
    fn key_exchange(&self, kind: &str, otherwise: impl FnOnce() -> bool) -> bool {
        let name = self.suite.and_then(names::suite);
        name.map_or_else(otherwise, |name| name.contains(kind))
    }
}

/// One row of the table.
struct Message {
    /// The value of msg_type.
    code: u8,
    /// Its name and what it is for.
    field: Field,
    /// Reads the body.
    read: fn(&mut Cursor, Context) -> Decoded,
}

/// Every message known here.
static ROWS: &[&Message] = &[
    &empty::HELLO_REQUEST,
    &client_hello::ROW,
    &server_hello::ROW,
    &new_session_ticket::ROW,
    &empty::END_OF_EARLY_DATA,
    &encrypted_extensions::ROW,
    &certificate::ROW,
    &server_key_exchange::ROW,
    &certificate_request::ROW,
    &empty::SERVER_HELLO_DONE,
    &certificate_verify::ROW,
    &client_key_exchange::ROW,
    &finished::ROW,
    &certificate::STATUS,
    &key_update::ROW,
    &compressed_certificate::ROW,
    &finished::MESSAGE_HASH,
];

fields! {
    MSG_TYPE = "msg_type", "tls.handshake.type", "Which message this is. [RFC 8446, section 4]";
    LENGTH = "length", "tls.handshake.length",
        "How many octets of the message follow: 3 octets, so a message may be longer than a record. [RFC 8446, section 4]";
    BODY = "body", "", "The contents, in a form that this decoder does not know.";
    UNKNOWN = "unknown handshake message", "",
        "No row of this decoder's table has this type, so its contents stay opaque.";
}

vectors! {
    pub(super) SIGNATURE = 2, "signature", "tls.handshake.sig", "tls.handshake.sig_len",
        "Proof that the sender has the private key: only with it can this be made. [RFC 5246, section 4.7]";
}

fields! {
    ALGORITHM = "algorithm", "tls.handshake.sig_hash_alg",
        "The kind of key and the hash of the signature; it must be one that the peer offered. [RFC 8446, section 4.4.3]";
}

/// Octets of a message's header: msg_type and length.
pub const HEADER_LEN: usize = 4;

/// Whether `message`, header included, is a ServerHello that asks for another ClientHello.
pub fn is_hello_retry_request(message: &[u8]) -> bool {
    message.first() == Some(&2)
        && message.get(6..).is_some_and(|body| body.starts_with(&HELLO_RETRY_REQUEST_RANDOM))
}

/// What `message`, header included, is called: `ClientHello`, `HelloRetryRequest`.
pub fn name(message: &[u8]) -> &'static str {
    field(message).name
}

/// The length of the first message in `stream`, header included, or `None` if `stream` is shorter
/// than a header.
pub fn message_len(stream: &[u8]) -> Option<usize> {
    let [_, a, b, c] = *stream.first_chunk()?;
    Some(HEADER_LEN + u32::from_be_bytes([0, a, b, c]) as usize)
}

/// Decodes one whole message, header included.
///
/// # Errors
/// Octets that do not follow RFC 8446, section 4, or RFC 5246, section 7.4.
pub fn message(bytes: &[u8], context: Context) -> Result<Vec<Node>, WireError> {
    strict(bytes, |c| read(c, context))
}

/// As [`message`], but what cannot be decoded is kept in leaves called `undecoded`.
pub fn message_or_opaque(bytes: &[u8], context: Context) -> (Vec<Node>, Vec<WireError>) {
    or_opaque(bytes, |c| read(c, context))
}

fn row(code: u8) -> Option<&'static Message> {
    ROWS.iter().copied().find(|row| row.code == code)
}

fn field(message: &[u8]) -> &'static Field {
    if is_hello_retry_request(message) {
        return &server_hello::HELLO_RETRY_REQUEST;
    }
    message.first().and_then(|code| row(*code)).map_or(&UNKNOWN, |row| &row.field)
}

fn read(c: &mut Cursor, context: Context) -> Result<(), WireError> {
    let bytes = c.peek();
    let whole = message_len(bytes).unwrap_or(HEADER_LEN).min(bytes.len());
    c.within(field(bytes), whole, |c| {
        let code = c.kind(&MSG_TYPE, names::handshake_type)?;
        let length = c.number(&LENGTH, 3, |n| (n.to_string(), octets(n as usize)))? as usize;
        if length > c.left() {
            return Err(c.error(&BODY, Problem::Truncated { needed: length, left: c.left() }));
        }
        match row(code) {
            Some(row) => (row.read)(c, context),
            None => {
                c.rest(&BODY)?;
                Ok(octets(length))
            }
        }
    })
}

/// Reads a signature scheme, and a signature in the form that the scheme gives it.
fn signature(
    c: &mut Cursor,
    algorithm: Option<&'static Field>,
    signature: &'static Vector,
) -> Decoded {
    let scheme = match algorithm {
        Some(algorithm) => Some(c.code(algorithm, names::scheme)?),
        None => None,
    };
    match scheme {
        Some(scheme) if names::scheme(scheme).is_some_and(|name| name.starts_with("ecdsa")) => {
            c.vector(signature, x509::ecdsa_signature)?;
            c.show_octets();
        }
        _ => c.opaque(signature).map(|_| ())?,
    }
    Ok(scheme.map_or_else(String::new, |scheme| names::scheme_name(scheme).into()))
}
