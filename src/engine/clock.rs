//! A peer's clock.

use super::provider::recorder::elapsed_us;
use pki_types::UnixTime;
use rustls::time_provider::TimeProvider;
use std::time::Duration;

/// A clock that goes as virtual time does, from what it shows at virtual time 0, in seconds since 1970.
#[derive(Clone, Copy, Debug)]
pub struct Clock(pub u64);

impl Clock {
    /// What it shows now, in whole seconds.
    pub fn now(self) -> UnixTime {
        UnixTime::since_unix_epoch(Duration::from_secs(self.0 + elapsed_us() / 1_000_000))
    }
}

impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        Some(self.now())
    }
}
