//! TCP segments to streams of bytes (RFC 9293, section 3.4): by sequence number, whatever was sent
//! twice, out of order or overlapping.

use super::model::PacketView;
use crate::trace::Endpoint;
use std::ops::Range;

/// What one end sent, as one run of bytes.
#[derive(Debug)]
pub(super) struct Stream {
    /// Who sent it.
    pub from: Endpoint,
    /// The bytes up to the first gap.
    pub bytes: Vec<u8>,
    /// The sequence number of the first of them.
    first: u32,
    segments: Vec<Segment>,
    sent: Coverage,
    arrived: Coverage,
}

/// Bytes of a stream that one packet carries.
#[derive(Debug)]
struct Segment {
    /// Position of the packet in the connection.
    packet: usize,
    range: Range<usize>,
    received_us: Option<u64>,
}

/// Which packet was the first to carry each byte, as runs that do not overlap, in order.
#[derive(Debug, Default)]
struct Coverage(Vec<Run>);

#[derive(Debug)]
struct Run {
    start: usize,
    end: usize,
    packet: usize,
    received_us: Option<u64>,
}

impl Coverage {
    /// Adds the bytes of `segment` that no segment before it had.
    fn add(&mut self, segment: &Segment) {
        let Range { start: mut at, end } = segment.range;
        let Segment { packet, received_us, .. } = *segment;
        let mut place = self.0.partition_point(|run| run.end <= at);
        while at < end {
            let next = self.0.get(place).map_or(end, |run| run.start.min(end));
            if at < next {
                self.0.insert(place, Run { start: at, end: next, packet, received_us });
                place += 1;
            }
            // Behind what another segment has.
            at = self.0.get(place).map_or(end, |run| run.end);
            place += 1;
        }
    }

    /// The runs that have bytes in `range`.
    fn runs(&self, range: &Range<usize>) -> impl Iterator<Item = &Run> {
        let first = self.0.partition_point(|run| run.end <= range.start);
        let end = range.end;
        self.0.get(first..).unwrap_or_default().iter().take_while(move |run| run.start < end)
    }
}

impl Stream {
    /// Joins what `from` sent. Adds to `problems` where bytes are missing.
    pub fn join(from: Endpoint, packets: &[PacketView], problems: &mut Vec<String>) -> Stream {
        let mine = || packets.iter().enumerate().filter(|(_, packet)| packet.from == from);
        let mut stream = Stream {
            from,
            bytes: Vec::new(),
            first: 0,
            segments: Vec::new(),
            sent: Coverage::default(),
            arrived: Coverage::default(),
        };
        // SYN takes one sequence number; without one the first packet that was seen starts the stream.
        let first = mine()
            .find(|(_, packet)| packet.is_syn())
            .map(|(_, packet)| packet.seq.wrapping_add(1))
            .or_else(|| mine().next().map(|(_, packet)| packet.seq));
        let Some(first) = first else { return stream };
        stream.first = first;
        let mut payloads: Vec<(usize, &[u8])> = Vec::new();
        for (position, packet) in mine().filter(|(_, packet)| packet.payload_len > 0) {
            let seq = packet.seq.wrapping_add(u32::from(packet.is_syn()));
            let distance = seq.wrapping_sub(first) as i32;
            // Bytes before the start are old: keep-alives, or a stream joined in the middle.
            let old = usize::try_from(-i64::from(distance)).unwrap_or(0);
            let payload = packet.payload_bytes().get(old..).unwrap_or_default();
            let start = usize::try_from(distance).unwrap_or(0);
            let segment = Segment {
                packet: position,
                range: start..start + payload.len(),
                received_us: packet.received_us,
            };
            stream.sent.add(&segment);
            stream.segments.push(segment);
            payloads.push((start, payload));
        }
        let mut arrivals: Vec<&Segment> =
            stream.segments.iter().filter(|segment| segment.received_us.is_some()).collect();
        arrivals.sort_by_cached_key(|segment| segment.received_us);
        for segment in arrivals {
            stream.arrived.add(segment);
        }
        payloads.sort_by_cached_key(|(start, _)| *start);
        for (start, payload) in payloads {
            let Some(known) = stream.bytes.len().checked_sub(start) else {
                let at = stream.bytes.len();
                problems.push(format!(
                    "the {}'s stream lacks bytes {at} to {start}; what follows is not decoded",
                    from.name()
                ));
                break;
            };
            stream.bytes.extend_from_slice(payload.get(known..).unwrap_or_default());
        }
        stream
    }

    /// The packet (position) whose sending completed `range`: the last of those that were the first to
    /// carry a byte of it.
    pub fn completed_by(&self, range: &Range<usize>) -> Option<usize> {
        self.sent.runs(range).map(|run| run.packet).max()
    }

    /// When the last byte of `range` arrived, in microseconds; `None` if one never did.
    pub fn arrived_us(&self, range: &Range<usize>) -> Option<u64> {
        let mut last = None;
        let mut at = range.start;
        for run in self.arrived.runs(range) {
            if run.start > at {
                return None;
            }
            last = last.max(run.received_us);
            at = run.end;
        }
        last.filter(|_| at >= range.end)
    }

    /// The bytes of `range` as they arrived, where a packet that carries some of them was changed on
    /// the path.
    pub fn received(&self, range: &Range<usize>, packets: &[PacketView]) -> Option<Vec<u8>> {
        let sent = self.bytes.get(range.clone())?;
        let mut received = sent.to_vec();
        for segment in &self.segments {
            let arrived = packets.get(segment.packet).and_then(PacketView::received_segment);
            let Some((seq, payload)) = arrived else { continue };
            let start = seq.wrapping_sub(self.first) as usize;
            for (at, byte) in (start..).zip(payload) {
                if let Some(slot) = at.checked_sub(range.start).and_then(|at| received.get_mut(at))
                {
                    *slot = *byte;
                }
            }
        }
        (received != sent).then_some(received)
    }

    /// Positions of all packets that carry bytes of `range`, sent again or not.
    pub fn packets(&self, range: &Range<usize>) -> Vec<usize> {
        let touches =
            |segment: &&Segment| segment.range.start < range.end && range.start < segment.range.end;
        self.segments.iter().filter(touches).map(|segment| segment.packet).collect()
    }
}
