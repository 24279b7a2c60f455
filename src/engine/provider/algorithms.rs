//! Which algorithms there is code for. The page starts with [`Algorithms::FIRST`], and loads the rest
//! when a scenario asks for it; both offer the same, so that a run is the same with either.

use super::recorder;
use super::sign::PrivateKey;
use super::{ed25519, p256, p384, rsa, verify, x25519, x25519mlkem768};
use crate::engine::seed::Stream;
use crate::scenario::{CertificateKind, Group};
use rustls::crypto::{ActiveKeyExchange, SupportedKxGroup, WebPkiSupportedAlgorithms};
use rustls::ffdhe_groups::FfdheGroup;
use rustls::{Error, NamedGroup};

/// What has to be loaded before the scenario can be run, as a scenario names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded(pub &'static str);

/// Makes a private key: drawn from the stream, or the teaching key of this number.
pub type MakeKey = fn(&mut Stream, usize) -> Result<PrivateKey, Error>;

/// Key exchange groups as rustls takes them.
pub type Groups = Vec<&'static dyn SupportedKxGroup>;

/// A set of algorithms, beside those that are always there: X25519, P-256, the ciphers and hashes.
pub struct Algorithms {
    groups: &'static [(Group, &'static dyn SupportedKxGroup)],
    keys: &'static [(CertificateKind, MakeKey)],
    /// The signatures that endpoints check. All are offered; what is not loaded ends the run when it
    /// is called, which no scenario comes to whose keys are there.
    pub verification: &'static WebPkiSupportedAlgorithms,
}

const X25519: (Group, &dyn SupportedKxGroup) = (Group::X25519, &x25519::GROUP);
const P256: (Group, &dyn SupportedKxGroup) = (Group::Secp256r1, &p256::GROUP);

impl Algorithms {
    /// What the page starts with.
    pub const FIRST: &'static Algorithms = &Algorithms {
        groups: &[X25519, P256],
        keys: &[(CertificateKind::EcdsaP256, p256::key)],
        verification: &verify::FIRST,
    };

    /// Everything.
    pub const ALL: &'static Algorithms = &Algorithms {
        groups: &[
            X25519,
            P256,
            (Group::Secp384r1, &p384::GROUP),
            (Group::X25519MlKem768, &x25519mlkem768::X25519MlKem768),
        ],
        keys: &[
            (CertificateKind::EcdsaP256, p256::key),
            (CertificateKind::EcdsaP384, p384::key),
            (CertificateKind::Ed25519, ed25519::key),
            (CertificateKind::Rsa2048, rsa::key),
        ],
        verification: &verify::ALL,
    };

    /// What makes private keys of this kind.
    ///
    /// # Errors
    /// It is not loaded.
    pub fn make_key(&self, kind: CertificateKind) -> Result<MakeKey, NotLoaded> {
        let row = self.keys.iter().find(|(known, _)| *known == kind);
        row.map(|(_, make)| *make).ok_or(NotLoaded(kind.id()))
    }

    fn group(&self, group: Group) -> Result<&'static dyn SupportedKxGroup, NotLoaded> {
        let row = self.groups.iter().find(|(known, _)| *known == group);
        row.map(|(_, group)| *group).ok_or(NotLoaded(group.id()))
    }

    /// What a client offers: the usual groups in their order, `first` before the others.
    ///
    /// # Errors
    /// `first` is not loaded.
    pub fn offered(&self, first: Option<Group>) -> Result<Groups, NotLoaded> {
        let mut groups = Groups::new();
        if let Some(first) = first {
            groups.push(self.group(first)?);
        }
        let others = USUAL.iter().filter(|usual| Some(usual.0) != first);
        groups.extend(others.map(|usual| self.group(usual.0).unwrap_or(usual)));
        Ok(groups)
    }

    /// What a server accepts: the groups that were named, or without one all that are `offered`.
    ///
    /// # Errors
    /// One that was named is not loaded.
    pub fn accepted(&self, named: &[Group], offered: &Groups) -> Result<Groups, NotLoaded> {
        if named.is_empty() {
            return Ok(offered.clone());
        }
        named.iter().map(|group| self.group(*group)).collect()
    }
}

/// What is offered unless the scenario says more.
static USUAL: [ByName; 3] =
    [ByName(Group::X25519), ByName(Group::Secp256r1), ByName(Group::Secp384r1)];

/// A group that an endpoint offers and will not get to use: a server takes the client's first unless
/// its own groups are named, and those must be loaded.
#[derive(Debug)]
struct ByName(Group);

impl SupportedKxGroup for ByName {
    fn start(&self) -> Result<Box<dyn ActiveKeyExchange>, Error> {
        let what = self.0.id();
        recorder::not_loaded(what).ok_or_else(|| Error::General(format!("{what} is not loaded")))
    }

    fn ffdhe_group(&self) -> Option<FfdheGroup<'static>> {
        None
    }

    fn name(&self) -> NamedGroup {
        self.0.code_point().into()
    }
}
