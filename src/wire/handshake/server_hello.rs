//! ServerHello and HelloRetryRequest (RFC 9846, sections 4.2.3 and 4.2.4; RFC 5246, section 7.4.1.3).

use super::row::{Context, Message};
use crate::tls::{CipherSuite, CompressionMethod, HandshakeType, ProtocolVersion};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::extension::{self, Place};
use crate::wire::node::{Field, fields, vectors};

pub(in crate::wire) static ROW: Message = Message {
    code: HandshakeType::SERVER_HELLO,
    field: Field::new(
        "ServerHello",
        "",
        "The server picks from what the client offered. In TLS 1.3 it adds its half of the key exchange, and all messages of the handshake after this one are encrypted. [RFC 9846, section 4.2.3]",
    ),
    read,
};

/// The name of a ServerHello whose random is [`HELLO_RETRY_REQUEST_RANDOM`].
pub(in crate::wire) static HELLO_RETRY_REQUEST: Field = Field::new(
    "HelloRetryRequest",
    "",
    "The server accepts what the client offered, but has no use for its key_share, or wants a cookie back, so it asks for another ClientHello. [RFC 9846, section 4.2.4]",
);

/// The SHA-256 hash of "HelloRetryRequest": in the place of random it makes a ServerHello one (RFC
/// 9846, section 4.2.3).
pub const HELLO_RETRY_REQUEST_RANDOM: [u8; 32] = [
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
    0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
];

/// The last 8 bytes of random with which a server that speaks TLS 1.3 says that it settled for TLS
/// 1.2 (RFC 9846, section 4.2.3).
pub const DOWNGRADE_TO_TLS12: [u8; 8] = *b"DOWNGRD\x01";

/// The same for TLS 1.1 and older.
pub const DOWNGRADE_TO_TLS11: [u8; 8] = *b"DOWNGRD\x00";

fields! {
    pub(crate) LEGACY_VERSION = "legacy_version", "tls.handshake.version",
        "In TLS 1.2 (server_version) the version chosen. In TLS 1.3 always 0x0303; the truth is in supported_versions. [RFC 9846, section 4.2.3]";
    pub(crate) RANDOM = "random", "tls.handshake.random",
        "32 random bytes of the server, fresh for each connection. Two reserved values: one asks for another ClientHello, and a certain ending tells that the version was lowered. [RFC 9846, section 4.2.3]";
    pub(crate) CIPHER_SUITE = "cipher_suite", "tls.handshake.ciphersuite",
        "The one cipher suite, out of the client's list, that this connection uses. [RFC 9846, section 4.2.3]";
    pub(crate) LEGACY_COMPRESSION_METHOD = "legacy_compression_method", "tls.handshake.comp_method",
        "Always null in TLS 1.3. [RFC 9846, section 4.2.3]";
}

vectors! {
    pub(crate) LEGACY_SESSION_ID_ECHO = 1, "legacy_session_id_echo", "tls.handshake.session_id", "tls.handshake.session_id_length",
        "In TLS 1.3 the client's own value, sent back. In TLS 1.2 (session_id) the same value as the client's means that the session is resumed. [RFC 9846, section 4.2.3]";
}

fn read(c: &mut Cursor<'_>, _: Context) -> Decoded {
    c.code::<ProtocolVersion>(&LEGACY_VERSION)?;
    let random = c.bytes(&RANDOM, 32)?;
    let retry = random == HELLO_RETRY_REQUEST_RANDOM;
    if let (Some(meaning), Some(node)) = (meaning(random), c.last()) {
        node.display.push_str(meaning);
    }
    c.opaque(&LEGACY_SESSION_ID_ECHO)?;
    let suite = c.code::<CipherSuite>(&CIPHER_SUITE)?;
    c.kind::<CompressionMethod>(&LEGACY_COMPRESSION_METHOD)?;
    if !c.is_empty() {
        let place = if retry { Place::HelloRetryRequest } else { Place::ServerHello };
        extension::extensions(c, place)?;
    }
    Ok(suite.label().into())
}

fn meaning(random: &[u8]) -> Option<&'static str> {
    if random == HELLO_RETRY_REQUEST_RANDOM {
        Some(" (the fixed value of a HelloRetryRequest)")
    } else if random.ends_with(&DOWNGRADE_TO_TLS12) {
        Some(" (ends in DOWNGRD and 1: the server could speak TLS 1.3)")
    } else if random.ends_with(&DOWNGRADE_TO_TLS11) {
        Some(" (ends in DOWNGRD and 0: the server could speak TLS 1.2)")
    } else {
        None
    }
}
