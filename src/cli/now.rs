//! The real time and real randomness, for what talks with the world: the one place where they are reached.

use crate::scenario::Scenario;
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

/// Gives a scenario this clock and this seed where the keys that were given do not.
pub(super) fn set_unless_given(
    scenario: &mut Scenario,
    given: &[(String, String)],
    (clock, seed): (u64, u64),
) {
    let is_given = |name: &str| given.iter().any(|(key, _)| key == name);
    if !is_given("clock") {
        scenario.clock = clock;
    }
    if !is_given("seed") {
        scenario.seed = seed;
    }
}
