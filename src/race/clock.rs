//! Round trips, counted from packets alone.

use crate::dissect::PacketView;
use crate::trace::Endpoint;

/// How often the link was crossed since a start, one crossing because of the one before it, up to each
/// arrival at the client.
///
/// A packet's crossing is the next one after all that its sender had received by then. So round trips
/// times round-trip time is never more than the time that went by, and just that on a link that only
/// delays, between ends that never wait. What is more is waiting, as for a lost packet's timer.
pub(super) struct Clock(Vec<(u64, u32)>);

impl Clock {
    /// Counts over `packets`, which are in the order sent, from those sent at `start_us` on.
    pub(super) fn new(packets: &[PacketView], start_us: u64) -> Clock {
        let mut arrived: Vec<(Endpoint, u64, u32)> = Vec::new();
        for packet in packets.iter().filter(|packet| packet.sent_us >= start_us) {
            let heard = arrived
                .iter()
                .filter(|(from, at, _)| *from != packet.from && *at <= packet.sent_us);
            let crossings = 1 + heard.map(|(_, _, crossings)| *crossings).max().unwrap_or(0);
            arrived.extend(packet.received_us.map(|at| (packet.from, at, crossings)));
        }
        let at_client = arrived.into_iter().filter(|(from, ..)| *from == Endpoint::Server);
        Clock(at_client.map(|(_, at, crossings)| (at, crossings)).collect())
    }

    /// How many round trips the client has seen end by this time, in microseconds.
    pub(super) fn round_trips(&self, at_us: u64) -> u32 {
        let seen = self.0.iter().filter(|(at, _)| *at <= at_us);
        seen.map(|(_, crossings)| crossings / 2).max().unwrap_or(0)
    }
}
