//! A certificate chain before it is minted: what its certificates are to say (RFC 5280).

use crate::choice::choices;

/// Seconds of a day.
pub const DAY: u64 = 24 * 60 * 60;
const YEAR: u64 = 365 * DAY;

choices! {
    /// The kind of key in every certificate of a chain.
    CertificateKind {
        /// ECDSA over P-256.
        EcdsaP256 = "ecdsa-p256", "ECDSA P-256";
        /// ECDSA over P-384.
        EcdsaP384 = "ecdsa-p384", "ECDSA P-384";
        /// Ed25519 (RFC 8410).
        Ed25519 = "ed25519", "Ed25519";
        /// RSA with a modulus of 2048 bits.
        Rsa2048 = "rsa-2048", "RSA 2048";
    }
}

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
    pub(crate) fn authority(self) -> (&'static str, &'static str, usize) {
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

impl Validity {
    /// From `before` seconds before a moment to `after` seconds after it.
    fn around(moment: u64, before: u64, after: u64) -> Validity {
        Validity { not_before: moment.saturating_sub(before), not_after: moment + after }
    }
}

/// A chain of root, intermediate and leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainPlan {
    /// Seeds keys and serial numbers.
    pub seed: u64,
    /// The kind of all its keys.
    pub kind: CertificateKind,
    /// What the leaf is for.
    pub purpose: Purpose,
    /// The names of the leaf: the first is its common name, all are subject alternative names.
    pub names: Vec<String>,
    /// Whether the leaf's key may encrypt, as RSA key exchange needs it, as well as sign.
    pub key_encipherment: bool,
    /// When the root is valid.
    pub root_validity: Validity,
    /// When the intermediate is valid.
    pub intermediate_validity: Validity,
    /// When the leaf is valid.
    pub leaf_validity: Validity,
}

impl ChainPlan {
    /// A chain without fault, as it stands at the moment `clock` (seconds since 1970): a root of 20
    /// years, an intermediate of 5, and a leaf of 90 days, a third of them past.
    pub fn new(
        seed: u64,
        kind: CertificateKind,
        purpose: Purpose,
        names: &[&str],
        clock: u64,
    ) -> ChainPlan {
        ChainPlan {
            seed,
            kind,
            purpose,
            names: names.iter().map(|name| name.to_string()).collect(),
            key_encipherment: false,
            root_validity: Validity::around(clock, 5 * YEAR, 15 * YEAR),
            intermediate_validity: Validity::around(clock, YEAR, 4 * YEAR),
            leaf_validity: Validity::around(clock, 30 * DAY, 60 * DAY),
        }
    }

    /// Moves the leaf's period of validity, as long as before, so that it ended at this moment (seconds
    /// since 1970).
    pub fn expire_leaf(&mut self, not_after: u64) {
        let Validity { not_before: from, not_after: to } = self.leaf_validity;
        self.leaf_validity =
            Validity { not_before: not_after.saturating_sub(to - from), not_after };
    }
}
