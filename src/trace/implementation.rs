//! Which TLS implementation runs at an end of a connection.

use super::Endpoint;
use serde::{Deserialize, Serialize};

/// A TLS implementation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Implementation {
    /// Not known, as with an imported capture: nothing is said of how it decides.
    #[default]
    Unknown,
    /// rustls.
    Rustls,
    /// The teaching endpoints of [`crate::engine`], for what rustls does not have.
    TeachingTls12,
}

/// The implementations at both ends of TLS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Implementations {
    /// At the end that begins the handshake.
    pub client: Implementation,
    /// At the end that answers it.
    pub server: Implementation,
}

impl Implementations {
    /// The same at both ends.
    pub const fn both(implementation: Implementation) -> Implementations {
        Implementations { client: implementation, server: implementation }
    }

    /// The implementation at this end.
    pub fn of(self, who: Endpoint) -> Implementation {
        match who {
            Endpoint::Client => self.client,
            Endpoint::Server => self.server,
        }
    }
}
