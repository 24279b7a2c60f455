//! What someone does to a record on its way.

use crate::trace::{Endpoint, Fate};
use rustls::ContentType;

/// One act of tampering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tamper {
    /// What is done.
    pub change: Change,
    /// To what.
    pub target: Target,
    /// Where.
    pub when: When,
}

/// What is done to a record. Whole records are dropped, repeated and held back on the path alone, by someone
/// who keeps both TCP streams consistent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// One bit of its fragment is flipped: bit 0 is the highest of the first byte. On the path the fragment
    /// is what follows the record's header.
    FlipBit(u32),
    /// Bytes of its fragment, from this position on, are replaced by as many others.
    Replace(u32, Vec<u8>),
    /// Its header is replaced by another one, as long as it is.
    Header([u8; 5]),
    /// The last place of these bytes in it, header included, gets others, as many.
    Overwrite(Vec<u8>, Vec<u8>),
    /// The first bit behind the last place of these bytes in it, header included, is flipped.
    FlipBehind(Vec<u8>),
    /// The whole record suffers this.
    Whole(Fate),
}

impl Tamper {
    /// On the path, to this sender's record of this number, from 0, among those that carry the same.
    pub fn on_path(from: Endpoint, content: ContentType, nth: u32, change: Change) -> Tamper {
        Tamper { change, target: Target { from, content, nth }, when: When::AfterSealing }
    }
}

/// A record, chosen by who sends it and what it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Who sends it.
    pub from: Endpoint,
    /// What it carries: the type inside the encryption, which someone on the path may have to guess.
    pub content: ContentType,
    /// Which of these records, from 0.
    pub nth: u32,
}

/// Where a record is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// In the sender, before it is protected: the receiver's AEAD has nothing to complain about.
    BeforeSealing,
    /// On the path, after it was protected: the packet that arrives is not the one that was sent.
    AfterSealing,
}

/// Bytes of a record's header.
const HEADER: usize = 5;

impl Change {
    /// Whether it takes a whole record to do it.
    pub fn needs_all(&self) -> bool {
        matches!(self, Change::Overwrite(..) | Change::FlipBehind(_) | Change::Whole(_))
    }

    /// Does it to a record's fragment. What lies beyond its end stays undone.
    pub fn apply(&self, fragment: &mut [u8]) {
        self.apply_behind(0, fragment);
    }

    /// Does it to a whole record, header included.
    pub fn apply_to_record(&self, record: &mut [u8]) {
        match self {
            Change::Header(header) => overwrite(record, 0, header),
            Change::Overwrite(old, new) => {
                if let Some(at) = last_place(record, old) {
                    overwrite(record, at, new);
                }
            }
            Change::FlipBehind(bytes) => {
                let place = last_place(record, bytes).map(|at| at + bytes.len());
                if let Some(byte) = place.and_then(|at| record.get_mut(at)) {
                    *byte ^= 0x80;
                }
            }
            _ => self.apply_behind(HEADER, record),
        }
    }

    /// Does it to the fragment that stands behind so many bytes.
    fn apply_behind(&self, start: usize, bytes: &mut [u8]) {
        match self {
            Change::FlipBit(bit) => {
                if let Some(byte) = bytes.get_mut(start + (bit / 8) as usize) {
                    *byte ^= 0x80 >> (bit % 8);
                }
            }
            Change::Replace(at, new) => overwrite(bytes, start + *at as usize, new),
            _ => {}
        }
    }
}

/// Where some bytes stand for the last time.
fn last_place(record: &[u8], bytes: &[u8]) -> Option<usize> {
    record.windows(bytes.len().max(1)).rposition(|window| window == bytes)
}

/// Writes over bytes, as far as there are any.
fn overwrite(bytes: &mut [u8], at: usize, new: &[u8]) {
    let places = bytes.get_mut(at..).unwrap_or_default();
    places.iter_mut().zip(new).for_each(|(place, byte)| *place = *byte);
}
