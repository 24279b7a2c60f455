//! Any DER: elements by their types, with the names of object identifiers, and with what is inside of strings of
//! bytes where that is DER again.

use super::der::{self, Row, rows};
use super::is_one_element;
use crate::wire::cursor::{Cursor, Decoded, opaque, or_opaque, printable};
use crate::wire::error::{Problem, WireError};
use crate::wire::names;
use crate::wire::node::Node;

rows! {
    BOOLEAN = "BOOLEAN", "", "", "TRUE or FALSE. [X.690, section 8.2]";
    INTEGER = "INTEGER", "", "", "A whole number, the most significant byte first. [X.690, section 8.3]";
    BITS = "BIT STRING", "", "", "Bits; the first byte says how many of the last byte do not count. [X.690, section 8.6]";
    OCTETS = "OCTET STRING", "", "", "Bytes. Where they are DER themselves, it is shown inside. [X.690, section 8.7]";
    NULL = "NULL", "", "", "Nothing, where something could be. [X.690, section 8.8]";
    ID = "OBJECT IDENTIFIER", "", "", "A number that names something all over the world. [X.690, section 8.19]";
    TEXT = "text", "", "", "A string of characters; the tag says of which kind. [X.690, section 8.23]";
    TIME = "time", "", "", "A moment. [X.690, section 11.7 and 11.8]";
    SEQUENCE = "SEQUENCE", "", "", "Elements whose order means something. [X.690, section 8.9]";
    SET = "SET", "", "", "Elements whose order means nothing. [X.690, section 8.11]";
    TAGGED = "tagged", "", "", "An element with a number in place of a type: what it is follows from where it stands. [X.690, section 8.14]";
    OTHER = "element", "", "", "";
}

/// Decodes any DER; what is none is kept in leaves called `undecoded`.
pub fn parse_anything(bytes: &[u8]) -> (Vec<Node>, Vec<WireError>) {
    or_opaque(bytes, |c| elements(c).map(|_| ()))
}

/// Reads all that is left; returns the first thing that has a name or a value.
fn elements(c: &mut Cursor<'_>) -> Decoded {
    let mut summary = String::new();
    while !c.is_empty() {
        let start = c.at();
        let told = one(c)?;
        if c.at() == start {
            return Err(c.error(&OTHER.element, Problem::Leftover(c.left())));
        }
        if summary.is_empty() {
            summary = told;
        }
    }
    Ok(summary)
}

/// How elements of a type are called.
fn row(tag: u8) -> &'static Row {
    match tag {
        der::BOOLEAN => &BOOLEAN,
        der::INTEGER => &INTEGER,
        der::BIT_STRING => &BITS,
        der::OCTET_STRING => &OCTETS,
        der::NULL => &NULL,
        der::OID => &ID,
        der::UTF8_STRING | der::PRINTABLE_STRING | 0x14 | 0x16 | 0x1a | 0x1c | 0x1e => &TEXT,
        der::UTC_TIME | der::GENERALIZED_TIME => &TIME,
        der::SEQUENCE => &SEQUENCE,
        der::SET => &SET,
        0x80..=0xbf => &TAGGED,
        _ => &OTHER,
    }
}

/// Reads an element; returns its name or value, or the first that there is inside.
fn one(c: &mut Cursor<'_>) -> Decoded {
    let Some(tag) = der::next_tag(c) else {
        return Err(c.error(&OTHER.element, Problem::Truncated { needed: 2, left: 0 }));
    };
    let row = row(tag);
    let mut told = String::new();
    match tag {
        der::OID => told = named(c, row)?,
        der::INTEGER => {
            der::integer(c, row)?;
        }
        der::BOOLEAN => {
            der::boolean(c, row)?;
        }
        der::BIT_STRING => der::bit_string(c, row, &der::UNUSED_BITS, |c| {
            told = inside(c, row)?;
            Ok(told.clone())
        })?,
        der::OCTET_STRING => der::element(c, row, tag, |c| {
            told = inside(c, row)?;
            Ok(told.clone())
        })?,
        _ if tag & 0x20 != 0 => der::element(c, row, tag, |c| {
            told = elements(c)?;
            Ok(told.clone())
        })?,
        _ => {
            der::primitive(c, row, tag, |contents| match tag {
                0x1e => {
                    let units = contents.chunks(2).map(|unit| match unit {
                        [high, low] => u16::from_be_bytes([*high, *low]),
                        _ => 0xfffd,
                    });
                    let text =
                        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
                    let text = text.collect::<String>().escape_debug().to_string();
                    (text.clone(), text)
                }
                der::UTF8_STRING
                | der::PRINTABLE_STRING
                | 0x14
                | 0x16
                | 0x1a
                | der::UTC_TIME
                | der::GENERALIZED_TIME => {
                    let text = printable(contents);
                    (text.clone(), text)
                }
                _ => opaque(contents),
            })?;
        }
    }
    Ok(told)
}

/// Reads the contents of a string of bytes, which may be DER again.
fn inside(c: &mut Cursor<'_>, row: &'static Row) -> Decoded {
    if is_one_element(c.peek()) {
        return one(c);
    }
    c.rest(&row.value)?;
    Ok(String::new())
}

/// Reads an OBJECT IDENTIFIER; returns its name.
fn named(c: &mut Cursor<'_>, row: &'static Row) -> Decoded {
    let dotted = der::oid(c, row)?;
    let Some(name) = names::oid(&dotted).or_else(|| names::pkcs(&dotted)) else {
        return Ok(dotted);
    };
    if let Some(node) = c.last() {
        let display = [name, " (", &dotted, ")"].concat();
        if let Some(value) = node.children.last_mut() {
            value.display.clone_from(&display);
        }
        node.display = display;
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::node::check_tiling;

    /// An EncryptedData within a ContentInfo, as a store has it.
    const DATA: &[u8] = &[
        0x30, 0x11, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1, 0xa0, 0x04, 0x04,
        0x02, 0x05, 0x00,
    ];

    #[test]
    fn any_der_is_a_tree_with_names_and_opens_what_is_der_inside() {
        let (nodes, errors) = parse_anything(DATA);
        assert_eq!(errors, []);
        check_tiling(&nodes, DATA.len()).unwrap();
        assert_eq!(nodes[0].display, "data");
        assert!(nodes[0].find("NULL").is_some(), "{nodes:#?}");
        let id = nodes[0].find("OBJECT IDENTIFIER").unwrap();
        assert_eq!(id.display, "data (1.2.840.113549.1.7.1)");
    }

    #[test]
    fn what_is_no_der_is_kept_as_it_is() {
        for bytes in [
            &b""[..],
            b"\x30",
            b"\x30\x05\x02",
            b"\x1f\x1f\x1f",
            &[0x30, 0x80, 0, 0],
            &[0xff; 40],
            &DATA[..9],
        ] {
            let (nodes, errors) = parse_anything(bytes);
            check_tiling(&nodes, bytes.len()).unwrap();
            assert_eq!(errors.is_empty(), bytes.is_empty());
        }
    }
}
