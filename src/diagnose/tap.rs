//! What a capture beside the client has, and what `tcpdump` and `tshark` print of it.

use crate::dissect::{self, Dissection, MessageKind, PacketView, Record};
use crate::run::Run;
use crate::tls::{ContentType, HandshakeType, ProtocolVersion, TcpFlags};
use crate::trace::{Connection, Endpoint, Packet, Trace};
use crate::wire::view::ServerHello;
use std::fmt::Write;
use std::net::SocketAddrV4;
use std::ops::Range;

/// What the client sent, as it sent it, and what arrived there, as it arrived: its own connection, without
/// secrets.
pub fn trace(run: &Run) -> Trace {
    let connection = run.connection();
    let mut packets: Vec<Packet> = connection.packets.iter().filter_map(at_the_client).collect();
    packets.sort_by_key(|packet| packet.sent_us);
    for (number, packet) in (1..).zip(&mut packets) {
        packet.number = number;
    }
    let (events, meddling) = (Vec::new(), Vec::new());
    let connection = Connection { id: 0, packets, events, meddling, ..connection.clone() };
    Trace { scenario: None, connections: vec![connection], ..(*run.trace).clone() }
}

/// A packet as a tap beside the client has it.
fn at_the_client(packet: &Packet) -> Option<Packet> {
    if packet.from == Endpoint::Client {
        // A second copy is made behind the tap, and what is forged in the client's name never was here.
        let is_own = packet.duplicate_of.is_none() && !packet.forged;
        return is_own.then(|| Packet { received: None, ..packet.clone() });
    }
    let at = packet.received_us?;
    let bytes = packet.received_bytes().to_vec();
    Some(Packet { sent_us: at, bytes, received: None, duplicate_of: None, ..packet.clone() })
}

/// `tcpdump -nn -ttttt -r client.pcapng`.
pub fn tcpdump(trace: &Trace) -> String {
    let Some(connection) = trace.connections.first() else { return String::new() };
    let dissection = dissect::dissect(connection);
    let start = dissection.packets.first().map_or(0, |packet| packet.sent_us);
    // Where each end's numbers begin, the client's first: tcpdump takes it from the first packet that
    // acknowledges something, and counts from there in all later ones that do.
    let mut first: Option<[u32; 2]> = None;
    let mut text = String::new();
    for packet in &dissection.packets {
        let acknowledges = has(packet, TcpFlags::ACK);
        let known = first.filter(|_| acknowledges && !has(packet, TcpFlags::SYN));
        let since = |who: Endpoint, number: u32| {
            known.map_or(number, |known| number.wrapping_sub(who.of(known)))
        };
        let _ = writeln!(text, "{}", segment(packet, connection, start, &since));
        if acknowledges && known.is_none() {
            let (own, other) = (packet.seq, packet.ack.wrapping_sub(1));
            first = Some(packet.from.of([[own, other], [other, own]]));
        }
    }
    text
}

fn has(packet: &PacketView, flag: TcpFlags) -> bool {
    packet.control_bits.0 & flag.0 != 0
}

fn segment(
    packet: &PacketView,
    connection: &Connection,
    start: u64,
    since: &dyn Fn(Endpoint, u32) -> u32,
) -> String {
    let host = |at: SocketAddrV4| format!("{}.{}", at.ip(), at.port());
    let ends = [host(connection.client), host(connection.server)];
    let (from, to) =
        (packet.from.of([&ends[0], &ends[1]]), packet.from.peer().of([&ends[0], &ends[1]]));
    let flags: String = [
        (TcpFlags::FIN, 'F'),
        (TcpFlags::SYN, 'S'),
        (TcpFlags::RST, 'R'),
        (TcpFlags::PSH, 'P'),
        (TcpFlags::ACK, '.'),
    ]
    .into_iter()
    .filter_map(|(flag, letter)| has(packet, flag).then_some(letter))
    .collect();
    let us = packet.sent_us - start;
    let (seconds, rest) = (us / 1_000_000, us % 1_000_000);
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    let mut line = format!(
        " {hours:02}:{minutes:02}:{:02}.{rest:06} IP {from} > {to}: Flags [{flags}]",
        seconds % 60
    );
    let seq = since(packet.from, packet.seq);
    let len = packet.payload_len;
    let counts =
        [TcpFlags::SYN, TcpFlags::FIN, TcpFlags::RST].into_iter().any(|flag| has(packet, flag));
    if len > 0 {
        let end = seq.wrapping_add(u32::try_from(len).unwrap_or_default());
        let _ = write!(line, ", seq {seq}:{end}");
    } else if counts {
        let _ = write!(line, ", seq {seq}");
    }
    if has(packet, TcpFlags::ACK) {
        let _ = write!(line, ", ack {}", since(packet.from.peer(), packet.ack));
    }
    let _ = write!(line, ", win {}", packet.window);
    let options = options(packet, &|number| since(packet.from.peer(), number));
    if !options.is_empty() {
        let _ = write!(line, ", options [{}]", options.join(","));
    }
    let _ = write!(line, ", length {len}");
    line
}

/// Bytes of IPv4's header, and of TCP's without options.
const IP: usize = 20;
const TCP: usize = 20;

/// TCP's options in tcpdump's words (RFC 9293, section 3.2; RFC 2018; RFC 7323).
fn options(packet: &PacketView, since: &dyn Fn(u32) -> u32) -> Vec<String> {
    let mut rest = packet.bytes.get(IP + TCP..packet.payload.start).unwrap_or_default();
    let mut words = Vec::new();
    while let Some((kind, behind)) = rest.split_first() {
        let len = match kind {
            0 | 1 => 1,
            _ => behind.first().map_or(1, |len| usize::from(*len)).max(2),
        };
        let value = rest.get(2..len).unwrap_or_default();
        words.push(match (kind, value) {
            (0, _) => "eol".into(),
            (1, _) => "nop".into(),
            (2, [high, low]) => format!("mss {}", u16::from_be_bytes([*high, *low])),
            (3, [shift]) => format!("wscale {shift}"),
            (4, _) => "sackOK".into(),
            (5, edges) => sack(edges, since),
            (kind, _) => format!("unknown-{kind}"),
        });
        if *kind == 0 {
            break;
        }
        rest = rest.get(len..).unwrap_or_default();
    }
    words
}

fn sack(edges: &[u8], since: &dyn Fn(u32) -> u32) -> String {
    let (edges, _) = edges.as_chunks::<4>();
    let edges: Vec<u32> = edges.iter().map(|edge| since(u32::from_be_bytes(*edge))).collect();
    let (blocks, _) = edges.as_chunks::<2>();
    let texts = blocks.iter().map(|[from, to]| format!("{{{from}:{to}}}"));
    format!("sack {} {}", blocks.len(), texts.collect::<String>())
}

/// `tshark -r client.pcapng -Y tls -T fields`, with the fields of [`FIELDS`]; `None` where one of the ends does not
/// speak TLS, and tshark has to guess.
pub fn tshark(trace: &Trace) -> Option<String> {
    let connection = trace.connections.first()?;
    let dissection = dissect::dissect(connection);
    if dissection.messages.iter().any(|message| message.kind == MessageKind::Http) {
        return None;
    }
    let is_13 = is_tls13(&dissection);
    let mut text = String::new();
    let mut streams = Endpoint::BOTH.map(|_| Arrived::default());
    for packet in &dissection.packets {
        let [client, server] = &mut streams;
        let arrived = packet.from.of([client, server]);
        let Some(news) = arrived.take(packet) else { continue };
        let ends_here = |record: &&Record| {
            record.from == packet.from
                && news.contains(&(record.stream_offset + record.bytes.len() - 1))
        };
        let records: Vec<&Record> = dissection.records.iter().filter(ends_here).collect();
        let types = |wanted: bool| {
            let is_opaque =
                |record: &Record| is_13 && record.content_type == ContentType::APPLICATION_DATA;
            let some = records.iter().filter(|record| is_opaque(record) == wanted);
            some.map(|record| record.content_type.0.to_string()).collect::<Vec<_>>().join(",")
        };
        let (mut kinds, mut alerts) = (Vec::new(), Vec::new());
        for message in &dissection.messages {
            if !records.iter().any(|record| message.records.last() == Some(&record.index)) {
                continue;
            }
            match message.kind {
                MessageKind::Handshake(kind) => kinds.push(kind.0.to_string()),
                MessageKind::Alert { description, .. } => alerts.push(description.0.to_string()),
                _ => {}
            }
        }
        let address = packet.from.of([connection.client, connection.server]).ip().to_string();
        let (plain, opaque) = (types(false), types(true));
        let (kinds, alerts) = (kinds.join(","), alerts.join(","));
        let _ =
            writeln!(text, "{}\t{address}\t{plain}\t{opaque}\t{kinds}\t{alerts}", packet.number);
    }
    Some(text)
}

/// What has come of a stream without a gap, and what waits behind one.
#[derive(Default)]
struct Arrived {
    end: usize,
    waiting: Vec<Range<usize>>,
}

impl Arrived {
    /// The places of the stream that are there for the first time, with this packet; `None` where it brings none.
    fn take(&mut self, packet: &PacketView) -> Option<Range<usize>> {
        let start = packet.stream_offset.filter(|_| packet.payload_len > 0)?;
        self.waiting.push(start..start + packet.payload_len);
        let before = self.end;
        while let Some(next) = self.waiting.iter().find(|part| part.contains(&self.end)) {
            self.end = next.end;
        }
        (self.end > before).then_some(before..self.end)
    }
}

/// The fields that are shown of each packet with TLS in it.
pub const FIELDS: &str = "-e frame.number -e ip.src -e tls.record.content_type -e tls.record.opaque_type \
    -e tls.handshake.type -e tls.alert_message.desc";

fn is_tls13(dissection: &Dissection) -> bool {
    let hello = dissection.handshake(Endpoint::Server, HandshakeType::SERVER_HELLO);
    let hello = hello.and_then(|message| message.view::<ServerHello<'_>>());
    hello.and_then(ServerHello::version) == Some(ProtocolVersion::TLS1_3)
}
