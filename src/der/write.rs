//! Writes DER (X.690).

use super::{BIT_STRING, INTEGER, OCTET_STRING, SEQUENCE};

/// An element: tag, length, contents.
pub fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
    let mut element = vec![tag];
    match contents.len() {
        short @ ..=0x7f => element.push(short as u8),
        long => {
            let bytes = long.to_be_bytes();
            let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
            element.push(0x80 | (bytes.len() - zeros) as u8);
            element.extend(bytes.iter().skip(zeros));
        }
    }
    element.extend(contents);
    element
}

/// A SEQUENCE of these elements.
pub fn sequence(elements: &[Vec<u8>]) -> Vec<u8> {
    tlv(SEQUENCE, &elements.concat())
}

/// An INTEGER, from its contents.
pub fn integer(contents: &[u8]) -> Vec<u8> {
    tlv(INTEGER, contents)
}

/// A SET of one element.
pub fn set(element: Vec<u8>) -> Vec<u8> {
    tlv(0x31, &element)
}

/// An element with an explicit context-specific tag around it.
pub fn context(number: u8, element: Vec<u8>) -> Vec<u8> {
    tlv(0xa0 | number, &element)
}

/// A BOOLEAN.
pub fn boolean(value: bool) -> Vec<u8> {
    tlv(0x01, &[if value { 0xff } else { 0 }])
}

/// A BIT STRING whose last byte leaves so many bits unused.
pub fn bit_string(unused: u8, bytes: &[u8]) -> Vec<u8> {
    tlv(BIT_STRING, &[&[unused], bytes].concat())
}

/// An OCTET STRING.
pub fn octet_string(bytes: &[u8]) -> Vec<u8> {
    tlv(OCTET_STRING, bytes)
}

/// An OBJECT IDENTIFIER, from its contents.
pub fn oid(contents: &[u8]) -> Vec<u8> {
    tlv(0x06, contents)
}

/// A UTF8String.
pub fn utf8(text: &str) -> Vec<u8> {
    tlv(0x0c, text.as_bytes())
}

/// A Time, from seconds since 1970: UTCTime until 2049, then GeneralizedTime (RFC 5280, section
/// 4.1.2.5).
pub fn time(seconds: u64) -> Vec<u8> {
    let text = crate::time::text(seconds as i64);
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).chain(*b"Z").collect();
    match digits.split_at(2) {
        (b"19", short) if short >= b"50".as_slice() => tlv(0x17, short),
        (b"20", short) if short < b"50".as_slice() => tlv(0x17, short),
        _ => tlv(0x18, &digits),
    }
}
