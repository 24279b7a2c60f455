//! ClientHello (RFC 9846, section 4.2.2; RFC 5246, section 7.4.1.2).

use super::row::{Context, Message};
use crate::tls::{CipherSuite, CompressionMethod, HandshakeType, ProtocolVersion};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::extension::{self, Place};
use crate::wire::node::{Field, fields, vectors};

pub(in crate::wire) static ROW: Message = Message {
    code: HandshakeType::CLIENT_HELLO,
    field: Field::new(
        "ClientHello",
        "",
        "The client says what it can do: versions, cipher suites, groups, and in TLS 1.3 its half of the key exchange. Nothing in it is encrypted. [RFC 9846, section 4.2.2]",
    ),
    read,
};

fields! {
    pub(crate) LEGACY_VERSION = "legacy_version", "tls.handshake.version",
        "In TLS 1.2 (client_version) the newest version the client speaks. A client with TLS 1.3 still writes TLS 1.2 here and lists the truth in supported_versions. [RFC 9846, section 4.2.2]";
    pub(crate) RANDOM = "random", "tls.handshake.random",
        "32 random bytes, fresh for each connection. They go into every key, so that no two connections have the same keys. [RFC 9846, section 4.2.2]";
    pub(crate) CIPHER_SUITE = "CipherSuite", "tls.handshake.ciphersuite",
        "How records will be encrypted, and the hash for deriving keys; a TLS 1.2 suite also names key exchange and signature. [RFC 9846, appendix B.4]";
    pub(crate) COMPRESSION_METHOD = "CompressionMethod", "tls.handshake.comp_method",
        "Null is the only safe one: compression before encryption leaks contents through lengths. [RFC 9846, section 4.2.2]";
}

vectors! {
    pub(crate) LEGACY_SESSION_ID = 1, "legacy_session_id", "tls.handshake.session_id", "tls.handshake.session_id_length",
        "In TLS 1.2, where it is called session_id, it names the session to resume; beside a ticket it is made up, and comes back if the server takes that. In TLS 1.3 it means nothing: a client fills it at random so that middleboxes see what looks like a resumption. [RFC 9846, appendix E.4; RFC 5077, section 3.4]";
    pub(crate) CIPHER_SUITES = 2, "cipher_suites", "tls.handshake.ciphersuites", "tls.handshake.cipher_suites_length",
        "What the client can use, best first; the server picks one. [RFC 9846, section 4.2.2]";
    pub(crate) LEGACY_COMPRESSION_METHODS = 1, "legacy_compression_methods", "tls.handshake.comp_methods", "tls.handshake.comp_methods_length",
        "TLS 1.3 allows only a single null here. [RFC 9846, section 4.2.2]";
}

fn read(c: &mut Cursor<'_>, _: Context) -> Decoded {
    c.code::<ProtocolVersion>(&LEGACY_VERSION)?;
    c.bytes(&RANDOM, 32)?;
    c.opaque(&LEGACY_SESSION_ID)?;
    let mut suites = 0;
    c.vector(&CIPHER_SUITES, |c| {
        c.items(|c| {
            suites += 1;
            Ok(c.code::<CipherSuite>(&CIPHER_SUITE)?.label())
        })
    })?;
    c.vector(&LEGACY_COMPRESSION_METHODS, |c| {
        c.items(|c| {
            let method = c.kind::<CompressionMethod>(&COMPRESSION_METHOD)?;
            Ok(method.label())
        })
    })?;
    // Before TLS 1.2 there need not be extensions.
    if !c.is_empty() {
        extension::extensions(c, Place::ClientHello)?;
    }
    Ok(if suites == 1 { "1 cipher suite".into() } else { format!("{suites} cipher suites") })
}
