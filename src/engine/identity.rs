//! Who the server of a scenario is: its certificates and its private key, for use outside.

use super::RunError;
use super::certificates::chain;
use super::setup::Setup;
use crate::scenario::Scenario;

/// A server's certificates and key, each in DER.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The root that the client trusts.
    pub root: Vec<u8>,
    /// What the server sends: leaf, then intermediate.
    pub chain: Vec<Vec<u8>>,
    /// The leaf's private key as PKCS #8 (RFC 5958). It protects nothing: it follows from the
    /// scenario's seed, or is one of the public teaching keys.
    pub private_key: Vec<u8>,
}

/// The identity of the server in this scenario.
///
/// # Errors
/// The chain could not be minted.
pub fn server_identity(scenario: &Scenario) -> Result<Identity, RunError> {
    let chain = chain(&Setup::new(scenario).server_chain)?;
    Ok(Identity {
        root: chain.root.to_vec(),
        chain: chain.sent.iter().map(|der| der.to_vec()).collect(),
        private_key: chain.key.pkcs8(),
    })
}
