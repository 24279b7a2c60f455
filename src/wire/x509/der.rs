//! The distinguished encoding rules of ASN.1 (X.690): every element is a tag, a length and contents.

use crate::wire::cursor::{Cursor, Decoded, Read, hex_number, opaque, printable};
use crate::wire::error::{Problem, WireError, octets};
use crate::wire::names;
use crate::wire::node::{Field, fields};

/// A row of the certificate's tables: an element, and the contents of a primitive one.
#[derive(Debug)]
pub(super) struct Row {
    pub element: Field,
    pub value: Field,
}

impl Row {
    /// Wireshark gives some elements a name and some only their contents.
    pub const fn new(
        name: &'static str,
        wireshark: &'static str,
        wireshark_value: &'static str,
        note: &'static str,
    ) -> Row {
        Row {
            element: Field::new(name, wireshark, note),
            value: Field::new("value", wireshark_value, ""),
        }
    }
}

/// Static rows: name, Wireshark's name of the element, and of its contents, and the note.
macro_rules! rows {
    ($($id:ident = $name:literal, $wireshark:literal, $value:literal, $note:expr;)*) => {
        $(static $id: $crate::wire::x509::der::Row =
            $crate::wire::x509::der::Row::new($name, $wireshark, $value, $note);)*
    };
}
pub(super) use rows;

const UNUSED_NOTE: &str = "How many bits of the last byte do not count. [X.690, section 8.6.2]";

fields! {
    TAG = "tag", "", "The type of the element; bit 6 says whether its contents are elements again. [X.690, section 8.1.2]";
    LENGTH = "length", "",
        "How many bytes of contents follow. From 128 on the first byte only says how many bytes the length has. [X.690, section 8.1.3]";
    pub(super) UNUSED_BITS = "unused bits", "ber.bitstring.padding", UNUSED_NOTE;
    pub(super) UNUSED_BITS_OF_RSA = "unused bits", "", UNUSED_NOTE;
}

rows! {
    ITEM = "element", "", "", "";
}

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const NULL: u8 = 0x05;
pub(super) const OID: u8 = 0x06;
pub(super) const UTF8_STRING: u8 = 0x0c;
pub(super) const PRINTABLE_STRING: u8 = 0x13;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// The tag of a constructed element with context-specific tag `[number]`.
pub(super) const fn context(number: u8) -> u8 {
    0xa0 | number
}

/// The tag of a primitive element with context-specific tag `[number]`.
pub(super) const fn context_primitive(number: u8) -> u8 {
    0x80 | number
}

/// What a tag byte is called.
fn tag_name(tag: u8) -> &'static str {
    const CONTEXT: [&str; 9] = ["[0]", "[1]", "[2]", "[3]", "[4]", "[5]", "[6]", "[7]", "[8]"];
    match tag {
        BOOLEAN => "BOOLEAN",
        INTEGER => "INTEGER",
        BIT_STRING => "BIT STRING",
        OCTET_STRING => "OCTET STRING",
        NULL => "NULL",
        OID => "OBJECT IDENTIFIER",
        0x0a => "ENUMERATED",
        UTF8_STRING => "UTF8String",
        PRINTABLE_STRING => "PrintableString",
        0x14 => "TeletexString",
        0x16 => "IA5String",
        UTC_TIME => "UTCTime",
        GENERALIZED_TIME => "GeneralizedTime",
        0x1a => "VisibleString",
        0x1c => "UniversalString",
        0x1e => "BMPString",
        SEQUENCE => "SEQUENCE",
        SET => "SET",
        0x80..=0xbf => CONTEXT.get(usize::from(tag & 0x1f)).copied().unwrap_or("[n]"),
        _ => "unknown",
    }
}

/// The tag of the next element, or `None` at the end.
pub(super) fn next_tag(c: &Cursor<'_>) -> Option<u8> {
    c.peek().first().copied()
}

/// Reads an element with this tag; `read` gets its contents.
pub(super) fn element<'a>(
    c: &mut Cursor<'a>,
    row: &'static Row,
    tag: u8,
    mut read: impl FnMut(&mut Cursor<'a>) -> Decoded,
) -> Result<(), WireError> {
    read_element(c, row, tag, &mut read)
}

fn read_element<'a>(
    c: &mut Cursor<'a>,
    row: &'static Row,
    tag: u8,
    read: Read<'_, 'a>,
) -> Result<(), WireError> {
    let field = &row.element;
    match next_tag(c) {
        Some(found) if found != tag => Err(c.error(
            field,
            Problem::Tag { expected: (tag, tag_name(tag)), found: (found, tag_name(found)) },
        )),
        _ => any_element(c, field, read),
    }
}

/// Reads an element whose contents are one value without elements inside. Its value and display are
/// what `show` makes of the contents.
pub(super) fn primitive<'a>(
    c: &mut Cursor<'a>,
    row: &'static Row,
    tag: u8,
    mut show: impl FnMut(&'a [u8]) -> (String, String),
) -> Result<&'a [u8], WireError> {
    read_primitive(c, row, tag, &mut show)
}

fn read_primitive<'a>(
    c: &mut Cursor<'a>,
    row: &'static Row,
    tag: u8,
    show: &mut dyn FnMut(&'a [u8]) -> (String, String),
) -> Result<&'a [u8], WireError> {
    let mut contents: &[u8] = &[];
    let mut value = String::new();
    element(c, row, tag, |c| {
        let (shown, display) = show(c.peek());
        let len = c.left();
        if len > 0 {
            contents = c.leaf(&row.value, len, |_| (shown.clone(), display.clone()))?;
        }
        value = shown;
        Ok(display)
    })?;
    if let Some(node) = c.last() {
        node.value = value;
    }
    Ok(contents)
}

/// Reads an element of any type; what is inside becomes elements again where its tag says so.
pub(super) fn any(c: &mut Cursor<'_>, row: &'static Row) -> Result<(), WireError> {
    match next_tag(c) {
        Some(OID) => oid(c, row).map(|_| ()),
        Some(tag) if tag & 0x20 != 0 => any_element(c, &row.element, &mut |c| {
            c.items(|c| any(c, &ITEM).map(|()| String::new()))?;
            Ok(String::new())
        }),
        Some(tag) => primitive(c, row, tag, |contents| match tag {
            UTF8_STRING | PRINTABLE_STRING | 0x16 | 0x1a | UTC_TIME | GENERALIZED_TIME => {
                let text = printable(contents);
                (text.clone(), text)
            }
            _ => opaque(contents),
        })
        .map(|_| ()),
        None => any_element(c, &row.element, &mut |_| Ok(String::new())),
    }
}

/// Reads an OBJECT IDENTIFIER; returns its dotted form.
pub(super) fn oid(c: &mut Cursor<'_>, row: &'static Row) -> Result<String, WireError> {
    let start = c.at();
    let mut dotted = None;
    primitive(c, row, OID, |contents| {
        dotted = dotted_oid(contents);
        let text = dotted.clone().unwrap_or_else(|| opaque(contents).0);
        let display = match names::oid(&text) {
            Some(name) => [name, " (", &text, ")"].concat(),
            None => text.clone(),
        };
        (text, display)
    })?;
    let problem = Problem::Invalid("not a well-formed object identifier");
    dotted.ok_or_else(|| c.error_at(start, &row.element, problem))
}

/// Reads an INTEGER, shown in decimal if it is small and in hexadecimal if not; returns its bytes.
pub(super) fn integer<'a>(c: &mut Cursor<'a>, row: &'static Row) -> Result<&'a [u8], WireError> {
    let start = c.at();
    let contents = primitive(c, row, INTEGER, |contents| match small(contents) {
        Some(number) => (number.to_string(), number.to_string()),
        None => opaque(contents),
    })?;
    if contents.is_empty() {
        return Err(c.error_at(start, &row.element, Problem::Invalid("has no bytes")));
    }
    Ok(contents)
}

/// The number that an INTEGER's contents stand for, if it is neither negative nor large.
pub(super) fn small(contents: &[u8]) -> Option<u32> {
    let first = contents.first()?;
    (contents.len() <= 4 && first & 0x80 == 0)
        .then(|| contents.iter().fold(0, |sum, octet| sum << 8 | u32::from(*octet)))
}

/// Reads a BOOLEAN.
pub(super) fn boolean(c: &mut Cursor<'_>, row: &'static Row) -> Result<bool, WireError> {
    let start = c.at();
    let contents = primitive(c, row, BOOLEAN, |contents| match contents {
        [0] => ("0".into(), "FALSE".into()),
        [_] => ("1".into(), "TRUE".into()),
        _ => opaque(contents),
    })?;
    match contents {
        [octet] => Ok(*octet != 0),
        _ => Err(c.error_at(start, &row.element, Problem::Invalid("a BOOLEAN has one byte"))),
    }
}

/// Reads a BIT STRING; `read` gets what follows the byte of unused bits.
pub(super) fn bit_string<'a>(
    c: &mut Cursor<'a>,
    row: &'static Row,
    unused_bits: &'static Field,
    mut read: impl FnMut(&mut Cursor<'a>) -> Decoded,
) -> Result<(), WireError> {
    element(c, row, BIT_STRING, |c| {
        let start = c.at();
        if c.u8(unused_bits)? > 7 {
            return Err(c.error_at(start, unused_bits, Problem::Invalid("more than 7")));
        }
        read(c)
    })
}

/// Reads the rest of the contents as one node of their own, with `read` inside.
pub(super) fn contents<'a>(
    c: &mut Cursor<'a>,
    row: &'static Row,
    read: impl FnMut(&mut Cursor<'a>) -> Decoded,
) -> Result<(), WireError> {
    let len = c.left();
    c.within(&row.value, len, read)?;
    c.show_bytes();
    Ok(())
}

/// Reads tag and length of the next element, and `read`s its contents.
fn any_element<'a>(
    c: &mut Cursor<'a>,
    field: &'static Field,
    read: Read<'_, 'a>,
) -> Result<(), WireError> {
    let (length_len, len) = header(c, field)?;
    let Some(whole) = len.checked_add(1 + length_len) else {
        return Err(c.error(field, Problem::Truncated { needed: len, left: c.left() }));
    };
    c.within(field, whole, |c| {
        c.number(&TAG, 1, |tag| (hex_number(tag, 1), tag_name(tag as u8).into()))?;
        c.leaf(&LENGTH, length_len, |_| (len.to_string(), octets(len)))?;
        read(c)
    })
}

/// How many bytes the next element's length takes, and the length.
fn header(c: &Cursor<'_>, field: &'static Field) -> Result<(usize, usize), WireError> {
    let invalid = |why| Err(c.error(field, Problem::Invalid(why)));
    let (tag, first, rest) = match c.peek() {
        [tag, first, rest @ ..] => (*tag, *first, rest),
        few => return Err(c.error(field, Problem::Truncated { needed: 2, left: few.len() })),
    };
    if tag & 0x1f == 0x1f {
        return invalid("a tag number above 30, which certificates do not use");
    }
    match first {
        0..=0x7f => Ok((1, first.into())),
        0x80 => invalid("a length without end, which DER does not allow"),
        0x81..=0x84 => {
            let count = usize::from(first & 0x7f);
            let Some(octets) = rest.get(..count) else {
                let left = rest.len() + 2;
                return Err(c.error(field, Problem::Truncated { needed: count + 2, left }));
            };
            let len = octets.iter().fold(0u32, |sum, octet| sum << 8 | u32::from(*octet));
            if octets.first() == Some(&0) || len < 0x80 {
                return invalid("a length that is not in its shortest form");
            }
            Ok((1 + count, len as usize))
        }
        _ => invalid("a length of more than 4 bytes"),
    }
}

/// `2.5.4.3`, or `None` if the bytes are cut off or a number is larger than 64 bits.
fn dotted_oid(contents: &[u8]) -> Option<String> {
    if contents.last()? & 0x80 != 0 {
        return None;
    }
    let mut text = String::new();
    let mut number = 0u64;
    for octet in contents {
        number = number.checked_mul(128)? | u64::from(octet & 0x7f);
        if octet & 0x80 != 0 {
            continue;
        }
        if text.is_empty() {
            // The first number holds the first two: 40 times one plus the other.
            let first = (number / 40).min(2);
            text.push_str(&first.to_string());
            number -= first * 40;
        }
        text.push('.');
        text.push_str(&number.to_string());
        number = 0;
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::dotted_oid;

    #[test]
    fn object_identifiers_have_a_dotted_form() {
        assert_eq!(dotted_oid(&[0x55, 0x04, 0x03]).as_deref(), Some("2.5.4.3"));
        assert_eq!(
            dotted_oid(&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]).as_deref(),
            Some("1.2.840.10045.4.3.2")
        );
        assert_eq!(dotted_oid(&[0x88, 0x37]).as_deref(), Some("2.999"));
        assert_eq!(dotted_oid(&[0x55, 0x84]), None);
        assert_eq!(dotted_oid(&[]), None);
        assert_eq!(dotted_oid(&[0xff; 12]), None);
    }
}
