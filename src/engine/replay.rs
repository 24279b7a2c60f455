//! An attacker who has recorded what a client sent, and sends the beginning of it once more: the flight that carries
//! early data. It has no keys, and can make nothing of the answer.

use super::RunError;
use super::host::Incoming;
use super::program::Process;
use super::simulation::{Simulation, applications};
use super::transport::Transport;
use crate::tls::ContentType;
use crate::trace::{Connection, End, Endpoint, Packet, Roles, Status};
use crate::wire::record::HEADER_LEN;
use smoltcp::wire::{Ipv4Packet, TcpPacket};
use std::net::Ipv4Addr;

/// The attacker's address: of the block set apart for documentation (RFC 5737).
const ATTACKER: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 66);

/// How long after the client's connection the attacker opens its own, in microseconds: soon, since a server compares
/// the ticket's age with what the ClientHello says of it (RFC 9846, section 8.3).
const LATER_US: u64 = 1_000_000;

/// It has the whole answer once nothing more has come for so long, in microseconds.
const QUIET_US: u64 = 1_000_000;

/// Sends the server the first flight of the client's last connection, if there is early data in it.
///
/// # Errors
/// An address is not usable, or the run does not come to an end.
pub fn run(simulation: &mut Simulation<'_>) -> Result<(), RunError> {
    let Some(recording) = simulation.connections.last().and_then(early_flight) else {
        return Ok(());
    };
    simulation.now_us += LATER_US;
    let (_, server) = applications(simulation.plan, 0);
    let attacker =
        Box::new(Replayer { left: recording, opened: false, quiet_us: None, closed: false });
    simulation.connect(Roles::REPLAY, ATTACKER, attacker, server)
}

/// The records that the client had begun to send before it could have heard anything; `None` if none of them is
/// protected.
fn early_flight(connection: &Connection) -> Option<Vec<u8>> {
    let from = |who| connection.packets.iter().filter(move |packet| packet.from == who);
    let says = |packet: &&Packet| segment(packet).is_some_and(|(_, payload)| !payload.is_empty());
    let answers = from(Endpoint::Server).filter(says);
    let answer = answers.filter_map(|packet| Some((packet.received_us?, packet.number))).min();
    let is_first = |packet: &Packet| {
        answer.is_none_or(|(at, number)| packet.number < number || packet.sent_us < at)
    };
    let (mut stream, mut begun, mut start) = (Vec::new(), 0, None);
    for packet in from(Endpoint::Client) {
        let Some((seq, payload)) = segment(packet) else { continue };
        // The SYN takes a number.
        let start = *start.get_or_insert(seq.wrapping_add(1));
        let known = stream.len().checked_sub(seq.wrapping_sub(start) as usize);
        if let Some(more) = known.and_then(|known| payload.get(known..)) {
            stream.extend(more);
        }
        if is_first(packet) {
            begun = stream.len();
        }
    }
    let (mut end, mut is_protected) = (0, false);
    while end < begun
        && let Some([content_type, _, _, high, low]) = stream.get(end..end + HEADER_LEN)
    {
        is_protected |= ContentType(*content_type) == ContentType::APPLICATION_DATA;
        end += HEADER_LEN + usize::from(u16::from_be_bytes([*high, *low]));
    }
    stream.truncate(end);
    is_protected.then_some(stream)
}

/// The sequence number and the payload of a packet.
fn segment(packet: &Packet) -> Option<(u32, Vec<u8>)> {
    let ip = Ipv4Packet::new_checked(&packet.bytes[..]).ok()?;
    let tcp = TcpPacket::new_checked(ip.payload()).ok()?;
    Some((tcp.seq_number().0 as u32, tcp.payload().to_vec()))
}

/// Writes what it was given, and closes once the answer is there, whatever that says.
struct Replayer {
    /// Not yet written.
    left: Vec<u8>,
    /// Whether TCP was open.
    opened: bool,
    /// When it takes the answer for complete, in microseconds.
    quiet_us: Option<u64>,
    closed: bool,
}

impl Process for Replayer {
    fn step(&mut self, wire: &mut dyn Transport) -> bool {
        self.opened |= wire.is_open();
        let before = self.left.len();
        if wire.is_open() && before > 0 {
            wire.write(&mut self.left);
        }
        let is_over = match wire.read() {
            Incoming::Data(_) => {
                self.quiet_us = Some(wire.now_us() + QUIET_US);
                return true;
            }
            Incoming::Nothing => self.quiet_us.is_some_and(|at| at <= wire.now_us()),
            Incoming::End | Incoming::Reset => true,
        };
        if is_over && !self.closed {
            self.closed = true;
            wire.close();
            return true;
        }
        self.left.len() < before
    }

    fn wakes_us(&self) -> Option<u64> {
        self.quiet_us.filter(|_| !self.closed)
    }

    fn end(&self) -> End {
        let status = if self.opened { Status::Established } else { Status::Incomplete };
        End { status, error: None }
    }
}
