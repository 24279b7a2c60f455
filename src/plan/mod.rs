//! What a run is made from: two peers, the path between them, and what is tampered with. Plain data; the
//! engine takes nothing else.
//!
//! ```text
//! Scenario ─▶ Plan { client: Peer, server: Peer, path: Path, tampering: Vec<Tamper> } ─▶ engine
//!               ▲
//!             fault                     a named change of the plan (crate::faults)
//! ```
//!
//! Each peer has its own lists, its own clock and its own trust: nothing is shared, so that a fault can
//! set the two ends apart. A plan knows neither the scenario that it comes from nor the faults that change
//! it.

mod certificate;
mod chain;
mod conversation;
mod group;
mod path;
mod peer;
mod rate;
mod revocation;
mod signatures;
mod suites;
mod tamper;

pub use certificate::{
    CertificatePlan, DAY, Extension, GeneralName, KeyPurpose, Name, Purpose, Validity, key_usage,
};
pub use chain::{Authority, CertificateKind, ChainPlan, Sent};
pub use conversation::{Close, Conversation, KeyUpdate};
pub use group::Group;
pub use path::{
    Between, Impairments, Operator, PacketAction, PacketRule, Path, Relay, Replacement,
    SERVER_ADDRESS, Which,
};
pub use peer::{Credential, EarlyData, Implementation, Peer, Sessions, Trust, Verification};
pub use rate::Rate;
pub use revocation::RevocationList;
pub use signatures::{sha1_scheme, signature_schemes};
pub use suites::{RSA_KEY_EXCHANGE, has_aes_128, suites_of};
pub use tamper::{Change, Tamper, Target, When};

use rustls::ProtocolVersion;

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

impl Plan {
    /// Whom the client's TLS connection goes to: the server, or a gateway that is an end of it.
    pub fn outer_server(&self) -> &Peer {
        match &self.path.between {
            Between::Relay(gateway) => &gateway.front,
            Between::Nothing | Between::PassThrough => &self.server,
        }
    }

    /// Whether an attacker is an end of the client's connection.
    pub fn is_attacked(&self) -> bool {
        matches!(&self.path.between, Between::Relay(relay) if relay.operator == Operator::Attacker)
    }

    /// Has an attacker with a certificate of its own where an inspecting proxy stood: the client does not
    /// trust whoever issued it.
    pub fn attack(&mut self) {
        if let Between::Relay(relay) = &mut self.path.between {
            relay.operator = Operator::Attacker;
        }
        self.client.trust.roots.retain(|root| root.authority != Authority::INTERCEPTORS);
    }

    /// Whether the client's handshake settles on TLS 1.3.
    pub fn is_tls13(&self) -> bool {
        let allows = |peer: &Peer| peer.versions.contains(&ProtocolVersion::TLSv1_3);
        allows(&self.client) && allows(self.outer_server())
    }

    /// Whether the client's handshake is by RSA key exchange.
    pub fn has_rsa_key_exchange(&self) -> bool {
        self.client.suites.iter().any(|suite| RSA_KEY_EXCHANGE.contains(suite))
    }

    /// Whether the client's handshake is between the teaching endpoints.
    pub fn has_teaching_endpoints(&self) -> bool {
        self.client.implementation == Implementation::Teaching
    }
}
