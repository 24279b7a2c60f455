//! One cursor that reads and annotates at once.
//!
//! Every read leaves a [`Node`]; a structure is opened and closed by the same call, so a length
//! cannot drift from its contents and the tree always tiles what was read.
//!
//! The same decoder serves two callers:
//! - [`strict`] stops at the first error;
//! - [`or_opaque`] never fails: where a structure of known length cannot be decoded, its rest
//!   becomes one leaf called `undecoded`, the error is kept, and decoding goes on behind it.

use super::error::{Fault, Problem, WireError, octets};
pub use super::node::Vector;
use super::node::{Field, Node, fields};
use crate::hex;
use crate::tls::{Registry, is_grease};
use std::borrow::Cow;

/// What the decoder of a structure's contents returns: the text that sums the structure up for a
/// person (may be empty), or why it could not be decoded.
pub type Decoded = Result<String, WireError>;

/// What is read inside a structure. Passed on by reference, so that the cursor's own code exists
/// once and not again for every closure.
pub type Read<'r, 'a> = &'r mut dyn FnMut(&mut Cursor<'a>) -> Decoded;

/// What a code point is called.
type Name<T> = fn(T) -> Option<&'static str>;

/// Deeper than any structure of TLS or X.509, and shallow enough for the smallest stack.
const MAX_DEPTH: usize = 48;

fields! {
    /// What [`or_opaque`] makes of bytes that could not be decoded.
    pub UNDECODED = "undecoded", "",
        "These bytes do not follow the rules of the structure they lie in, so they are kept as they are.";
}

/// Reads bytes and builds their tree.
#[derive(Debug)]
pub struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    end: usize,
    path: Vec<&'static str>,
    nodes: Vec<Node>,
    /// `None` in a strict run; otherwise what went wrong so far.
    forgiven: Option<Vec<WireError>>,
}

/// Decodes all of `bytes` with `read`.
///
/// # Errors
/// The first thing that `read` could not decode, or bytes that it left over.
pub fn strict<'a>(
    bytes: &'a [u8],
    read: impl FnOnce(&mut Cursor<'a>) -> Result<(), WireError>,
) -> Result<Vec<Node>, WireError> {
    let mut cursor = Cursor::new(bytes, None);
    read(&mut cursor)?;
    cursor.finished()?;
    Ok(cursor.nodes)
}

/// Decodes `bytes` with `read` as far as that goes. The nodes always tile all of `bytes`; what could
/// not be decoded is in leaves called `undecoded`, one for each error.
pub fn or_opaque<'a>(
    bytes: &'a [u8],
    read: impl FnOnce(&mut Cursor<'a>) -> Result<(), WireError>,
) -> (Vec<Node>, Vec<WireError>) {
    let mut cursor = Cursor::new(bytes, Some(Vec::new()));
    if let Err(error) = read(&mut cursor).and_then(|()| cursor.finished()) {
        cursor.end = bytes.len();
        cursor.forgive(error).ok();
    }
    (cursor.nodes, cursor.forgiven.unwrap_or_default())
}

impl<'a> Cursor<'a> {
    fn new(bytes: &'a [u8], forgiven: Option<Vec<WireError>>) -> Cursor<'a> {
        Cursor {
            bytes,
            at: 0,
            end: bytes.len(),
            path: Vec::with_capacity(16),
            nodes: Vec::new(),
            forgiven,
        }
    }

    /// Offset of the next byte.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Bytes left in the innermost open structure of known length.
    pub fn left(&self) -> usize {
        self.end - self.at
    }

    /// Whether the innermost open structure of known length has been read to its end.
    pub fn is_empty(&self) -> bool {
        self.at == self.end
    }

    /// What is left in the innermost open structure of known length, without reading it.
    pub fn peek(&self) -> &'a [u8] {
        self.bytes.get(self.at..self.end).unwrap_or_default()
    }

    /// The bytes from `start` up to here.
    pub fn since(&self, start: usize) -> &'a [u8] {
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    /// An error about the next byte.
    pub fn error(&self, field: &Field, problem: Problem) -> WireError {
        self.error_at(self.at, field, problem)
    }

    /// An error about the byte at `offset`.
    pub fn error_at(&self, offset: usize, field: &Field, problem: Problem) -> WireError {
        let mut what = self.path.join(".");
        if self.path.last() != Some(&field.name) {
            if !what.is_empty() {
                what.push('.');
            }
            what.push_str(field.name);
        }
        Fault { offset, what, problem }.into()
    }

    /// Reads a leaf of `len` bytes; `show` gives its value and its display.
    pub fn leaf(
        &mut self,
        field: &'static Field,
        len: usize,
        mut show: impl FnMut(&'a [u8]) -> (String, String),
    ) -> Result<&'a [u8], WireError> {
        self.read_leaf(field, len, &mut show)
    }

    fn read_leaf(
        &mut self,
        field: &'static Field,
        len: usize,
        show: &mut dyn FnMut(&'a [u8]) -> (String, String),
    ) -> Result<&'a [u8], WireError> {
        self.need(field, len)?;
        let start = self.at;
        self.at += len;
        let bytes = self.since(start);
        let (value, display) = show(bytes);
        self.nodes.push(Node { field, start, end: self.at, value, display, children: Vec::new() });
        Ok(bytes)
    }

    /// Reads a number of `width` bytes (at most 8), most significant first.
    pub fn number(
        &mut self,
        field: &'static Field,
        width: usize,
        mut show: impl FnMut(u64) -> (String, String),
    ) -> Result<u64, WireError> {
        self.read_number(field, width, &mut show)
    }

    fn read_number(
        &mut self,
        field: &'static Field,
        width: usize,
        show: &mut dyn FnMut(u64) -> (String, String),
    ) -> Result<u64, WireError> {
        let mut number = 0;
        self.leaf(field, width, |bytes| {
            number = bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
            show(number)
        })?;
        Ok(number)
    }

    /// Reads a number of 1 byte, shown in decimal.
    pub fn u8(&mut self, field: &'static Field) -> Result<u8, WireError> {
        Ok(self.number(field, 1, decimal)? as u8)
    }

    /// Reads a number of 2 bytes, shown in decimal.
    pub fn u16(&mut self, field: &'static Field) -> Result<u16, WireError> {
        Ok(self.number(field, 2, decimal)? as u16)
    }

    /// Reads a number of 4 bytes, shown in decimal.
    pub fn u32(&mut self, field: &'static Field) -> Result<u32, WireError> {
        Ok(self.number(field, 4, decimal)? as u32)
    }

    /// Reads a code point of 2 bytes whose registry writes it in hexadecimal: a cipher suite, a
    /// group, a signature scheme, a version.
    pub fn code<T: Registry<u16>>(&mut self, field: &'static Field) -> Result<T, WireError> {
        self.read_code(field, T::name_of).map(T::from)
    }

    fn read_code(&mut self, field: &'static Field, name: Name<u16>) -> Result<u16, WireError> {
        let code = self.number(field, 2, |code| {
            let value = hex_number(code, 2);
            let grease = if is_grease(code as u16) { "GREASE" } else { "unknown" };
            let display = join(&[name(code as u16).unwrap_or(grease), " (", &value, ")"]);
            (value, display)
        })?;
        Ok(code as u16)
    }

    /// Reads a code point of 1 byte whose registry writes it in decimal.
    pub fn kind<T: Registry<u8>>(&mut self, field: &'static Field) -> Result<T, WireError> {
        self.named(field, T::name_of).map(T::from)
    }

    /// Reads a number of 1 byte, shown in decimal with its name.
    pub fn named(&mut self, field: &'static Field, name: Name<u8>) -> Result<u8, WireError> {
        let kind = self.number(field, 1, |kind| {
            let value = kind.to_string();
            let display = join(&[name(kind as u8).unwrap_or("unknown"), " (", &value, ")"]);
            (value, display)
        })?;
        Ok(kind as u8)
    }

    /// Reads `len` bytes without structure, shown in hexadecimal.
    pub fn bytes(&mut self, field: &'static Field, len: usize) -> Result<&'a [u8], WireError> {
        self.leaf(field, len, opaque)
    }

    /// Reads all that is left as bytes without structure; no node if nothing is left.
    pub fn rest(&mut self, field: &'static Field) -> Result<&'a [u8], WireError> {
        match self.left() {
            0 => Ok(&[]),
            left => self.bytes(field, left),
        }
    }

    /// Reads a structure that ends where `read` has read it.
    pub fn group(
        &mut self,
        field: &'static Field,
        mut read: impl FnMut(&mut Cursor<'a>) -> Decoded,
    ) -> Result<(), WireError> {
        self.read_group(field, &mut read)
    }

    fn read_group(&mut self, field: &'static Field, read: Read<'_, 'a>) -> Result<(), WireError> {
        let start = self.at;
        let siblings = self.open(field)?;
        let result = read(self);
        let children = self.close(siblings);
        let (display, result) = match result {
            Ok(display) => (display, Ok(())),
            Err(error) => (String::new(), Err(error)),
        };
        // After an error too: the parts that were read stay in the tree.
        if result.is_ok() || !children.is_empty() {
            self.nodes.push(Node {
                field,
                start,
                end: self.at,
                value: String::new(),
                display,
                children,
            });
        }
        result
    }

    /// Reads a structure of `len` bytes, all of which `read` has to read.
    pub fn within(
        &mut self,
        field: &'static Field,
        len: usize,
        mut read: impl FnMut(&mut Cursor<'a>) -> Decoded,
    ) -> Result<(), WireError> {
        self.read_within(field, len, &mut read)
    }

    fn read_within(
        &mut self,
        field: &'static Field,
        len: usize,
        read: Read<'_, 'a>,
    ) -> Result<(), WireError> {
        self.need(field, len)?;
        let start = self.at;
        let outer_end = self.end;
        let siblings = self.open(field)?;
        self.end = start + len;
        let mut result = read(self).and_then(|display| self.finished().map(|()| display));
        if let Err(error) = result {
            result = self.forgive(error).map(|()| String::from("not decoded"));
        }
        self.end = outer_end;
        let children = self.close(siblings);
        let display = result?;
        let value = String::new();
        self.nodes.push(Node { field, start, end: self.at, value, display, children });
        Ok(())
    }

    /// Reads what is `len` bytes long, but is no node of its own: all of it or less.
    pub fn limited<T>(
        &mut self,
        len: usize,
        read: impl FnOnce(&mut Cursor<'a>) -> Result<T, WireError>,
    ) -> Result<T, WireError> {
        self.need(&UNDECODED, len)?;
        let outer_end = std::mem::replace(&mut self.end, self.at + len);
        let result = read(self);
        self.end = outer_end;
        result
    }

    /// Reads a length and a structure of that many bytes.
    pub fn vector(
        &mut self,
        vector: &'static Vector,
        mut read: impl FnMut(&mut Cursor<'a>) -> Decoded,
    ) -> Result<(), WireError> {
        let len = self.length(vector)?;
        self.read_within(&vector.body, len, &mut read)
    }

    /// Reads a length and that many bytes without structure.
    pub fn opaque(&mut self, vector: &'static Vector) -> Result<&'a [u8], WireError> {
        let len = self.length(vector)?;
        self.bytes(&vector.body, len)
    }

    /// Reads a length and that many bytes of text, and returns the text as shown.
    pub fn text(&mut self, vector: &'static Vector) -> Result<String, WireError> {
        let len = self.length(vector)?;
        let mut text = String::new();
        self.leaf(&vector.body, len, |bytes| {
            text = printable(bytes);
            (text.clone(), text.clone())
        })?;
        Ok(text)
    }

    /// Reads items until the innermost structure of known length ends. `read` returns what to call
    /// each one; the first few make the summary.
    pub fn items<S: Into<Cow<'static, str>>>(
        &mut self,
        mut read: impl FnMut(&mut Cursor<'a>) -> Result<S, WireError>,
    ) -> Decoded {
        self.read_items(&mut |c| Ok(read(c)?.into()))
    }

    fn read_items(
        &mut self,
        read: &mut dyn FnMut(&mut Cursor<'a>) -> Result<Cow<'static, str>, WireError>,
    ) -> Decoded {
        const NAMED: usize = 4;
        let mut summary = String::new();
        let mut count = 0;
        while !self.is_empty() {
            let start = self.at;
            let item = read(self)?;
            if self.at == start {
                return Err(self.error(&UNDECODED, Problem::Leftover(self.left())));
            }
            if count < NAMED && !item.is_empty() {
                if count > 0 {
                    summary.push_str(", ");
                }
                summary.push_str(&item);
            }
            count += 1;
        }
        if count > NAMED && !summary.is_empty() {
            summary.push_str(&join(&[" and ", &(count - NAMED).to_string(), " more"]));
        }
        Ok(summary)
    }

    /// Gives the node that was read last its bytes as value, where tools show a structure so.
    pub fn show_bytes(&mut self) {
        if let Some(node) = self.nodes.last_mut() {
            node.value = hex::encode(self.bytes.get(node.start..node.end).unwrap_or_default());
        }
    }

    /// The node that was read last, for a display or value that its own bytes do not tell.
    pub fn last(&mut self) -> Option<&mut Node> {
        self.nodes.last_mut()
    }

    fn length(&mut self, vector: &'static Vector) -> Result<usize, WireError> {
        let len =
            self.number(&vector.length, vector.width, |n| (n.to_string(), octets(n as usize)))?;
        let len = len as usize;
        self.need(&vector.body, len)?;
        Ok(len)
    }

    fn need(&self, field: &Field, needed: usize) -> Result<(), WireError> {
        let left = self.left();
        if needed <= left {
            return Ok(());
        }
        Err(self.error(field, Problem::Truncated { needed, left }))
    }

    fn finished(&self) -> Result<(), WireError> {
        if self.is_empty() {
            return Ok(());
        }
        let what = if self.path.is_empty() { "input".into() } else { self.path.join(".") };
        Err(Fault { offset: self.at, what, problem: Problem::Leftover(self.left()) }.into())
    }

    /// In a lenient run, makes the rest of the innermost structure one opaque leaf.
    fn forgive(&mut self, error: WireError) -> Result<(), WireError> {
        let Some(forgiven) = &mut self.forgiven else { return Err(error) };
        forgiven.push(error);
        self.rest(&UNDECODED)?;
        Ok(())
    }

    fn open(&mut self, field: &'static Field) -> Result<Vec<Node>, WireError> {
        if self.path.len() >= MAX_DEPTH {
            return Err(self.error(field, Problem::TooDeep));
        }
        self.path.push(field.name);
        Ok(std::mem::take(&mut self.nodes))
    }

    fn close(&mut self, siblings: Vec<Node>) -> Vec<Node> {
        self.path.pop();
        std::mem::replace(&mut self.nodes, siblings)
    }
}

/// Value and display of a decimal number.
pub fn decimal(number: u64) -> (String, String) {
    let text = number.to_string();
    (text.clone(), text)
}

/// Value and display of bytes without structure.
pub fn opaque(bytes: &[u8]) -> (String, String) {
    const SHOWN: usize = 32;
    let value = hex::encode(bytes);
    let display = match bytes.len() {
        0 => "empty".into(),
        1..=SHOWN => value.clone(),
        len => join(&[&value[..2 * SHOWN], "… (", &octets(len), ")"]),
    };
    (value, display)
}

/// `0x` and two digits for each of `width` bytes.
pub fn hex_number(number: u64, width: usize) -> String {
    let mut text = String::with_capacity(2 + 2 * width);
    text.push_str("0x");
    for digit in (0..2 * width as u32).rev() {
        let digit = (number.checked_shr(4 * digit).unwrap_or(0) & 15) as u32;
        text.push(char::from_digit(digit, 16).unwrap_or('0'));
    }
    text
}

/// Text of bytes from outside: what is not printable ASCII is escaped.
pub fn printable(bytes: &[u8]) -> String {
    let plain = |b: &u8| (b' '..=b'~').contains(b) && *b != b'\\';
    if bytes.iter().all(plain) {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    bytes.escape_ascii().to_string()
}

/// The parts as one text; cheaper than formatting, and there are thousands of nodes.
pub fn join(parts: &[&str]) -> String {
    parts.concat()
}
