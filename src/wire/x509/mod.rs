//! X.509 certificates and revocation lists (RFC 5280), and requests for certificates (RFC 2986), down to tag, length and contents of every element.

mod anything;
pub(crate) mod der;
mod extension;
mod key;
mod name;
mod request;
mod revocation;
mod summary;

pub use anything::parse_anything;
pub use extension::extension_id;
pub(super) use key::ecdsa_signature;
pub use key::key_name;
pub(super) use name::name;
pub use request::{parse_request, parse_request_or_opaque};
pub use revocation::{ListSummary, parse_revocation_list, parse_revocation_list_or_opaque};
pub use summary::{GeneralName, Summary};

use super::cursor::{Cursor, Decoded, opaque, or_opaque, strict};
use super::error::{Problem, WireError};
use super::node::Node;
use crate::time;
use der::{Row, rows};

rows! {
    CERTIFICATE = "Certificate", "", "",
        "A statement, signed by its issuer, that a public key belongs to a name. [RFC 5280, section 4.1]";
    TBS = "tbsCertificate", "x509af.signedCertificate_element", "",
        "The part that is signed: every byte of it. [RFC 5280, section 4.1.1.1]";
    VERSION_TAG = "version", "", "", "Tagged, because it may be left out for version 1. [RFC 5280, section 4.1.2.1]";
    VERSION = "Version", "", "x509af.version", "2 stands for version 3, the one that has extensions. [RFC 5280, section 4.1.2.1]";
    SERIAL = "serialNumber", "", "x509af.serialNumber",
        "The issuer gives no two certificates the same. Public CAs must put 64 random bits in it, so that nobody can predict what will be signed. [RFC 5280, section 4.1.2.2; CA/Browser Forum Baseline Requirements]";
    SIGNATURE = "signature", "x509af.signature_element", "",
        "How the certificate is signed: the same as signatureAlgorithm, but inside the signed part. [RFC 5280, section 4.1.2.3]";
    ISSUER = "issuer", "", "", "Who signed the certificate; the same as the subject of the next one in the chain. [RFC 5280, section 4.1.2.4]";
    VALIDITY = "validity", "x509af.validity_element", "", "When the certificate is good. [RFC 5280, section 4.1.2.5]";
    NOT_BEFORE_UTC = "notBefore", "", "x509af.utcTime", "The first second of validity. [RFC 5280, section 4.1.2.5]";
    NOT_BEFORE = "notBefore", "", "", "The first second of validity. [RFC 5280, section 4.1.2.5]";
    NOT_AFTER_UTC = "notAfter", "", "x509af.utcTime", "The last second of validity. [RFC 5280, section 4.1.2.5]";
    NOT_AFTER = "notAfter", "", "", "The last second of validity. [RFC 5280, section 4.1.2.5]";
    SUBJECT = "subject", "", "", "Whom the certificate is about. [RFC 5280, section 4.1.2.6]";
    ISSUER_ID = "issuerUniqueID", "", "", "Not used. [RFC 5280, section 4.1.2.8]";
    SUBJECT_ID = "subjectUniqueID", "", "", "Not used. [RFC 5280, section 4.1.2.8]";
    EXTENSIONS_TAG = "extensions", "", "", "Tagged, because it may be left out. [RFC 5280, section 4.1.2.9]";
    EXTENSIONS = "Extensions", "", "", "What the certificate says beyond the basic fields. [RFC 5280, section 4.2]";
    SIGNATURE_ALGORITHM = "signatureAlgorithm", "x509af.algorithmIdentifier_element", "",
        "How signatureValue was made. [RFC 5280, section 4.1.1.2]";
    SIGNATURE_VALUE = "signatureValue", "", "x509af.encrypted",
        "The issuer's signature over tbsCertificate. Whoever has the issuer's public key can check that not one bit was changed. [RFC 5280, section 4.1.1.3]";
}

/// Decodes a certificate in DER.
///
/// # Errors
/// Bytes that do not follow RFC 5280, section 4.1.
pub fn parse(bytes: &[u8]) -> Result<(Vec<Node>, Summary), WireError> {
    let mut summary = Summary::default();
    let nodes = strict(bytes, |c| read(c, &mut summary))?;
    Ok((nodes, summary))
}

/// As [`parse`], but what cannot be decoded is kept in leaves called `undecoded`, and what the
/// summary does not find stays empty.
pub fn parse_or_opaque(bytes: &[u8]) -> (Vec<Node>, Summary, Vec<WireError>) {
    let mut summary = Summary::default();
    let (nodes, errors) = or_opaque(bytes, |c| read(c, &mut summary));
    (nodes, summary, errors)
}

/// Reads a certificate; returns its subject.
pub(super) fn certificate(c: &mut Cursor<'_>) -> Decoded {
    let mut summary = Summary::default();
    read(c, &mut summary)?;
    Ok(summary.subject)
}

/// Reads a SubjectPublicKeyInfo that stands alone; returns the kind of key.
pub(super) fn public_key_info(c: &mut Cursor<'_>) -> Decoded {
    key::raw_public_key_info(c)
}

/// Decodes a SubjectPublicKeyInfo; what cannot be decoded is kept in leaves called `undecoded`.
pub fn parse_public_key(bytes: &[u8]) -> (Vec<Node>, Vec<WireError>) {
    or_opaque(bytes, |c| public_key_info(c).map(|_| ()))
}

/// A distinguished name in DER as text: `O=Lab, CN=lab.example`.
///
/// # Errors
/// Bytes that do not follow RFC 5280, section 4.1.2.4.
pub fn parse_name(bytes: &[u8]) -> Result<String, WireError> {
    let mut text = String::new();
    strict(bytes, |c| {
        text = name::name(c)?;
        Ok(())
    })?;
    Ok(text)
}

/// Whether `bytes` begin as a SubjectPublicKeyInfo does: an algorithm's object identifier comes
/// where a certificate has its version or serial number.
pub(super) fn is_public_key_info(bytes: &[u8]) -> bool {
    let algorithm = in_sequence(bytes).and_then(in_sequence);
    algorithm.and_then(<[u8]>::first) == Some(&der::OID)
}

/// What comes behind the tag and the length of a SEQUENCE.
fn in_sequence(bytes: &[u8]) -> Option<&[u8]> {
    let (tag, rest) = bytes.split_first()?;
    let (len, rest) = rest.split_first()?;
    let more = if *len < 0x80 { 0 } else { usize::from(len & 0x7f) };
    rest.get(more..).filter(|_| *tag == der::SEQUENCE)
}

/// Whether `bytes` are exactly one well-formed element.
fn is_one_element(bytes: &[u8]) -> bool {
    strict(bytes, |c| der::any(c, &CERTIFICATE)).is_ok_and(|nodes| nodes.len() == 1)
}

fn read(c: &mut Cursor<'_>, summary: &mut Summary) -> Result<(), WireError> {
    der::element(c, &CERTIFICATE, der::SEQUENCE, |c| {
        der::element(c, &TBS, der::SEQUENCE, |c| tbs(c, summary))?;
        let algorithm = key::algorithm(c, &SIGNATURE_ALGORITHM)?;
        key::signature_value(c, &SIGNATURE_VALUE, &algorithm)?;
        summary.signature_algorithm = algorithm.name;
        Ok(summary.subject.clone())
    })
}

fn tbs(c: &mut Cursor<'_>, summary: &mut Summary) -> Decoded {
    const VERSION_NUMBER: u8 = der::context(0);
    const ISSUER_UNIQUE_ID: u8 = der::context_primitive(1);
    const SUBJECT_UNIQUE_ID: u8 = der::context_primitive(2);
    const EXTENSION_LIST: u8 = der::context(3);

    summary.version = 1;
    if der::next_tag(c) == Some(VERSION_NUMBER) {
        der::element(c, &VERSION_TAG, VERSION_NUMBER, |c| {
            summary.version = version(c)?;
            Ok(format!("v{}", summary.version))
        })?;
    }
    summary.serial = serial(c, &SERIAL)?;
    key::algorithm(c, &SIGNATURE)?;
    summary.issuer = name::named(c, &ISSUER)?;
    der::element(c, &VALIDITY, der::SEQUENCE, |c| {
        summary.not_before = moment(c, &NOT_BEFORE, &NOT_BEFORE_UTC)?;
        summary.not_after = moment(c, &NOT_AFTER, &NOT_AFTER_UTC)?;
        let (from, to) = (time::text(summary.not_before), time::text(summary.not_after));
        Ok([&from, " to ", &to].concat())
    })?;
    summary.subject = name::named(c, &SUBJECT)?;
    summary.public_key = key::public_key_info(c)?;
    for (tag, row) in [(ISSUER_UNIQUE_ID, &ISSUER_ID), (SUBJECT_UNIQUE_ID, &SUBJECT_ID)] {
        if der::next_tag(c) == Some(tag) {
            der::any(c, row)?;
        }
    }
    if der::next_tag(c) == Some(EXTENSION_LIST) {
        der::element(c, &EXTENSIONS_TAG, EXTENSION_LIST, |c| {
            let mut names = String::new();
            der::element(c, &EXTENSIONS, der::SEQUENCE, |c| {
                names = c.items(|c| extension::extension(c, summary))?;
                Ok(names.clone())
            })?;
            Ok(names)
        })?;
    }
    Ok(String::new())
}

fn version(c: &mut Cursor<'_>) -> Result<u32, WireError> {
    let at = c.at();
    let number = der::small(der::integer(c, &VERSION)?);
    let Some(number @ 0..=2) = number else {
        return Err(c.error_at(at, &VERSION.element, Problem::Invalid("not version 1, 2 or 3")));
    };
    if let Some(node) = c.last() {
        let display = format!("v{} ({number})", number + 1);
        node.display.clone_from(&display);
        if let Some(value) = node.children.last_mut() {
            value.display = display;
        }
    }
    Ok(number + 1)
}

fn serial(c: &mut Cursor<'_>, row: &'static Row) -> Result<Vec<u8>, WireError> {
    // Never as a decimal number, however small: it is an identifier.
    let serial = der::primitive(c, row, der::INTEGER, opaque)?;
    Ok(serial.to_vec())
}

fn moment(
    c: &mut Cursor<'_>,
    generalized: &'static Row,
    utc: &'static Row,
) -> Result<i64, WireError> {
    let at = c.at();
    let (row, tag) = match der::next_tag(c) {
        Some(der::UTC_TIME) => (utc, der::UTC_TIME),
        _ => (generalized, der::GENERALIZED_TIME),
    };
    let contents = der::primitive(c, row, tag, |contents| match time::parse(contents) {
        Some(second) => {
            let text = time::text(second);
            (text.replace(" UTC", " (UTC)"), text)
        }
        None => opaque(contents),
    })?;
    let problem = Problem::Invalid("not a time as certificates have it");
    time::parse(contents).ok_or_else(|| c.error_at(at, &row.element, problem))
}
