//! Moments as arguments give them.

use super::now;
use crate::time;

/// Reads `now`, `2026-01-31`, or `2026-01-31T12:00:00Z`: seconds since 1970.
pub(super) fn parse(text: &str) -> Result<u64, String> {
    if text == "now" {
        return Ok(now::clock());
    }
    time::typed(text).ok_or_else(|| "write now, 2026-01-31, or 2026-01-31T12:00:00Z".into())
}
