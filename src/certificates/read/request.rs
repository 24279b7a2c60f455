//! Certification requests (RFC 2986).

use super::elements::{CONTEXT_0, Elements, OID, SET, Unread};
use crate::der::write::{bit_string, context, integer, sequence, time};
use crate::der::{BIT_STRING, INTEGER, SEQUENCE};
use crate::wire::x509::{self, Summary};

/// A request, read.
#[derive(Clone, Debug)]
pub struct Request {
    /// What a certificate would say that gave all that is asked for; its serial number, issuer and dates mean
    /// nothing.
    pub asked: Summary,
    /// The part that is signed, in DER.
    pub signed: Vec<u8>,
    /// The AlgorithmIdentifier of the signature, in DER.
    pub algorithm: Vec<u8>,
    /// The signature.
    pub signature: Vec<u8>,
    /// The SubjectPublicKeyInfo, in DER.
    pub key_info: Vec<u8>,
}

/// extensionRequest (RFC 2985, section 5.4.2).
const EXTENSION_REQUEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 14];

/// Reads a request in DER.
///
/// # Errors
/// What was expected, and where.
pub fn read(bytes: &[u8]) -> Result<Request, Unread> {
    let mut outer = Elements::new(bytes).next(SEQUENCE, "CertificationRequest")?.inside();
    let body = outer.next(SEQUENCE, "certificationRequestInfo")?;
    let algorithm = outer.next(SEQUENCE, "signatureAlgorithm")?;
    let signature = outer.next(BIT_STRING, "signature")?;
    let mut inside = body.inside();
    inside.next(INTEGER, "version")?;
    let subject = inside.next(SEQUENCE, "subject")?;
    let key_info = inside.next(SEQUENCE, "subjectPKInfo")?;
    let mut extensions = None;
    if let Some(attributes) = inside.optional(CONTEXT_0, "attributes")? {
        let mut all = attributes.inside();
        while all.tag().is_some() {
            let mut attribute = all.next(SEQUENCE, "an attribute")?.inside();
            let is = attribute.next(OID, "an attribute's type")?.contents == EXTENSION_REQUEST;
            let mut values = attribute.next(SET, "an attribute's values")?.inside();
            if is {
                extensions = Some(values.next(SEQUENCE, "extensions")?);
            }
        }
    }
    // The decoder of certificates reads the rest.
    let certificate = sequence(&[
        sequence(&[
            context(0, integer(&[2])),
            integer(&[1]),
            algorithm.whole.to_vec(),
            sequence(&[]),
            sequence(&[time(0), time(0)]),
            subject.whole.to_vec(),
            key_info.whole.to_vec(),
            extensions.map(|all| context(3, all.whole.to_vec())).unwrap_or_default(),
        ]),
        algorithm.whole.to_vec(),
        bit_string(0, signature.contents.get(1..).unwrap_or_default()),
    ]);
    let (_, asked) = x509::parse(&certificate)?;
    Ok(Request {
        asked,
        signed: body.whole.to_vec(),
        algorithm: algorithm.whole.to_vec(),
        signature: signature.contents.get(1..).unwrap_or_default().to_vec(),
        key_info: key_info.whole.to_vec(),
    })
}
