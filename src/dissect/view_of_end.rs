//! A value of the key schedule as one of the ends computes it: with its own private key, never with
//! the other end's.

use super::KeyNode;
use crate::keys::{self, Agreement, RsaKeyTransport};
use crate::trace::{Connection, Endpoint, Op};

/// `node` as `who` computes it. Only what takes a private key looks different to the two ends; all
/// else, and what `who` is not known to have computed, is `node` itself.
pub fn as_computed_by(connection: &Connection, node: &KeyNode, who: Endpoint) -> KeyNode {
    if !matches!(node.operation, "ECDHE" | "ML-KEM" | "RSA") {
        return node.clone();
    }
    let after = node.after_message;
    let views = connection.events_of(who).filter_map(|event| match &event.op {
        Op::KeyAgreement { group, private, peer, shared, .. } => {
            let (private, peer, shared) = (private.clone(), peer.clone(), shared.clone());
            let agreement = Agreement { group: *group, owner: who, private, peer, shared };
            Some(keys::agreed(&agreement, after))
        }
        Op::RsaDecrypt { private_key, ciphertext, plaintext: Some(secret) } => {
            Some(keys::transported(&transport(who, private_key, ciphertext, secret), after))
        }
        Op::RsaEncrypt { ciphertext, plaintext, .. } => {
            Some(keys::transported(&transport(who, &[], ciphertext, plaintext), after))
        }
        _ => None,
    });
    let same = |own: &KeyNode| own.operation == node.operation && own.output == node.output;
    let own = views.flatten().find(same);
    own.map_or_else(|| node.clone(), |own| KeyNode { name: node.name, ..own })
}

fn transport(owner: Endpoint, key: &[u8], ciphertext: &[u8], secret: &[u8]) -> RsaKeyTransport {
    RsaKeyTransport {
        owner,
        private_key: key.to_vec(),
        ciphertext: ciphertext.to_vec(),
        preliminary_secret: secret.to_vec(),
    }
}
