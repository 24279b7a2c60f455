//! Chains that were made elsewhere.

use super::{Chain, ChainError};
use crate::engine::RunError;
use crate::engine::provider::given;
use pki_types::CertificateDer;
use std::sync::Arc;

/// Reads what [`crate::plan::ChainPlan::made`] holds.
pub type ReadChain = fn(&[Vec<u8>]) -> Result<Chain, RunError>;

/// A chain of a private key, a root, and what an endpoint sends, in DER.
///
/// # Errors
/// There is no root, or the key is of no algorithm that is known here.
pub fn read(made: &[Vec<u8>]) -> Result<Chain, RunError> {
    let [key, root, sent @ ..] = made else {
        return Err(ChainError("it has no root".into()).into());
    };
    let key = given::read(key).ok_or_else(|| {
        ChainError("its private key is none of P-256, P-384, Ed25519 and RSA".into())
    })?;
    let der = |der: &Vec<u8>| CertificateDer::from(der.clone());
    Ok(Chain {
        root: der(root),
        sent: sent.iter().map(der).collect(),
        key: Arc::new(key),
        certificates: Vec::new(),
    })
}
