//! The presentation language of RFC 5246, section 4, as far as handshake messages need it.

use super::alert::{Refusal, refuse};
use rustls::AlertDescription;

/// Takes bytes off the front of a message. Every method refuses with `decode_error` when there are
/// too few.
pub struct Reader<'a> {
    rest: &'a [u8],
    /// What is read, for the error's text.
    what: &'static str,
}

impl<'a> Reader<'a> {
    pub fn new(what: &'static str, octets: &'a [u8]) -> Reader<'a> {
        Reader { rest: octets, what }
    }

    pub fn take(&mut self, len: usize) -> Result<&'a [u8], Refusal> {
        let (taken, rest) = self.rest.split_at_checked(len).ok_or_else(|| self.malformed())?;
        self.rest = rest;
        Ok(taken)
    }

    /// A number of `width` bytes.
    fn number(&mut self, width: usize) -> Result<usize, Refusal> {
        Ok(self.take(width)?.iter().fold(0, |sum, octet| sum << 8 | usize::from(*octet)))
    }

    pub fn u8(&mut self) -> Result<u8, Refusal> {
        Ok(self.number(1)? as u8)
    }

    pub fn u16(&mut self) -> Result<u16, Refusal> {
        Ok(self.number(2)? as u16)
    }

    /// A vector with a length of `width` bytes before it.
    pub fn vector(&mut self, width: usize) -> Result<&'a [u8], Refusal> {
        let len = self.number(width)?;
        self.take(len)
    }

    /// A vector of 16-bit code points.
    pub fn codes(&mut self, width: usize) -> Result<Vec<u16>, Refusal> {
        let octets = self.vector(width)?;
        let (pairs, rest) = octets.as_chunks::<2>();
        match rest {
            [] => Ok(pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect()),
            _ => Err(self.malformed()),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Nothing may be left.
    pub fn end(&self) -> Result<(), Refusal> {
        if self.is_empty() { Ok(()) } else { Err(self.malformed()) }
    }

    fn malformed(&self) -> Refusal {
        let text = format!("the {} does not have the form of the standard", self.what);
        refuse(AlertDescription::DecodeError, text)
    }
}

/// `body` with its length in `width` bytes before it.
pub fn vector(width: usize, body: &[u8]) -> Vec<u8> {
    let len = (body.len() as u64).to_be_bytes();
    [len.get(len.len() - width..).unwrap_or_default(), body].concat()
}

/// A list of 16-bit code points with its length in two bytes before it.
pub fn codes(codes: impl IntoIterator<Item = u16>) -> Vec<u8> {
    let octets: Vec<u8> = codes.into_iter().flat_map(u16::to_be_bytes).collect();
    vector(2, &octets)
}
