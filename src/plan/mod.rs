//! What a scenario means, before anything runs: two peers, the path between them, and what is tampered
//! with. Plain data; the engine takes nothing else.
//!
//! ```text
//! Scenario ─▶ Plan { client: Peer, server: Peer, path: Path, tampering: Vec<Tamper> } ─▶ engine
//!               ▲
//!             fault                     a named change of the plan (crate::faults)
//! ```
//!
//! Each peer has its own lists, its own clock and its own trust: nothing is shared, so that a fault can
//! set the two ends apart. [`Plan::sound`] is the plan of a scenario without its fault, `Plan::of` the
//! one with it.

mod chain;
mod of;
mod path;
mod peer;
mod signatures;
mod suites;
mod tamper;

pub use chain::{ChainPlan, DAY, Purpose, Validity};
pub use of::{CLIENT_NAME, GATEWAY_NAME, HOST, SERVICE_NAME, client_chain};
pub use path::{Between, Impairments, PacketAction, PacketRule, Path, Relay, Which};
pub use peer::{Credential, Implementation, Peer, Sessions, Trust, Verification};
pub use signatures::signature_schemes;
pub use tamper::{Change, Tamper, Target, When};

use crate::scenario::{Close, KeyUpdate};

/// Everything that a run is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Seeds every random draw, the initial sequence numbers and the client's port.
    pub seed: u64,
    /// The true time at virtual time 0, in seconds since 1970. A peer's own clock may differ.
    pub clock: u64,
    /// Who asks.
    pub client: Peer,
    /// Who answers: with a gateway on the path, the service that the gateway asks.
    pub server: Peer,
    /// What client and server say to each other.
    pub conversation: Conversation,
    /// What lies between them.
    pub path: Path,
    /// What someone on the path does to what the peers send, on every connection.
    pub tampering: Vec<Tamper>,
}

/// What client and server say to each other: HTTP/1.1 requests and their responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// How many TCP connections the client opens, one after the other.
    pub connections: u32,
    /// How many requests it makes on each, one after the other.
    pub requests: u32,
    /// How long it waits between two connections and between two requests, in microseconds.
    pub pause_us: u64,
    /// Who changes its traffic keys.
    pub key_update: KeyUpdate,
    /// How the client ends each connection.
    pub close: Close,
}

impl Plan {
    /// Whom the client's TLS connection goes to: the server, or a gateway that is an end of it.
    pub fn outer_server(&self) -> &Peer {
        match &self.path.between {
            Between::Relay(gateway) => &gateway.front,
            Between::Nothing | Between::PassThrough => &self.server,
        }
    }
}
