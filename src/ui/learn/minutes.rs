//! Time that is left, as clocks show it.

use crate::ui::dom;
use std::time::Duration;

/// How often a clock is looked at.
pub const PACE: Duration = Duration::from_millis(250);

/// The device's clock in whole milliseconds since 1970.
pub fn now() -> u64 {
    dom::now() as u64
}

/// The whole seconds left of so many minutes, after so many milliseconds; less than 0 where it is over.
pub fn left_of(minutes: usize, gone: f64) -> i64 {
    // A float that is too large becomes the largest.
    let gone = (gone.max(0.0) / 1000.0) as i64;
    i64::try_from(minutes.saturating_mul(60)).unwrap_or(i64::MAX).saturating_sub(gone)
}

/// So many minutes, in words.
pub fn minutes_in_words(minutes: usize) -> String {
    if minutes == 1 { "1 minute".to_owned() } else { format!("{minutes} minutes") }
}

/// Seconds as minutes and seconds, without a sign.
pub fn minutes_seconds(seconds: i64) -> String {
    let seconds = seconds.unsigned_abs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
