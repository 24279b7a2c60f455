//! Packets that someone on the path makes in another's name.

use crate::trace::Endpoint;
use smoltcp::wire::{Ipv4Packet, TcpPacket, TcpSeqNumber};

/// Bytes of a TCP header without options.
const TCP_HEADER: usize = 20;

/// The RST with which `from` would answer or abort, right after `sender` has sent this packet; `None` if
/// that is no TCP segment. Its numbers are those that the reader expects, so that it believes it (RFC 9293,
/// section 3.10.7.4).
pub fn reset(packet: &[u8], sender: Endpoint, from: Endpoint) -> Option<Vec<u8>> {
    let ip = Ipv4Packet::new_checked(packet).ok()?;
    let tcp = TcpPacket::new_checked(ip.payload()).ok()?;
    let is_own = sender == from;
    let (seq, ack) = if is_own {
        (tcp.seq_number(), tcp.ack_number())
    } else {
        (tcp.ack_number(), tcp.seq_number() + tcp.payload().len())
    };
    let [source, destination] =
        if is_own { [ip.src_addr(), ip.dst_addr()] } else { [ip.dst_addr(), ip.src_addr()] };
    let [source_port, destination_port] =
        if is_own { [tcp.src_port(), tcp.dst_port()] } else { [tcp.dst_port(), tcp.src_port()] };
    let header = usize::from(ip.header_len());
    let mut bytes = packet.get(..header)?.to_vec();
    bytes.resize(header + TCP_HEADER, 0);
    let mut made = Ipv4Packet::new_unchecked(&mut bytes[..]);
    made.set_total_len((header + TCP_HEADER) as u16);
    made.set_src_addr(source);
    made.set_dst_addr(destination);
    made.fill_checksum();
    let mut made = TcpPacket::new_unchecked(made.payload_mut());
    made.set_src_port(source_port);
    made.set_dst_port(destination_port);
    made.set_seq_number(TcpSeqNumber(seq.0));
    made.set_ack_number(TcpSeqNumber(ack.0));
    made.set_header_len(TCP_HEADER as u8);
    made.clear_flags();
    made.set_rst(true);
    made.set_ack(true);
    made.set_window_len(0);
    made.fill_checksum(&source.into(), &destination.into());
    Some(bytes)
}
