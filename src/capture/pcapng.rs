//! A trace as a pcapng capture (draft-ietf-opsawg-pcapng), as a tap beside each sender would have taken it:
//! packets stand there as they were sent, also those that are lost or changed behind the tap, which say so in
//! a comment.
//!
//! Integers are little-endian, which the section header's byte-order magic states.

use super::keylog;
use crate::time;
use crate::trace::{Connection, Endpoint, Packet, Role, Trace};
use std::collections::BTreeMap;

/// LINKTYPE_IPV4: packets begin with the IPv4 header. Not LINKTYPE_RAW (101), which libpcap 1.10 does
/// not take for a second interface.
const LINKTYPE_IPV4: u16 = 228;
/// Exponent of the time unit: 10^-9 seconds.
const NANOSECONDS: u8 = 9;
/// `TLSK`: the secrets are a TLS key log.
const SECRETS_TLS_KEY_LOG: u32 = 0x544c_534b;

/// The comment on a packet that someone on the path changes behind the tap.
const CHANGED: &str =
    "This packet was changed on its way: it did not arrive as it was sent, and is here.";

/// Block types (section 4).
mod block {
    pub const SECTION_HEADER: u32 = 0x0a0d_0d0a;
    pub const INTERFACE_DESCRIPTION: u32 = 1;
    pub const ENHANCED_PACKET: u32 = 6;
    pub const DECRYPTION_SECRETS: u32 = 10;
}

/// Option codes, each of the block before it in the file.
mod option {
    pub const END: u16 = 0;
    pub const COMMENT: u16 = 1;
    pub const SECTION_APPLICATION: u16 = 4;
    pub const INTERFACE_NAME: u16 = 2;
    pub const INTERFACE_TIME_RESOLUTION: u16 = 9;
    pub const PACKET_FLAGS: u16 = 2;
}

/// The capture of all connections, packets in the order of sending, with the secrets that open them
/// before the first packet; but those of a connection that has the client random of one before, which is a recording
/// of that, come before its own first packet: a reader knows one secret for each client random at a time.
pub fn write(trace: &Trace) -> Vec<u8> {
    write_noted(trace, None)
}

/// The same, with one more comment on the whole.
pub fn write_noted(trace: &Trace, note: Option<&str>) -> Vec<u8> {
    let mut file = section_header(trace.clock, note);
    let links = links(trace);
    for link in &links {
        file.extend(interface_description(&link_name(*link)));
    }
    let (secrets, mut later) = secrets(trace);
    if !secrets.is_empty() {
        file.extend(decryption_secrets(secrets.as_bytes()));
    }
    let mut packets: Vec<(usize, u32, &Packet)> = Vec::new();
    for (at, connection) in trace.connections.iter().enumerate() {
        let link = links.iter().position(|link| *link == ends(connection)).unwrap_or(0) as u32;
        packets.extend(connection.packets.iter().map(|packet| (at, link, packet)));
    }
    packets.sort_by_key(|(.., packet)| packet.sent_us);
    for (connection, link, packet) in packets {
        if let Some(secrets) = later.remove(&connection) {
            file.extend(decryption_secrets(secrets.as_bytes()));
        }
        file.extend(enhanced_packet(trace.clock, link, packet));
    }
    file
}

/// The key log for the first packet, and what there is for those of later connections, by their positions.
fn secrets(trace: &Trace) -> (String, BTreeMap<usize, String>) {
    let (mut first, mut later) = (String::new(), BTreeMap::<usize, String>::new());
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for line in keylog::lines(trace) {
        let owner = *known.entry(line.key().to_owned()).or_insert(line.connection);
        if owner == line.connection {
            first += &line.text;
        } else {
            later.entry(line.connection).or_default().push_str(&line.text);
        }
    }
    (first, later)
}

/// Who is at the ends of the link that a connection goes over.
fn ends(connection: &Connection) -> (Role, Role) {
    (connection.roles.client, connection.roles.server)
}

/// The links of a trace, by who is at their ends: one interface of the capture for each.
fn links(trace: &Trace) -> Vec<(Role, Role)> {
    let mut links = Vec::new();
    for connection in &trace.connections {
        if !links.contains(&ends(connection)) {
            links.push(ends(connection));
        }
    }
    links
}

/// `link`, or with a gateway `client-gateway`.
fn link_name((client, server): (Role, Role)) -> String {
    match (client, server) {
        (Role::Client, Role::Server) => "link".into(),
        _ => format!("{}-{}", client.name(), server.name()),
    }
}

/// The header, with when the run took place: certificates in the capture are to be judged by that.
fn section_header(clock: u64, note: Option<&str>) -> Vec<u8> {
    const BYTE_ORDER_MAGIC: u32 = 0x1a2b_3c4d;
    let mut body = BYTE_ORDER_MAGIC.to_le_bytes().to_vec();
    body.extend(1u16.to_le_bytes()); // version 1.0
    body.extend(0u16.to_le_bytes());
    body.extend(u64::MAX.to_le_bytes()); // length of the section: not stated
    let when = i64::try_from(clock).map(time::text).unwrap_or_default();
    let comment = format!(
        "The run began at {when} ({clock} seconds since 1970). Its certificates are made for then: judge \
         them by that time, as openssl verify -attime {clock} does."
    );
    put_option(&mut body, option::COMMENT, comment.as_bytes());
    if let Some(note) = note {
        put_option(&mut body, option::COMMENT, note.as_bytes());
    }
    put_option(&mut body, option::SECTION_APPLICATION, b"Handshake Lab");
    put_option(&mut body, option::END, &[]);
    block(block::SECTION_HEADER, body)
}

fn interface_description(name: &str) -> Vec<u8> {
    let mut body = LINKTYPE_IPV4.to_le_bytes().to_vec();
    body.extend(0u16.to_le_bytes()); // reserved
    body.extend(0u32.to_le_bytes()); // packets are never cut short
    put_option(&mut body, option::INTERFACE_NAME, name.as_bytes());
    put_option(&mut body, option::INTERFACE_TIME_RESOLUTION, &[NANOSECONDS]);
    put_option(&mut body, option::END, &[]);
    block(block::INTERFACE_DESCRIPTION, body)
}

fn decryption_secrets(key_log: &[u8]) -> Vec<u8> {
    let mut body = SECRETS_TLS_KEY_LOG.to_le_bytes().to_vec();
    body.extend((key_log.len() as u32).to_le_bytes());
    put_padded(&mut body, key_log);
    block(block::DECRYPTION_SECRETS, body)
}

/// One packet, at `clock` (seconds since 1970) and its time of sending. Inbound and outbound are as
/// the client sees them; a packet that the link lost says so in a comment.
fn enhanced_packet(clock: u64, interface: u32, packet: &Packet) -> Vec<u8> {
    let inbound_or_outbound: u32 = match packet.from {
        Endpoint::Server => 1,
        Endpoint::Client => 2,
    };
    let nanoseconds = clock * 1_000_000_000 + packet.sent_us * 1_000;
    let mut body = interface.to_le_bytes().to_vec();
    body.extend(((nanoseconds >> 32) as u32).to_le_bytes());
    body.extend((nanoseconds as u32).to_le_bytes());
    let len = (packet.bytes.len() as u32).to_le_bytes();
    body.extend(len); // captured
    body.extend(len); // sent
    put_padded(&mut body, &packet.bytes);
    if packet.received_us.is_none() {
        put_option(&mut body, option::COMMENT, b"This packet never arrived.");
    }
    if packet.received.is_some() {
        put_option(&mut body, option::COMMENT, CHANGED.as_bytes());
    }
    put_option(&mut body, option::PACKET_FLAGS, &inbound_or_outbound.to_le_bytes());
    put_option(&mut body, option::END, &[]);
    block(block::ENHANCED_PACKET, body)
}

/// A block: type, total length, body, total length again.
fn block(kind: u32, body: Vec<u8>) -> Vec<u8> {
    let total = (body.len() as u32 + 12).to_le_bytes();
    [&kind.to_le_bytes()[..], &total, &body, &total].concat()
}

/// An option: code, length, value padded to 32 bits.
fn put_option(body: &mut Vec<u8>, code: u16, value: &[u8]) {
    body.extend(code.to_le_bytes());
    body.extend((value.len() as u16).to_le_bytes());
    put_padded(body, value);
}

/// `octets`, and zeros up to a multiple of 4.
fn put_padded(body: &mut Vec<u8>, octets: &[u8]) {
    body.extend(octets);
    body.resize(body.len().next_multiple_of(4), 0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{End, Event, FORMAT, Implementations, Op, Roles, Status};

    fn trace(packets: Vec<Packet>) -> Trace {
        let end = End { status: Status::Incomplete, error: None };
        let log = Op::KeyLog {
            label: "CLIENT_RANDOM".into(),
            client_random: vec![0xab; 2],
            secret: vec![0xcd; 3],
        };
        let by = |by| Event { at_us: 0, by, op: log.clone() };
        Trace {
            format: FORMAT.to_owned(),
            scenario: None,
            clock: 1_700_000_000,
            connections: vec![Connection {
                id: 0,
                client: "192.0.2.1:49152".parse().unwrap(),
                server: "192.0.2.2:443".parse().unwrap(),
                roles: Roles::default(),
                implementations: Implementations::default(),
                accepts: None,
                meddling: Vec::new(),
                packets,
                events: vec![by(Endpoint::Client), by(Endpoint::Server)],
                client_end: end.clone(),
                server_end: end,
            }],
        }
    }

    fn packet(number: u32, sent_us: u64) -> Packet {
        Packet {
            number,
            sent_us,
            received_us: None,
            from: Endpoint::Client,
            duplicate_of: None,
            forged: false,
            bytes: vec![0x45; 21],
            received: None,
        }
    }

    /// Types and bodies, walked by the lengths in front, which must equal those behind.
    fn blocks(file: &[u8]) -> Vec<(u32, Vec<u8>)> {
        let word = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());
        let mut found = Vec::new();
        let mut at = 0;
        while at < file.len() {
            let total = word(at + 4) as usize;
            assert_eq!(total % 4, 0, "blocks are aligned");
            assert_eq!(word(at + total - 4) as usize, total, "both lengths agree");
            found.push((word(at), file[at + 8..at + total - 4].to_vec()));
            at += total;
        }
        found
    }

    #[test]
    fn secrets_come_before_packets() {
        let file = write(&trace(vec![packet(1, 0), packet(2, 5)]));
        let kinds: Vec<u32> = blocks(&file).iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, [0x0a0d_0d0a, 1, 10, 6, 6]);
    }

    #[test]
    fn times_are_nanoseconds_since_1970() {
        let file = write(&trace(vec![packet(1, 1_500_000)]));
        let (_, body) = blocks(&file).pop().unwrap();
        let word = |at: usize| u64::from(u32::from_le_bytes(body[at..at + 4].try_into().unwrap()));
        assert_eq!(word(4) << 32 | word(8), 1_700_000_001_500_000_000);
    }

    #[test]
    fn what_both_ends_log_stands_in_the_key_log_once() {
        assert_eq!(keylog::write(&trace(Vec::new())), "CLIENT_RANDOM abab cdcdcd\n");
    }
}
