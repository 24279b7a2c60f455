//! What someone who only recorded the wire lacks to compute a value, and the view that each end has
//! of the values at the root.

use super::{Agreement, Hash, KeyNode, RsaKeyTransport, Schedule};

impl KeyNode {
    /// Whether this value is secret and follows from no other value of its schedule.
    pub fn is_secret_root(&self) -> bool {
        // The client's view of RSA key exchange has no inputs: it drew the secret.
        let has_secret_input = self.inputs.iter().any(|input| !is_zero(&input.value));
        self.parents.is_empty() && (has_secret_input || self.operation == "RSA")
    }

    /// What it takes to compute this value, in words that go on "It takes". `None` for what is no
    /// [secret root](KeyNode::is_secret_root).
    pub fn takes(&self) -> Option<&'static str> {
        self.is_secret_root().then_some(match (self.operation, self.name) {
            ("ECDHE", _) => "either end's ephemeral private key; neither is ever sent",
            ("ML-KEM", _) => {
                "the client's decapsulation key, or the randomness with which the server \
                 encapsulated; neither is ever sent"
            }
            ("RSA", _) => {
                "the private key of the server's certificate: the secret was sent, but encrypted \
                 for that key"
            }
            (_, "main_secret") => {
                "the main secret of an earlier connection; it is not sent, unless inside a ticket, \
                 encrypted"
            }
            _ => {
                "the pre-shared key (PSK) of an earlier connection; it is not sent, unless inside a \
                 ticket, encrypted"
            }
        })
    }
}

fn is_zero(value: &[u8]) -> bool {
    value.iter().all(|byte| *byte == 0)
}

/// The values at the root of `schedule` that are secret and `node` follows from, itself if it is one.
pub fn roots<'a>(schedule: &'a [KeyNode], node: &'a KeyNode) -> Vec<&'a KeyNode> {
    let mut found: Vec<&KeyNode> = Vec::new();
    let mut left = vec![node];
    while let Some(node) = left.pop() {
        if node.is_secret_root() && !found.iter().any(|known| known.name == node.name) {
            found.push(node);
        }
        let parents = schedule.iter().filter(|other| node.parents.contains(&other.name));
        left.extend(parents.filter(|parent| parent.name != node.name));
    }
    found
}

/// The values at the root of a schedule, as the owner of this agreement computes them: from its own
/// private key and the peer's public one.
pub fn agreed(agreement: &Agreement, after: Option<usize>) -> Vec<KeyNode> {
    // No hash takes part in it.
    let mut schedule = Schedule::new(Hash::Sha256);
    schedule.agree("shared_secret", agreement, after);
    schedule.nodes
}

/// The preliminary secret of RSA key exchange, as the owner of `transport` comes to it.
pub fn transported(transport: &RsaKeyTransport, after: Option<usize>) -> Vec<KeyNode> {
    let mut schedule = Schedule::new(Hash::Sha256);
    schedule.transport("preliminary_secret", transport, after);
    schedule.nodes
}
