//! Packets and their trees.

use super::model::PacketView;
use crate::tls::TcpFlags;
use crate::trace::{Endpoint, Packet};
use crate::wire::packet::packet_or_opaque;

/// The views of `packets`, in their order.
pub(super) fn view(packets: &[Packet], problems: &mut Vec<String>) -> Vec<PacketView> {
    let mut views: Vec<PacketView> =
        packets.iter().map(|packet| view_one(packet, problems)).collect();
    for who in Endpoint::BOTH {
        let own = || views.iter().filter(|view| view.from == who);
        let behind_syn = own().find(|view| view.is_syn()).map(|syn| syn.seq.wrapping_add(1));
        let Some(first) = behind_syn.or_else(|| Some(own().next()?.seq)) else { continue };
        for view in views.iter_mut().filter(|view| view.from == who) {
            let at = view.seq.wrapping_add(u32::from(view.is_syn())).wrapping_sub(first) as i32;
            view.stream_offset = usize::try_from(at).ok();
        }
    }
    views
}

fn view_one(packet: &Packet, problems: &mut Vec<String>) -> PacketView {
    let (nodes, summary, errors) = packet_or_opaque(&packet.bytes);
    problems.extend(errors.iter().map(|error| format!("packet {}: {error}", packet.number)));
    let mut view = PacketView {
        number: packet.number,
        from: packet.from,
        sent_us: packet.sent_us,
        received_us: packet.received_us,
        flags: String::new(),
        control_bits: TcpFlags::default(),
        seq: 0,
        ack: 0,
        window: 0,
        payload_len: 0,
        payload: 0..0,
        stream_offset: None,
        bytes: packet.bytes.clone(),
        received: packet.received.clone(),
        nodes,
        records: Vec::new(),
        remarks: Vec::new(),
    };
    let Some(summary) = summary else {
        problems.push(format!("packet {} does not carry a whole TCP segment", packet.number));
        return view;
    };
    view.flags = summary.flags.to_string();
    view.control_bits = summary.flags;
    view.seq = summary.sequence;
    view.ack = if view.has_ack() { summary.acknowledgment } else { 0 };
    view.window = summary.window;
    view.payload_len = summary.payload.len();
    view.payload = summary.payload;
    view
}

impl PacketView {
    /// Whether SYN is set.
    pub fn is_syn(&self) -> bool {
        self.control_bits.contains(TcpFlags::SYN)
    }

    /// Whether FIN is set.
    pub fn is_fin(&self) -> bool {
        self.control_bits.contains(TcpFlags::FIN)
    }

    /// Whether RST is set.
    pub fn is_rst(&self) -> bool {
        self.control_bits.contains(TcpFlags::RST)
    }

    /// Whether the acknowledgment number counts.
    pub fn has_ack(&self) -> bool {
        self.control_bits.contains(TcpFlags::ACK)
    }

    /// How many sequence numbers it takes: its payload's, and one each for SYN and FIN.
    pub fn sequence_len(&self) -> u32 {
        let controls = u32::from(self.is_syn()) + u32::from(self.is_fin());
        u32::try_from(self.payload_len).unwrap_or(u32::MAX).saturating_add(controls)
    }

    /// Where in its sender's stream the payload lies; `None` if that is before the stream's start.
    pub fn stream_range(&self) -> Option<std::ops::Range<usize>> {
        self.stream_offset.map(|start| start..start + self.payload_len)
    }

    /// Sequence number and payload as they arrived, where someone on the path changed the packet.
    pub fn received_segment(&self) -> Option<(u32, &[u8])> {
        let received = self.received.as_deref()?;
        let (_, summary, _) = packet_or_opaque(received);
        let summary = summary?;
        Some((summary.sequence, received.get(summary.payload)?))
    }

    /// Whether someone on the path set FIN in it.
    pub fn has_forged_fin(&self) -> bool {
        let received = self.received.as_deref().and_then(|bytes| packet_or_opaque(bytes).1);
        !self.is_fin() && received.is_some_and(|arrived| arrived.flags.contains(TcpFlags::FIN))
    }

    /// The TCP payload's bytes.
    pub fn payload_bytes(&self) -> &[u8] {
        self.bytes.get(self.payload.clone()).unwrap_or_default()
    }
}
