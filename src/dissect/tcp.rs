//! What is remarkable about each segment: seen from the link, where losses show, and from the stacks
//! at both ends (RFC 9293, section 3.8; RFC 5681).

use super::model::{PacketView, Remark};
use crate::tls::TcpFlags;
use crate::trace::{Endpoint, Packet};
use crate::wire::tcp::SHIFT;

/// Fills in the remarks of all packets.
pub(super) fn remark(packets: &[Packet], views: &mut [PacketView]) {
    let segments: Vec<Segment> = segments(packets, views);
    let mut remarks: Vec<Vec<Remark>> = views.iter().map(|_| Vec::new()).collect();
    for (at, remarks) in remarks.iter_mut().enumerate() {
        let segment = &segments[at];
        if segment.received_us.is_none() {
            remarks.push(Remark::Lost);
        }
        remarks.extend(views.get(at).and_then(changed));
        remarks.extend(sent(segment, &segments[..at]));
    }
    for who in Endpoint::BOTH {
        arrivals(who, &segments, &mut remarks);
    }
    // A third duplicate acknowledgment makes the sender act at once.
    for at in 0..segments.len() {
        let fast = is_fast(at, &segments, &remarks);
        for remark in &mut remarks[at] {
            if let Remark::Retransmission { fast: of, .. } = remark {
                *of = fast;
            }
        }
    }
    for (view, remarks) in views.iter_mut().zip(remarks) {
        view.remarks = remarks;
    }
}

/// What someone on the path did to a packet.
fn changed(packet: &PacketView) -> Option<Remark> {
    let (sent, arrived) = (packet.payload_bytes(), packet.received_payload()?);
    let bytes = sent.iter().zip(arrived).filter(|(sent, arrived)| sent != arrived).count();
    Some(Remark::Changed { bytes })
}

/// A packet as TCP counts: SYN and FIN take one sequence number each.
struct Segment {
    number: u32,
    from: Endpoint,
    /// Distance from the sender's first sequence number.
    start: i64,
    end: i64,
    bits: TcpFlags,
    /// What it acknowledges, as distance from the peer's first sequence number.
    ack: Option<i64>,
    window: i64,
    sent_us: u64,
    received_us: Option<u64>,
    duplicate_of: Option<u32>,
}

impl Segment {
    /// Whether it says nothing but how far its sender has received.
    fn is_bare_ack(&self) -> bool {
        self.start == self.end
            && !self.bits.intersects(TcpFlags::SYN | TcpFlags::FIN | TcpFlags::RST)
            && self.ack.is_some()
    }

    fn overlaps(&self, other: &Segment) -> bool {
        self.start < other.end && other.start < self.end
    }
}

fn segments(packets: &[Packet], views: &[PacketView]) -> Vec<Segment> {
    let first = |who| views.iter().find(|view| view.from == who).map_or(0, |view| view.seq);
    let firsts = Endpoint::BOTH.map(first);
    let mut shifts = [0; 2];
    let mut segments = Vec::with_capacity(views.len());
    for (packet, view) in packets.iter().zip(views) {
        let bits = view.control_bits;
        let distance =
            |number: u32, of: Endpoint| i64::from(number.wrapping_sub(firsts[of as usize]) as i32);
        if bits.contains(TcpFlags::SYN) {
            shifts[view.from as usize] = shift(view);
        }
        // The window of a SYN is never scaled (RFC 7323, section 2.2).
        let shift = if bits.contains(TcpFlags::SYN) { 0 } else { shifts[view.from as usize] };
        let start = distance(view.seq, view.from);
        let controls =
            i64::from(bits.contains(TcpFlags::SYN)) + i64::from(bits.contains(TcpFlags::FIN));
        segments.push(Segment {
            number: view.number,
            from: view.from,
            start,
            end: start + view.payload_len as i64 + controls,
            bits,
            ack: (bits.contains(TcpFlags::ACK)).then(|| distance(view.ack, view.from.peer())),
            window: i64::from(view.window) << shift,
            sent_us: view.sent_us,
            received_us: view.received_us,
            duplicate_of: packet.duplicate_of,
        });
    }
    segments
}

/// The window scale that a SYN names.
fn shift(view: &PacketView) -> u32 {
    let option = view.nodes.iter().find_map(|node| node.find_field(&SHIFT));
    option.and_then(|node| node.value.parse().ok()).map_or(0, |shift: u32| shift.min(14))
}

/// What shows at the sender, after the packets `before`.
fn sent(segment: &Segment, before: &[Segment]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if let Some(of) = segment.duplicate_of {
        remarks.push(Remark::DoubledByLink { of });
        return remarks;
    }
    let own = || before.iter().filter(|other| other.from == segment.from);
    let copies = || own().filter(|other| other.overlaps(segment));
    if let Some(last) = copies().next_back() {
        let missing = missing(segment, &copies().collect::<Vec<_>>());
        let of = missing.or_else(|| copies().next()).unwrap_or(last).number;
        remarks.push(Remark::Retransmission { of, lost: missing.is_some(), fast: false });
    }
    let previous = own().rfind(|other| other.ack.is_some());
    if segment.is_bare_ack()
        && let (Some(ack), Some(previous)) = (segment.ack, previous)
        && previous.ack == Some(ack)
    {
        let peer = before.iter().filter(|other| other.from != segment.from);
        let outstanding = peer.map(|other| other.end).max().is_some_and(|end| end > ack);
        if previous.window == segment.window && outstanding {
            let same = |other: &&Segment| {
                other.is_bare_ack() && other.ack == Some(ack) && other.window == segment.window
            };
            let of_this_ack = || own().filter(|other| other.ack == Some(ack));
            let first = of_this_ack().next().map_or(previous.number, |first| first.number);
            let nth = 1 + own().filter(same).filter(|other| other.number != first).count();
            remarks.push(Remark::DuplicateAck { of: first, nth: nth as u32 });
        } else if segment.window > previous.window {
            remarks.push(Remark::WindowUpdate);
        }
    }
    if segment.window == 0 && !segment.bits.intersects(TcpFlags::SYN | TcpFlags::RST) {
        remarks.push(Remark::ZeroWindow);
    }
    if segment.end > segment.start && edge(segment, before) == Some(segment.end) {
        remarks.push(Remark::WindowFull);
    }
    remarks
}

/// The first of `copies` that was lost with a sequence number of `segment` that no other copy brought.
fn missing<'a>(segment: &Segment, copies: &[&'a Segment]) -> Option<&'a Segment> {
    let arrived = |at: i64| {
        let mut arrived = copies.iter().filter(|copy| copy.received_us.is_some());
        arrived.find(|copy| (copy.start..copy.end).contains(&at))
    };
    let mut at = segment.start;
    while at < segment.end {
        match arrived(at) {
            Some(copy) => at = copy.end,
            None => {
                let mut lost = copies.iter().filter(|copy| copy.received_us.is_none());
                if let Some(copy) = lost.find(|copy| (copy.start..copy.end).contains(&at)) {
                    return Some(copy);
                }
                // New: never sent before.
                at += 1;
            }
        }
    }
    None
}

/// How far the sender of `segment` may send, by what has reached it.
fn edge(segment: &Segment, before: &[Segment]) -> Option<i64> {
    let known = before.iter().filter(|other| {
        other.from != segment.from && other.received_us.is_some_and(|at| at <= segment.sent_us)
    });
    known.filter_map(|other| Some(other.ack? + other.window)).max()
}

/// What shows at the receiver of what `from` sends.
fn arrivals(from: Endpoint, segments: &[Segment], remarks: &mut [Vec<Remark>]) {
    let is_counted = |segment: &Segment| {
        segment.from == from && segment.received_us.is_some() && segment.end > segment.start
    };
    let mut order: Vec<usize> =
        (0..segments.len()).filter(|&at| is_counted(&segments[at])).collect();
    order.sort_by_key(|at| segments[*at].received_us);
    let mut next = order.iter().map(|at| segments[*at].start).min().unwrap_or(0).min(0);
    let mut waiting: Vec<(i64, i64)> = Vec::new();
    for at in order {
        let Segment { start, end, .. } = segments[at];
        if end <= next {
            remarks[at].push(Remark::Known);
        } else if start > next {
            remarks[at].push(Remark::Early { missing: (start - next) as usize });
            waiting.push((start, end));
        } else {
            next = end;
            while let Some((_, end)) = waiting.iter().find(|held| held.0 <= next && held.1 > next) {
                next = *end;
            }
            waiting.retain(|held| held.1 > next);
            if next > end {
                remarks[at].push(Remark::FillsGap { released: (next - end) as usize });
            }
        }
    }
}

/// Whether a retransmission answers the third duplicate acknowledgment at the moment of its arrival.
fn is_fast(at: usize, segments: &[Segment], remarks: &[Vec<Remark>]) -> bool {
    let segment = &segments[at];
    segments.iter().zip(remarks).take(at).any(|(ack, remarks)| {
        let third = |remark: &Remark| matches!(remark, Remark::DuplicateAck { nth: 3.., .. });
        ack.from != segment.from
            && ack.received_us == Some(segment.sent_us)
            && ack.ack == Some(segment.start)
            && remarks.iter().any(third)
    })
}
