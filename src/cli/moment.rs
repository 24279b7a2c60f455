//! Moments as arguments give them. The one place that asks the system for the time.

use crate::time;
use std::time::{SystemTime, UNIX_EPOCH};

/// Reads `now`, `2026-01-31`, or `2026-01-31T12:00:00Z`: seconds since 1970.
pub(super) fn parse(text: &str) -> Result<u64, String> {
    if text == "now" {
        return Ok(now());
    }
    time::typed(text).ok_or_else(|| "write now, 2026-01-31, or 2026-01-31T12:00:00Z".into())
}

/// What the system's clock says.
pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
