//! What this program can run.

use super::RunError;
use super::config::ConfigOf;
use super::provider::{Algorithms, NotLoaded, RECIPES, REPLAYS};
use super::simulation::Simulation;
use super::{replay, teaching};
use crate::plan::{Peer, Plan};
use crate::zlib::{self, Inflate};

/// What opens the connections of a peer.
type Open = fn(&Peer) -> Result<ConfigOf, RunError>;

/// Puts certificates into a plan, by what the key `certs` of a scenario holds. The error says what is wrong with that.
pub type PutCertificates = fn(&mut Plan, &str) -> Result<(), String>;

/// Sends the server what a client sent it before.
type Replay = fn(&mut Simulation<'_>) -> Result<(), RunError>;

/// The teaching endpoints.
#[derive(Clone, Copy)]
pub(super) struct Teaching {
    pub client: Open,
    pub server: Open,
}

/// What this program can run, given to a run as rustls is given its `CryptoProvider`. Where a plan
/// needs more, the run ends with [`RunError::NotLoaded`] before its first packet.
///
/// The page starts with [`Capabilities::first`]. [`Capabilities::all`] is in a chunk of its own, which
/// it loads at the first such error: what is reached through `all` alone is not part of the first load.
#[derive(Clone, Copy)]
pub struct Capabilities {
    pub(super) algorithms: &'static Algorithms,
    /// The teaching endpoints, for what rustls does not have.
    teaching: Option<Teaching>,
    /// What undoes the compression of certificates, for taking runs apart.
    pub inflate: Option<Inflate>,
    /// What makes certificates by recipes.
    recipes: Option<PutCertificates>,
    /// Who sends a recording of the client's once more.
    replay: Option<Replay>,
}

impl Capabilities {
    /// rustls with X25519, P-256 and all its cipher suites, without compression.
    pub fn first() -> Capabilities {
        Capabilities {
            algorithms: Algorithms::FIRST,
            teaching: None,
            inflate: None,
            recipes: None,
            replay: None,
        }
    }

    /// Everything but recipes: also RSA, P-384, Ed25519, X25519MLKEM768, zlib, the teaching endpoints, and whoever
    /// sends a recording once more.
    pub fn all() -> Capabilities {
        let teaching = Teaching { client: teaching::open_client, server: teaching::open_server };
        let inflate: Inflate = zlib::decompress;
        Capabilities {
            algorithms: Algorithms::ALL,
            teaching: Some(teaching),
            inflate: Some(inflate),
            recipes: None,
            replay: Some(replay::run),
        }
    }

    /// The same, with what makes certificates by recipes. That is given, since it needs the engine itself.
    pub fn and_recipes(self, put: PutCertificates) -> Capabilities {
        Capabilities { recipes: Some(put), ..self }
    }

    /// What makes certificates by recipes.
    ///
    /// # Errors
    /// It is not loaded.
    pub(super) fn recipes(&self) -> Result<PutCertificates, NotLoaded> {
        self.recipes.ok_or(NotLoaded(RECIPES))
    }

    /// Who sends a recording of the client's once more.
    ///
    /// # Errors
    /// It is not loaded.
    pub(super) fn replay(&self) -> Result<Replay, NotLoaded> {
        self.replay.ok_or(NotLoaded(REPLAYS))
    }

    /// The teaching endpoints.
    ///
    /// # Errors
    /// They are not loaded.
    pub(super) fn teaching(&self) -> Result<Teaching, NotLoaded> {
        self.teaching.ok_or(NotLoaded("the teaching endpoints"))
    }
}
