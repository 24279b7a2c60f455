//! Did the issuer sign it? As the endpoint's own `Verify` found.

use super::{Draft, Judging};
use crate::story::certificate::Certificate;
use crate::story::format;
use crate::trace::{ChainRefusal, Op};

/// The algorithm and the outcome of checking `signature` with `key`; `None` if it did not come to it.
pub fn verified(judging: &Judging<'_>, signature: &[u8], key: &[u8]) -> Option<(String, bool)> {
    judging.ctx.ops(judging.by).find_map(|(_, op)| match op {
        Op::Verify { algorithm, signature: checked, public_key, ok, .. }
            if checked == signature && public_key == key =>
        {
            Some((algorithm.clone(), *ok))
        }
        _ => None,
    })
}

pub fn check(judging: &Judging<'_>, certificate: &Certificate, issuer: &Certificate) -> Draft {
    let outcome = verified(judging, &certificate.signature, &issuer.key);
    let holds = outcome.as_ref().is_none_or(|(_, ok)| *ok);
    let with = outcome
        .map_or_else(|| certificate.signature_algorithm().to_string(), |(algorithm, _)| algorithm);
    let size = format::bytes(certificate.signature.len());
    let detail = format!("{with}; {size}{}", keys(certificate, issuer));
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
