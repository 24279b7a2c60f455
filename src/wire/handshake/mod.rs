//! Handshake messages (RFC 9846, section 4; RFC 5246, section 7.4): one table, one row for each type.
//!
//! A new message is one file with a `ROW`, and one line in `ROWS`.

pub(super) mod certificate;
pub(super) mod certificate_request;
pub(super) mod certificate_verify;
pub(super) mod client_hello;
pub(super) mod client_key_exchange;
pub(super) mod compressed_certificate;
pub(super) mod empty;
pub(super) mod encrypted_extensions;
pub(super) mod finished;
pub(super) mod key_update;
pub(super) mod new_session_ticket;
pub(super) mod row;
pub(super) mod server_hello;
pub(super) mod server_key_exchange;
pub(super) mod signature;

use super::cursor::{Cursor, or_opaque, strict};
use super::error::{Problem, WireError, octets};
use super::node::{Field, Node, fields};
use crate::tls::HandshakeType;

pub use row::Context;
use row::Message;
pub use server_hello::{DOWNGRADE_TO_TLS11, DOWNGRADE_TO_TLS12, HELLO_RETRY_REQUEST_RANDOM};

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
    pub(crate) MSG_TYPE = "msg_type", "tls.handshake.type", "Which message this is. [RFC 9846, section 4]";
    pub(crate) LENGTH = "length", "tls.handshake.length",
        "How many bytes of the message follow: 3 bytes, so a message may be longer than a record. [RFC 9846, section 4]";
    pub(crate) BODY = "body", "", "The contents, in a form that this decoder does not know.";
    pub(crate) UNKNOWN = "unknown handshake message", "",
        "No row of this decoder's table has this type, so its contents stay opaque.";
}

/// Bytes of a message's header: msg_type and length.
pub const HEADER_LEN: usize = 4;

/// Whether `message`, header included, is a ServerHello that asks for another ClientHello.
pub fn is_hello_retry_request(message: &[u8]) -> bool {
    kind(message) == Some(HandshakeType::SERVER_HELLO)
        && message.get(6..).is_some_and(|body| body.starts_with(&HELLO_RETRY_REQUEST_RANDOM))
}

/// The type of `message`, header included.
pub fn kind(message: &[u8]) -> Option<HandshakeType> {
    message.first().copied().map(HandshakeType)
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
/// Bytes that do not follow RFC 9846, section 4, or RFC 5246, section 7.4.
pub fn message(bytes: &[u8], context: Context) -> Result<Vec<Node>, WireError> {
    strict(bytes, |c| read(c, context))
}

/// As [`message`], but what cannot be decoded is kept in leaves called `undecoded`.
pub fn message_or_opaque(bytes: &[u8], context: Context) -> (Vec<Node>, Vec<WireError>) {
    or_opaque(bytes, |c| read(c, context))
}

fn row(code: HandshakeType) -> Option<&'static Message> {
    ROWS.iter().copied().find(|row| row.code == code)
}

fn field(message: &[u8]) -> &'static Field {
    if is_hello_retry_request(message) {
        return &server_hello::HELLO_RETRY_REQUEST;
    }
    kind(message).and_then(row).map_or(&UNKNOWN, |row| &row.field)
}

fn read(c: &mut Cursor<'_>, context: Context) -> Result<(), WireError> {
    let bytes = c.peek();
    let whole = message_len(bytes).unwrap_or(HEADER_LEN).min(bytes.len());
    c.within(field(bytes), whole, |c| {
        let code = c.kind::<HandshakeType>(&MSG_TYPE)?;
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
