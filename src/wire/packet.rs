//! An IPv4 packet: header, and the TCP segment in it.

use super::cursor::{Cursor, or_opaque, strict};
use super::error::WireError;
use super::node::{Node, fields};
use super::{ipv4, tcp};
use crate::tls::TcpFlags;
use std::net::SocketAddrV4;
use std::ops::Range;

fields! {
    OTHER_PAYLOAD = "payload", "", "What the packet carries; not a whole TCP segment, so it is kept as it is.";
    TRAILER = "trailer", "", "Bytes after the end that the IPv4 header gives: filling of the link.";
}

/// What a TCP/IPv4 packet says, for those who follow the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Source address and port.
    pub source: SocketAddrV4,
    /// Destination address and port.
    pub destination: SocketAddrV4,
    /// Sequence number, as on the wire.
    pub sequence: u32,
    /// Acknowledgment number, as on the wire.
    pub acknowledgment: u32,
    /// The control bits.
    pub flags: TcpFlags,
    /// Receive window, as on the wire (not scaled).
    pub window: u16,
    /// The options.
    pub options: tcp::Options,
    /// Where in the packet the TCP payload lies.
    pub payload: Range<usize>,
    /// Whether the IPv4 header's checksum is right.
    pub ip_checksum_ok: bool,
    /// Whether the TCP checksum is right.
    pub tcp_checksum_ok: bool,
}

/// Decodes an IPv4 packet. The summary is `None` if it carries something other than a TCP segment.
///
/// # Errors
/// Bytes that do not follow RFC 791 or RFC 9293.
pub fn packet(bytes: &[u8]) -> Result<(Vec<Node>, Option<Summary>), WireError> {
    let mut summary = None;
    let nodes = strict(bytes, |c| read(c, &mut summary))?;
    Ok((nodes, summary))
}

/// As [`packet`], but what cannot be decoded is kept in leaves called `undecoded`.
pub fn packet_or_opaque(bytes: &[u8]) -> (Vec<Node>, Option<Summary>, Vec<WireError>) {
    let mut summary = None;
    let (nodes, errors) = or_opaque(bytes, |c| read(c, &mut summary));
    (nodes, summary.filter(|_| errors.is_empty()), errors)
}

fn read(c: &mut Cursor<'_>, summary: &mut Option<Summary>) -> Result<(), WireError> {
    let ip = ipv4::header(c)?;
    if ip.protocol != 6 || ip.fragment {
        c.bytes(&OTHER_PAYLOAD, ip.payload_len)?;
    } else {
        // Only what the IPv4 header counts is TCP's.
        let end = c.at() + ip.payload_len;
        let tcp = c.limited(ip.payload_len, |c| tcp::segment(c, ip.source, ip.destination))?;
        *summary = Some(Summary {
            source: SocketAddrV4::new(ip.source, tcp.source),
            destination: SocketAddrV4::new(ip.destination, tcp.destination),
            sequence: tcp.sequence,
            acknowledgment: tcp.acknowledgment,
            flags: tcp.flags,
            window: tcp.window,
            options: tcp.options,
            payload: end - tcp.payload_len..end,
            ip_checksum_ok: ip.checksum_ok,
            tcp_checksum_ok: tcp.checksum_ok,
        });
    }
    c.rest(&TRAILER)?;
    Ok(())
}
