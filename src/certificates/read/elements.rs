//! Elements of DER one after the other, each with its place in the file.

use crate::wire::WireError;
use std::fmt;

/// Why bytes could not be read: what was expected, and at which offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The offset, from the start of what was read.
    pub at: usize,
    /// What was expected there, and what is there.
    pub what: String,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at byte {}: {}", self.at, self.what)
    }
}

impl From<WireError> for Unread {
    fn from(error: WireError) -> Unread {
        Unread { at: error.offset, what: format!("{}: {}", error.what, error.problem) }
    }
}

/// The tag of an object identifier.
pub const OID: u8 = 0x06;
/// The tag of what a structure numbers 0, built of elements.
pub const CONTEXT_0: u8 = 0xa0;

/// An element.
#[derive(Clone, Copy)]
pub struct Element<'a> {
    /// Its tag.
    pub tag: u8,
    /// What is in it.
    pub contents: &'a [u8],
    /// All of it.
    pub whole: &'a [u8],
    /// Where its contents start.
    at: usize,
}

impl<'a> Element<'a> {
    /// The elements inside.
    pub fn inside(self) -> Elements<'a> {
        Elements { rest: self.contents, at: self.at }
    }

    /// Its contents as a number; `None` above 32 bits.
    pub fn number(self) -> Option<u32> {
        self.contents
            .iter()
            .try_fold(0u32, |sum, byte| Some(sum.checked_mul(256)? + u32::from(*byte)))
    }
}

/// What is left of a row of elements.
#[derive(Clone, Copy)]
pub struct Elements<'a> {
    rest: &'a [u8],
    at: usize,
}

impl<'a> Elements<'a> {
    /// Those that these bytes are.
    pub fn new(bytes: &'a [u8]) -> Elements<'a> {
        Elements { rest: bytes, at: 0 }
    }

    /// The tag of the next element.
    pub fn tag(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next element, of any type.
    pub fn any(&mut self, what: &str) -> Result<Element<'a>, Unread> {
        let at = self.at;
        let wrong = |why: String| Unread { at, what: format!("{what} expected, but {why}") };
        let [tag, first, rest @ ..] = self.rest else {
            return Err(wrong("the bytes end".into()));
        };
        let long = match first {
            0..=0x7f => 0,
            0x80 => {
                return Err(wrong(
                    "it has a length without end (BER), which is not read here".into(),
                ));
            }
            0x81..=0x84 => usize::from(first & 0x7f),
            _ => return Err(wrong("its length has more than 4 bytes".into())),
        };
        let bytes = rest.get(..long).ok_or_else(|| wrong("the bytes end in its length".into()))?;
        let len = match long {
            0 => usize::from(*first),
            _ => bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)),
        };
        let header = 2 + long;
        let left = self.rest.len().saturating_sub(header);
        let short = || wrong(format!("it says {len} bytes, and {left} are left"));
        let whole = self.rest.get(..header.saturating_add(len)).ok_or_else(short)?;
        let contents = whole.get(header..).unwrap_or_default();
        self.rest = self.rest.get(whole.len()..).unwrap_or_default();
        self.at += whole.len();
        Ok(Element { tag: *tag, contents, whole, at: at + header })
    }

    /// The next element, which must have this tag.
    pub fn next(&mut self, tag: u8, what: &str) -> Result<Element<'a>, Unread> {
        match self.tag() {
            Some(found) if found != tag => {
                let what =
                    format!("{what} expected (tag 0x{tag:02x}), but tag 0x{found:02x} is there");
                Err(Unread { at: self.at, what })
            }
            _ => self.any(what),
        }
    }

    /// The next element, if it has this tag.
    pub fn optional(&mut self, tag: u8, what: &str) -> Result<Option<Element<'a>>, Unread> {
        if self.tag() == Some(tag) { self.any(what).map(Some) } else { Ok(None) }
    }
}
