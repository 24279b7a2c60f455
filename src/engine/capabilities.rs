//! What this program can run.

use super::RunError;
use super::program::Roles;
use super::provider::{Algorithms, NotLoaded};
use super::{Setup, teaching};
use crate::scenario::Scenario;

/// Sets up client and server of a scenario.
type MakeRoles = fn(&Scenario, &Setup) -> Result<Roles, RunError>;

/// What this program can run, given to a run as rustls is given its `CryptoProvider`. Where a scenario
/// needs more, the run ends with [`RunError::NotLoaded`] before its first packet.
///
/// The page starts with [`Capabilities::first`]. [`Capabilities::all`] is in a chunk of its own, which
/// it loads at the first such error: what is reached through `all` alone is not part of the first load.
#[derive(Clone, Copy)]
pub struct Capabilities {
    pub(super) algorithms: &'static Algorithms,
    /// The teaching endpoints, for what rustls does not have.
    teaching: Option<MakeRoles>,
}

impl Capabilities {
    /// rustls with X25519, P-256 and all its cipher suites.
    pub fn first() -> Capabilities {
        Capabilities { algorithms: Algorithms::FIRST, teaching: None }
    }

    /// Everything: also RSA, P-384, Ed25519, X25519MLKEM768, and the teaching endpoints.
    pub fn all() -> Capabilities {
        Capabilities { algorithms: Algorithms::ALL, teaching: Some(teaching::roles) }
    }

    /// What sets up the teaching endpoints.
    ///
    /// # Errors
    /// They are not loaded.
    pub(super) fn teaching(&self) -> Result<MakeRoles, NotLoaded> {
        self.teaching.ok_or(NotLoaded("the teaching endpoints"))
    }
}
