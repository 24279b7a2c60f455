//! ServerKeyExchange and ClientKeyExchange of TLS 1.2.

use super::{Tree, View};
use crate::tls::{NamedGroup, SignatureScheme};
use crate::wire::handshake::{client_key_exchange, server_key_exchange, signature};
use crate::wire::node::Node;

/// A signature in a message.
#[derive(Clone, Copy, Debug)]
pub struct Signature<'a> {
    /// How it was made; `None` before TLS 1.2, where the key says it.
    pub scheme: Option<SignatureScheme>,
    /// Its node, without scheme and length.
    pub node: &'a Node,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// A ServerKeyExchange (RFC 8422, section 5.4).
#[derive(Clone, Copy, Debug)]
pub struct ServerKeyExchange<'a> {
    /// Its tree.
    pub tree: Tree<'a>,
}

impl<'a> View<'a> for ServerKeyExchange<'a> {
    fn of(tree: Tree<'a>) -> Option<Self> {
        tree.message(&server_key_exchange::ROW.field).map(|tree| ServerKeyExchange { tree })
    }
}

impl<'a> ServerKeyExchange<'a> {
    /// The group.
    pub fn group(self) -> Option<NamedGroup> {
        self.tree.code(&server_key_exchange::NAMED_CURVE)
    }

    /// The server's ephemeral public key.
    pub fn public_key(self) -> Option<&'a [u8]> {
        self.tree.field(&server_key_exchange::PUBLIC.body)
    }

    /// What the signature covers after both random values.
    pub fn params(self) -> Option<&'a [u8]> {
        self.tree.field(&server_key_exchange::PARAMS)
    }

    /// The signature.
    pub fn signature(self) -> Option<Signature<'a>> {
        self.tree.signature(&signature::SIGNATURE.body)
    }
}

/// A ClientKeyExchange (RFC 8422, section 5.7; RFC 5246, section 7.4.7).
#[derive(Clone, Copy, Debug)]
pub struct ClientKeyExchange<'a> {
    /// Its tree.
    pub tree: Tree<'a>,
}

impl<'a> View<'a> for ClientKeyExchange<'a> {
    fn of(tree: Tree<'a>) -> Option<Self> {
        tree.message(&client_key_exchange::ROW.field).map(|tree| ClientKeyExchange { tree })
    }
}

impl<'a> ClientKeyExchange<'a> {
    /// With ECDHE, the client's ephemeral public key.
    pub fn public_key(self) -> Option<&'a [u8]> {
        self.tree.field(&client_key_exchange::ECDH_YC.body)
    }

    /// With RSA key exchange, the encrypted pre-master secret.
    pub fn encrypted_secret(self) -> Option<&'a [u8]> {
        self.tree.field(&client_key_exchange::ENCRYPTED_PRE_MASTER_SECRET.body)
    }
}
