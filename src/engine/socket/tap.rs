//! What went over a real socket, as packets. A program sees what it reads and writes, and never a packet:
//! each read and each write becomes one segment here, with headers that are rebuilt. Sequence numbers start
//! at 0, and acknowledgments that carry no data are left out.

use crate::trace::{Endpoint, Packet};
use smoltcp::wire::{
    IpProtocol, Ipv4Packet, Ipv4Repr, TcpControl, TcpPacket, TcpRepr, TcpSeqNumber,
};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV4};

/// Bytes of a header of IPv4 and of one of TCP, both without options.
const HEADERS: usize = 40;

/// The longest payload of a segment, in bytes: some less than IPv4 allows.
const LONGEST: usize = 60_000;

/// What stands for client and server in packets of IPv4 where the socket is one of IPv6: addresses of the
/// block set apart for documentation (RFC 5737).
const STAND_INS: [Ipv4Addr; 2] = [Ipv4Addr::new(192, 0, 2, 1), Ipv4Addr::new(192, 0, 2, 2)];

/// A tap on one connection.
pub struct Tap {
    ends: [SocketAddrV4; 2],
    /// The next sequence number of each end.
    next: [u32; 2],
    packets: Vec<Packet>,
}

impl Tap {
    /// Of a connection that was just opened between these ends, the client's first.
    pub fn new(ends: [SocketAddr; 2], now_us: u64) -> Tap {
        let [client, server] = ends;
        let ends = [in_ipv4(client, STAND_INS[0]), in_ipv4(server, STAND_INS[1])];
        let mut tap = Tap { ends, next: [0; 2], packets: Vec::new() };
        tap.add(Endpoint::Client, TcpControl::Syn, &[], now_us);
        tap.add(Endpoint::Server, TcpControl::Syn, &[], now_us);
        tap.add(Endpoint::Client, TcpControl::None, &[], now_us);
        tap
    }

    /// Client and server, as they stand in the packets.
    pub fn ends(&self) -> [SocketAddrV4; 2] {
        self.ends
    }

    /// An end sent this.
    pub fn data(&mut self, from: Endpoint, data: &[u8], now_us: u64) {
        for payload in data.chunks(LONGEST) {
            self.add(from, TcpControl::Psh, payload, now_us);
        }
    }

    /// An end closed its direction.
    pub fn fin(&mut self, from: Endpoint, now_us: u64) {
        self.add(from, TcpControl::Fin, &[], now_us);
    }

    /// An end broke the connection off.
    pub fn reset(&mut self, from: Endpoint, now_us: u64) {
        self.add(from, TcpControl::Rst, &[], now_us);
    }

    /// All packets, in order.
    pub fn into_packets(self) -> Vec<Packet> {
        self.packets
    }

    fn add(&mut self, from: Endpoint, control: TcpControl, payload: &[u8], now_us: u64) {
        let (own, other) = (from.of(self.ends), from.peer().of(self.ends));
        // The first packet of all has nothing to acknowledge.
        let acknowledges = !self.packets.is_empty();
        let tcp = TcpRepr {
            src_port: own.port(),
            dst_port: other.port(),
            control,
            seq_number: TcpSeqNumber(from.of(self.next) as i32),
            ack_number: acknowledges.then_some(TcpSeqNumber(from.peer().of(self.next) as i32)),
            window_len: u16::MAX,
            window_scale: None,
            max_seg_size: None,
            sack_permitted: false,
            sack_ranges: [None; 3],
            timestamp: None,
            payload,
        };
        let ip = Ipv4Repr {
            src_addr: *own.ip(),
            dst_addr: *other.ip(),
            next_header: IpProtocol::Tcp,
            payload_len: tcp.buffer_len(),
            hop_limit: 64,
        };
        let checksums = Default::default();
        let mut bytes = vec![0; HEADERS + payload.len()];
        let mut packet = Ipv4Packet::new_unchecked(&mut bytes[..]);
        ip.emit(&mut packet, &checksums);
        let mut segment = TcpPacket::new_unchecked(packet.payload_mut());
        tcp.emit(&mut segment, &ip.src_addr.into(), &ip.dst_addr.into(), &checksums);
        let taken =
            payload.len() as u32 + u32::from(matches!(control, TcpControl::Syn | TcpControl::Fin));
        if let Some(next) = self.next.get_mut(from as usize) {
            *next = next.wrapping_add(taken);
        }
        self.packets.push(Packet {
            number: self.packets.len() as u32 + 1,
            sent_us: now_us,
            received_us: Some(now_us),
            from,
            duplicate_of: None,
            forged: false,
            bytes,
            received: None,
        });
    }
}

/// The address as IPv4 has it, or with another in its place.
fn in_ipv4(address: SocketAddr, stand_in: Ipv4Addr) -> SocketAddrV4 {
    let ip = match address.ip().to_canonical() {
        IpAddr::V4(ip) => ip,
        IpAddr::V6(_) => stand_in,
    };
    SocketAddrV4::new(ip, address.port())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::packet::packet_or_opaque;

    #[test]
    fn segments_follow_each_other_and_have_good_checksums() {
        let ends = ["[::1]:50000".parse().unwrap(), "127.0.0.1:443".parse().unwrap()];
        let mut tap = Tap::new(ends, 5);
        tap.data(Endpoint::Client, b"hello", 6);
        tap.data(Endpoint::Server, b"hi", 7);
        tap.fin(Endpoint::Client, 8);
        tap.reset(Endpoint::Server, 9);
        let packets = tap.into_packets();
        let seen: Vec<(u32, String, u32, u32)> = packets
            .iter()
            .map(|packet| {
                let (_, summary, errors) = packet_or_opaque(&packet.bytes);
                assert_eq!(errors.len(), 0, "{errors:?}");
                let ip = Ipv4Packet::new_checked(&packet.bytes[..]).unwrap();
                let tcp = TcpPacket::new_checked(ip.payload()).unwrap();
                assert!(ip.verify_checksum());
                assert!(tcp.verify_checksum(&ip.src_addr().into(), &ip.dst_addr().into()));
                let summary = summary.unwrap();
                let ack = if packet.number == 1 { 0 } else { summary.acknowledgment };
                (packet.number, summary.flags.to_string(), summary.sequence, ack)
            })
            .collect();
        let expected = [
            (1, "SYN", 0, 0),
            (2, "SYN, ACK", 0, 1),
            (3, "ACK", 1, 1),
            (4, "PSH, ACK", 1, 1),
            (5, "PSH, ACK", 1, 6),
            (6, "FIN, ACK", 6, 3),
            (7, "RST, ACK", 3, 7),
        ];
        assert_eq!(seen, expected.map(|(n, flags, seq, ack)| (n, flags.to_owned(), seq, ack)));
    }
}
