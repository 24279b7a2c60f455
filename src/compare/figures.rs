//! What a connection costs and settles.

use crate::dissect::{Dissection, MessageKind};
use crate::race;
use crate::run::Run;
use crate::story::{Subject, format};
use crate::trace::{Endpoint, Status};
use crate::wire::names;
use serde::Serialize;

/// A connection in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// The scenario's text form.
    pub scenario: String,
    /// The connection of the run, from 0.
    pub connection: u32,
    /// The TLS version, where the hellos settled it.
    pub version: Option<String>,
    /// The cipher suite.
    pub cipher_suite: Option<String>,
    /// The group of the key exchange.
    pub group: Option<String>,
    /// How it ended for the client.
    pub client: Status,
    /// How it ended for the server.
    pub server: Status,
    /// Steps of the story.
    pub steps: usize,
    /// Packets of both directions.
    pub packets: usize,
    /// Bytes of the packets that the client sent, IP headers included.
    pub bytes_from_client: usize,
    /// Bytes of the packets that the server sent, IP headers included.
    pub bytes_from_server: usize,
    /// Round trips that TLS holds the client's request up, without TCP's: as they were in this run, with
    /// waits for acknowledgments. Where no request was sent, what the version says.
    pub handshake_round_trips: u32,
    /// From the first packet until the first application data was sent, in microseconds; `None` if
    /// none ever was.
    pub first_data_us: Option<u64>,
}

impl Figures {
    /// Names and values, as a table shows them.
    pub fn rows(&self) -> [(&'static str, String); 10] {
        let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".into());
        let ended = match (self.client, self.server) {
            (a, b) if a == b => format!("both ends {}", a.name()),
            (client, server) => format!("client {}, server {}", client.name(), server.name()),
        };
        let first_data = self.first_data_us.map_or_else(|| "never".into(), format::moment);
        [
            ("version", or_none(&self.version)),
            ("cipher suite", or_none(&self.cipher_suite)),
            ("group", or_none(&self.group)),
            ("outcome", ended),
            ("steps", self.steps.to_string()),
            ("packets", self.packets.to_string()),
            ("bytes from the client", self.bytes_from_client.to_string()),
            ("bytes from the server", self.bytes_from_server.to_string()),
            ("round trips of the TLS handshake", self.handshake_round_trips.to_string()),
            ("first application data after", first_data),
        ]
    }
}

/// The figures of the connection that the run is about.
pub(super) fn figures(run: &Run) -> Figures {
    let (connection, dissection, story) = (run.connection(), run.dissection(), run.story());
    let negotiated = &dissection.negotiated;
    let octets = |who: Endpoint| {
        let packets = dissection.packets.iter().filter(|packet| packet.from == who);
        packets.map(|packet| packet.bytes.len()).sum()
    };
    let is_data = |at: usize| {
        let message = dissection.messages.get(at);
        message.is_some_and(|message| message.kind == MessageKind::ApplicationData)
    };
    let first_data = story.steps.iter().find(|step| match step.subject {
        Subject::Message(at) => is_data(at),
        Subject::Packet(_) => false,
    });
    let start_us = start_us(dissection);
    Figures {
        scenario: run.scenario().text(),
        connection: connection.id,
        version: negotiated.version.map(|code| names::version_name(code).into_owned()),
        cipher_suite: negotiated.suite.map(|code| names::suite_name(code).into_owned()),
        group: negotiated.group.map(|code| names::group_name(code).into_owned()),
        client: connection.client_end.status,
        server: connection.server_end.status,
        steps: story.steps.len(),
        packets: dissection.packets.len(),
        bytes_from_client: octets(Endpoint::Client),
        bytes_from_server: octets(Endpoint::Server),
        handshake_round_trips: race::handshake_round_trips(dissection),
        first_data_us: first_data.map(|step| step.sent_us.saturating_sub(start_us)),
    }
}

/// When the connection's first packet was sent, in microseconds of the run.
pub(super) fn start_us(dissection: &Dissection) -> u64 {
    dissection.packets.first().map_or(0, |packet| packet.sent_us)
}
