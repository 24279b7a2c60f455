//! What is remarkable about each segment: seen from the link, where losses show, and from the stacks
//! at both ends (RFC 9293, section 3.8; RFC 5681).

use super::Alteration;
use super::model::{PacketView, Remark};
use crate::tls::TcpFlags;
use crate::trace::{Endpoint, Packet};
use crate::wire::tcp::SHIFT;
use std::collections::BTreeMap;

/// Fills in the remarks of all packets.
pub(super) fn remark(packets: &[Packet], views: &mut [PacketView]) {
    let segments: Vec<Segment> = segments(packets, views);
    let mut remarks: Vec<Vec<Remark>> = views.iter().map(|_| Vec::new()).collect();
    let mut senders = [Sender::default(), Sender::default()];
    for (packet, remarks) in packets.iter().zip(&mut remarks) {
        remarks.extend(packet.forged.then_some(Remark::Forged));
    }
    for ((segment, view), remarks) in segments.iter().zip(&*views).zip(&mut remarks) {
        if segment.received_us.is_none() {
            remarks.push(Remark::Lost);
        }
        remarks.extend(changed(view));
        remarks.extend(sent(segment, &mut senders));
    }
    for who in Endpoint::BOTH {
        arrivals(who, &segments, &mut remarks);
    }
    // A third duplicate acknowledgment makes the sender act at once.
    let mut thirds: Vec<&Segment> = Vec::new();
    for (segment, remarks) in segments.iter().zip(&mut remarks) {
        for remark in remarks {
            match remark {
                Remark::Retransmission { fast, .. } => *fast = is_fast(segment, &thirds),
                Remark::DuplicateAck { nth: 3.., .. } => thirds.push(segment),
                _ => {}
            }
        }
    }
    for (view, remarks) in views.iter_mut().zip(remarks) {
        view.remarks = remarks;
    }
}

/// What someone on the path did to a packet.
fn changed(packet: &PacketView) -> Option<Remark> {
    let (_, received) = packet.received_segment()?;
    let altered = Alteration::between(packet.payload_bytes(), received)?;
    Some(Remark::Changed { bytes: altered.count() })
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
            |number: u32, of: Endpoint| i64::from(number.wrapping_sub(of.of(firsts)) as i32);
        if bits.contains(TcpFlags::SYN) {
            *view.from.of(shifts.each_mut()) = shift(view);
        }
        // The window of a SYN is never scaled (RFC 7323, section 2.2).
        let shift = if bits.contains(TcpFlags::SYN) { 0 } else { view.from.of(shifts) };
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

/// What is known of the segments that one endpoint has sent so far: enough that the next one need not
/// be held against each of them.
#[derive(Default)]
struct Sender<'a> {
    sent: Vec<&'a Segment>,
    /// Behind the last sequence number of any of them.
    end: Option<i64>,
    /// The last of them that acknowledges.
    last_ack: Option<&'a Segment>,
    /// The number of the first segment with each acknowledgment number.
    first_of_ack: BTreeMap<i64, u32>,
    /// How many bare ones followed it, by acknowledgment number and window.
    repeats: BTreeMap<(i64, i64), u32>,
    /// What is still under way: when it arrives, and how far the peer may send then.
    under_way: Vec<(u64, i64)>,
    /// How far the peer may send by what has reached it.
    edge: Option<i64>,
}

impl<'a> Sender<'a> {
    fn add(&mut self, segment: &'a Segment) {
        self.sent.push(segment);
        self.end = self.end.max(Some(segment.end));
        let Some(ack) = segment.ack else { return };
        self.last_ack = Some(segment);
        let first = *self.first_of_ack.entry(ack).or_insert(segment.number);
        if segment.is_bare_ack() && segment.number != first {
            *self.repeats.entry((ack, segment.window)).or_insert(0) += 1;
        }
        let arrival = segment.received_us.map(|at| (at, ack + segment.window));
        self.under_way.extend(arrival);
    }

    /// The segments that have numbers in common with `segment`. None where it is new, as most are.
    fn copies(&self, segment: &Segment) -> impl Iterator<Item = &'a Segment> {
        let is_new = self.end.is_none_or(|end| segment.start >= end);
        let sent = if is_new { &[] } else { &self.sent[..] };
        sent.iter().copied().filter(|other| other.overlaps(segment))
    }

    /// Lets arrive what the peer has at `now`. Packets are in the order of sending, so that `now`
    /// never goes back.
    fn arrive(&mut self, now: u64) {
        let edge = &mut self.edge;
        self.under_way.retain(|(at, allowed)| {
            let is_there = *at <= now;
            if is_there {
                *edge = (*edge).max(Some(*allowed));
            }
            !is_there
        });
    }
}

/// What shows at the sender; adds the segment to what it has sent.
fn sent<'a>(segment: &'a Segment, senders: &mut [Sender<'a>; 2]) -> Vec<Remark> {
    let [client, server] = senders;
    let (own, peer) = match segment.from {
        Endpoint::Client => (client, server),
        Endpoint::Server => (server, client),
    };
    let mut remarks = Vec::new();
    if let Some(of) = segment.duplicate_of {
        own.add(segment);
        remarks.push(Remark::DoubledByLink { of });
        return remarks;
    }
    let copies: Vec<&Segment> = own.copies(segment).collect();
    if let Some(first) = copies.first() {
        let missing = missing(segment, &copies);
        let of = missing.unwrap_or(first).number;
        remarks.push(Remark::Retransmission { of, lost: missing.is_some(), fast: false });
    }
    if segment.is_bare_ack()
        && let (Some(ack), Some(previous)) = (segment.ack, own.last_ack)
        && previous.ack == Some(ack)
    {
        let outstanding = peer.end.is_some_and(|end| end > ack);
        if previous.window == segment.window && outstanding {
            let of = own.first_of_ack.get(&ack).copied().unwrap_or(previous.number);
            let before = own.repeats.get(&(ack, segment.window)).copied().unwrap_or(0);
            remarks.push(Remark::DuplicateAck { of, nth: before + 1 });
        } else if segment.window > previous.window {
            remarks.push(Remark::WindowUpdate);
        }
    }
    if segment.window == 0 && !segment.bits.intersects(TcpFlags::SYN | TcpFlags::RST) {
        remarks.push(Remark::ZeroWindow);
    }
    peer.arrive(segment.sent_us);
    if segment.end > segment.start && peer.edge == Some(segment.end) {
        remarks.push(Remark::WindowFull);
    }
    own.add(segment);
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

/// What shows at the receiver of what `from` sends.
fn arrivals(from: Endpoint, segments: &[Segment], remarks: &mut [Vec<Remark>]) {
    let is_counted = |segment: &Segment| {
        segment.from == from && segment.received_us.is_some() && segment.end > segment.start
    };
    let all = segments.iter().zip(remarks);
    let mut order: Vec<_> = all.filter(|(segment, _)| is_counted(segment)).collect();
    order.sort_by_cached_key(|(segment, _)| segment.received_us);
    let mut next = order.iter().map(|(segment, _)| segment.start).min().unwrap_or(0).min(0);
    let mut waiting: Vec<(i64, i64)> = Vec::new();
    let fins = Fins::of(from, segments);
    for (segment, remarks) in order {
        let (start, end) = (segment.start, segment.end);
        if end <= next {
            remarks.push(Remark::Known);
        } else if start > next {
            let has_fin = segment.bits.contains(TcpFlags::FIN);
            let drops_fin = has_fin && !fins.is_kept(segment.received_us);
            remarks.push(Remark::Early { missing: (start - next) as usize, drops_fin });
            waiting.push((start, end - i64::from(drops_fin)));
        } else {
            next = end;
            while let Some((_, end)) = waiting.iter().find(|held| held.0 <= next && held.1 > next) {
                next = *end;
            }
            waiting.retain(|held| held.1 > next);
            if next > end {
                remarks.push(Remark::FillsGap { released: (next - end) as usize });
            }
        }
    }
}

/// What is known of the FIN that ends a direction. Some receivers keep one that comes before missing bytes,
/// and others drop it: what they acknowledge tells.
struct Fins {
    /// When one arrived, each time, in order.
    arrivals: Vec<u64>,
    /// When its receiver first acknowledged it.
    acknowledged_us: Option<u64>,
}

impl Fins {
    fn of(from: Endpoint, segments: &[Segment]) -> Fins {
        let own = || segments.iter().filter(|s| s.from == from && s.bits.contains(TcpFlags::FIN));
        let mut arrivals: Vec<u64> = own().filter_map(|segment| segment.received_us).collect();
        arrivals.sort_unstable();
        let acknowledged_us = own().map(|segment| segment.end).max().and_then(|end| {
            let acks = segments.iter().filter(|segment| {
                segment.from != from && segment.ack.is_some_and(|ack| ack >= end)
            });
            acks.map(|segment| segment.sent_us).min()
        });
        Fins { arrivals, acknowledged_us }
    }

    /// Whether the one that came too early at this time was kept: it was acknowledged before another came.
    fn is_kept(&self, arrived_us: Option<u64>) -> bool {
        let later = self.arrivals.partition_point(|at| Some(*at) <= arrived_us);
        let again = self.arrivals.get(later);
        self.acknowledged_us.is_some_and(|at| again.is_none_or(|again| at < *again))
    }
}

/// Whether a retransmission answers the third duplicate acknowledgment, which is one of `thirds`, at
/// the moment of its arrival.
fn is_fast(segment: &Segment, thirds: &[&Segment]) -> bool {
    thirds.iter().any(|ack| {
        ack.from != segment.from
            && ack.received_us == Some(segment.sent_us)
            && ack.ack == Some(segment.start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A connection without TLS in it: the client sends `count` segments of 100 bytes, of which
    /// every hundredth is lost and sent again, and the server acknowledges each that arrives.
    fn long(count: usize) -> (Vec<Packet>, Vec<PacketView>) {
        let mut packets = Vec::new();
        let mut views = Vec::new();
        let mut add = |from, seq: usize, ack: usize, payload_len, arrives| {
            let number = views.len() as u32 + 1;
            let sent_us = u64::from(number) * 10;
            let received_us = if arrives { Some(sent_us + 5) } else { None };
            let (bytes, received, duplicate_of) = (Vec::new(), None, None);
            packets.push(Packet {
                number,
                from,
                sent_us,
                received_us,
                duplicate_of,
                forged: false,
                bytes,
                received,
            });
            views.push(PacketView {
                number,
                from,
                sent_us,
                received_us,
                flags: "ACK".into(),
                control_bits: TcpFlags::ACK,
                seq: seq as u32,
                ack: ack as u32,
                window: 65_535,
                payload_len,
                payload: 0..payload_len,
                stream_offset: None,
                bytes: Vec::new(),
                received: None,
                nodes: Vec::new(),
                records: Vec::new(),
                remarks: Vec::new(),
            });
        };
        for n in 0..count {
            let is_lost = n % 100 == 50;
            add(Endpoint::Client, n * 100, 0, 100, !is_lost);
            if is_lost {
                add(Endpoint::Client, n * 100, 0, 100, true);
            }
            add(Endpoint::Server, 0, (n + 1) * 100, 0, true);
        }
        (packets, views)
    }

    #[test]
    fn a_hundred_thousand_segments_are_judged_without_holding_each_against_all() {
        // Five thousand million comparisons, were it otherwise.
        let (packets, mut views) = long(50_000);
        remark(&packets, &mut views);
        let count = |is: fn(&Remark) -> bool| {
            views.iter().flat_map(|view| &view.remarks).filter(|remark| is(remark)).count()
        };
        assert_eq!(count(|remark| *remark == Remark::Lost), 500);
        assert_eq!(count(|r| matches!(r, Remark::Retransmission { lost: true, .. })), 500);
        assert_eq!(views.iter().map(|view| view.remarks.len()).sum::<usize>(), 1000);
    }
}
