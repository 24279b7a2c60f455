//! Races: how long different connections take to the first application byte, measured from runs.
//!
//! ```text
//! Run ─[lane]─▶ Lane: where the time went, in round trips and microseconds
//!                │ round trips
//!                ▼
//!              Fleet: what that comes to over a day's connections
//! ```

mod clock;
mod fleet;
mod lane;

pub use fleet::{Fleet, MAX_CONNECTIONS, Share, Toll};
pub use lane::{Flight, Lane, NoAnswer, Part, Segment, Start, lane};

use crate::scenario::{MAX_RTT_MS, Scenario, ScenarioError};

/// How many lanes a race has.
pub const LANES: std::ops::RangeInclusive<usize> = 2..=4;

/// The race that is shown where nobody chose another: each saves a round trip on the one before it.
pub const DEFAULT: [&str; 4] = ["tls12", "tls13", "tls13-0rtt", "tls13-keepalive"];

/// The round-trip times that a race can have, in milliseconds. Without any, there is nothing to
/// measure.
pub const RTT_MS: std::ops::RangeInclusive<u32> = 1..=MAX_RTT_MS;

/// The scenario with this text form, at the race's round-trip time.
///
/// # Errors
/// As [`Scenario::parse`].
pub fn entrant(text: &str, rtt_ms: u32) -> Result<Scenario, ScenarioError> {
    Scenario::parse(text)?.with(&[("rtt-ms", &rtt_ms.to_string())])
}
