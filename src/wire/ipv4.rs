//! The IPv4 header (RFC 791).

use super::checksum;
use super::cursor::{Cursor, hex_number};
use super::error::{Problem, WireError, octets};
use super::node::fields;
use std::net::Ipv4Addr;

fields! {
    IPV4 = "Internet Protocol", "ip",
        "The envelope that gets the packet from one host to another; it promises neither delivery nor order. [RFC 791, section 3.1]";
    VERSION_IHL = "Version, IHL", "ip.version",
        "Two numbers of 4 bits: the version, and the length of this header in words of 4 bytes. [RFC 791, section 3.1]";
    TRAFFIC_CLASS = "DSCP, ECN", "ip.dsfield",
        "6 bits ask routers for a kind of treatment, 2 bits let them signal congestion without dropping the packet. [RFC 2474, section 3; RFC 3168, section 5]";
    TOTAL_LENGTH = "Total Length", "ip.len",
        "The length of the whole packet, this header included. [RFC 791, section 3.1]";
    IDENTIFICATION = "Identification", "ip.id",
        "Ties the fragments of one packet together, should a router have to cut it up. [RFC 6864]";
    FRAGMENT = "Flags, Fragment Offset", "ip.frag_offset",
        "3 bits say whether the packet may be cut up and whether more pieces follow; 13 bits say where this piece belongs. [RFC 791, section 3.1]";
    TTL = "Time to Live", "ip.ttl",
        "Every router on the way takes one off; at 0 the packet is thrown away, so none can circle for ever. [RFC 791, section 3.1]";
    PROTOCOL = "Protocol", "ip.proto",
        "What the packet carries: 6 is TCP. [RFC 791, section 3.1]";
    CHECKSUM = "Header Checksum", "ip.checksum",
        "Catches header bytes that changed by accident; anyone who changes them on purpose can recompute it. [RFC 791, section 3.1]";
    SOURCE = "Source Address", "ip.src",
        "Where the packet says it comes from. Nothing here proves it. [RFC 791, section 3.1]";
    DESTINATION = "Destination Address", "ip.dst",
        "Where the packet is to go. [RFC 791, section 3.1]";
    OPTIONS = "Options", "",
        "Rarely used extras; many networks drop packets that have them. [RFC 791, section 3.1]";
}

/// What the header says that its payload depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub source: Ipv4Addr,
    pub destination: Ipv4Addr,
    pub protocol: u8,
    /// Bytes behind the header that belong to the packet.
    pub payload_len: usize,
    /// Whether this is a piece of a packet that was cut up.
    pub fragment: bool,
    pub checksum_ok: bool,
}

/// Reads the header.
pub(super) fn header(c: &mut Cursor<'_>) -> Result<Header, WireError> {
    let mut header = Header {
        source: Ipv4Addr::UNSPECIFIED,
        destination: Ipv4Addr::UNSPECIFIED,
        protocol: 0,
        payload_len: 0,
        fragment: false,
        checksum_ok: false,
    };
    let header_len = match c.peek().first() {
        Some(first) if first >> 4 != 4 => {
            return Err(c.error(&VERSION_IHL, Problem::Invalid("not version 4")));
        }
        Some(first) if first & 15 < 5 => {
            return Err(c.error(&VERSION_IHL, Problem::Invalid("a header has at least 5 words")));
        }
        Some(first) => usize::from(first & 15) * 4,
        None => 20,
    };
    let start = c.at();
    c.within(&IPV4, header_len, |c| {
        header.checksum_ok = checksum::holds(&[c.peek()]);
        c.number(&VERSION_IHL, 1, |_| {
            ("4".into(), format!("IPv4, header of {}", octets(header_len)))
        })?;
        c.number(&TRAFFIC_CLASS, 1, |n| {
            (hex_number(n, 1), format!("DSCP {}, {}", n >> 2, ecn(n)))
        })?;
        let at = c.at();
        let total_len = usize::from(c.u16(&TOTAL_LENGTH)?);
        if total_len < header_len {
            let problem = Problem::Invalid("shorter than the header itself");
            return Err(c.error_at(at, &TOTAL_LENGTH, problem));
        }
        header.payload_len = total_len - header_len;
        c.number(&IDENTIFICATION, 2, |n| (hex_number(n, 2), hex_number(n, 2)))?;
        let fragment = c.number(&FRAGMENT, 2, |n| ((n & 0x1fff).to_string(), fragment(n)))?;
        header.fragment = fragment & 0x3fff != 0;
        c.u8(&TTL)?;
        header.protocol = c.named(&PROTOCOL, |protocol| match protocol {
            1 => Some("ICMP"),
            6 => Some("TCP"),
            17 => Some("UDP"),
            _ => None,
        })?;
        let correct = header.checksum_ok;
        c.number(&CHECKSUM, 2, |n| checked(n, correct))?;
        header.source = address(c, &SOURCE)?;
        header.destination = address(c, &DESTINATION)?;
        c.rest(&OPTIONS)?;
        Ok(format!("{} to {}", header.source, header.destination))
    })?;
    // A header that a lenient run could not decode has no payload to speak of.
    if c.at() - start < header_len {
        header.payload_len = 0;
    }
    Ok(header)
}

/// Value and display of a checksum.
pub(super) fn checked(checksum: u64, correct: bool) -> (String, String) {
    let value = hex_number(checksum, 2);
    let display = format!("{value} ({})", if correct { "correct" } else { "incorrect" });
    (value, display)
}

/// RFC 3168, section 5.
/// The last two bits of the traffic class (RFC 3168, section 5).
fn ecn(bits: u64) -> &'static str {
    match bits & 3 {
        0 => "not ECN-capable",
        1 => "ECN-capable (1)",
        2 => "ECN-capable (0)",
        _ => "congestion experienced",
    }
}

fn fragment(bits: u64) -> String {
    let may = if bits & 0x4000 != 0 { "DF: must not be cut up" } else { "may be cut up" };
    match (bits & 0x1fff, bits & 0x2000 != 0) {
        (0, false) => format!("{may}; whole packet"),
        (offset, more) => {
            let more = if more { "more pieces follow" } else { "the last piece" };
            format!("{may}; from byte {}, {more}", offset * 8)
        }
    }
}

fn address(c: &mut Cursor<'_>, field: &'static super::Field) -> Result<Ipv4Addr, WireError> {
    let number = c.number(field, 4, |n| {
        let text = Ipv4Addr::from_bits(n as u32).to_string();
        (text.clone(), text)
    })?;
    Ok(Ipv4Addr::from_bits(number as u32))
}
