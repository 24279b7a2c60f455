//! Where everything that endpoints do is written down, and where their random octets come from.
//!
//! rustls holds its primitives as `&'static` and calls them without saying for which connection.
//! So the state of a run is thread-local: the run loop says whose turn it is and what time, and
//! every primitive records into the same list. One run at a time per thread.

use super::NotLoaded;
use crate::engine::seed::Stream;
use crate::scenario::CLOCK;
use crate::trace::{Endpoint, Event, Op};
use std::cell::RefCell;

/// The run that this thread is busy with.
struct State {
    recording: bool,
    events: Vec<Event>,
    by: Endpoint,
    now_us: u64,
    client: Stream,
    server: Stream,
    /// What was called for and is not loaded.
    missing: Option<&'static str>,
}

thread_local! {
    static STATE: RefCell<Option<State>> = const { RefCell::new(None) };
}

/// A run in progress on this thread. Dropping it ends the run.
pub struct Session(());

impl Session {
    /// Starts a run whose endpoints draw from `seed`. Without `recording` events are not kept.
    pub fn start(seed: u64, recording: bool) -> Session {
        let state = State {
            recording,
            events: Vec::new(),
            by: Endpoint::Client,
            now_us: 0,
            client: Stream::new(seed, "client"),
            server: Stream::new(seed, "server"),
            missing: None,
        };
        STATE.with_borrow_mut(|slot| *slot = Some(state));
        Session(())
    }

    /// Whether all that was called for so far is there.
    ///
    /// # Errors
    /// What is not: the run shows another failure than its scenario's, and nobody may see it.
    pub fn complete(&self) -> Result<(), NotLoaded> {
        let missing = STATE.with_borrow(|slot| slot.as_ref().and_then(|state| state.missing));
        missing.map_or(Ok(()), |what| Err(NotLoaded(what)))
    }

    /// What was recorded since this was last called, in order.
    pub fn take(&self) -> Vec<Event> {
        STATE.with_borrow_mut(|slot| {
            slot.as_mut().map(|state| std::mem::take(&mut state.events)).unwrap_or_default()
        })
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        STATE.with_borrow_mut(|slot| *slot = None);
    }
}

/// What is recorded of one of several connections that are alive at the same time, and the
/// generators of its two ends.
pub struct Hop {
    events: Vec<Event>,
    client: Stream,
    server: Stream,
}

impl Hop {
    /// A connection whose ends draw from streams of these names.
    pub fn new(seed: u64, client: &str, server: &str) -> Hop {
        let stream = |actor| Stream::new(seed, actor);
        Hop { events: Vec::new(), client: stream(client), server: stream(server) }
    }

    /// Takes this connection's place in the run, or gives it back: called before and after its ends
    /// act.
    pub fn exchange(&mut self) {
        STATE.with_borrow_mut(|slot| {
            if let Some(state) = slot {
                std::mem::swap(&mut state.events, &mut self.events);
                std::mem::swap(&mut state.client, &mut self.client);
                std::mem::swap(&mut state.server, &mut self.server);
            }
        });
    }

    /// What was recorded.
    pub fn events(self) -> Vec<Event> {
        self.events
    }
}

/// From now on it is `by` who acts, at virtual time `now_us`.
pub fn turn(by: Endpoint, now_us: u64) {
    STATE.with_borrow_mut(|slot| {
        if let Some(state) = slot {
            (state.by, state.now_us) = (by, now_us);
        }
    });
}

/// Writes down what the acting endpoint does. `op` is only made if someone wants it.
pub fn record(op: impl FnOnce() -> Op) {
    STATE.with_borrow_mut(|slot| {
        if let Some(state) = slot.as_mut().filter(|state| state.recording) {
            state.events.push(Event { at_us: state.now_us, by: state.by, op: op() });
        }
    });
}

/// Notes that the acting endpoint calls for `what`, which is not loaded; gives nothing.
pub fn not_loaded<T>(what: &'static str) -> Option<T> {
    STATE.with_borrow_mut(|slot| {
        if let Some(state) = slot {
            state.missing.get_or_insert(what);
        }
    });
    None
}

/// Fills `bytes` from the acting endpoint's generator; `None` outside a run.
pub fn draw(purpose: &str, bytes: &mut [u8]) -> Option<()> {
    STATE.with_borrow_mut(|slot| {
        let state = slot.as_mut()?;
        match state.by {
            Endpoint::Client => state.client.fill(bytes),
            Endpoint::Server => state.server.fill(bytes),
        }
        Some(())
    })?;
    record(|| Op::Random { purpose: purpose.into(), bytes: bytes.to_vec() });
    Some(())
}

/// The wall-clock time of the run, in seconds since 1970.
pub fn wall_clock() -> u64 {
    let elapsed_us = STATE.with_borrow(|slot| slot.as_ref().map_or(0, |state| state.now_us));
    CLOCK + elapsed_us / 1_000_000
}
