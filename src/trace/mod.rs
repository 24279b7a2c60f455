//! What happened: every packet on the link, and everything each endpoint did, in order.
//!
//! A [`Trace`] comes out of [`crate::engine::run`]. It holds facts only: bytes, times, inputs and
//! outputs of operations. Decoding and explaining them is the business of [`crate::dissect`] and
//! [`crate::story`].

mod accepts;
mod fate;
mod implementation;
mod op;
mod roles;

pub use accepts::Accepts;
pub use fate::{Fate, Meddling};
pub use implementation::{Implementation, Implementations};
pub use op::{ChainRefusal, Direction, Op};
pub use roles::{Role, Roles};

use crate::hex;
use serde::{Deserialize, Serialize};
use std::net::SocketAddrV4;

/// The version of the serialised form of [`Trace`].
pub const FORMAT: &str = "handshake-lab-trace/1";

/// Who did something: one of the two ends of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Endpoint {
    /// The end that opens the connection.
    Client,
    /// The end that listens.
    Server,
}

impl Endpoint {
    /// Both ends, the client first.
    pub const BOTH: [Endpoint; 2] = [Endpoint::Client, Endpoint::Server];

    /// The other end.
    pub fn peer(self) -> Endpoint {
        match self {
            Endpoint::Client => Endpoint::Server,
            Endpoint::Server => Endpoint::Client,
        }
    }

    /// This end's of two things, of which the client's is the first.
    pub fn of<T>(self, [client, server]: [T; 2]) -> T {
        match self {
            Endpoint::Client => client,
            Endpoint::Server => server,
        }
    }

    /// `client` or `server`.
    pub fn name(self) -> &'static str {
        match self {
            Endpoint::Client => "client",
            Endpoint::Server => "server",
        }
    }
}

/// A whole run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// [`FORMAT`].
    pub format: String,
    /// The scenario's text form, or `None` for an imported capture.
    pub scenario: Option<String>,
    /// Wall-clock time at virtual time 0, in seconds since 1970-01-01T00:00:00Z.
    pub clock: u64,
    /// The connections, in the order they were opened.
    pub connections: Vec<Connection>,
}

/// One TCP connection and the TLS connection it carries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Connection {
    /// Position in [`Trace::connections`].
    pub id: u32,
    /// The client's address and ephemeral port.
    pub client: SocketAddrV4,
    /// The server's address and port.
    pub server: SocketAddrV4,
    /// Who the two ends are: with a gateway between client and service, a connection is one hop.
    #[serde(default)]
    pub roles: Roles,
    /// Which TLS implementation runs at each end.
    #[serde(default)]
    pub implementations: Implementations,
    /// What the server of TLS takes; `None` where that is not known, as with an imported capture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepts: Option<Accepts>,
    /// Every packet put on the link, ordered by time of sending.
    pub packets: Vec<Packet>,
    /// What someone on the path did to whole records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meddling: Vec<Meddling>,
    /// Everything the endpoints did, in the order they did it.
    pub events: Vec<Event>,
    /// How it ended for the client.
    pub client_end: End,
    /// How it ended for the server.
    pub server_end: End,
}

impl Connection {
    /// How the connection ended for `who`.
    pub fn end(&self, who: Endpoint) -> &End {
        match who {
            Endpoint::Client => &self.client_end,
            Endpoint::Server => &self.server_end,
        }
    }

    /// What `who` did, in order.
    pub fn events_of(&self, who: Endpoint) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(move |e| e.by == who)
    }
}

/// One IPv4 packet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Packet {
    /// 1 for the first packet of the connection, as Wireshark numbers frames.
    pub number: u32,
    /// Virtual time at which it was put on the link, in microseconds.
    pub sent_us: u64,
    /// Virtual time at which it reached the other end, or `None` if it never did.
    pub received_us: Option<u64>,
    /// Who sent it.
    pub from: Endpoint,
    /// Where the link made this packet, by delivering another one twice: that packet's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<u32>,
    /// Whether someone on the path made it, in the name of the end that it says it is from.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forged: bool,
    /// The packet as it was sent, from the first byte of the IPv4 header.
    #[serde(with = "hex")]
    pub bytes: Vec<u8>,
    /// The packet as it arrived, where someone on the path changed it.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "hex::option")]
    pub received: Option<Vec<u8>>,
}

impl Packet {
    /// The packet as the receiver gets it, if it gets it at all.
    pub fn received_bytes(&self) -> &[u8] {
        self.received.as_deref().unwrap_or(&self.bytes)
    }
}

/// Something one endpoint did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Virtual time, in microseconds.
    pub at_us: u64,
    /// Who did it.
    pub by: Endpoint,
    /// What was done.
    pub op: Op,
}

/// How a connection ended for one endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// The state it was left in.
    pub status: Status,
    /// The TLS library's own error text, where there was one.
    pub error: Option<String>,
}

/// The state an endpoint was left in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The handshake completed and nothing failed after it.
    Established,
    /// The endpoint found an error, or was told of one by an alert.
    Failed,
    /// The endpoint was still waiting when the run ended.
    Incomplete,
}

impl Status {
    /// As it is written: `established`, `failed`, `incomplete`.
    pub const fn name(self) -> &'static str {
        match self {
            Status::Established => "established",
            Status::Failed => "failed",
            Status::Incomplete => "incomplete",
        }
    }
}
