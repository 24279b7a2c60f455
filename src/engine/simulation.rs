//! The run loop: two hosts, two programs, one link, and a clock that jumps to the next thing that
//! happens.

use super::RunError;
use super::host::Host;
use super::link::Link;
use super::program::Process;
use super::provider::recorder::{self, record};
use super::transport::Wire;
use crate::trace::{End, Endpoint, Op, Packet};

/// A run ends when no program got anything new for this long, in microseconds of virtual time.
pub const PATIENCE_US: u64 = 30_000_000;

/// More events than any run here can have. Only a fault of the engine gets there.
pub const MAX_EVENTS: u32 = 100_000;

/// One end of the connection.
pub struct Side {
    /// Which.
    pub who: Endpoint,
    /// Its host.
    pub host: Host,
    /// What runs on it.
    pub program: Box<dyn Process>,
}

impl Side {
    /// Does all that can be done at this time. Whether the program got anywhere.
    pub fn run(&mut self, now_us: u64, link: &mut Link) -> bool {
        recorder::turn(self.who, now_us);
        let mut progress = false;
        loop {
            while self.host.take_in(now_us, link) {}
            let busy = self.program.step(&mut Wire { host: &mut self.host, link, now_us });
            if !busy {
                self.host.send_out(now_us, link);
                return progress;
            }
            progress = true;
        }
    }
}

/// What a run leaves behind.
pub struct Outcome {
    /// Every packet, by order of sending.
    pub packets: Vec<Packet>,
    /// Virtual time at which it ended, in microseconds.
    pub ended_us: u64,
    /// How it ended for the client.
    pub client_end: End,
    /// How it ended for the server.
    pub server_end: End,
}

/// Runs from `start_us` until the connection is closed at both ends, or nothing happens any more.
///
/// # Errors
/// [`RunError::TooManyEvents`].
pub fn simulate(
    client: Side,
    server: Side,
    mut link: Link,
    start_us: u64,
) -> Result<Outcome, RunError> {
    let mut sides = [client, server];
    let (mut now_us, mut deadline_us) = (start_us, start_us + PATIENCE_US);
    for _ in 0..MAX_EVENTS {
        let mut progress = false;
        for side in &mut sides {
            progress |= side.run(now_us, &mut link);
        }
        if progress {
            deadline_us = now_us + PATIENCE_US;
        }
        // A program that waits for a time of its own choice has not come to a standstill.
        let wake_us = sides.iter().filter_map(|side| side.program.wakes_us()).min();
        deadline_us = deadline_us.max(wake_us.map_or(0, |wake_us| wake_us + PATIENCE_US));
        let next_us = match link.next_arrival() {
            None if sides.iter().all(|side| side.host.is_done()) => {
                return Ok(outcome(sides, link, now_us));
            }
            arrival => sides
                .iter_mut()
                .filter_map(|side| side.host.next_timer(now_us))
                .chain(arrival)
                .chain(wake_us)
                .min()
                .unwrap_or(deadline_us),
        };
        if next_us >= deadline_us {
            for side in sides.iter().filter(|side| !side.host.is_done()) {
                recorder::turn(side.who, deadline_us);
                record(|| Op::TimedOut);
            }
            return Ok(outcome(sides, link, deadline_us));
        }
        now_us = now_us.max(next_us);
    }
    Err(RunError::TooManyEvents(MAX_EVENTS))
}

fn outcome([client, server]: [Side; 2], link: Link, ended_us: u64) -> Outcome {
    Outcome {
        ended_us,
        packets: link.packets,
        client_end: client.program.end(),
        server_end: server.program.end(),
    }
}
