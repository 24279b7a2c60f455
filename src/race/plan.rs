//! What the fleet calculator is asked, in the form that links hold: `1.3,1000000,40,10,30`.

use super::fleet::{Fleet, MAX_CONNECTIONS, Share};
use crate::scenario::Version;
use std::fmt;

/// A day's connections, before anything is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The version of all handshakes: TLS 1.2 or TLS 1.3.
    pub version: Version,
    /// How many a day, as in [`Fleet::connections`].
    pub connections: u32,
    /// How many of a hundred are made in each of [`Plan::ways`] but the first.
    pub percents: [u32; 3],
}

/// A way to get to the first application byte, and the scenario that is run to measure it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// What it is called.
    pub name: &'static str,
    /// The scenario's text form; `None` where the version has no such way.
    pub scenario: Option<&'static str>,
}

const fn way(name: &'static str, scenario: &'static str) -> Way {
    Way { name, scenario: Some(scenario) }
}

const WAYS_12: [Way; 4] = [
    way("full handshake", "tls12"),
    way("resumed", "tls12-ticket"),
    Way { name: "0-RTT", scenario: None },
    way("kept alive", "tls12+requests=2"),
];

const WAYS_13: [Way; 4] = [
    way("full handshake", "tls13"),
    way("resumed", "tls13-resumed"),
    way("0-RTT", "tls13-0rtt"),
    way("kept alive", "tls13-keepalive"),
];

impl Default for Plan {
    fn default() -> Plan {
        Plan { version: Version::Tls13, connections: 1_000_000, percents: [20, 20, 40] }
    }
}

impl Plan {
    /// The plan that a link spells, or `None` where it is none.
    pub fn parse(text: &str) -> Option<Plan> {
        let mut words = text.split(',');
        let version = words.next().and_then(Version::from_id).filter(|v| *v != Version::Any)?;
        let connections = words.next()?.parse().ok().filter(|count| *count <= MAX_CONNECTIONS)?;
        let mut percent = || words.next()?.parse().ok().filter(|percent| *percent <= 100);
        let percents = [percent()?, percent()?, percent()?];
        words.next().is_none().then_some(Plan { version, connections, percents })
    }

    /// The ways of its version: the full handshake, resumed, 0-RTT, kept alive.
    pub const fn ways(&self) -> &'static [Way; 4] {
        match self.version {
            Version::Tls12 => &WAYS_12,
            Version::Tls13 | Version::Any => &WAYS_13,
        }
    }

    /// The share of each way but the first; a way that the version does not have has none.
    pub fn shares(&self) -> [u32; 3] {
        let [_, ways @ ..] = self.ways();
        let mut shares = self.percents;
        for (share, way) in shares.iter_mut().zip(ways) {
            *share *= u32::from(way.scenario.is_some());
        }
        shares
    }

    /// The fleet, with the round trips that were measured for each way at this round-trip time.
    pub fn fleet(&self, rtt_ms: u32, measured: [Option<u32>; 4]) -> Option<Fleet> {
        let [full, ways @ ..] = measured;
        let shares = self.shares().into_iter().zip(ways).filter(|(percent, _)| *percent > 0);
        let shares = shares.map(|(percent, trips)| Some(Share { percent, round_trips: trips? }));
        let shares = shares.collect::<Option<_>>()?;
        Some(Fleet { connections: self.connections, rtt_ms, full: full?, shares })
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [resumed, early, kept] = self.percents;
        write!(f, "{},{},{resumed},{early},{kept}", self.version.id(), self.connections)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parsing_undoes_writing() {
        for text in ["1.3,1000000,20,20,40", "1.2,0,0,0,100"] {
            assert_eq!(Plan::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Plan::parse(&Plan::default().to_string()), Some(Plan::default()));
    }

    #[test]
    fn what_is_no_plan_is_none() {
        let wrong = [
            "",
            "1.3",
            "any,1,1,1,1",
            "1.3,-1,0,0,0",
            "1.3,1,101,0,0",
            "1.3,1,0,0",
            "1.3,1,0,0,0,0",
        ];
        for text in wrong {
            assert_eq!(Plan::parse(text), None, "{text}");
        }
    }

    #[test]
    fn tls_1_2_has_no_early_data_so_that_share_is_in_full() {
        let plan = Plan { version: Version::Tls12, percents: [20, 30, 10], ..Plan::default() };
        let fleet = plan.fleet(80, [Some(4), Some(3), None, Some(1)]).unwrap();
        assert_eq!(fleet.full_percent(), Some(70));
        assert_eq!(plan.fleet(80, [Some(4), None, None, Some(1)]), None);
    }

    #[test]
    fn the_default_plan_adds_up_to_no_more_than_all() {
        assert!(Plan::default().percents.iter().sum::<u32>() <= 100);
    }
}
