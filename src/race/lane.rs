//! One lane: a run up to the first application byte that reaches the client.

use super::clock::Clock;
use crate::dissect::{Dissection, EarlyData, Epoch, Message, MessageKind, PacketView};
use crate::run::Run;
use crate::story::{Step, Subject, text};
use crate::tls::ProtocolVersion;
use crate::trace::Endpoint;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// A run, measured. Times are virtual, in microseconds from the lane's start.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lane {
    /// What was run, in its text form.
    pub scenario: String,
    /// Its preset's title.
    pub title: &'static str,
    /// The measured connection, from 0.
    pub connection: usize,
    /// The step of that connection's story that brings the first application byte, from 0.
    pub step: usize,
    /// What the time is counted from.
    pub counted_from: Start,
    /// Round trips to the first application byte.
    pub round_trips: u32,
    /// The time to the first application byte. It counts as there when its whole record is, since
    /// only then can the client open it.
    pub time_us: u64,
    /// What of that time is not round trips but waiting: for a timer, after a loss.
    pub waiting_us: u64,
    /// Where the time went: end to end, in order. Those that took none are there as well.
    pub segments: [Segment; 3],
    /// What crossed the link meanwhile, in order of sending.
    pub flights: Vec<Flight>,
}

/// What a lane's time is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Start {
    /// The client's SYN.
    Connection,
    /// The last request on a connection that has had one before: it is open already.
    Request,
}

/// What part of the time a segment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// From the client's SYN to the server's SYN, ACK.
    Tcp,
    /// From there to the request: what the TLS handshake holds it up.
    Tls,
    /// From the request to the first byte of the response.
    Request,
}

/// A part of a lane's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// Which.
    pub part: Part,
    /// When it begins.
    pub start_us: u64,
    /// When it ends.
    pub end_us: u64,
    /// The round trips it took.
    pub round_trips: u32,
}

/// What one end sent at one time under the same keys.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flight {
    /// Who sent it.
    pub from: Endpoint,
    /// The keys it travels under.
    pub epoch: Epoch,
    /// What those keys are called in the lane's version.
    pub keys: &'static str,
    /// When it was sent.
    pub sent_us: u64,
    /// When it arrived; `None` if it never did.
    pub received_us: Option<u64>,
    /// What it carries, as the story's steps are called.
    pub carries: Vec<String>,
}

/// A lane without an end: no application byte ever reached the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAnswer {
    /// What was run, in its text form.
    pub scenario: String,
    /// Its preset's title.
    pub title: &'static str,
    /// How the run ended, in the story's words.
    pub ending: String,
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "No application byte reached the client. {}", self.ending)
    }
}

impl std::error::Error for NoAnswer {}

/// Measures the run's last connection, which any earlier ones prepare.
///
/// # Errors
/// No answer came.
pub fn lane(run: &Run) -> Result<Lane, NoAnswer> {
    measure(run).ok_or_else(|| NoAnswer {
        scenario: run.scenario().text(),
        title: run.scenario().title(),
        ending: run.story().ending.clone(),
    })
}

fn measure(run: &Run) -> Option<Lane> {
    let (parts, story) = (run.dissection(), run.story());
    let request = request(parts, run.scenario().requests)?;
    let answer = parts.messages.iter().find(|message| {
        is_data_from(message, Endpoint::Server) && Some(message.sent_us) >= request.received_us
    })?;
    let is_answer = |step: &&Step| step.subject == Subject::Message(answer.index);
    let counted_from = if run.scenario().requests > 1 { Start::Request } else { Start::Connection };
    let (start, connected) = match counted_from {
        Start::Request => (request.sent_us, request.sent_us),
        Start::Connection => (parts.packets.first()?.sent_us, connected(&parts.packets)?),
    };
    let end = answer.received_us?;
    let clock = Clock::new(&parts.packets, start);
    let segment = |part, from_us: u64, to_us: u64| Segment {
        part,
        start_us: from_us - start,
        end_us: to_us - start,
        round_trips: clock.round_trips(to_us) - clock.round_trips(from_us),
    };
    let segments = [
        segment(Part::Tcp, start, connected),
        segment(Part::Tls, connected, request.sent_us),
        segment(Part::Request, request.sent_us, end),
    ];
    let round_trips = segments.iter().map(|segment| segment.round_trips).sum();
    let travelling_us = u64::from(round_trips) * u64::from(run.scenario().rtt_ms) * 1000;
    Some(Lane {
        scenario: run.scenario().text(),
        title: run.scenario().title(),
        connection: run.focus(),
        step: story.steps.iter().find(is_answer)?.index,
        counted_from,
        round_trips,
        time_us: end - start,
        waiting_us: (end - start).saturating_sub(travelling_us),
        segments,
        flights: flights(&story.steps, parts.negotiated.version, start, end),
    })
}

/// The round trips for which TLS holds up the connection's first request, without TCP's: as they were in
/// this run, with waits for acknowledgments. `None` where no request was sent.
pub fn tls_round_trips(parts: &Dissection) -> Option<u32> {
    let clock = Clock::new(&parts.packets, parts.packets.first()?.sent_us);
    let (connected, request) = (connected(&parts.packets)?, request(parts, 1)?);
    Some(clock.round_trips(request.sent_us).saturating_sub(clock.round_trips(connected)))
}

/// The same; where no request was sent, the exchanges of TLS messages that there were.
pub fn handshake_round_trips(parts: &Dissection) -> u32 {
    tls_round_trips(parts).unwrap_or(parts.negotiated.round_trips)
}

/// When the server's SYN, ACK reached the client: from then on it may send data.
fn connected(packets: &[PacketView]) -> Option<u64> {
    let mut answers =
        packets.iter().filter(|packet| packet.from == Endpoint::Server && packet.is_syn());
    answers.find_map(|packet| packet.received_us)
}

/// The request whose answer is waited for: the last of several, or else the only one. Early data that
/// the server did not take is none, as it has to be sent again.
fn request(parts: &Dissection, asked: u32) -> Option<&Message> {
    let rejected = parts.negotiated.early_data == EarlyData::Rejected;
    let mut requests = parts.messages.iter().filter(|message| {
        is_data_from(message, Endpoint::Client) && !(rejected && message.epoch == Epoch::Early)
    });
    requests.nth(asked.saturating_sub(1) as usize)
}

fn is_data_from(message: &Message, who: Endpoint) -> bool {
    message.from == who && message.kind == MessageKind::ApplicationData
}

/// The times at which something is sent or arrives in one of the lanes, in order.
pub fn moments(lanes: &[Lane]) -> Vec<u64> {
    let flights = lanes.iter().flat_map(|lane| &lane.flights);
    let moments: BTreeSet<u64> =
        flights.flat_map(|flight| [Some(flight.sent_us), flight.received_us]).flatten().collect();
    moments.into_iter().collect()
}

/// What was sent from `start` to `end`; what one end sent at one time under the same keys is one.
fn flights(steps: &[Step], version: Option<ProtocolVersion>, start: u64, end: u64) -> Vec<Flight> {
    let mut flights: Vec<Flight> = Vec::new();
    for step in steps.iter().filter(|step| (start..end).contains(&step.sent_us)) {
        let flight = Flight {
            from: step.from,
            epoch: step.epoch,
            keys: text::epoch(step.epoch, version),
            sent_us: step.sent_us - start,
            received_us: step.received_us.map(|at| at.saturating_sub(start)),
            carries: Vec::new(),
        };
        let same = |other: &&mut Flight| {
            (other.from, other.epoch, other.sent_us, other.received_us)
                == (flight.from, flight.epoch, flight.sent_us, flight.received_us)
        };
        let name = step.title.clone();
        match flights.iter_mut().find(same) {
            Some(known) => known.carries.push(name),
            None => flights.push(Flight { carries: vec![name], ..flight }),
        }
    }
    flights
}
