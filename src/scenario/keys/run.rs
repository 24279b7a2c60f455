//! What a run starts from.

use crate::scenario::key::{Control, Key, Topic, number, put, ready};
use crate::time;

/// The moments that a run may have, in seconds since 1970: 1976-01-01T00:00:00Z to
/// 9984-12-31T23:59:59Z. The root certificate is valid from 5 years before to 15 years after, which
/// has to lie between 1970 and the last year that a certificate can name.
const CLOCK_RANGE: std::ops::RangeInclusive<u64> = 189_302_400..=252_929_001_599;

/// A moment as in `2026-01-01T12:00:00Z` (RFC 3339, in UTC and whole seconds), in seconds since 1970.
fn read_moment(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let seconds = u64::try_from(time::parse(format!("{digits}Z").as_bytes())?).ok()?;
    // There is one way to write each moment.
    (CLOCK_RANGE.contains(&seconds) && moment(seconds) == text).then_some(seconds)
}

/// A moment in seconds since 1970, as [`read_moment`] takes it.
fn moment(seconds: u64) -> String {
    time::text(i64::try_from(seconds).unwrap_or(i64::MAX))
        .replacen(' ', "T", 1)
        .replace(" UTC", "Z")
}

pub(in crate::scenario) const CLOCK: Key = Key {
    name: "clock",
    label: "clock",
    help: "the moment at which the run starts, in UTC; certificates are made for it",
    topic: Topic::Run,
    control: Control::Text,
    values: |_| ready(&["2026-01-01T12:00:00Z"]),
    // The last second of UTCTime, and the first second that 32 bits do not hold.
    also: &["1976-01-01T00:00:00Z", "2038-01-19T03:14:08Z", "2049-12-31T23:59:59Z"],
    takes: Some(|| {
        let (first, last) = (moment(*CLOCK_RANGE.start()), moment(*CLOCK_RANGE.end()));
        format!("a moment from {first} to {last}, written like these")
    }),
    set: |s, v| put(&mut s.clock, read_moment(v)),
    get: |s| moment(s.clock),
    ..Key::ROW
};

pub(in crate::scenario) const SEED: Key = Key {
    name: "seed",
    label: "seed",
    help: "seeds every random draw: the same seed gives the same bytes",
    topic: Topic::Run,
    control: Control::Number { unit: "" },
    also: &["0", "7", "18446744073709551615"],
    ..number!(seed: 0..=u64::MAX)
};
