//! Typed views of handshake messages over their annotated trees.
//!
//! A decoder makes a tree for people; a view answers what code wants to know of a message, by the
//! values of [`crate::tls`]. It finds a field by the very `static` that the decoder put into the tree,
//! never by its name, so that no name can be mistyped and no two fields of one name are mixed up. What
//! is missing or was not decoded gives `None` or nothing.
//!
//! ```text
//! let hello: ClientHello = message.view()?;         // a dissect::Message; None for another message
//! hello.cipher_suites()                             // Vec<CipherSuite>
//! hello.versions().contains(&ProtocolVersion::TLS1_3)
//! hello.extensions().get(ExtensionType::KEY_SHARE)  // Option<Extension>
//! ```
//!
//! | message | view |
//! |---|---|
//! | ClientHello | [`ClientHello`] |
//! | ServerHello, HelloRetryRequest | [`ServerHello`] |
//! | EncryptedExtensions | [`EncryptedExtensions`] |
//! | Certificate, CertificateRequest | [`Certificate`], [`CertificateRequest`] |
//! | CompressedCertificate, CertificateVerify | [`CompressedCertificate`], [`CertificateVerify`] |
//! | ServerKeyExchange, ClientKeyExchange | [`ServerKeyExchange`], [`ClientKeyExchange`] |
//! | NewSessionTicket, KeyUpdate, Finished | [`NewSessionTicket`], [`KeyUpdate`], [`Finished`] |
//! | the extensions of any of them | [`Extensions`] by [`crate::tls::ExtensionType`] |
//!
//! Each view gives its [`Tree`], with which a field's node can be had as well: for its range, or for
//! the text that people see (`node.display`).

mod certificate;
mod client_hello;
mod extensions;
mod key_exchange;
mod post;
mod server_hello;
#[cfg(test)]
mod tests;

pub use certificate::{
    Certificate, CertificateEntry, CertificateRequest, CertificateVerify, CompressedCertificate,
};
pub use client_hello::{ClientHello, PskIdentity};
pub use extensions::{EncryptedExtensions, Extension, Extensions};
pub use key_exchange::{ClientKeyExchange, ServerKeyExchange, Signature};
pub use post::{Finished, KeyUpdate, NewSessionTicket};
pub use server_hello::ServerHello;

use super::handshake::signature;
use super::node::{Field, Node};
use crate::tls::Registry;

/// A view of one kind of message.
pub trait View<'a>: Sized {
    /// The view, if the tree is that of such a message, header included.
    fn of(tree: Tree<'a>) -> Option<Self>;
}

/// Nodes, and the bytes that they cover.
#[derive(Clone, Copy, Debug)]
pub struct Tree<'a> {
    nodes: &'a [Node],
    bytes: &'a [u8],
}

impl<'a> Tree<'a> {
    /// Over `nodes`, whose offsets count in `bytes`.
    pub fn new(nodes: &'a [Node], bytes: &'a [u8]) -> Tree<'a> {
        Tree { nodes, bytes }
    }

    /// The part of it that is `node`.
    pub fn at(self, node: &'a Node) -> Tree<'a> {
        Tree { nodes: std::slice::from_ref(node), ..self }
    }

    /// The same if it is one message, and that of this field.
    fn message(self, field: &'static Field) -> Option<Tree<'a>> {
        self.nodes.first().filter(|node| node.is(field)).map(|_| self)
    }

    /// The first node of this field, depth first.
    pub fn find(self, field: &'static Field) -> Option<&'a Node> {
        self.nodes.iter().find_map(|node| node.find_field(field))
    }

    /// The first node of any of these fields, in the order of the fields.
    pub fn find_any(self, fields: &[&'static Field]) -> Option<&'a Node> {
        fields.iter().find_map(|field| self.find(field))
    }

    /// All nodes of this field, depth first.
    pub fn all(self, field: &'static Field) -> Vec<&'a Node> {
        let mut found = Vec::new();
        for node in self.nodes {
            node.walk(&mut |node, _| {
                if node.is(field) {
                    found.push(node);
                }
            });
        }
        found
    }

    /// The bytes that `node` covers.
    pub fn bytes(self, node: &Node) -> &'a [u8] {
        self.bytes.get(node.start..node.end).unwrap_or_default()
    }

    /// The bytes of the first node of this field.
    pub fn field(self, field: &'static Field) -> Option<&'a [u8]> {
        self.find(field).map(|node| self.bytes(node))
    }

    /// The number in the first node of this field, most significant byte first.
    pub fn number(self, field: &'static Field) -> Option<u64> {
        self.find(field).map(|node| self.number_of(node))
    }

    fn number_of(self, node: &Node) -> u64 {
        self.bytes(node).iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    }

    /// The code point of 2 bytes in the first node of this field.
    pub fn code<T: Registry<u16>>(self, field: &'static Field) -> Option<T> {
        self.find(field).map(|node| self.code_of(node))
    }

    /// The code points of 2 bytes in all nodes of this field.
    pub fn codes<T: Registry<u16>>(self, field: &'static Field) -> Vec<T> {
        self.all(field).into_iter().map(|node| self.code_of(node)).collect()
    }

    fn code_of<T: Registry<u16>>(self, node: &Node) -> T {
        T::from(self.number_of(node) as u16) // the decoder read 2 bytes
    }

    /// The code points of 1 byte in all nodes of this field.
    pub fn kinds<T: Registry<u8>>(self, field: &'static Field) -> Vec<T> {
        let nodes = self.all(field).into_iter();
        nodes.map(|node| T::from(self.number_of(node) as u8)).collect() // the decoder read 1 byte
    }

    /// The texts of all nodes of this field, as people see them.
    pub fn texts(self, field: &'static Field) -> Vec<&'a str> {
        self.all(field).into_iter().map(|node| node.display.as_str()).collect()
    }

    /// The signature in a message that has one.
    fn signature(self, field: &'static Field) -> Option<Signature<'a>> {
        let node = self.find(field).filter(|node| !node.is_empty())?;
        let scheme = self.code(&signature::ALGORITHM);
        Some(Signature { scheme, node, bytes: self.bytes(node) })
    }
}
