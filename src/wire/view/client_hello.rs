//! ClientHello.

use super::{Extension, Extensions, Tree, View};
use crate::tls::{CipherSuite, ExtensionType, NamedGroup, ProtocolVersion, SignatureScheme};
use crate::wire::extension::{
    key_share, pre_shared_key, server_name, session_ticket, signature_algorithms, supported_groups,
    supported_versions,
};
use crate::wire::handshake::client_hello as field;
use crate::wire::node::Node;

/// A ClientHello (RFC 9846, section 4.2.2; RFC 5246, section 7.4.1.2).
#[derive(Clone, Copy, Debug)]
pub struct ClientHello<'a> {
    /// Its tree.
    pub tree: Tree<'a>,
}

/// A pre-shared key that a ClientHello offers (RFC 9846, section 4.3.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PskIdentity<'a> {
    /// The key's label: for resumption the ticket.
    pub identity: &'a [u8],
    /// The ticket's age in milliseconds plus ticket_age_add, modulo 2^32.
    pub obfuscated_ticket_age: u32,
    /// The proof that the client has the key.
    pub binder: Option<&'a [u8]>,
}

impl<'a> View<'a> for ClientHello<'a> {
    fn of(tree: Tree<'a>) -> Option<Self> {
        tree.message(&field::ROW.field).map(|tree| ClientHello { tree })
    }
}

impl<'a> ClientHello<'a> {
    /// legacy_version: the newest that a client of TLS 1.2 speaks.
    pub fn legacy_version(self) -> Option<ProtocolVersion> {
        self.tree.code(&field::LEGACY_VERSION)
    }

    /// random.
    pub fn random(self) -> Option<&'a [u8]> {
        self.tree.field(&field::RANDOM)
    }

    /// legacy_session_id; empty where it asks for none.
    pub fn session_id(self) -> Option<&'a [u8]> {
        self.tree.field(&field::LEGACY_SESSION_ID.body)
    }

    /// All that is in cipher_suites, in its order.
    pub fn cipher_suites(self) -> Vec<CipherSuite> {
        self.tree.codes(&field::CIPHER_SUITE)
    }

    /// As [`ClientHello::cipher_suites`], without the signalling values (RFC 5746, RFC 7507), which are
    /// no suites.
    pub fn real_cipher_suites(self) -> Vec<CipherSuite> {
        let mut suites = self.cipher_suites();
        suites.retain(|suite| !suite.is_signal());
        suites
    }

    /// Its extensions.
    pub fn extensions(self) -> Extensions<'a> {
        Extensions::of(self.tree)
    }

    fn extension(self, kind: ExtensionType) -> Option<Extension<'a>> {
        self.extensions().get(kind)
    }

    /// The versions that it offers, best first: supported_versions, or else legacy_version.
    pub fn versions(self) -> Vec<ProtocolVersion> {
        match self.extension(ExtensionType::SUPPORTED_VERSIONS) {
            Some(versions) => versions.tree.codes(&supported_versions::VERSION),
            None => self.legacy_version().into_iter().collect(),
        }
    }

    /// Whether it offers TLS 1.3.
    pub fn offers_tls13(self) -> bool {
        self.versions().contains(&ProtocolVersion::TLS1_3)
    }

    /// supported_groups.
    pub fn groups(self) -> Vec<NamedGroup> {
        let groups = self.extension(ExtensionType::SUPPORTED_GROUPS);
        groups.map_or_else(Vec::new, |groups| groups.tree.codes(&supported_groups::GROUP))
    }

    /// The groups for which it has a key share.
    pub fn key_share_groups(self) -> Vec<NamedGroup> {
        let shares = self.extension(ExtensionType::KEY_SHARE);
        shares.map_or_else(Vec::new, |shares| shares.tree.codes(&key_share::GROUP))
    }

    /// The key share for this group.
    pub fn key_share(self, group: NamedGroup) -> Option<&'a [u8]> {
        let shares = self.extension(ExtensionType::KEY_SHARE)?.tree;
        let entries = shares.all(&key_share::ENTRY).into_iter();
        let mut entries = entries.map(|entry| shares.at(entry));
        let entry = entries.find(|entry| entry.code(&key_share::GROUP) == Some(group))?;
        entry.field(&key_share::KEY_EXCHANGE.body)
    }

    /// The ML-KEM encapsulation key in its first hybrid key share.
    pub fn ml_kem_share(self) -> Option<&'a Node> {
        self.extension(ExtensionType::KEY_SHARE)?.tree.find(&key_share::ENCAPSULATION_KEY)
    }

    /// signature_algorithms.
    pub fn signature_schemes(self) -> Vec<SignatureScheme> {
        let schemes = self.extension(ExtensionType::SIGNATURE_ALGORITHMS);
        schemes.map_or_else(Vec::new, |schemes| schemes.tree.codes(&signature_algorithms::SCHEME))
    }

    /// The name in server_name (RFC 6066, section 3), as people see it.
    pub fn server_name(self) -> Option<&'a str> {
        let name =
            self.extension(ExtensionType::SERVER_NAME)?.tree.find(&server_name::HOST_NAME.body);
        name.map(|node| node.display.as_str())
    }

    /// The pre-shared keys that it offers, best first.
    pub fn psk_identities(self) -> Vec<PskIdentity<'a>> {
        let Some(offer) = self.extension(ExtensionType::PRE_SHARED_KEY) else { return Vec::new() };
        let tree = offer.tree;
        let binders = tree.all(&pre_shared_key::BINDER.body).into_iter().map(Some);
        let binders = binders.chain(std::iter::repeat(None));
        let identities = tree.all(&pre_shared_key::PSK_IDENTITY).into_iter().zip(binders);
        identities
            .filter_map(|(node, binder)| {
                Some(PskIdentity {
                    identity: tree.at(node).field(&pre_shared_key::IDENTITY.body)?,
                    obfuscated_ticket_age: tree.at(node).number(&pre_shared_key::AGE)? as u32,
                    binder: binder.map(|binder| tree.bytes(binder)),
                })
            })
            .collect()
    }

    /// The ticket of TLS 1.2 that it brings back (RFC 5077); `None` for an empty one.
    pub fn session_ticket(self) -> Option<&'a [u8]> {
        let ticket = self.extension(ExtensionType::SESSION_TICKET)?.tree;
        ticket.field(&session_ticket::TICKET).filter(|ticket| !ticket.is_empty())
    }
}
