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
mod plan;
pub mod words;

pub use fleet::{Fleet, MAX_CONNECTIONS, Share, Toll};
pub use lane::{
    Flight, Lane, NoAnswer, Part, Segment, Start, handshake_round_trips, lane, moments,
    tls_round_trips,
};
pub use plan::{Plan, Way};

use crate::faults::Fault;
use crate::scenario::{MAX_RTT_MS, Preset, Scenario, ScenarioError};

/// The round-trip time of a race where nobody chose another, in milliseconds.
pub const DEFAULT_RTT_MS: u32 = 80;

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

/// The scenarios' text forms in a list of them with commas between, as links hold it. A scenario has
/// commas of its own in a key's value; what follows one belongs to that value unless it begins with
/// a preset or a fault.
pub fn split(list: &str) -> Vec<String> {
    let mut lanes: Vec<String> = Vec::new();
    for piece in list.split(',').filter(|piece| !piece.is_empty()) {
        match lanes.last_mut().filter(|lane| !begins_scenario(piece) && lane.contains('+')) {
            Some(lane) => *lane += &format!(",{piece}"),
            None => lanes.push(piece.into()),
        }
    }
    lanes
}

/// Whether a text begins as that of a scenario does: with a preset or a fault.
pub fn begins_scenario(text: &str) -> bool {
    let first = text.split('+').next().unwrap_or_default();
    Preset::find(first).is_some() || Fault::find(first).is_some()
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_list_of_scenarios_is_split_where_scenarios_begin() {
        for lanes in [
            &["tls12", "tls13"][..],
            &["tls12+alpn=h2,http/1.1+seed=7", "tls13+alpn=http/1.1,h2", "cert-expired"],
            &["tls12", "nosuch", "tls13"],
        ] {
            assert_eq!(split(&lanes.join(",")), lanes);
        }
        assert_eq!(split(""), [""; 0]);
    }
}
