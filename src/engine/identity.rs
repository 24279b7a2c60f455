//! Who the ends of a scenario are: certificates and private keys, for use outside.

use super::certificates::{self, chain as minted};
use super::config;
use super::{Capabilities, RunError, plan};
use crate::plan::Peer;
use crate::scenario::Scenario;
use crate::trace::Endpoint;

/// An end's certificates and key, each in DER.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The root that the other end trusts; where it trusts none, the chain's own.
    pub root: Vec<u8>,
    /// What it sends: in a chain without fault leaf, then intermediate.
    pub chain: Vec<Vec<u8>>,
    /// The private key that it signs with, as PKCS #8 (RFC 5958). One that was made here protects nothing:
    /// it follows from the scenario's seed, or is one of the public teaching keys.
    pub private_key: Vec<u8>,
}

/// The identity of an end in this scenario, with its fault: the client's is the one it shows where it is asked.
///
/// # Errors
/// The chain could not be minted, or needs more than these capabilities.
pub fn identity(
    scenario: &Scenario,
    who: Endpoint,
    capabilities: &Capabilities,
) -> Result<Identity, RunError> {
    let plan = plan(scenario, capabilities)?;
    let credential = match who {
        Endpoint::Client => plan.client.credential.clone(),
        Endpoint::Server => plan.outer_server().credential.clone(),
    };
    let judge = match who {
        Endpoint::Client => plan.outer_server(),
        Endpoint::Server => &plan.client,
    };
    let trusted = trusted_roots(judge, capabilities)?.into_iter().next();
    let own = credential.map(|credential| credential.chain().clone());
    let own = own.unwrap_or_else(|| scenario.client_chain());
    let chain = minted(&own, capabilities.algorithms)?;
    Ok(Identity {
        root: trusted.unwrap_or_else(|| chain.root.to_vec()),
        chain: chain.sent.iter().map(|der| der.to_vec()).collect(),
        // One that was made elsewhere stays as it came.
        private_key: own.made.first().cloned().unwrap_or_else(|| chain.key.pkcs8()),
    })
}

/// The roots that this peer trusts, in DER.
///
/// # Errors
/// A chain could not be minted, or needs more than these capabilities.
pub fn trusted_roots(peer: &Peer, capabilities: &Capabilities) -> Result<Vec<Vec<u8>>, RunError> {
    let anchors = config::anchors(peer, capabilities.algorithms)?;
    Ok(anchors.roots.iter().map(|root| root.to_vec()).collect())
}

/// What this peer has besides roots to judge the other one by, each in DER.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JudgedBy {
    /// Its revocation lists.
    pub revocation_lists: Vec<Vec<u8>>,
    /// The SubjectPublicKeyInfos that it has pinned.
    pub pins: Vec<Vec<u8>>,
}

/// What this peer has besides roots to judge the other one by.
///
/// # Errors
/// A chain or a list could not be minted, or needs more than these capabilities.
pub fn judged_by(peer: &Peer, capabilities: &Capabilities) -> Result<JudgedBy, RunError> {
    let anchors = config::anchors(peer, capabilities.algorithms)?;
    let lists = anchors.revocation_lists.iter().map(|list| list.to_vec()).collect();
    Ok(JudgedBy { revocation_lists: lists, pins: anchors.pins })
}

/// What a peer has to say who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its certificates in DER, in the order in which it sends them.
    pub chain: Vec<Vec<u8>>,
    /// The SubjectPublicKeyInfo that goes with its private key, in DER.
    pub key_info: Vec<u8>,
}

/// What this peer has to say who it is; `None` where it has nothing.
///
/// # Errors
/// A chain could not be minted, or needs more than these capabilities.
pub fn shown(peer: &Peer, capabilities: &Capabilities) -> Result<Option<Shown>, RunError> {
    let Some(credential) = &peer.credential else { return Ok(None) };
    let own = credential.chain();
    let chain = minted(own, capabilities.algorithms)?;
    let signing = minted(own.key_of.as_deref().unwrap_or(own), capabilities.algorithms)?;
    let leaf = signing.sent.first().ok_or_else(|| RunError::Tls("a chain has no leaf".into()))?;
    let key_info = certificates::public_key_info(leaf)?;
    Ok(Some(Shown { chain: chain.sent.iter().map(|der| der.to_vec()).collect(), key_info }))
}
