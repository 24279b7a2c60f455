//! What someone does to a record on its way.

use crate::trace::Endpoint;
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

/// What is done to a record. To drop, replay, insert or reorder whole records takes someone on the path who
/// keeps both TCP streams consistent, and has its place here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// One bit of its fragment is flipped: bit 0 is the highest of the first byte. On the path the fragment
    /// is what follows the record's header.
    FlipBit(u32),
    /// Bytes of its fragment, from this position on, are replaced by as many others.
    Replace(u32, Vec<u8>),
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

impl Change {
    /// Does it to a fragment. What lies beyond the fragment's end stays undone.
    pub fn apply(&self, fragment: &mut [u8]) {
        for at in self.first()..self.first() + self.width() {
            if let Some(byte) = fragment.get_mut(at) {
                *byte = self.byte(at, *byte);
            }
        }
    }

    /// The first byte of the fragment that it touches.
    pub fn first(&self) -> usize {
        match self {
            Change::FlipBit(bit) => (bit / 8) as usize,
            Change::Replace(at, _) => *at as usize,
        }
    }

    /// How many bytes it touches.
    pub fn width(&self) -> usize {
        match self {
            Change::FlipBit(_) => 1,
            Change::Replace(_, bytes) => bytes.len(),
        }
    }

    /// What becomes of the fragment's byte at this position.
    pub fn byte(&self, at: usize, byte: u8) -> u8 {
        match self {
            Change::FlipBit(bit) => byte ^ (0x80 >> (bit % 8)),
            Change::Replace(start, bytes) => at
                .checked_sub(*start as usize)
                .and_then(|at| bytes.get(at))
                .copied()
                .unwrap_or(byte),
        }
    }
}
