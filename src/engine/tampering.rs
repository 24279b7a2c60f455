//! Someone on the path who changes records after they were protected, and mends TCP's checksum.
//!
//! Records are found in each direction's stream of bytes, so that a segment that is sent again is changed
//! again. What a protected record carries is looked up with its sender, as someone on the path may have
//! guessed it.

use super::provider::recorder::protected;
use crate::plan::{Change, Tamper, When};
use crate::trace::Endpoint;
use rustls::ContentType;
use smoltcp::wire::{Ipv4Packet, TcpPacket};

/// Bytes of a record's header.
const HEADER: usize = 5;

/// What is done to the packets of one connection.
pub struct Tampering {
    acts: Vec<Tamper>,
    directions: [Direction; 2],
}

/// One direction of the connection, as far as it was sent.
#[derive(Default)]
struct Direction {
    /// The sequence number of the stream's first byte.
    first: Option<u32>,
    stream: Vec<u8>,
    /// Where in the stream the next record starts.
    at: usize,
    /// How many of the records so far were protected.
    protected: usize,
    /// What the records so far carry.
    contents: Vec<ContentType>,
    /// What is done, and where in the stream the fragment starts that it is done to.
    changes: Vec<(usize, Change)>,
}

impl Tampering {
    /// What these acts do on the path; `None` if that is nothing.
    pub fn of(acts: &[Tamper]) -> Option<Tampering> {
        let on_path = |act: &&Tamper| act.when == When::AfterSealing;
        let acts: Vec<Tamper> = acts.iter().filter(on_path).cloned().collect();
        (!acts.is_empty()).then(|| Tampering { acts, directions: Default::default() })
    }

    /// The next packet of `from` as it arrives; `None` if that is as it was sent.
    pub fn packet(&mut self, from: Endpoint, sent: &[u8]) -> Option<Vec<u8>> {
        let direction = self.directions.get_mut(from as usize)?;
        let mut bytes = sent.to_vec();
        let mut ip = Ipv4Packet::new_checked(&mut bytes[..]).ok()?;
        let (source, destination) = (ip.src_addr().into(), ip.dst_addr().into());
        let mut tcp = TcpPacket::new_checked(ip.payload_mut()).ok()?;
        let seq = tcp.seq_number().0 as u32;
        if tcp.syn() {
            direction.first = Some(seq.wrapping_add(1));
            return None;
        }
        let start = seq.wrapping_sub(direction.first?) as usize;
        direction.take_in(start, tcp.payload_mut());
        direction.find_records(from, &self.acts);
        if !direction.change(start, tcp.payload_mut()) {
            return None;
        }
        tcp.fill_checksum(&source, &destination);
        Some(bytes)
    }
}

impl Direction {
    /// Adds a segment's payload, which starts at this place of the stream.
    fn take_in(&mut self, start: usize, payload: &[u8]) {
        let known = self.stream.len();
        if let Some(more) = known.checked_sub(start).and_then(|skip| payload.get(skip..)) {
            self.stream.extend(more);
        }
    }

    /// Looks at the records whose headers are there, and notes what is to be done to them.
    fn find_records(&mut self, from: Endpoint, acts: &[Tamper]) {
        while let Some([outer, _, _, high, low]) = self.stream.get(self.at..self.at + HEADER) {
            let (outer, length) = (ContentType::from(*outer), u16::from_be_bytes([*high, *low]));
            let length = usize::from(length);
            let inside = protected(from, self.protected)
                .filter(|one| (one.outer, one.length) == (outer, length));
            self.protected += usize::from(inside.is_some());
            let content = inside.map_or(outer, |one| one.content);
            let nth = self.contents.iter().filter(|one| **one == content).count();
            self.contents.push(content);
            for act in acts {
                let target = act.target;
                if (target.from, target.content, target.nth as usize) == (from, content, nth) {
                    self.changes.push((self.at + HEADER, act.change.clone()));
                }
            }
            self.at += HEADER + length;
        }
    }

    /// Does to a payload what is to be done there; whether that was anything.
    fn change(&self, start: usize, payload: &mut [u8]) -> bool {
        let mut changed = false;
        for (fragment, change) in &self.changes {
            for at in change.first()..change.first() + change.width() {
                let place = (fragment + at).checked_sub(start);
                if let Some(byte) = place.and_then(|place| payload.get_mut(place)) {
                    *byte = change.byte(at, *byte);
                    changed = true;
                }
            }
        }
        changed
    }
}
