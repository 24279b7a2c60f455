//! A certificate revocation list before it is minted (RFC 5280, section 5).

use super::{ChainPlan, DAY};

/// What an authority of a chain says it has revoked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationList {
    /// The chain that the authority belongs to.
    pub chain: ChainPlan,
    /// Its place in the chain, 0 being the root.
    pub issuer: usize,
    /// The places of the revoked certificates in the chain.
    pub revoked: Vec<usize>,
    /// thisUpdate: when it was issued, in seconds since 1970.
    pub this_update: u64,
    /// nextUpdate: when the next one is due at the latest.
    pub next_update: u64,
}

impl RevocationList {
    /// The lists of all authorities of a chain, issued a day before this moment for a week, with these
    /// certificates of the chain revoked.
    pub fn of_chain(chain: &ChainPlan, revoked: &[usize], clock: u64) -> Vec<RevocationList> {
        let issuers = 0..chain.certificates.len().saturating_sub(1);
        let list = |issuer| RevocationList {
            chain: chain.clone(),
            issuer,
            revoked: revoked.iter().copied().filter(|place| *place == issuer + 1).collect(),
            this_update: clock - DAY,
            next_update: clock + 6 * DAY,
        };
        issuers.map(list).collect()
    }
}
