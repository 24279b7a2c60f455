//! Handshake messages out of the contents of records: a message may be spread over several records, and
//! several may share one (RFC 9846, section 5.1).

use crate::wire::handshake::message_len;

/// The bytes of handshake that no complete message has taken yet.
#[derive(Debug, Default)]
pub(super) struct Joiner {
    octets: Vec<u8>,
    /// Records (positions) that the bytes come from, each with how many of them.
    sources: Vec<(usize, usize)>,
}

/// A complete message.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Joined {
    pub bytes: Vec<u8>,
    /// The records (positions) that carry it.
    pub records: Vec<usize>,
}

impl Joiner {
    /// Adds what record `record` holds.
    pub fn add(&mut self, record: usize, content: &[u8]) {
        if !content.is_empty() {
            self.octets.extend_from_slice(content);
            self.sources.push((record, content.len()));
        }
    }

    /// Takes the next message, if it is complete.
    pub fn next_message(&mut self) -> Option<Joined> {
        let end = message_len(&self.octets)?;
        if self.octets.len() < end {
            return None;
        }
        let rest = self.octets.split_off(end);
        let bytes = std::mem::replace(&mut self.octets, rest);
        let mut records = Vec::new();
        let mut needed = end;
        self.sources.retain_mut(|(record, count)| {
            if needed > 0 {
                records.push(*record);
                let taken = needed.min(*count);
                needed -= taken;
                *count -= taken;
            }
            *count > 0
        });
        Some(Joined { bytes, records })
    }

    /// Bytes that wait for the rest of their message.
    pub fn left(&self) -> usize {
        self.octets.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_in_two_records_and_two_messages_in_one_are_told_apart() {
        let mut joiner = Joiner::default();
        joiner.add(0, &[1, 0, 0]);
        assert_eq!(joiner.next_message(), None);
        joiner.add(1, &[2, 7, 8, 14, 0, 0, 0, 20]);
        let joined = |bytes: &[u8], records: &[usize]| {
            Some(Joined { bytes: bytes.to_vec(), records: records.to_vec() })
        };
        assert_eq!(joiner.next_message(), joined(&[1, 0, 0, 2, 7, 8], &[0, 1]));
        assert_eq!(joiner.next_message(), joined(&[14, 0, 0, 0], &[1]));
        assert_eq!(joiner.next_message(), None);
        assert_eq!(joiner.left(), 1);
    }
}
