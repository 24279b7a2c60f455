//! What a row of the table of handshake messages is.

use crate::tls::{CipherSuite, HandshakeType, ProtocolVersion};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::Field;

/// What the connection has settled so far: the form of some messages depends on it. Where it is
/// not known, the bytes themselves decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The protocol version.
    pub version: Option<ProtocolVersion>,
    /// The cipher suite.
    pub suite: Option<CipherSuite>,
}

impl Context {
    /// Whether this is TLS 1.3, or what `otherwise` says if the version is not known.
    pub(super) fn is_tls13(&self, otherwise: impl FnOnce() -> bool) -> bool {
        self.version.map_or_else(otherwise, |version| version >= ProtocolVersion::TLS1_3)
    }

    /// Whether the cipher suite's key exchange is `kind` (`_ECDHE_`), or what `otherwise` says if
    /// the suite is not known.
    pub(super) fn key_exchange(&self, kind: &str, otherwise: impl FnOnce() -> bool) -> bool {
        let name = self.suite.and_then(CipherSuite::name);
        name.map_or_else(otherwise, |name| name.contains(kind))
    }
}

/// One row of the table.
pub(in crate::wire) struct Message {
    /// The value of msg_type.
    pub code: HandshakeType,
    /// Its name and what it is for.
    pub field: Field,
    /// Reads the body.
    pub read: fn(&mut Cursor<'_>, Context) -> Decoded,
}
