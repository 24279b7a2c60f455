//! The names of application traffic keys, which grow in number with every KeyUpdate.

use crate::trace::Endpoint;
use std::cell::RefCell;

/// The names of one generation of one end's keys.
#[derive(Clone, Copy, Debug)]
pub(super) struct TrafficNames {
    /// RFC 9846's name: `client_application_traffic_secret_1`.
    pub secret: &'static str,
    /// `client_application_key`, and from the first update on `client_application_key_1`.
    pub key: &'static str,
    /// As the key.
    pub iv: &'static str,
}

thread_local! {
    /// Client's and server's, by generation. Names live as long as the program: they are made once,
    /// and as many as the connection with the most updates had.
    static MADE: RefCell<[Vec<TrafficNames>; 2]> = const { RefCell::new([Vec::new(), Vec::new()]) };
}

/// The names after `generation` updates.
pub(super) fn traffic(who: Endpoint, generation: usize) -> TrafficNames {
    MADE.with_borrow_mut(|made| {
        let made = who.of(made.each_mut());
        loop {
            if let Some(names) = made.get(generation) {
                return *names;
            }
            made.push(make(who.name(), made.len()));
        }
    })
}

fn make(who: &str, generation: usize) -> TrafficNames {
    let behind = if generation == 0 { String::new() } else { format!("_{generation}") };
    let keep = |name: String| -> &'static str { name.leak() };
    TrafficNames {
        secret: keep(format!("{who}_application_traffic_secret_{generation}")),
        key: keep(format!("{who}_application_key{behind}")),
        iv: keep(format!("{who}_application_iv{behind}")),
    }
}
