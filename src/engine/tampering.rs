//! Someone on the path who changes records after they were protected, drops, repeats or holds back whole
//! ones, and mends what TCP says of them.
//!
//! Records are found in each direction's stream of bytes, so that a segment that is sent again is changed
//! again. What a protected record carries is looked up with its sender, as someone on the path may have
//! guessed it. Where whole records are meddled with, the stream that arrives is another than the one that
//! was sent: a direction knows for the end of each record where both are, and sequence and acknowledgment
//! numbers are translated by that.

use super::provider::recorder::protected;
use crate::plan::{Change, Tamper, When};
use crate::trace::{Endpoint, Fate, Meddling};
use crate::wire::record::HEADER_LEN;
use rustls::ContentType;
use smoltcp::wire::{Ipv4Packet, TcpPacket, TcpSeqNumber};

/// What is done to the packets of one connection.
pub struct Tampering {
    acts: Vec<Tamper>,
    directions: [Direction; 2],
    /// What was done to whole records so far.
    pub meddling: Vec<Meddling>,
}

/// One direction of the connection, as far as it was sent.
#[derive(Default)]
struct Direction {
    /// The sequence number of the stream's first byte.
    first: Option<u32>,
    /// As it was sent.
    sent: Vec<u8>,
    /// As it arrives.
    arriving: Vec<u8>,
    /// Whether whole records are meddled with. Where none are, bytes pass before their record is complete.
    by_record: bool,
    /// Where in the stream the next record starts.
    at: usize,
    /// How many of the records so far were protected.
    protected: usize,
    /// What the records so far carry.
    contents: Vec<ContentType>,
    /// The ends of the records so far: in what was sent, and in what arrives.
    ends: Vec<(usize, usize)>,
    /// A record that waits for the next one to pass.
    held: Vec<u8>,
    /// Where in what was sent the record starts in whose place there is a FIN.
    cut: Option<usize>,
    /// Whether the sender has closed its direction.
    closed: bool,
}

impl Tampering {
    /// What these acts do on the path; `None` if that is nothing.
    pub fn of(acts: &[Tamper]) -> Option<Tampering> {
        let on_path = |act: &&Tamper| act.when == When::AfterSealing;
        let acts: Vec<Tamper> = acts.iter().filter(on_path).cloned().collect();
        let direction = |from| {
            let by_record =
                acts.iter().any(|act| act.target.from == from && act.change.needs_all());
            Direction { by_record, ..Direction::default() }
        };
        let directions = Endpoint::BOTH.map(direction);
        (!acts.is_empty()).then_some(Tampering { acts, directions, meddling: Vec::new() })
    }

    /// The next packet of `from` as it arrives; `None` if that is as it was sent.
    pub fn packet(&mut self, from: Endpoint, sent: &[u8]) -> Option<Vec<u8>> {
        let ip = Ipv4Packet::new_checked(sent).ok()?;
        let tcp = TcpPacket::new_checked(ip.payload()).ok()?;
        let seq = tcp.seq_number().0 as u32;
        let [client, server] = &mut self.directions;
        let (own, peer) = match from {
            Endpoint::Client => (client, server),
            Endpoint::Server => (server, client),
        };
        if tcp.syn() {
            own.first = Some(seq.wrapping_add(1));
            return None;
        }
        let first = own.first?;
        let start = seq.wrapping_sub(first) as usize;
        let end = start + tcp.payload().len();
        own.take_in(start, tcp.payload());
        own.closed |= tcp.fin();
        own.find_records(from, &self.acts, &mut self.meddling);
        let arrives = own.arrives(start)..own.arrives(end);
        let payload = own.arriving.get(arrives.clone()).unwrap_or_default();
        let is_cut = own.cut.is_some_and(|cut| (start..end).contains(&cut));
        // Behind the forged FIN only the sender's own comes, in its place.
        let behind = own.cut.is_some_and(|cut| start > cut) && !tcp.fin();
        let ack = peer.first.map(|first| {
            let ack = (tcp.ack_number().0 as u32).wrapping_sub(first) as usize;
            first.wrapping_add(peer.acknowledged(ack) as u32)
        });
        let seq = first.wrapping_add(arrives.start as u32).wrapping_add(u32::from(behind));
        let arrived = rewritten(sent, seq, ack, is_cut || tcp.fin(), payload)?;
        (arrived != sent).then_some(arrived)
    }
}

impl Direction {
    /// Adds a segment's payload, which starts at this place of the stream.
    fn take_in(&mut self, start: usize, payload: &[u8]) {
        let known = self.sent.len();
        if let Some(more) = known.checked_sub(start).and_then(|skip| payload.get(skip..)) {
            self.sent.extend(more);
            if !self.by_record {
                self.arriving.extend(more);
            }
        }
    }

    /// Does to the records that are there what is to be done to them; to one of which a part is there
    /// only where that part passes at once.
    fn find_records(&mut self, from: Endpoint, acts: &[Tamper], meddling: &mut Vec<Meddling>) {
        while let Some([outer, _, _, high, low]) = self.sent.get(self.at..self.at + HEADER_LEN) {
            let (outer, length) = (ContentType::from(*outer), u16::from_be_bytes([*high, *low]));
            let length = usize::from(length);
            let (at, end) = (self.at, self.at + HEADER_LEN + length);
            let inside = protected(from, self.protected)
                .filter(|one| (one.outer, one.length) == (outer, length));
            let content = inside.map_or(outer, |one| one.content);
            let nth = self.contents.iter().filter(|one| **one == content).count();
            let is_meant = |act: &&Tamper| {
                let target = act.target;
                (target.from, target.content, target.nth as usize) == (from, content, nth)
            };
            let changes = || acts.iter().filter(is_meant).map(|act| &act.change);
            let there = at..end.min(self.sent.len());
            let mut record = self.sent.get(there.clone()).unwrap_or_default().to_vec();
            changes().for_each(|change| change.apply_to_record(&mut record));
            let is_whole = there.end == end;
            if !self.by_record {
                self.arriving.splice(there, record);
            } else if is_whole {
                let fate = changes().find_map(|change| match change {
                    Change::Whole(fate) => Some(*fate),
                    _ => None,
                });
                meddling.extend(fate.map(|fate| Meddling { from, offset: at, fate }));
                self.pass(record, at, fate);
            }
            if !is_whole {
                break;
            }
            self.protected += usize::from(inside.is_some());
            self.contents.push(content);
            self.at = end;
            self.ends.push((end, self.arriving.len()));
        }
    }

    /// Lets a record pass that starts at this place of what was sent, or does with it what else is to be
    /// done.
    fn pass(&mut self, record: Vec<u8>, at: usize, fate: Option<Fate>) {
        if self.cut.is_some() {
            return;
        }
        let held = std::mem::take(&mut self.held);
        match fate {
            None => self.arriving.extend(record),
            Some(Fate::Dropped) => {}
            Some(Fate::Repeated) => self.arriving.extend(record.repeat(2)),
            Some(Fate::HeldBack) => self.held = record,
            Some(Fate::CutOff) => self.cut = Some(at),
        }
        self.arriving.extend(held);
    }

    /// Where a place of what was sent is in what arrives.
    fn arrives(&self, at: usize) -> usize {
        if !self.by_record {
            return at;
        }
        let behind_fin = if self.cut.is_some() { 0 } else { at.saturating_sub(self.sent.len()) };
        self.ends.iter().rfind(|end| end.0 <= at).map_or(0, |end| end.1) + behind_fin
    }

    /// How far what was sent has arrived, where the reader acknowledges so much of what arrives.
    fn acknowledged(&self, ack: usize) -> usize {
        if !self.by_record {
            return ack;
        }
        let (sent, arrives) =
            self.ends.iter().copied().rfind(|end| end.1 <= ack).unwrap_or_default();
        // A FIN counts as well, and only if its sender has sent one.
        sent + usize::from(ack > arrives && self.closed && sent == self.sent.len())
    }
}

/// A packet with another payload, and with what IP and TCP say of it made right.
fn rewritten(
    sent: &[u8],
    seq: u32,
    ack: Option<u32>,
    fin: bool,
    payload: &[u8],
) -> Option<Vec<u8>> {
    let (ip_header, tcp_header) = {
        let ip = Ipv4Packet::new_checked(sent).ok()?;
        let tcp = TcpPacket::new_checked(ip.payload()).ok()?;
        (usize::from(ip.header_len()), usize::from(tcp.header_len()))
    };
    let mut bytes = sent.get(..ip_header + tcp_header)?.to_vec();
    bytes.extend(payload);
    let length = u16::try_from(bytes.len()).ok()?;
    let mut ip = Ipv4Packet::new_unchecked(&mut bytes[..]);
    ip.set_total_len(length);
    ip.fill_checksum();
    let (source, destination) = (ip.src_addr().into(), ip.dst_addr().into());
    let mut tcp = TcpPacket::new_unchecked(ip.payload_mut());
    tcp.set_seq_number(TcpSeqNumber(seq as i32));
    if let Some(ack) = ack {
        tcp.set_ack_number(TcpSeqNumber(ack as i32));
    }
    tcp.set_fin(fin);
    tcp.fill_checksum(&source, &destination);
    Some(bytes)
}
