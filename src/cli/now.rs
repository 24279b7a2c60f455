//! The real time and real randomness, for what talks with the world: the one place where they are reached.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

/// The time, in seconds since 1970.
pub(super) fn clock() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// A seed that nobody can foretell: the hasher's key comes from the operating system.
pub(super) fn seed() -> u64 {
    RandomState::new().build_hasher().finish()
}
