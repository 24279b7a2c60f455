//! A certificate chain before it is minted: what its certificates are to say (RFC 5280).

use super::certificate::{CertificatePlan, DAY, Name, Purpose, Validity};
use crate::choice::choices;

const YEAR: u64 = 365 * DAY;

/// Places in a chain without fault.
const ROOT: usize = 0;
const INTERMEDIATE: usize = 1;

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

/// Who issues a chain: whose draws its keys are, and the owner's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Names the stream that keys and serial numbers are drawn from.
    pub actor: &'static str,
    /// The organization that the authorities' names start with.
    pub owner: &'static str,
    /// Which of RSA's public teaching keys is the root's; the others follow.
    pub first_key: usize,
}

impl Authority {
    /// Whom the client trusts to say who a server is.
    pub const SERVERS: Authority =
        Authority { actor: "server's ca", owner: "Handshake Lab", first_key: 0 };
    /// Whom the server trusts to say who a client is.
    pub const CLIENTS: Authority =
        Authority { actor: "client's ca", owner: "Handshake Lab People", first_key: 1 };
    /// Who issues for services behind a gateway.
    pub const SERVICES: Authority =
        Authority { actor: "service's ca", owner: "Handshake Lab Services", first_key: 2 };
    /// Who issues for gateways, as clients of a service.
    pub const GATEWAYS: Authority =
        Authority { actor: "gateway's ca", owner: "Handshake Lab Gateways", first_key: 3 };
    /// Who issues for whoever intercepts TLS, in the names of the servers behind.
    pub const INTERCEPTORS: Authority =
        Authority { actor: "interceptor's ca", owner: "Interception", first_key: 1 };
    /// Whom nobody trusts.
    pub const STRANGERS: Authority =
        Authority { actor: "stranger's ca", owner: "Stranger", first_key: 1 };

    /// The number of the certificate's key at this place of a chain, where it is one of RSA's three: the
    /// root has one, and the others take turns with the other two.
    pub fn key_number(self, place: usize) -> usize {
        let of_chain = if place == ROOT { 0 } else { 1 + (place - 1) % 2 };
        self.first_key + of_chain
    }

    /// Others who call themselves as this authority does: same names, other keys.
    pub fn impostor(self) -> Authority {
        Authority { actor: "impostor's ca", first_key: self.first_key + 1, ..self }
    }
}

/// A chain, from root to leaf, with what a peer sends of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainPlan {
    /// Seeds keys and serial numbers.
    pub seed: u64,
    /// The kind of all its keys.
    pub kind: CertificateKind,
    /// Who issues it.
    pub authority: Authority,
    /// The certificates: the first is signed by its own key, each other one by the key of that before it.
    /// The first is what trusting this chain means, the last is the leaf.
    pub certificates: Vec<CertificatePlan>,
    /// What a peer sends, in this order.
    pub sent: Vec<Sent>,
    /// The chain whose leaf's key the peer signs with; `None` for this chain's own.
    pub key_of: Option<Box<ChainPlan>>,
    /// Where it was made elsewhere, in DER: the private key (PKCS #8), the root, and what a peer sends. Then nothing
    /// of the above counts but the kind of the key.
    pub made: Vec<Vec<u8>>,
}

/// A certificate that a peer sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The one at this place of the chain, 0 being the root.
    Own(usize),
    /// The one at this place of another chain.
    Of(Box<ChainPlan>, usize),
}

impl ChainPlan {
    /// A chain without fault, as it stands at the moment `clock` (seconds since 1970): a root of 20
    /// years, an intermediate of 5, and a leaf of 90 days, a third of them past, with these names.
    pub fn new(
        seed: u64,
        kind: CertificateKind,
        authority: Authority,
        purpose: Purpose,
        names: &[&str],
        clock: u64,
    ) -> ChainPlan {
        let ca = |role: &str, path_len, before, after| {
            let name = Name::authority(authority.owner, role);
            CertificatePlan::authority(name, path_len, Validity::around(clock, before, after))
        };
        let certificates = vec![
            ca("Root", None, 5 * YEAR, 15 * YEAR),
            ca("Intermediate", Some(0), YEAR, 4 * YEAR),
            CertificatePlan::leaf(names, purpose, Validity::around(clock, 30 * DAY, 60 * DAY)),
        ];
        let mut chain = ChainPlan { certificates, ..ChainPlan::empty(seed, kind, authority) };
        chain.send_all();
        chain
    }

    fn empty(seed: u64, kind: CertificateKind, authority: Authority) -> ChainPlan {
        let (certificates, sent, made) = (Vec::new(), Vec::new(), Vec::new());
        ChainPlan { seed, kind, authority, certificates, sent, key_of: None, made }
    }

    /// A chain that was made elsewhere, all in DER: the private key of the leaf (PKCS #8), the root, and what a peer
    /// sends, the leaf first.
    pub fn made(
        kind: CertificateKind,
        authority: Authority,
        key: Vec<u8>,
        root: Vec<u8>,
        sent: Vec<Vec<u8>>,
    ) -> ChainPlan {
        let made = [key, root].into_iter().chain(sent).collect();
        ChainPlan { made, ..ChainPlan::empty(0, kind, authority) }
    }

    /// Has the peer send what RFC 9846, section 4.5.1, asks for: the leaf, then each issuer after what it
    /// issued, without the root.
    pub fn send_all(&mut self) {
        self.sent = (1..self.certificates.len()).rev().map(Sent::Own).collect();
    }

    /// Has the leaf issued by so many of the authorities of this chain, counted from the root, but with
    /// keys of another owner's; with none, the leaf signs itself.
    pub fn issue_by(&mut self, authority: Authority, authorities: usize) {
        let leaf = self.certificates.pop();
        self.certificates.truncate(authorities);
        self.certificates.extend(leaf);
        self.authority = authority;
        self.send_all();
    }

    /// Puts another authority at this place: as the intermediate is, with this name and with draws of its
    /// own.
    pub fn insert_authority(&mut self, place: usize, role: &str, draws: &'static str) {
        let Some(intermediate) = self.certificates.get(INTERMEDIATE) else { return };
        let subject = Name::authority(self.authority.owner, role);
        let another = CertificatePlan { subject, draws: Some(draws), ..intermediate.clone() };
        self.certificates.insert(place, another);
        self.send_all();
    }

    /// A chain as it was before the leaf's key was replaced: its leaf has another key. It comes from the
    /// root at once, so that the key is another one of RSA's few as well.
    pub fn with_former_key(&self) -> ChainPlan {
        let mut former = self.clone();
        former.certificates.drain(INTERMEDIATE..former.certificates.len() - 1);
        if let Some(leaf) = former.leaf_mut() {
            leaf.draws = Some("former key");
        }
        former.send_all();
        former
    }

    /// The kind of the leaf's key.
    pub fn leaf_kind(&self) -> CertificateKind {
        let is_short = self.certificates.last().is_some_and(|leaf| leaf.has_short_key);
        if is_short { CertificateKind::Rsa2048 } else { self.kind }
    }

    /// The root.
    pub fn root_mut(&mut self) -> Option<&mut CertificatePlan> {
        self.certificates.get_mut(ROOT)
    }

    /// The authority below the root.
    pub fn intermediate_mut(&mut self) -> Option<&mut CertificatePlan> {
        self.certificates.get_mut(INTERMEDIATE)
    }

    /// The leaf.
    pub fn leaf_mut(&mut self) -> Option<&mut CertificatePlan> {
        self.certificates.last_mut()
    }
}
