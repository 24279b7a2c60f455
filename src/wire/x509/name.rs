//! Distinguished names and general names (RFC 5280, sections 4.1.2.4 and 4.2.1.6).

use super::der::{self, Row, rows};
use super::summary::GeneralName;
use crate::wire::cursor::{Cursor, Decoded, opaque, printable};
use crate::wire::error::{Problem, WireError};
use crate::wire::names;
use std::net::{Ipv4Addr, Ipv6Addr};

rows! {
    NAME = "Name", "", "", "A list of attributes, from the widest to the narrowest. [RFC 5280, section 4.1.2.4]";
    RDN = "RelativeDistinguishedName", "", "", "A set of attributes, with one in practice. [RFC 5280, section 4.1.2.4]";
    ATTRIBUTE = "AttributeTypeAndValue", "x509if.RelativeDistinguishedName_item_element", "", "";
    TYPE = "type", "", "x509if.oid", "Which attribute: country, organization, common name. [RFC 5280, appendix A.1]";
    UTF8_VALUE = "value", "", "x509sat.uTF8String", "";
    PRINTABLE_VALUE = "value", "", "x509sat.printableString", "";
    COUNTRY_VALUE = "value", "", "x509sat.CountryName", "Two letters. [RFC 5280, appendix A.1]";
    OTHER_VALUE = "value", "", "", "";

    OTHER_NAME = "otherName", "", "", "A name of a kind defined elsewhere. [RFC 5280, section 4.2.1.6]";
    RFC822_NAME = "rfc822Name", "", "x509ce.rfc822Name", "A mail address. [RFC 5280, section 4.2.1.6]";
    DNS_NAME = "dNSName", "", "x509ce.dNSName",
        "A host name, perhaps with a * in place of its first label. Clients compare it with the name they asked for. [RFC 5280, section 4.2.1.6; RFC 9525]";
    X400_ADDRESS = "x400Address", "", "", "";
    DIRECTORY_NAME = "directoryName", "", "", "A distinguished name. [RFC 5280, section 4.2.1.6]";
    EDI_PARTY_NAME = "ediPartyName", "", "", "";
    URI = "uniformResourceIdentifier", "", "x509ce.uniformResourceIdentifier", "An address of the web. [RFC 5280, section 4.2.1.6]";
    IPV4_ADDRESS = "iPAddress", "", "x509ce.IPAddress.ipv4", "4 bytes of address; 8 in a constraint: address and mask. [RFC 5280, section 4.2.1.6]";
    IPV6_ADDRESS = "iPAddress", "", "x509ce.IPAddress.ipv6", "16 bytes of address; 32 in a constraint: address and mask. [RFC 5280, section 4.2.1.6]";
    OTHER_ADDRESS = "iPAddress", "", "", "4 bytes of address, or 16; in a constraint address and mask. [RFC 5280, section 4.2.1.6]";
    REGISTERED_ID = "registeredID", "", "", "";
}

/// Reads a Name under its type's name; returns it as text: `C=DE, O=Lab, CN=lab.example`.
pub(in crate::wire) fn name(c: &mut Cursor<'_>) -> Result<String, WireError> {
    named(c, &NAME)
}

/// Reads a Name as the field `row`.
pub(super) fn named(c: &mut Cursor<'_>, row: &'static Row) -> Result<String, WireError> {
    let mut text = String::new();
    der::element(c, row, der::SEQUENCE, |c| {
        text = list(c, ", ", |c| {
            let mut rdn = String::new();
            der::element(c, &RDN, der::SET, |c| {
                rdn = list(c, "+", attribute)?;
                Ok(rdn.clone())
            })?;
            Ok(rdn)
        })?;
        Ok(text.clone())
    })?;
    Ok(text)
}

/// Reads all that is left, and joins it whole: a name is never shown in part.
fn list(
    c: &mut Cursor<'_>,
    separator: &str,
    mut read: impl FnMut(&mut Cursor<'_>) -> Decoded,
) -> Result<String, WireError> {
    let mut text = String::new();
    while !c.is_empty() {
        let part = read(c)?;
        if !text.is_empty() {
            text.push_str(separator);
        }
        text.push_str(&part);
    }
    Ok(text)
}

fn attribute(c: &mut Cursor<'_>) -> Decoded {
    let mut text = String::new();
    der::element(c, &ATTRIBUTE, der::SEQUENCE, |c| {
        let kind = der::oid(c, &TYPE)?;
        // The attributes whose type is DirectoryString, and so have these names in Wireshark.
        let directory_string =
            matches!(kind.as_str(), "2.5.4.3" | "2.5.4.7" | "2.5.4.8" | "2.5.4.10" | "2.5.4.11");
        let row = match der::next_tag(c) {
            Some(der::UTF8_STRING) if directory_string => &UTF8_VALUE,
            Some(der::PRINTABLE_STRING) if directory_string => &PRINTABLE_VALUE,
            _ if kind == "2.5.4.6" => &COUNTRY_VALUE,
            _ => &OTHER_VALUE,
        };
        let value = string(c, row)?;
        let key = names::rdn_key(&kind).or_else(|| names::oid(&kind)).unwrap_or(&kind);
        text = [key, "=", &value].concat();
        Ok(text.clone())
    })?;
    Ok(text)
}

/// Reads a string of any type; returns it as shown.
fn string(c: &mut Cursor<'_>, row: &'static Row) -> Result<String, WireError> {
    let Some(tag) = der::next_tag(c) else {
        let problem = Problem::Truncated { needed: 2, left: 0 };
        return Err(c.error(&row.element, problem));
    };
    let mut text = String::new();
    der::primitive(c, row, tag, |contents| {
        text = match tag {
            der::UTF8_STRING => utf8(contents),
            0x1e => bmp(contents),
            _ => printable(contents),
        };
        (text.clone(), text.clone())
    })?;
    Ok(text)
}

/// Text in UTF-8; control characters and what is not UTF-8 are escaped.
fn utf8(contents: &[u8]) -> String {
    match std::str::from_utf8(contents) {
        Ok(text) if !text.chars().any(char::is_control) => text.into(),
        _ => printable(contents),
    }
}

/// Text in UTF-16, as old certificates have it.
fn bmp(contents: &[u8]) -> String {
    let (units, rest) = contents.as_chunks::<2>();
    let text = char::decode_utf16(units.iter().map(|unit| u16::from_be_bytes(*unit)))
        .collect::<Result<String, _>>();
    match text {
        Ok(text) if rest.is_empty() && !text.chars().any(char::is_control) => text,
        _ => printable(contents),
    }
}

/// Reads one GeneralName.
pub(super) fn general_name(c: &mut Cursor<'_>) -> Result<GeneralName, WireError> {
    let Some(tag) = der::next_tag(c) else {
        return Err(c.error(&NAME.element, Problem::Truncated { needed: 2, left: 0 }));
    };
    let mut value = String::new();
    let row = match tag & 0x1f {
        0 => &OTHER_NAME,
        1 => &RFC822_NAME,
        2 => &DNS_NAME,
        3 => &X400_ADDRESS,
        4 => &DIRECTORY_NAME,
        5 => &EDI_PARTY_NAME,
        6 => &URI,
        7 => match c.peek().get(1) {
            Some(4) => &IPV4_ADDRESS,
            Some(16) => &IPV6_ADDRESS,
            _ => &OTHER_ADDRESS,
        },
        8 => &REGISTERED_ID,
        _ => return Err(c.error(&NAME.element, Problem::Invalid("not a kind of general name"))),
    };
    const DIRECTORY: u8 = der::context(4);
    match tag {
        DIRECTORY => der::element(c, row, tag, |c| {
            value = name(c)?;
            Ok(value.clone())
        })?,
        0x81 | 0x82 | 0x86 | 0x87 => {
            der::primitive(c, row, tag, |contents| {
                value = if tag == 0x87 { address(contents) } else { printable(contents) };
                (value.clone(), value.clone())
            })?;
        }
        // Of the others there is no text; they are there all the same.
        _ => {
            value = row.element.name.into();
            der::any(c, row)?;
        }
    }
    Ok(GeneralName { kind: row.element.name, value })
}

/// An address; in a constraint an address and, behind a slash, its mask.
fn address(contents: &[u8]) -> String {
    let one = |octets: &[u8]| match octets.len() {
        4 => <[u8; 4]>::try_from(octets).ok().map(|octets| Ipv4Addr::from(octets).to_string()),
        16 => <[u8; 16]>::try_from(octets).ok().map(|octets| Ipv6Addr::from(octets).to_string()),
        _ => None,
    };
    let (base, mask) = contents.split_at(contents.len() / 2);
    match (contents.len(), one(base), one(mask)) {
        (8 | 32, Some(base), Some(mask)) => [&base, "/", &mask].concat(),
        _ => one(contents).unwrap_or_else(|| opaque(contents).0),
    }
}
