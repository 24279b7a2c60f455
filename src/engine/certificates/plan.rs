//! What a chain shall say, before it is minted.

use crate::scenario::{CertificateKind, Scenario};

const DAY: u64 = 24 * 60 * 60;
const YEAR: u64 = 365 * DAY;

/// What the leaf is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To name a server by its host names.
    Server,
    /// To name a client by its mail address.
    Client,
    /// To name a service behind a gateway by its host name.
    Service,
    /// To name a gateway, as a client of the service, by its host name.
    Gateway,
}

impl Purpose {
    /// Who signs its chain: the actor whose draws the keys are, the owner's name, and which of the
    /// teaching keys come first.
    pub(super) fn authority(self) -> (&'static str, &'static str, usize) {
        match self {
            Purpose::Server => ("server's ca", "Handshake Lab", 0),
            Purpose::Client => ("client's ca", "Handshake Lab People", 1),
            Purpose::Service => ("service's ca", "Handshake Lab Services", 2),
            Purpose::Gateway => ("gateway's ca", "Handshake Lab Gateways", 3),
        }
    }

    /// Whether the leaf is shown by the end that accepts connections.
    pub fn is_server(self) -> bool {
        matches!(self, Purpose::Server | Purpose::Service)
    }
}

/// A period of validity, in seconds since 1970; both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// The first second.
    pub not_before: u64,
    /// The last second.
    pub not_after: u64,
}

/// A chain of root, intermediate and leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainPlan {
    /// Seeds keys and serial numbers.
    pub seed: u64,
    /// The moment that it is made for, in seconds since 1970.
    pub clock: u64,
    /// The kind of all its keys.
    pub kind: CertificateKind,
    /// What the leaf is for.
    pub purpose: Purpose,
    /// The names of the leaf: the first is its common name, all are subject alternative names.
    pub names: Vec<String>,
    /// Whether the leaf's key may encrypt, as RSA key exchange needs it, as well as sign.
    pub key_encipherment: bool,
    /// When the leaf is valid.
    pub leaf_validity: Validity,
}

impl ChainPlan {
    /// A chain without fault: a leaf of 90 days, a third of them past.
    pub fn new(scenario: &Scenario, purpose: Purpose, names: &[&str]) -> ChainPlan {
        let (seed, clock, kind) = (scenario.seed, scenario.clock, scenario.certificate);
        ChainPlan {
            seed,
            clock,
            kind,
            purpose,
            names: names.iter().map(|name| name.to_string()).collect(),
            key_encipherment: false,
            leaf_validity: around(clock, 30 * DAY, 60 * DAY),
        }
    }

    /// Moves the leaf's 90 days so that the last of them ended `days` days before the clock's start.
    pub fn expire_leaf(&mut self, days: u64) {
        let not_after = self.clock - days * DAY;
        self.leaf_validity = Validity { not_before: not_after - 90 * DAY, not_after };
    }

    /// When the root is valid: 20 years.
    pub fn root_validity(&self) -> Validity {
        around(self.clock, 5 * YEAR, 15 * YEAR)
    }

    /// When the intermediate is valid: 5 years.
    pub fn intermediate_validity(&self) -> Validity {
        around(self.clock, YEAR, 4 * YEAR)
    }
}

/// From `before` seconds before a moment to `after` seconds after it.
fn around(moment: u64, before: u64, after: u64) -> Validity {
    Validity { not_before: moment - before, not_after: moment + after }
}
