//! Moments as arguments give them.

use super::now;
use crate::time;

/// Reads `now`, `2026-01-31`, or `2026-01-31T12:00:00Z`: seconds since 1970.
pub(super) fn parse(text: &str) -> Result<u64, String> {
    if text == "now" {
        return Ok(now::clock());
    }
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ':' | 'T' | ' ')).collect();
    let whole = if digits.len() == 8 { format!("{digits}000000Z") } else { digits };
    let seconds = time::parse(whole.as_bytes()).and_then(|seconds| u64::try_from(seconds).ok());
    seconds.ok_or_else(|| "write now, 2026-01-31, or 2026-01-31T12:00:00Z".into())
}
