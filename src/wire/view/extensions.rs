//! Extensions by their types.

use super::{Tree, View};
use crate::tls::ExtensionType;
use crate::wire::extension::{ANSWERS, EXTENSIONS, alpn, early_data};
use crate::wire::handshake::encrypted_extensions;
use crate::wire::node::Node;

/// The extensions of a message (RFC 9846, section 4.3), in their order. Empty where it has none.
#[derive(Clone, Copy, Debug)]
pub struct Extensions<'a> {
    tree: Tree<'a>,
    list: &'a [Node],
}

/// One extension.
#[derive(Clone, Copy, Debug)]
pub struct Extension<'a> {
    /// Its type.
    pub kind: ExtensionType,
    /// Its node: type, length and contents.
    pub node: &'a Node,
    /// The tree of that node.
    pub tree: Tree<'a>,
}

impl<'a> Extensions<'a> {
    /// The first list of extensions in `tree`.
    pub fn of(tree: Tree<'a>) -> Extensions<'a> {
        let list = tree.find_any(&[&EXTENSIONS.body, &ANSWERS.body]);
        let list = list.map_or(&[][..], |list| list.children.as_slice());
        Extensions { tree, list }
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.list.is_empty()
    }

    /// All of them.
    pub fn iter(self) -> impl Iterator<Item = Extension<'a>> {
        self.list.iter().filter_map(move |node| {
            let kind = self.tree.bytes(node).first_chunk()?;
            let kind = ExtensionType(u16::from_be_bytes(*kind));
            Some(Extension { kind, node, tree: self.tree.at(node) })
        })
    }

    /// The types, in their order.
    pub fn types(self) -> Vec<ExtensionType> {
        self.iter().map(|extension| extension.kind).collect()
    }

    /// The first of this type.
    pub fn get(self, kind: ExtensionType) -> Option<Extension<'a>> {
        self.iter().find(|extension| extension.kind == kind)
    }

    /// Whether there is one of this type.
    pub fn has(self, kind: ExtensionType) -> bool {
        self.get(kind).is_some()
    }

    /// The application protocols of ALPN (RFC 7301): all that a client offers, the one a server chose.
    pub fn alpn(self) -> Vec<&'a str> {
        let alpn = self.get(ExtensionType::ALPN);
        alpn.map_or_else(Vec::new, |alpn| alpn.tree.texts(&alpn::NAME.body))
    }

    /// In a NewSessionTicket, how many bytes of early data the server takes.
    pub fn max_early_data_size(self) -> Option<u64> {
        self.get(ExtensionType::EARLY_DATA)?.tree.number(&early_data::MAX)
    }
}

/// An EncryptedExtensions message (RFC 9846, section 4.4.1).
#[derive(Clone, Copy, Debug)]
pub struct EncryptedExtensions<'a> {
    /// Its tree.
    pub tree: Tree<'a>,
}

impl<'a> View<'a> for EncryptedExtensions<'a> {
    fn of(tree: Tree<'a>) -> Option<Self> {
        tree.message(&encrypted_extensions::ROW.field).map(|tree| EncryptedExtensions { tree })
    }
}

impl<'a> EncryptedExtensions<'a> {
    /// Its extensions.
    pub fn extensions(self) -> Extensions<'a> {
        Extensions::of(self.tree)
    }
}
