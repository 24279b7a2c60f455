//! Who the ends of a scenario are: certificates and private keys, for use outside.

use super::certificates::chain;
use super::{Capabilities, RunError};
use crate::scenario::Scenario;
use crate::trace::Endpoint;

/// An end's certificates and key, each in DER.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The root that the other end trusts.
    pub root: Vec<u8>,
    /// What it sends: leaf, then intermediate.
    pub chain: Vec<Vec<u8>>,
    /// The leaf's private key as PKCS #8 (RFC 5958). It protects nothing: it follows from the
    /// scenario's seed, or is one of the public teaching keys.
    pub private_key: Vec<u8>,
}

/// The identity of an end in this scenario: the client's is the one it shows where it is asked.
///
/// # Errors
/// The chain could not be minted, or needs more than these capabilities.
pub fn identity(
    scenario: &Scenario,
    who: Endpoint,
    capabilities: &Capabilities,
) -> Result<Identity, RunError> {
    let plan = scenario.plan();
    let credential = match who {
        Endpoint::Client => plan.client.credential,
        Endpoint::Server => plan.outer_server().credential.clone(),
    };
    let own = credential.map(|credential| credential.chain().clone());
    let own = own.unwrap_or_else(|| scenario.client_chain());
    let chain = chain(&own, capabilities.algorithms)?;
    Ok(Identity {
        root: chain.root.to_vec(),
        chain: chain.sent.iter().map(|der| der.to_vec()).collect(),
        private_key: chain.key.pkcs8(),
    })
}
