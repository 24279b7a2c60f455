//! One end of TLS: what it can do, who it is, whom it trusts.

use super::signatures::signature_schemes;
use super::suites::{goes_with, suites_of};
use super::{CertificatePlan, ChainPlan, Group, RevocationList};
use crate::choice::choices;
use crate::trace;
use rustls::{CipherSuite, ProtocolVersion, SignatureScheme};

/// A peer: a client or a server.
#[derive(Clone, Debug, PartialEq)]
pub struct Peer {
    /// Which implementation of TLS it is.
    pub implementation: Implementation,
    /// The name or address that a client wants to reach: it looks for it in the certificate, and sends a
    /// name as server_name (RFC 6066, section 3). A server with a name serves that one alone; one without
    /// serves whatever it is asked for.
    pub name: Option<String>,
    /// Whether it sends the name that it wants, as a client.
    pub sends_name: bool,
    /// What it shows, as a server, to a client that sends no name; `None` for what it shows to others.
    pub default_chain: Option<ChainPlan>,
    /// The versions that it allows.
    pub versions: Vec<ProtocolVersion>,
    /// The cipher suites that it allows, most wanted first.
    pub suites: Vec<CipherSuite>,
    /// The key exchange groups that it allows, most wanted first; a client sends a key share for the
    /// first.
    pub groups: Vec<Group>,
    /// The signature schemes that it can check, most wanted first.
    pub signature_schemes: Vec<SignatureScheme>,
    /// The application protocols that it speaks, most wanted first (RFC 7301).
    pub alpn: Vec<String>,
    /// Whether it has extended_main_secret, formerly extended_master_secret (RFC 7627).
    pub extended_main_secret: bool,
    /// Whether it compresses its own certificates and decompresses others' (RFC 8879).
    pub certificate_compression: bool,
    /// What it shows to say who it is; `None` for nothing.
    pub credential: Option<Credential>,
    /// How it judges what the other peer shows.
    pub trust: Trust,
    /// What its clock shows at virtual time 0, in seconds since 1970.
    pub clock: u64,
    /// How it keeps the sessions that it can resume, as a server.
    pub sessions: Sessions,
    /// How many NewSessionTickets it sends after a handshake of TLS 1.3, as a server.
    pub tickets: usize,
    /// Whether it sends early data, as a client; whether it takes it, as a server.
    pub early_data: EarlyData,
    /// Whether a program waits at its port, as a server.
    pub listens: bool,
    /// Its host's receive window, in bytes.
    pub window: u32,
}

/// Which implementation of TLS a peer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Implementation {
    /// rustls.
    Rustls,
    /// The small TLS 1.2 of this project, for what rustls does not have.
    Teaching,
    /// None: HTTP goes over TCP as it is.
    Plain,
}

impl From<Implementation> for trace::Implementation {
    fn from(implementation: Implementation) -> Self {
        match implementation {
            Implementation::Rustls => trace::Implementation::Rustls,
            Implementation::Teaching => trace::Implementation::TeachingTls12,
            Implementation::Plain => trace::Implementation::Unknown,
        }
    }
}

/// What a peer shows to say who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// An X.509 chain: leaf and intermediate, with the leaf's key.
    Chain(ChainPlan),
    /// The public key of this chain's leaf, and nothing else (RFC 7250).
    RawPublicKey(ChainPlan),
}

impl Credential {
    /// The chain whose leaf has the key.
    pub fn chain(&self) -> &ChainPlan {
        match self {
            Credential::Chain(chain) | Credential::RawPublicKey(chain) => chain,
        }
    }

    /// The same, to be changed.
    pub fn chain_mut(&mut self) -> &mut ChainPlan {
        match self {
            Credential::Chain(chain) | Credential::RawPublicKey(chain) => chain,
        }
    }
}

/// How a peer judges what the other one shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trust {
    /// Whether it asks and what it makes of the answer.
    pub verification: Verification,
    /// The roots of these chains are its trust anchors.
    pub roots: Vec<ChainPlan>,
    /// Other trust anchors, which were not made here: certificates in DER.
    pub given_roots: Vec<Vec<u8>>,
    /// The public keys of these chains' leaves were told to it beforehand (RFC 7250): with any, it takes
    /// raw public keys and no certificates.
    pub raw_public_keys: Vec<ChainPlan>,
    /// The revocation lists that it has (RFC 5280, section 5). With any, it wants one in time for each
    /// certificate below the root.
    pub revocation_lists: Vec<RevocationList>,
    /// The public keys of these chains' leaves are pinned: with any, the other peer's leaf must have one of
    /// them. For clients.
    pub pins: Vec<ChainPlan>,
}

/// Whether a peer asks the other one who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verification {
    /// It does not: a server sends no CertificateRequest.
    Off,
    /// It asks, and goes on without an answer. For servers.
    Optional,
    /// It asks, and ends the handshake unless the answer is good.
    Required,
}

/// How a server keeps the sessions that it can resume.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sessions {
    /// By itself; what it hands out is an identifier.
    Stored,
    /// Sealed in tickets, which the client keeps (RFC 9846, section 4.7.1; RFC 5077).
    Tickets,
    /// In one place for several servers, which tell each other nothing of their use: it hands out a session as
    /// often as it is asked for.
    Shared,
}

choices! {
    /// Whether the second connection begins with early data (0-RTT; RFC 9846, section 4.3.10).
    EarlyData {
        /// The server does not allow any.
        None = "none", "no early data";
        /// The client sends some, and the server takes it.
        Accepted = "accepted", "0-RTT, accepted";
        /// The client sends some, but the server has turned it off since it gave out the ticket.
        Rejected = "rejected", "0-RTT, rejected";
    }
}

impl Trust {
    /// In nobody, and asking nobody.
    pub fn none() -> Trust {
        Trust {
            verification: Verification::Off,
            roots: Vec::new(),
            given_roots: Vec::new(),
            raw_public_keys: Vec::new(),
            revocation_lists: Vec::new(),
            pins: Vec::new(),
        }
    }

    /// In the root of this chain.
    pub fn in_root_of(chain: ChainPlan, verification: Verification) -> Trust {
        Trust { verification, roots: vec![chain], ..Trust::none() }
    }
}

impl Peer {
    /// The chain whose leaf has the peer's key, to be changed; `None` if it shows nothing.
    pub fn chain_mut(&mut self) -> Option<&mut ChainPlan> {
        self.credential.as_mut().map(Credential::chain_mut)
    }

    /// Its own certificate, to be changed; `None` if it shows nothing.
    pub fn leaf_mut(&mut self) -> Option<&mut CertificatePlan> {
        self.chain_mut()?.leaf_mut()
    }

    /// Allows these versions and no others, with all suites of theirs.
    pub fn allow_only(&mut self, versions: &[ProtocolVersion]) {
        self.versions = versions.to_vec();
        self.suites = suites_of(versions);
    }

    /// Whether it speaks TLS.
    pub fn has_tls(&self) -> bool {
        self.implementation != Implementation::Plain
    }

    /// What it takes, as a server.
    pub fn accepts(&self) -> trace::Accepts {
        let kind = self.credential.as_ref().map(|credential| credential.chain().leaf_kind());
        let fits = |suite: &&CipherSuite| kind.is_some_and(|kind| goes_with(**suite, kind));
        let schemes = kind.map(signature_schemes).unwrap_or_default();
        trace::Accepts {
            versions: self.versions.iter().copied().map(u16::from).collect(),
            suites: self.suites.iter().filter(fits).copied().map(u16::from).collect(),
            groups: self.groups.iter().map(|group| u16::from(group.code_point())).collect(),
            signature_schemes: schemes.iter().copied().map(u16::from).collect(),
            alpn: self.alpn.clone(),
            names: self.name.iter().cloned().collect(),
            tickets_again: self.sessions == Sessions::Shared,
        }
    }

    /// Whether early data is sent, as a client, or was taken at some time, as a server.
    pub fn has_early_data(&self) -> bool {
        self.early_data != EarlyData::None
    }
}
