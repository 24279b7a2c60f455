//! What can be wrong with bytes, and where.

use std::fmt;
use std::ops::Deref;

/// Why bytes could not be decoded. One pointer wide, since every decoder may return it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireError(Box<Fault>);

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Offset of the byte at which decoding stopped: inside the input, or at its end.
    pub offset: usize,
    /// The path of field names that was being read: `ClientHello.cipher_suites.cipher_suite`.
    pub what: String,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong with the bytes at a [`Fault`]'s offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The field is longer than what contains it.
    Truncated {
        /// Bytes the field takes.
        needed: usize,
        /// Bytes left in what contains it.
        left: usize,
    },
    /// This many bytes follow where the structure ends.
    Leftover(usize),
    /// Another ASN.1 type than the structure has here.
    Tag {
        /// The tag byte that belongs here, and what it is called.
        expected: (u8, &'static str),
        /// The tag byte that is here, and what it is called.
        found: (u8, &'static str),
    },
    /// Structures lie inside each other deeper than this decoder follows.
    TooDeep,
    /// The value breaks a rule of the standard, in words.
    Invalid(&'static str),
}

impl From<Fault> for WireError {
    fn from(fault: Fault) -> WireError {
        WireError(Box::new(fault))
    }
}

impl Deref for WireError {
    type Target = Fault;

    fn deref(&self) -> &Fault {
        &self.0
    }
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}: {}", self.what, self.offset, self.problem)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Truncated { needed, left } => {
                write!(f, "needs {}, but {left} left", octets(*needed))
            }
            Problem::Leftover(count) => {
                write!(f, "{} left over after the end of the structure", octets(*count))
            }
            Problem::Tag { expected, found } => {
                let ((expected, should), (found, is)) = (expected, found);
                write!(f, "expected {should} (0x{expected:02x}), found {is} (0x{found:02x})")
            }
            Problem::TooDeep => write!(f, "nested too deeply"),
            Problem::Invalid(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for WireError {}

/// `1 byte`, `2 bytes`.
pub(crate) fn octets(count: usize) -> String {
    let mut text = count.to_string();
    text.push_str(if count == 1 { " byte" } else { " bytes" });
    text
}
