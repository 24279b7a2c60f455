//! Which algorithms there is code for. The page starts with [`Algorithms::FIRST`], and loads the rest
//! when a scenario asks for it; both offer the same, so that a run is the same with either.

use super::compression::{Compression, ZLIB};
use super::recorder;
use super::sign::PrivateKey;
use super::{ed25519, p256, p384, rsa, verify, x25519, x25519mlkem768};
use crate::engine::certificates::made::{self, ReadChain};
use crate::engine::seed::Stream;
use crate::engine::shared_sessions::{self, SharedSessions};
use crate::plan::{CertificateKind, Group};
use rustls::crypto::{ActiveKeyExchange, SupportedKxGroup, WebPkiSupportedAlgorithms};
use rustls::ffdhe_groups::FfdheGroup;
use rustls::{Error, NamedGroup};

/// What has to be loaded before the scenario can be run, as a scenario names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded(pub &'static str);

/// What makes certificates by recipes, as an error names it.
pub const RECIPES: &str = "recipes";

/// What sends a recording again, and keeps what it is good for, as an error names it.
pub const REPLAYS: &str = "replays";

/// Which of RSA's teaching keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeachingKey {
    /// The one of this number of those with 2048 bits, counted round.
    Usual(usize),
    /// The one of 1024 bits.
    Short,
}

/// Makes a private key: drawn from the stream, or a teaching key.
pub type MakeKey = fn(&mut Stream, TeachingKey) -> Result<PrivateKey, Error>;

/// Key exchange groups as rustls takes them.
pub type Groups = Vec<&'static dyn SupportedKxGroup>;

/// A set of algorithms, beside those that are always there: X25519, P-256, the ciphers and hashes.
pub struct Algorithms {
    kx_groups: &'static [(Group, &'static dyn SupportedKxGroup)],
    keys: &'static [(CertificateKind, MakeKey)],
    /// The signatures that endpoints check. All are offered; what is not loaded ends the run when it
    /// is called, which no scenario comes to whose keys are there.
    pub verification: &'static WebPkiSupportedAlgorithms,
    zlib: Option<Compression>,
    /// What reads chains that were made elsewhere.
    read_chain: Option<ReadChain>,
    /// What keeps sessions that may be used again and again.
    shared_sessions: Option<SharedSessions>,
}

const X25519: (Group, &dyn SupportedKxGroup) = (Group::X25519, &x25519::GROUP);
const P256: (Group, &dyn SupportedKxGroup) = (Group::Secp256r1, &p256::GROUP);

impl Algorithms {
    /// What the page starts with.
    pub const FIRST: &'static Algorithms = &Algorithms {
        kx_groups: &[X25519, P256],
        keys: &[(CertificateKind::EcdsaP256, p256::key)],
        verification: &verify::FIRST,
        zlib: None,
        read_chain: None,
        shared_sessions: None,
    };

    /// Everything.
    pub const ALL: &'static Algorithms = &Algorithms {
        kx_groups: &[
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
        zlib: Some(ZLIB),
        read_chain: Some(made::read),
        shared_sessions: Some(shared_sessions::store),
    };

    /// What makes private keys of this kind.
    ///
    /// # Errors
    /// It is not loaded.
    pub fn make_key(&self, kind: CertificateKind) -> Result<MakeKey, NotLoaded> {
        let row = self.keys.iter().find(|(known, _)| *known == kind);
        row.map(|(_, make)| *make).ok_or(NotLoaded(kind.id()))
    }

    /// What compresses certificates.
    ///
    /// # Errors
    /// It is not loaded.
    pub fn zlib(&self) -> Result<Compression, NotLoaded> {
        self.zlib.ok_or(NotLoaded("zlib"))
    }

    /// What reads chains that were made elsewhere.
    ///
    /// # Errors
    /// It is not loaded.
    pub fn read_chain(&self) -> Result<ReadChain, NotLoaded> {
        self.read_chain.ok_or(NotLoaded(RECIPES))
    }

    /// What keeps sessions that may be used again and again.
    ///
    /// # Errors
    /// It is not loaded.
    pub fn shared_sessions(&self) -> Result<SharedSessions, NotLoaded> {
        self.shared_sessions.ok_or(NotLoaded(REPLAYS))
    }

    fn group(&self, group: Group) -> Result<&'static dyn SupportedKxGroup, NotLoaded> {
        let row = self.kx_groups.iter().find(|(known, _)| *known == group);
        row.map(|(_, group)| *group).ok_or(NotLoaded(group.id()))
    }

    /// These groups, in this order. The first must be loaded, as a client sends a key share for it; of the
    /// usual ones the others may stand there by name, and end the run where one gets to be used.
    ///
    /// # Errors
    /// One that must be loaded is not.
    pub fn groups(&self, groups: &[Group]) -> Result<Groups, NotLoaded> {
        let of = |(place, group): (usize, &Group)| {
            let by_name = USUAL.iter().find(|usual| usual.0 == *group && place > 0);
            self.group(*group).or_else(|missing| match by_name {
                Some(usual) => Ok(usual as &dyn SupportedKxGroup),
                None => Err(missing),
            })
        };
        groups.iter().enumerate().map(of).collect()
    }
}

/// The groups whose code a peer may offer without.
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
        self.0.code_point().0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::provider::recorder::Session;

    /// What a peer offers where nothing else is asked for.
    const OFFERED: &[Group] = &[Group::X25519, Group::Secp256r1, Group::Secp384r1];

    #[test]
    fn both_sets_offer_the_same_in_the_same_order() {
        let groups = |set: &Algorithms| -> Vec<_> {
            set.groups(OFFERED).unwrap().iter().map(|group| group.name()).collect()
        };
        assert_eq!(groups(Algorithms::FIRST), groups(Algorithms::ALL));
        let schemes = |set: &Algorithms| set.verification.supported_schemes();
        assert_eq!(schemes(Algorithms::FIRST), schemes(Algorithms::ALL));
    }

    #[test]
    fn what_is_offered_only_ends_the_run_when_an_endpoint_calls_for_it() {
        let session = Session::start(1, true);
        assert_eq!(session.complete(), Ok(()));
        let offered = Algorithms::FIRST.groups(OFFERED).unwrap();
        assert!(
            offered
                .iter()
                .all(|group| group.start().is_ok() || group.name() == NamedGroup::secp384r1)
        );
        assert_eq!(session.complete(), Err(NotLoaded("secp384r1")));

        for scheme in Algorithms::FIRST.verification.mapping {
            let session = Session::start(1, true);
            let refused = scheme.1.iter().all(|one| one.verify_signature(&[], &[], &[]).is_err());
            assert!(refused, "{:?}", scheme.0);
            let loaded = scheme.0 == rustls::SignatureScheme::ECDSA_NISTP256_SHA256;
            assert_eq!(session.complete().is_ok(), loaded, "{:?}", scheme.0);
        }
    }
}
