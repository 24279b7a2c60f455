//! What round trips come to over all the connections of a day.
//!
//! ```text
//! saved a day = connections × Σ share × (round trips in full − round trips this way)
//! waited a day = round trips a day × round-trip time
//! ```

/// The most connections a day that can be asked for: so many that nobody has more, so few that sums
/// stay exact.
pub const MAX_CONNECTIONS: u32 = 4_000_000_000;

/// A day's connections: how many, how far away, and how they are made.
#[derive(Clone, Debug, PartialEq)]
pub struct Fleet {
    /// How many first bytes are waited for in a day. A request on a connection kept alive counts as
    /// one, as the connection that need not be opened.
    pub connections: u32,
    /// The round-trip time, in milliseconds.
    pub rtt_ms: u32,
    /// Round trips to the first application byte after a full handshake: what all the connections
    /// take that no share speaks of.
    pub full: u32,
    /// The connections that are made otherwise.
    pub shares: Vec<Share>,
}

/// The connections that are made in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// How many of a hundred.
    pub percent: u32,
    /// Round trips to the first application byte.
    pub round_trips: u32,
}

/// Round trips, and the time they take, over all connections of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Toll {
    /// To the nearest one.
    pub round_trips: i64,
    /// To the nearest second.
    pub seconds: i64,
}

impl Fleet {
    /// How many of a hundred are full handshakes, or `None` where the shares are more than all.
    pub fn full_percent(&self) -> Option<u32> {
        let shares =
            self.shares.iter().try_fold(0_u32, |sum, share| sum.checked_add(share.percent));
        100_u32.checked_sub(shares?)
    }

    /// What the day's connections wait for, all together; `None` where the shares are more than all.
    pub fn spent(&self) -> Option<Toll> {
        let full = Share { percent: self.full_percent()?, round_trips: self.full };
        let all = self.shares.iter().chain([&full]);
        Some(self.toll(all.map(|share| weight(share.percent, share.round_trips)).sum()))
    }

    /// What is saved in a day against full handshakes for all; less than nothing where a way takes
    /// more than a full handshake does. `None` where the shares are more than all.
    pub fn saved(&self) -> Option<Toll> {
        self.full_percent()?;
        let saved = |share: &Share| {
            weight(share.percent, self.full) - weight(share.percent, share.round_trips)
        };
        Some(self.toll(self.shares.iter().map(saved).sum()))
    }

    /// For so many hundredths of a round trip on each connection.
    fn toll(&self, hundredths: i64) -> Toll {
        let hundredths = hundredths.saturating_mul(i64::from(self.connections));
        Toll {
            round_trips: rounded(hundredths, 100),
            seconds: rounded(hundredths.saturating_mul(i64::from(self.rtt_ms)), 100 * 1000),
        }
    }
}

fn weight(percent: u32, round_trips: u32) -> i64 {
    i64::from(percent) * i64::from(round_trips)
}

/// The nearest whole number to `value / unit`; halves go away from 0.
fn rounded(value: i64, unit: i64) -> i64 {
    let half = unit / 2 * value.signum();
    value.saturating_add(half) / unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fleet(connections: u32, shares: &[(u32, u32)]) -> Fleet {
        let share = |&(percent, round_trips)| Share { percent, round_trips };
        Fleet { connections, rtt_ms: 80, full: 4, shares: shares.iter().map(share).collect() }
    }

    #[test]
    fn adds_up_what_each_share_saves() {
        // Of 1000: 500 save 1 round trip, 200 save 2, 100 save 3.
        let fleet = fleet(1000, &[(50, 3), (20, 2), (10, 1)]);
        assert_eq!(fleet.full_percent(), Some(20));
        assert_eq!(fleet.saved(), Some(Toll { round_trips: 1200, seconds: 96 }));
        // 4000 in full, less what is saved.
        assert_eq!(fleet.spent(), Some(Toll { round_trips: 2800, seconds: 224 }));
    }

    #[test]
    fn a_share_that_takes_as_long_as_a_full_handshake_saves_nothing() {
        assert_eq!(fleet(1000, &[(100, 4)]).saved().map(|toll| toll.round_trips), Some(0));
        assert_eq!(fleet(1000, &[(100, 5)]).saved().map(|toll| toll.round_trips), Some(-1000));
    }

    #[test]
    fn refuses_shares_of_more_than_all() {
        let fleet = fleet(1000, &[(60, 3), (41, 2)]);
        assert_eq!((fleet.full_percent(), fleet.saved(), fleet.spent()), (None, None, None));
        let huge = Share { percent: u32::MAX, round_trips: 1 };
        assert_eq!(Fleet { shares: vec![huge, huge], ..fleet }.saved(), None);
    }

    #[test]
    fn rounds_to_the_nearest_and_does_not_overflow() {
        assert_eq!(fleet(1, &[(50, 3)]).saved(), Some(Toll { round_trips: 1, seconds: 0 }));
        assert_eq!(fleet(1, &[(49, 3)]).saved(), Some(Toll { round_trips: 0, seconds: 0 }));
        let largest = Fleet { rtt_ms: 10_000, ..fleet(MAX_CONNECTIONS, &[(100, 0)]) };
        let saved = Toll { round_trips: 16_000_000_000, seconds: 160_000_000_000 };
        assert_eq!(largest.saved(), Some(saved));
    }
}
