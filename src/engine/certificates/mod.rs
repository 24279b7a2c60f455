//! Certificates: what each side's chain shall say, and the minting of it.

mod keys;
mod mint;
mod plan;

pub use plan::{ChainPlan, Purpose};

use super::RunError;
use super::provider::{Algorithms, PrivateKey};
use pki_types::CertificateDer;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

/// A minted chain.
pub struct Chain {
    /// The root, which the other side trusts.
    pub root: CertificateDer<'static>,
    /// What the endpoint sends: leaf, then intermediate.
    pub sent: Vec<CertificateDer<'static>>,
    /// The leaf's private key.
    pub key: Arc<PrivateKey>,
}

/// Why a chain could not be minted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainError(pub(in crate::engine) String);

impl fmt::Display for ChainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no certificate chain: {}", self.0)
    }
}

impl std::error::Error for ChainError {}

/// How many chains are kept: those of a few scenarios that someone goes to and fro between.
const KEPT: usize = 8;

thread_local! {
    static MINTED: RefCell<VecDeque<(ChainPlan, Rc<Chain>)>> = const { RefCell::new(VecDeque::new()) };
}

/// The chain of this plan. The same plan gives the same bytes, and the second time quickly.
///
/// # Errors
/// The plan cannot be minted, or what makes its keys is not loaded.
pub fn chain(plan: &ChainPlan, algorithms: &Algorithms) -> Result<Rc<Chain>, RunError> {
    let make_key = algorithms.make_key(plan.kind)?;
    let kept = MINTED.with_borrow(|minted| {
        minted.iter().find(|(of, _)| of == plan).map(|(_, chain)| chain.clone())
    });
    if let Some(chain) = kept {
        return Ok(chain);
    }
    let chain = Rc::new(mint::mint(plan, make_key)?);
    MINTED.with_borrow_mut(|minted| {
        minted.truncate(KEPT - 1);
        minted.push_front((plan.clone(), chain.clone()));
    });
    Ok(chain)
}
