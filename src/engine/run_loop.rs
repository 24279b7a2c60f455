//! The run loop: connections that are alive at the same time, on a clock that jumps to the next thing that
//! happens.

use super::RunError;
use super::hop::Hop;

/// A run ends when no program got anything new for this long, in microseconds of virtual time.
const PATIENCE_US: u64 = 30_000_000;

/// More rounds than any run here can have. Only a fault of the engine gets there.
const MAX_EVENTS: u32 = 100_000;

/// Runs from `now_us` until all connections are closed at both ends, or nothing happens any more; returns
/// the connections, and when that was. `react` is called whenever a program got somewhere: it may pass on to one connection
/// what another one brought, and open more.
///
/// # Errors
/// [`RunError::TooManyEvents`], or what `react` fails with.
pub fn run(
    mut hops: Vec<Hop>,
    mut now_us: u64,
    mut react: impl FnMut(&mut Vec<Hop>, u64) -> Result<(), RunError>,
) -> Result<(Vec<Hop>, u64), RunError> {
    let mut deadline_us = now_us + PATIENCE_US;
    for _ in 0..MAX_EVENTS {
        // What one connection brings, another may pass on at the same moment.
        while run_all(&mut hops, now_us) {
            deadline_us = now_us + PATIENCE_US;
            react(&mut hops, now_us)?;
        }
        if hops.iter().all(Hop::is_done) {
            return Ok((hops, now_us));
        }
        // A program that waits for a time of its own choice has not come to a standstill.
        let wake_us = hops.iter().filter_map(Hop::wakes_us).min();
        deadline_us = deadline_us.max(wake_us.map_or(0, |wake_us| wake_us + PATIENCE_US));
        let next_us = hops.iter_mut().filter_map(|hop| hop.next_us(now_us)).chain(wake_us).min();
        match next_us.filter(|next_us| *next_us < deadline_us) {
            Some(next_us) => now_us = now_us.max(next_us),
            None => {
                hops.iter_mut().for_each(|hop| hop.time_out(deadline_us, PATIENCE_US));
                return Ok((hops, deadline_us));
            }
        }
    }
    Err(RunError::TooManyEvents(MAX_EVENTS))
}

/// Does all that can be done on each connection at this time. Whether a program got anywhere.
fn run_all(hops: &mut [Hop], now_us: u64) -> bool {
    let mut progress = false;
    for hop in hops {
        progress |= hop.run(now_us);
    }
    progress
}
