//! What someone on the path did to bytes: where those that arrived differ from those that were sent.

use super::model::{PacketView, Record};
use std::ops::Range;

/// Bytes that arrived otherwise than they were sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alteration<'a> {
    /// As they were sent.
    pub sent: &'a [u8],
    /// As they arrived.
    pub received: &'a [u8],
    /// Where they differ, in order.
    pub changes: Vec<Change>,
}

/// A run of bytes that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its place in what was sent; empty where bytes were put in.
    pub sent: Range<usize>,
    /// Its place in what arrived; empty where bytes were taken out.
    pub received: Range<usize>,
}

/// A line of bytes, as sent and as they arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlteredRow {
    /// The place of its first byte.
    pub offset: usize,
    /// The bytes as sent, each with whether it was changed.
    pub sent: Vec<(u8, bool)>,
    /// The bytes as they arrived, each with whether it was changed.
    pub received: Vec<(u8, bool)>,
}

impl<'a> Alteration<'a> {
    /// Between these bytes; `None` if they are the same.
    pub fn between(sent: &'a [u8], received: &'a [u8]) -> Option<Alteration<'a>> {
        let changes = if sent.len() == received.len() {
            replaced(sent, received)
        } else {
            vec![resized(sent, received)]
        };
        (!changes.is_empty()).then_some(Alteration { sent, received, changes })
    }

    /// How many bytes were changed, put in or taken out.
    pub fn count(&self) -> usize {
        self.changes.iter().map(|change| change.sent.len().max(change.received.len())).sum()
    }

    /// The lines of `width` bytes that show a change.
    pub fn rows(&self, width: usize) -> Vec<AlteredRow> {
        let line = |bytes: &[u8], start: usize, is_changed: &dyn Fn(usize) -> bool| {
            let bytes = bytes.iter().enumerate().skip(start).take(width);
            bytes.map(|(at, byte)| (*byte, is_changed(at))).collect::<Vec<_>>()
        };
        let end = self.sent.len().max(self.received.len());
        let rows = (0..end).step_by(width.max(1)).map(|offset| AlteredRow {
            offset,
            sent: line(self.sent, offset, &|at| self.changes.iter().any(|c| c.sent.contains(&at))),
            received: line(self.received, offset, &|at| {
                self.changes.iter().any(|c| c.received.contains(&at))
            }),
        });
        rows.filter(|row| row.sent.iter().chain(&row.received).any(|byte| byte.1)).collect()
    }
}

/// The runs of bytes that were replaced by as many others.
fn replaced(sent: &[u8], received: &[u8]) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let differing = sent.iter().zip(received).enumerate().filter(|(_, (a, b))| a != b);
    for (at, _) in differing {
        match changes.last_mut().filter(|last| last.sent.end == at) {
            Some(last) => (last.sent.end, last.received.end) = (at + 1, at + 1),
            None => changes.push(Change { sent: at..at + 1, received: at..at + 1 }),
        }
    }
    changes
}

/// What lies between the common beginning and the common end of bytes of different lengths.
fn resized(sent: &[u8], received: &[u8]) -> Change {
    let start = sent.iter().zip(received).take_while(|(a, b)| a == b).count();
    let rest = |bytes: &[u8]| bytes.len() - start;
    let most = rest(sent).min(rest(received));
    let same = sent.iter().rev().zip(received.iter().rev()).take(most).take_while(|(a, b)| a == b);
    let tail = same.count();
    Change { sent: start..sent.len() - tail, received: start..received.len() - tail }
}

impl Record {
    /// What someone on the path did to it; `None` if it arrived as it was sent.
    pub fn alteration(&self) -> Option<Alteration<'_>> {
        Alteration::between(&self.bytes, self.received.as_deref()?)
    }
}

impl PacketView {
    /// What someone on the path did to it, IPv4 and TCP headers included; `None` if it arrived as it was
    /// sent.
    pub fn alteration(&self) -> Option<Alteration<'_>> {
        Alteration::between(&self.bytes, self.received.as_deref()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_same_bytes_are_no_alteration() {
        assert_eq!(Alteration::between(&[1, 2], &[1, 2]), None);
    }

    #[test]
    fn one_byte_among_many_gives_one_line_with_one_mark_on_each_side() {
        let sent: Vec<u8> = (0..40).collect();
        let mut received = sent.clone();
        received[19] = 0xff;
        let found = Alteration::between(&sent, &received).unwrap();
        assert_eq!(found.changes, [Change { sent: 19..20, received: 19..20 }]);
        let rows = found.rows(8);
        assert_eq!((rows.len(), rows[0].offset, found.count()), (1, 16, 1));
        assert_eq!((rows[0].sent[3], rows[0].received[3]), ((19, true), (0xff, true)));
        assert_eq!(rows[0].sent.iter().filter(|byte| byte.1).count(), 1);
    }

    #[test]
    fn bytes_put_in_or_taken_out_are_marked_where_they_are() {
        let found = Alteration::between(b"abcd", b"abXYcd").unwrap();
        assert_eq!(found.changes, [Change { sent: 2..2, received: 2..4 }]);
        let found = Alteration::between(b"abcd", b"ad").unwrap();
        assert_eq!(found.changes, [Change { sent: 1..3, received: 1..1 }]);
    }

    proptest! {
        #[test]
        fn the_changes_make_what_arrived_of_what_was_sent(
            sent in prop::collection::vec(0..4u8, 0..40),
            received in prop::collection::vec(0..4u8, 0..40),
        ) {
            let changes = Alteration::between(&sent, &received).map(|a| a.changes);
            let mut made = sent.clone();
            for change in changes.unwrap_or_default().into_iter().rev() {
                made.splice(change.sent, received[change.received].iter().copied());
            }
            prop_assert_eq!(made, received);
        }
    }
}
