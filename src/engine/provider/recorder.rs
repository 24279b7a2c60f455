//! Where everything that endpoints do is written down, and where their random bytes come from.
//!
//! rustls holds its primitives as `&'static` and calls them without saying for which connection.
//! So the state of a run is thread-local: the run loop says whose turn it is and what time, and
//! every primitive records into the same list. One run at a time per thread.

use super::NotLoaded;
use crate::engine::seed::Stream;
use crate::plan::{Tamper, When};
use crate::trace::{Endpoint, Event, Op};
use rustls::ContentType;
use std::cell::RefCell;

/// The run that this thread is busy with.
struct State {
    recording: bool,
    by: Endpoint,
    now_us: u64,
    tampering: Vec<Tamper>,
    current: Recording,
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
            by: Endpoint::Client,
            now_us: 0,
            tampering: Vec::new(),
            current: Recording::new(seed, "client", "server"),
            missing: None,
        };
        STATE.with_borrow_mut(|slot| *slot = Some(state));
        Session(())
    }

    /// Has these acts of tampering done, of which those before sealing are done here.
    pub fn tamper(&self, acts: &[Tamper]) {
        STATE.with_borrow_mut(|slot| {
            if let Some(state) = slot {
                state.tampering = acts.to_vec();
            }
        });
    }

    /// Whether all that was called for so far is there.
    ///
    /// # Errors
    /// What is not: the run shows another failure than its scenario's, and nobody may see it.
    pub fn complete(&self) -> Result<(), NotLoaded> {
        let missing = STATE.with_borrow(|slot| slot.as_ref().and_then(|state| state.missing));
        missing.map_or(Ok(()), |what| Err(NotLoaded(what)))
    }

    /// What was recorded of a connection, in order. The next one starts afresh, but for the generators.
    pub fn take(&self) -> Vec<Event> {
        STATE.with_borrow_mut(|slot| {
            slot.as_mut().map(|state| state.current.take()).unwrap_or_default()
        })
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        STATE.with_borrow_mut(|slot| *slot = None);
    }
}

/// What is recorded of a connection, and the generators of its two ends. Where several connections are
/// alive at the same time, each has its own.
pub struct Recording {
    events: Vec<Event>,
    client: Stream,
    server: Stream,
    /// The records that were protected so far.
    protected: Vec<Protected>,
}

/// A record that was protected: what someone on the path cannot see of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protected {
    by: Endpoint,
    /// Its type inside the encryption.
    pub content: ContentType,
    /// Its type as it is on the wire.
    pub outer: ContentType,
    /// Bytes of its fragment.
    pub length: usize,
}

impl Recording {
    /// A connection whose ends draw from streams of these names.
    pub fn new(seed: u64, client: &str, server: &str) -> Recording {
        let stream = |actor| Stream::new(seed, actor);
        Recording {
            events: Vec::new(),
            client: stream(client),
            server: stream(server),
            protected: Vec::new(),
        }
    }

    /// Takes the place of the connection that is recorded now, or gives it back: called before and after
    /// its ends act.
    pub fn exchange(&mut self) {
        STATE.with_borrow_mut(|slot| {
            if let Some(state) = slot {
                std::mem::swap(&mut state.current, self);
            }
        });
    }

    /// What was recorded.
    pub fn take(&mut self) -> Vec<Event> {
        self.protected.clear();
        std::mem::take(&mut self.events)
    }
}

/// The acting endpoint protects a record with this `text`, for a fragment of `length` bytes. Tampering
/// before sealing happens here.
pub fn protect(content: ContentType, outer: ContentType, length: usize, text: &mut [u8]) {
    STATE.with_borrow_mut(|slot| {
        // Nobody asks for it otherwise.
        let Some(state) = slot.as_mut().filter(|state| !state.tampering.is_empty()) else { return };
        let (by, protected) = (state.by, &mut state.current.protected);
        let nth = protected.iter().filter(|one| (one.by, one.content) == (by, content)).count();
        protected.push(Protected { by, content, outer, length });
        for act in state.tampering.iter().filter(|act| act.when == When::BeforeSealing) {
            let target = act.target;
            if (target.from, target.content, target.nth as usize) == (by, content, nth) {
                act.change.apply(text);
            }
        }
    });
}

/// The record that `by` protected as the one of this number, from 0.
pub fn protected(by: Endpoint, number: usize) -> Option<Protected> {
    STATE.with_borrow(|slot| {
        let protected = &slot.as_ref()?.current.protected;
        protected.iter().filter(|one| one.by == by).nth(number).copied()
    })
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
            state.current.events.push(Event { at_us: state.now_us, by: state.by, op: op() });
        }
    });
}

/// What `act` gives, with nothing of it written down.
pub fn unrecorded<T>(act: impl FnOnce() -> T) -> T {
    let set = |recording| {
        STATE.with_borrow_mut(|slot| {
            slot.as_mut().is_some_and(|state| std::mem::replace(&mut state.recording, recording))
        })
    };
    let before = set(false);
    let given = act();
    set(before);
    given
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
            Endpoint::Client => state.current.client.fill(bytes),
            Endpoint::Server => state.current.server.fill(bytes),
        }
        Some(())
    })?;
    record(|| Op::Random { purpose: purpose.into(), bytes: bytes.to_vec() });
    Some(())
}

/// Virtual time, in microseconds; 0 outside a run.
pub fn elapsed_us() -> u64 {
    STATE.with_borrow(|slot| slot.as_ref().map_or(0, |state| state.now_us))
}
