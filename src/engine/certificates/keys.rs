//! The private keys of a chain: drawn from the seed, or for RSA the public teaching keys.

use super::ChainError;
use crate::engine::provider::{MakeKey, PrivateKey};
use crate::engine::seed::Stream;

/// The keys of root, intermediate and leaf. `shift` gives the teaching keys other roles, so that
/// two chains share no key in the same role.
pub fn chain_keys(
    make: MakeKey,
    stream: &mut Stream,
    shift: usize,
) -> Result<[PrivateKey; 3], ChainError> {
    let mut key =
        |place| make(stream, place + shift).map_err(|error| ChainError(error.to_string()));
    Ok([key(0)?, key(1)?, key(2)?])
}
