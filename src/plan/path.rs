//! What lies between client and server.

use super::{Peer, Rate};
use crate::trace::Endpoint;
use std::net::Ipv4Addr;

/// The server's address, of the block set apart for documentation (RFC 5737).
pub const SERVER_ADDRESS: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 2);

/// The path that packets take.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The one-way delay, in microseconds.
    pub delay_us: u64,
    /// The largest payload of a TCP segment, in bytes, which both hosts announce (RFC 9293, section
    /// 3.7.1).
    pub mss: u32,
    /// What happens to packets by chance.
    pub impairments: Impairments,
    /// What happens to certain packets, on every connection.
    pub packets: Vec<PacketRule>,
    /// What stands between client and server.
    pub between: Between,
}

/// What happens to packets by chance, in the words of Linux's netem.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Impairments {
    /// How often a packet is lost.
    pub loss: Rate,
    /// How often a packet is delayed, so that later ones overtake it.
    pub reorder: Rate,
    /// How often a packet is duplicated.
    pub duplicate: Rate,
}

/// What happens to one packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PacketRule {
    /// Who sends it.
    pub from: Endpoint,
    /// Which of its packets.
    pub which: Which,
    /// What happens to it.
    pub action: PacketAction,
}

/// Which of a sender's packets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// Each.
    Every,
    /// The one of this number, from 1, among those of this sender.
    Nth(u32),
    /// The first that has this bit of TCP's control bits set (RFC 9293, section 3.1).
    FirstWithFlag(u8),
    /// Each that is longer than so many bytes, IPv4 header included.
    LongerThan(u32),
    /// Each that has this text in it.
    Holding(String),
}

/// What happens to a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PacketAction {
    /// It never arrives.
    Drop,
    /// It arrives so many microseconds later than it would.
    Delay(u64),
    /// It never arrives, and both ends get a forged RST that claims to be the other's.
    Reset,
}

/// What stands between client and server.
#[derive(Clone, Debug, PartialEq)]
pub enum Between {
    /// Nothing: one TCP connection from end to end.
    Nothing,
    /// A gateway that passes bytes on and is no end of TLS.
    PassThrough,
    /// A gateway that is an end of two connections, and passes HTTP on.
    Relay(Box<Relay>),
}

/// A gateway that is an end of two connections.
#[derive(Clone, Debug, PartialEq)]
pub struct Relay {
    /// What it is to the client.
    pub front: Peer,
    /// What it is to the server; `None` where that connection goes without TLS.
    pub back: Option<Peer>,
    /// Whether it tells the server who the client is: its address, and its certificate where it showed one
    /// (RFC 7239, RFC 9440).
    pub tells_client: bool,
    /// Whose it is.
    pub operator: Operator,
    /// What it replaces in the responses that it passes on.
    pub replacements: Vec<Replacement>,
}

/// Whose a gateway is, and what stands behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// The owner of the service behind it.
    Owner,
    /// The owner of the client, with the server itself behind it: an inspecting proxy.
    Proxy,
    /// Neither's, with the server itself behind it: an attacker who has a certificate of its own.
    Attacker,
}

/// A change of what is passed on: every occurrence of a text by another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// What is looked for.
    pub text: &'static str,
    /// What stands there afterwards.
    pub by: &'static str,
}
