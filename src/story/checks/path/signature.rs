//! Did the issuer sign it? As the endpoint's own `Verify` found.

use super::{Draft, Judging};
use crate::story::certificate::Certificate;
use crate::story::format;
use crate::trace::ChainRefusal;

/// What `signature` is, and whether it is the key's. If nobody came to check that, it passes for made as the
/// signed object says, by the algorithm `named`.
pub fn outcome(judging: &Judging<'_>, signature: &[u8], named: &str, key: &[u8]) -> (String, bool) {
    let verified = (judging.verified)(signature, key);
    let (with, ok) = verified.map_or((named, true), |verified| (verified.algorithm, verified.ok));
    (format!("{with}; {}", format::bytes(signature.len())), ok)
}

pub fn check(judging: &Judging<'_>, certificate: &Certificate, issuer: &Certificate) -> Draft {
    let named = certificate.signature_algorithm();
    let (made, holds) = outcome(judging, &certificate.signature, named, &issuer.key);
    let detail = made + &keys(certificate, issuer);
    let question = format!(
        "Is the signature on `{}` made by `{}`?",
        certificate.subject(),
        certificate.issuer()
    );
    Draft::new(question, detail, holds, "RFC 5280, section 6.1.3").or(ChainRefusal::BadSignature)
}

/// What the certificates themselves say of the issuer's key. It is a help to find the issuer, and no
/// proof.
fn keys(certificate: &Certificate, issuer: &Certificate) -> String {
    let said = &certificate.summary().authority_key_id;
    match (said, &issuer.summary().subject_key_id) {
        (Some(said), Some(own)) if said == own => {
            format!("; authorityKeyIdentifier {}, as the issuer's", format::excerpt(said))
        }
        (Some(said), Some(own)) => format!(
            "; authorityKeyIdentifier {}, but the key checked with is {}",
            format::excerpt(said),
            format::excerpt(own)
        ),
        _ => String::new(),
    }
}
