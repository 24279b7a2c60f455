//! ServerHello and HelloRetryRequest.

use super::{Extension, Extensions, Tree, View};
use crate::tls::{CipherSuite, ExtensionType, NamedGroup, ProtocolVersion};
use crate::wire::extension::{cookie, key_share, pre_shared_key, supported_versions};
use crate::wire::handshake::server_hello as field;
use crate::wire::node::Node;

/// A ServerHello (RFC 9846, section 4.2.3; RFC 5246, section 7.4.1.3), which may be a
/// HelloRetryRequest (RFC 9846, section 4.2.4).
#[derive(Clone, Copy, Debug)]
pub struct ServerHello<'a> {
    /// Its tree.
    pub tree: Tree<'a>,
}

impl<'a> View<'a> for ServerHello<'a> {
    fn of(tree: Tree<'a>) -> Option<Self> {
        let tree =
            tree.message(&field::ROW.field).or_else(|| tree.message(&field::HELLO_RETRY_REQUEST));
        tree.map(|tree| ServerHello { tree })
    }
}

impl<'a> ServerHello<'a> {
    /// Whether it asks for another ClientHello.
    pub fn is_retry_request(self) -> bool {
        self.tree.message(&field::HELLO_RETRY_REQUEST).is_some()
    }

    /// legacy_version.
    pub fn legacy_version(self) -> Option<ProtocolVersion> {
        self.tree.code(&field::LEGACY_VERSION)
    }

    /// random.
    pub fn random(self) -> Option<&'a [u8]> {
        self.tree.field(&field::RANDOM)
    }

    /// legacy_session_id_echo.
    pub fn session_id(self) -> Option<&'a [u8]> {
        self.tree.field(&field::LEGACY_SESSION_ID_ECHO.body)
    }

    /// The suite that it chose.
    pub fn cipher_suite(self) -> Option<CipherSuite> {
        self.tree.code(&field::CIPHER_SUITE)
    }

    /// Its extensions.
    pub fn extensions(self) -> Extensions<'a> {
        Extensions::of(self.tree)
    }

    fn extension(self, kind: ExtensionType) -> Option<Extension<'a>> {
        self.extensions().get(kind)
    }

    /// The version that it chose: supported_versions, or else legacy_version.
    pub fn version(self) -> Option<ProtocolVersion> {
        match self.extension(ExtensionType::SUPPORTED_VERSIONS) {
            Some(version) => version.tree.code(&supported_versions::SELECTED),
            None => self.legacy_version(),
        }
    }

    /// The group of its key share; of a HelloRetryRequest the group that it asks for. `None` in TLS
    /// 1.2, where ServerKeyExchange says it.
    pub fn group(self) -> Option<NamedGroup> {
        let share = self.extension(ExtensionType::KEY_SHARE)?.tree;
        share.code(&key_share::GROUP).or_else(|| share.code(&key_share::SELECTED_GROUP))
    }

    /// Its key share.
    pub fn key_share(self) -> Option<&'a [u8]> {
        self.extension(ExtensionType::KEY_SHARE)?.tree.field(&key_share::KEY_EXCHANGE.body)
    }

    /// The ML-KEM ciphertext in its key share.
    pub fn ml_kem_share(self) -> Option<&'a Node> {
        self.extension(ExtensionType::KEY_SHARE)?.tree.find(&key_share::CIPHERTEXT)
    }

    /// Which of the client's pre-shared keys it takes, counted from 0.
    pub fn selected_psk(self) -> Option<u16> {
        let psk = self.extension(ExtensionType::PRE_SHARED_KEY)?;
        psk.tree.number(&pre_shared_key::SELECTED).map(|number| number as u16)
    }

    /// The cookie of a HelloRetryRequest.
    pub fn cookie(self) -> Option<&'a [u8]> {
        self.extension(ExtensionType::COOKIE)?.tree.field(&cookie::COOKIE.body)
    }
}
