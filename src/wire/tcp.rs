//! The TCP header and its options (RFC 9293).

use super::checksum;
use super::cursor::{Cursor, Decoded, decimal, hex_number};
use super::error::{Problem, WireError, octets};
use super::ipv4::checked;
use super::node::{Field, fields};
use crate::tls::TcpFlags;
use std::net::Ipv4Addr;

fields! {
    TCP = "Transmission Control Protocol", "tcp",
        "Makes a reliable, ordered stream of bytes in each direction out of packets that may be lost or come late. [RFC 9293, section 3.1]";
    SOURCE_PORT = "Source Port", "tcp.srcport",
        "With the address, says which program on the sending host this belongs to. [RFC 9293, section 3.1]";
    DESTINATION_PORT = "Destination Port", "tcp.dstport",
        "With the address, says which program on the receiving host this belongs to; 443 is HTTPS. [RFC 9293, section 3.1]";
    SEQUENCE = "Sequence Number", "tcp.seq_raw",
        "The place of the first payload byte in the sender's stream. It starts at a number nobody can guess, and SYN and FIN count as one byte each. [RFC 9293, section 3.4]";
    ACKNOWLEDGMENT = "Acknowledgment Number", "tcp.ack_raw",
        "The next byte that the sender of this packet expects: it has everything before. It counts only with ACK set. [RFC 9293, section 3.4]";
    OFFSET_AND_FLAGS = "Data Offset, Control Bits", "tcp.flags",
        "Where the payload starts, and the bits that open, acknowledge and close the connection. [RFC 9293, section 3.1]";
    DATA_OFFSET = "Data Offset", "tcp.hdr_len",
        "The length of this header in words of 4 bytes, in the upper 4 bits. The rest is reserved. [RFC 9293, section 3.1]";
    CONTROL_BITS = "Control Bits", "",
        "From the highest: CWR, ECE (congestion), URG, ACK (the acknowledgment number counts), PSH (deliver now), RST (abort), SYN (open), FIN (no more data). [RFC 9293, section 3.1]";
    WINDOW = "Window", "tcp.window_size_value",
        "How many bytes the sender of this packet has room for, before scaling. [RFC 9293, section 3.8.6]";
    CHECKSUM = "Checksum", "tcp.checksum",
        "Covers the addresses, this header and the payload. It catches accidents, not attackers: that is what TLS is for. [RFC 9293, section 3.1]";
    URGENT = "Urgent Pointer", "tcp.urgent_pointer",
        "Where urgent data ends; it counts only with URG, which hardly anything uses. [RFC 9293, section 3.8.5]";
    OPTIONS = "Options", "tcp.options",
        "What the two ends tell each other beyond the fixed header, mostly in the SYN packets. [RFC 9293, section 3.2]";
    KIND = "Kind", "tcp.option_kind", "Which option this is. [RFC 9293, section 3.2]";
    LENGTH = "Length", "tcp.option_len",
        "The length of the option, kind and length included. [RFC 9293, section 3.2]";
    EOL = "End of Option List", "", "Nothing after this counts. [RFC 9293, section 3.2]";
    AFTER_EOL = "Padding", "", "Fills the header up to a whole word. [RFC 9293, section 3.1]";
    NOP = "No-Operation", "tcp.options.nop", "Aligns the next option. [RFC 9293, section 3.2]";
    MSS = "Maximum Segment Size", "tcp.options.mss",
        "The largest payload that the sender of this can receive in one packet. [RFC 9293, section 3.7.1]";
    MSS_VALUE = "Maximum Segment Size Value", "tcp.options.mss_val", "In bytes. [RFC 9293, section 3.2]";
    SCALE = "Window Scale", "tcp.options.wscale",
        "The sender's later windows count in units of 2 to this power. Both ends must send it, in their SYN. [RFC 7323, section 2]";
    pub(crate) SHIFT = "shift.cnt", "tcp.options.wscale.shift", "Bits to shift the window left by. [RFC 7323, section 2.2]";
    SACK_PERMITTED = "SACK-Permitted", "tcp.options.sack_perm",
        "The sender understands selective acknowledgments. [RFC 2018, section 2]";
    SACK = "SACK", "tcp.options.sack",
        "Blocks that arrived beyond a gap, so that only what is missing is sent again. [RFC 2018, section 3]";
    LEFT_EDGE = "Left Edge of Block", "", "First sequence number of the block. [RFC 2018, section 3]";
    RIGHT_EDGE = "Right Edge of Block", "", "Sequence number right after the block. [RFC 2018, section 3]";
    TIMESTAMPS = "Timestamps", "tcp.options.timestamp",
        "Measure the round-trip time and tell old packets from new ones. [RFC 7323, section 3]";
    TSVAL = "TSval", "tcp.options.timestamp.tsval", "The sender's clock. [RFC 7323, section 3.2]";
    TSECR = "TSecr", "tcp.options.timestamp.tsecr", "The peer's clock, echoed. [RFC 7323, section 3.2]";
    UNKNOWN = "unknown option", "", "An option this decoder does not know; its data is kept as it is.";
    DATA = "data", "", "";
    PAYLOAD = "payload", "tcp.payload",
        "The piece of the stream that this packet carries. TLS records may begin and end anywhere in it.";
}

/// What the header says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub source: u16,
    pub destination: u16,
    pub sequence: u32,
    pub acknowledgment: u32,
    pub flags: TcpFlags,
    pub window: u16,
    pub checksum_ok: bool,
    pub options: Options,
    pub payload_len: usize,
}

/// What the options say; `None` where they are absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The largest payload that the sender can receive in one packet, in bytes.
    pub maximum_segment_size: Option<u16>,
    /// Bits to shift the sender's later windows left by.
    pub window_scale: Option<u8>,
    /// Whether the sender understands selective acknowledgments.
    pub sack_permitted: bool,
    /// TSval and TSecr.
    pub timestamps: Option<(u32, u32)>,
}

/// Reads header and payload: all that is left of the packet.
pub(super) fn segment(
    c: &mut Cursor<'_>,
    source: Ipv4Addr,
    destination: Ipv4Addr,
) -> Result<Header, WireError> {
    let segment = c.peek();
    let mut header = Header::default();
    let mut pseudo_header = [0; 12];
    pseudo_header[..4].copy_from_slice(&source.octets());
    pseudo_header[4..8].copy_from_slice(&destination.octets());
    pseudo_header[9] = 6;
    pseudo_header[10..].copy_from_slice(&(segment.len() as u16).to_be_bytes());
    header.checksum_ok = checksum::holds(&[&pseudo_header, segment]);

    let header_len = usize::from(segment.get(12).map_or(5, |octet| octet >> 4)) * 4;
    if header_len < 20 {
        let problem = Problem::Invalid("a header has at least 5 words");
        return Err(c.error_at(c.at() + 12, &DATA_OFFSET, problem));
    }
    c.within(&TCP, header_len, |c| fixed_part(c, &mut header))?;
    header.payload_len = c.rest(&PAYLOAD)?.len();
    Ok(header)
}

fn fixed_part(c: &mut Cursor<'_>, header: &mut Header) -> Decoded {
    header.source = c.u16(&SOURCE_PORT)?;
    header.destination = c.u16(&DESTINATION_PORT)?;
    header.sequence = c.u32(&SEQUENCE)?;
    header.acknowledgment = c.u32(&ACKNOWLEDGMENT)?;
    let mut flags = 0;
    c.group(&OFFSET_AND_FLAGS, |c| {
        let offset = c.number(&DATA_OFFSET, 1, |n| {
            let len = (n >> 4) * 4;
            (len.to_string(), format!("{} words = {}", n >> 4, octets(len as usize)))
        })?;
        let bits =
            c.number(&CONTROL_BITS, 1, |n| (hex_number(n, 1), TcpFlags(n as u8).to_string()))?;
        header.flags = TcpFlags(bits as u8);
        flags = (offset & 15) << 8 | bits;
        Ok(header.flags.to_string())
    })?;
    if let Some(node) = c.last() {
        node.value = hex_number(flags, 2);
    }
    header.window = c.u16(&WINDOW)?;
    let correct = header.checksum_ok;
    c.number(&CHECKSUM, 2, |n| checked(n, correct))?;
    c.u16(&URGENT)?;
    if !c.is_empty() {
        let options = &mut header.options;
        let len = c.left();
        c.within(&OPTIONS, len, |c| c.items(|c| option(c, options)))?;
        c.show_bytes();
    }
    Ok(format!("{} to {}, {}", header.source, header.destination, header.flags))
}

/// Reads one option; what is behind an End of Option List is part of it.
fn option(c: &mut Cursor<'_>, options: &mut Options) -> Result<&'static str, WireError> {
    let kind = c.peek().first().copied().unwrap_or_default();
    if let 0 | 1 = kind {
        let field = if kind == 0 { &EOL } else { &NOP };
        c.group(field, |c| {
            c.named(&KIND, kind_name)?;
            if kind == 0 {
                c.rest(&AFTER_EOL)?;
            }
            Ok(String::new())
        })?;
        c.show_bytes();
        return Ok(field.name);
    }
    let field: &'static Field = match kind {
        2 => &MSS,
        3 => &SCALE,
        4 => &SACK_PERMITTED,
        5 => &SACK,
        8 => &TIMESTAMPS,
        _ => &UNKNOWN,
    };
    let len = match c.peek().get(1) {
        Some(len) if *len < 2 => {
            let problem = Problem::Invalid("an option has at least 2 bytes");
            return Err(c.error_at(c.at() + 1, &LENGTH, problem));
        }
        Some(len) => usize::from(*len),
        None => 2,
    };
    c.within(field, len, |c| {
        c.named(&KIND, kind_name)?;
        c.u8(&LENGTH)?;
        Ok(match kind {
            2 => {
                let size = c.u16(&MSS_VALUE)?;
                options.maximum_segment_size = Some(size);
                octets(size.into())
            }
            3 => {
                let shift = c.number(&SHIFT, 1, |n| {
                    (n.to_string(), format!("{n} (times {})", 1u64 << n.min(14)))
                })?;
                options.window_scale = Some(shift as u8);
                format!("times {}", 1u64 << shift.min(14))
            }
            4 => {
                options.sack_permitted = true;
                String::new()
            }
            5 => c.items(|c| {
                let left = c.number(&LEFT_EDGE, 4, decimal)?;
                let right = c.number(&RIGHT_EDGE, 4, decimal)?;
                Ok(format!("{left}–{right}"))
            })?,
            8 => {
                let pair = (c.u32(&TSVAL)?, c.u32(&TSECR)?);
                options.timestamps = Some(pair);
                format!("TSval {}, TSecr {}", pair.0, pair.1)
            }
            _ => {
                c.rest(&DATA)?;
                String::new()
            }
        })
    })?;
    c.show_bytes();
    Ok(field.name)
}

fn kind_name(kind: u8) -> Option<&'static str> {
    Some(match kind {
        0 => EOL.name,
        1 => NOP.name,
        2 => MSS.name,
        3 => SCALE.name,
        4 => SACK_PERMITTED.name,
        5 => SACK.name,
        8 => TIMESTAMPS.name,
        _ => return None,
    })
}
