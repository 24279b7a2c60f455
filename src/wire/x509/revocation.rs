//! Certificate revocation lists (RFC 5280, section 5).

use super::der::{self, rows};
use super::{extension, key, moment, name, serial};
use crate::wire::cursor::{Cursor, Decoded, or_opaque, strict};
use crate::wire::error::WireError;
use crate::wire::node::Node;

rows! {
    LIST = "CertificateList", "", "",
        "A statement, signed by an authority, of which of its certificates are not good any more. [RFC 5280, section 5.1]";
    TBS = "tbsCertList", "", "", "The part that is signed: every byte of it. [RFC 5280, section 5.1.1.1]";
    VERSION = "version", "", "", "1 stands for version 2, the one that has extensions. [RFC 5280, section 5.1.2.1]";
    SIGNATURE = "signature", "", "",
        "How the list is signed: the same as signatureAlgorithm, but inside the signed part. [RFC 5280, section 5.1.2.2]";
    ISSUER = "issuer", "", "", "The authority whose certificates the list is about. [RFC 5280, section 5.1.2.3]";
    THIS_UPDATE = "thisUpdate", "", "", "When the list was issued. [RFC 5280, section 5.1.2.4]";
    NEXT_UPDATE = "nextUpdate", "", "", "When the next list is due at the latest. [RFC 5280, section 5.1.2.5]";
    REVOKED = "revokedCertificates", "", "", "The certificates that are not good any more; left out if there are none. [RFC 5280, section 5.1.2.6]";
    ENTRY = "revokedCertificate", "", "", "";
    SERIAL = "userCertificate", "", "", "The serial number of a certificate of this issuer. [RFC 5280, section 5.1.2.6]";
    DATE = "revocationDate", "", "", "Since when. [RFC 5280, section 5.1.2.6]";
    ENTRY_EXTENSIONS = "crlEntryExtensions", "", "", "What else is said of this certificate, such as why. [RFC 5280, section 5.3]";
    EXTENSIONS_TAG = "crlExtensions", "", "", "Tagged, because they may be left out. [RFC 5280, section 5.1.2.7]";
    EXTENSIONS = "Extensions", "", "", "What the list says beyond the basic fields. [RFC 5280, section 5.2]";
    SIGNATURE_ALGORITHM = "signatureAlgorithm", "", "", "How signatureValue was made. [RFC 5280, section 5.1.1.2]";
    SIGNATURE_VALUE = "signatureValue", "", "", "The issuer's signature over tbsCertList. [RFC 5280, section 5.1.1.3]";
}

/// The facts of one revocation list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListSummary {
    /// Who signed it: `O=Lab, CN=Lab Root CA`.
    pub issuer: String,
    /// When it was issued, in seconds since 1970-01-01T00:00:00Z.
    pub this_update: i64,
    /// When the next one is due at the latest, in seconds since 1970-01-01T00:00:00Z.
    pub next_update: Option<i64>,
    /// The serial numbers of the revoked certificates, as encoded.
    pub revoked: Vec<Vec<u8>>,
    /// How it is signed: `ecdsa-with-SHA256`.
    pub signature_algorithm: String,
}

/// Decodes a certificate revocation list in DER.
///
/// # Errors
/// Bytes that do not follow RFC 5280, section 5.1.
pub fn parse_revocation_list(bytes: &[u8]) -> Result<(Vec<Node>, ListSummary), WireError> {
    let mut summary = ListSummary::default();
    let nodes = strict(bytes, |c| read(c, &mut summary))?;
    Ok((nodes, summary))
}

/// As [`parse_revocation_list`], but what cannot be decoded is kept in leaves called `undecoded`.
pub fn parse_revocation_list_or_opaque(bytes: &[u8]) -> (Vec<Node>, Vec<WireError>) {
    or_opaque(bytes, |c| read(c, &mut ListSummary::default()))
}

fn read(c: &mut Cursor<'_>, summary: &mut ListSummary) -> Result<(), WireError> {
    der::element(c, &LIST, der::SEQUENCE, |c| {
        der::element(c, &TBS, der::SEQUENCE, |c| to_be_signed(c, summary))?;
        let algorithm = key::algorithm(c, &SIGNATURE_ALGORITHM)?;
        key::signature_value(c, &SIGNATURE_VALUE, &algorithm)?;
        summary.signature_algorithm = algorithm.name;
        Ok(summary.issuer.clone())
    })
}

fn to_be_signed(c: &mut Cursor<'_>, summary: &mut ListSummary) -> Decoded {
    const EXTENSION_LIST: u8 = der::context(0);
    if der::next_tag(c) == Some(der::INTEGER) {
        der::integer(c, &VERSION)?;
    }
    key::algorithm(c, &SIGNATURE)?;
    summary.issuer = name::named(c, &ISSUER)?;
    summary.this_update = moment(c, &THIS_UPDATE, &THIS_UPDATE)?;
    if matches!(der::next_tag(c), Some(der::UTC_TIME | der::GENERALIZED_TIME)) {
        summary.next_update = Some(moment(c, &NEXT_UPDATE, &NEXT_UPDATE)?);
    }
    if der::next_tag(c) == Some(der::SEQUENCE) {
        der::element(c, &REVOKED, der::SEQUENCE, |c| {
            c.items(|c| {
                der::element(c, &ENTRY, der::SEQUENCE, |c| {
                    summary.revoked.push(serial(c, &SERIAL)?);
                    moment(c, &DATE, &DATE)?;
                    if !c.is_empty() {
                        der::any(c, &ENTRY_EXTENSIONS)?;
                    }
                    Ok(String::new())
                })?;
                Ok(String::new())
            })
        })?;
    }
    if der::next_tag(c) == Some(EXTENSION_LIST) {
        der::element(c, &EXTENSIONS_TAG, EXTENSION_LIST, |c| {
            let mut names = String::new();
            der::element(c, &EXTENSIONS, der::SEQUENCE, |c| {
                names = c.items(|c| extension::extension(c, &mut super::Summary::default()))?;
                Ok(names.clone())
            })?;
            Ok(names)
        })?;
    }
    Ok(String::new())
}
