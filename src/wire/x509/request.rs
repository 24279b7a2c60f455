//! Certification requests (RFC 2986).

use super::der::{self, rows};
use super::summary::Summary;
use super::{extension, key, name};
use crate::wire::cursor::{Cursor, Decoded, or_opaque, strict};
use crate::wire::error::WireError;
use crate::wire::node::Node;

rows! {
    REQUEST = "CertificationRequest", "", "",
        "What is sent to an authority: whom a certificate is to be about, its public key, and a signature by the private one. [RFC 2986, section 4.2]";
    INFO = "certificationRequestInfo", "", "", "The part that is signed: every byte of it. [RFC 2986, section 4.1]";
    VERSION = "version", "", "", "0 stands for version 1, the only one. [RFC 2986, section 4.1]";
    SUBJECT = "subject", "", "", "Whom the certificate is to be about. The authority may write something else. [RFC 2986, section 4.1]";
    KEY_INFO = "subjectPKInfo", "", "", "The public key that the certificate is to have. The private one stays with its owner. [RFC 2986, section 4.1]";
    ATTRIBUTES = "attributes", "", "", "What else is asked for. [RFC 2986, section 4.1]";
    ATTRIBUTE = "Attribute", "", "", "";
    TYPE = "type", "", "", "Which attribute. [RFC 2986, section 4.1]";
    VALUES = "values", "", "", "A set of values, with one in practice. [RFC 2986, section 4.1]";
    VALUE = "value", "", "", "";
    EXTENSIONS = "Extensions", "", "",
        "What the certificate is to say beyond the basic fields, such as its names. [RFC 2985, section 5.4.2]";
    SIGNATURE_ALGORITHM = "signatureAlgorithm", "", "", "How the signature was made. [RFC 2986, section 4.2]";
    SIGNATURE = "signature", "", "",
        "Over certificationRequestInfo, by the private key that belongs to the public one in it: nobody can ask for a certificate with the key of somebody else. [RFC 2986, section 3]";
}

/// extensionRequest (RFC 2985, section 5.4.2).
const EXTENSION_REQUEST: &str = "1.2.840.113549.1.9.14";

/// Decodes a certification request in DER, and gives what a certificate would say that gave all that is asked
/// for; its version, serial number, issuer and dates are in no request.
///
/// # Errors
/// Bytes that do not follow RFC 2986, section 4.
pub fn parse_request(bytes: &[u8]) -> Result<(Vec<Node>, Summary), WireError> {
    let mut asked = Summary::default();
    let nodes = strict(bytes, |c| read(c, &mut asked))?;
    Ok((nodes, asked))
}

/// As [`parse_request`], but what cannot be decoded is kept in leaves called `undecoded`.
pub fn parse_request_or_opaque(bytes: &[u8]) -> (Vec<Node>, Vec<WireError>) {
    or_opaque(bytes, |c| read(c, &mut Summary::default()))
}

fn read(c: &mut Cursor<'_>, asked: &mut Summary) -> Result<(), WireError> {
    der::element(c, &REQUEST, der::SEQUENCE, |c| {
        der::element(c, &INFO, der::SEQUENCE, |c| info(c, asked))?;
        let algorithm = key::algorithm(c, &SIGNATURE_ALGORITHM)?;
        key::signature_value(c, &SIGNATURE, &algorithm)?;
        asked.signature_algorithm = algorithm.name;
        Ok(asked.subject.clone())
    })
}

fn info(c: &mut Cursor<'_>, asked: &mut Summary) -> Decoded {
    const ATTRIBUTE_LIST: u8 = der::context(0);
    der::integer(c, &VERSION)?;
    asked.subject = name::named(c, &SUBJECT)?;
    asked.public_key = key::key_info(c, &KEY_INFO)?;
    // Never left out by the standard, but by some programs.
    if der::next_tag(c) == Some(ATTRIBUTE_LIST) {
        der::element(c, &ATTRIBUTES, ATTRIBUTE_LIST, |c| c.items(|c| attribute(c, asked)))?;
    }
    Ok(String::new())
}

/// Reads one attribute; returns its name.
fn attribute(c: &mut Cursor<'_>, asked: &mut Summary) -> Decoded {
    let mut name = String::new();
    der::element(c, &ATTRIBUTE, der::SEQUENCE, |c| {
        let id = der::oid(c, &TYPE)?;
        name = key::oid_name(&id);
        der::element(c, &VALUES, der::SET, |c| {
            c.items(|c| {
                if id == EXTENSION_REQUEST {
                    extensions(c, asked)
                } else {
                    der::any(c, &VALUE).map(|()| String::new())
                }
            })
        })?;
        Ok(name.clone())
    })?;
    Ok(name)
}

/// Reads the extensions that are asked for; returns their names.
fn extensions(c: &mut Cursor<'_>, asked: &mut Summary) -> Decoded {
    let mut names = String::new();
    der::element(c, &EXTENSIONS, der::SEQUENCE, |c| {
        names = c.items(|c| extension::extension(c, asked))?;
        Ok(names.clone())
    })?;
    Ok(names)
}
