//! Did the issuer sign it? As the endpoint's own `Verify` found.

use super::{Draft, Judging};
use crate::story::certificate::Certificate;
use crate::story::checks::key_length;
use crate::story::format;
use crate::trace::ChainRefusal;

/// What `signature` is, and whether it is the key's. If nobody came to check that, it passes for made as the
/// signed object says, by the algorithm `named`.
pub fn outcome(judging: &Judging<'_>, signature: &[u8], named: &str, key: &[u8]) -> (String, bool) {
    let verified = (judging.verified)(signature, key);
    let (with, ok) = verified.map_or((named, true), |verified| (verified.algorithm, verified.ok));
    (format!("{with}; {}", format::bytes(signature.len())), ok)
}

/// The algorithms that webpki is given in a run, by name, in the order of the provider's table.
const TAKEN: [&str; 7] = [
    "ecdsa-with-SHA256",
    "ecdsa-with-SHA384",
    "id-Ed25519",
    "id-RSASSA-PSS",
    "sha256WithRSAEncryption",
    "sha384WithRSAEncryption",
    "sha512WithRSAEncryption",
];

/// Of these, what is checked in a run with the keys of one curve alone.
const OF_CURVES: [(&str, &str); 2] = [
    ("ecdsa-with-SHA256", "id-ecPublicKey secp256r1"),
    ("ecdsa-with-SHA384", "id-ecPublicKey secp384r1"),
];

/// Is it signed by an algorithm that is taken, with a key that goes with it? `None` if so.
fn algorithm(
    judging: &Judging<'_>,
    certificate: &Certificate,
    issuer: &Certificate,
) -> Option<Draft> {
    let named = certificate.signature_algorithm();
    let key = issuer.summary().public_key.as_str();
    // Of a root that is nothing but a name and a key, no kind is known.
    let is_of_curve = |(of, curve): &(&str, &str)| *of != named || key.is_empty() || key == *curve;
    let is_taken = TAKEN.contains(&named);
    match (judging.verified)(&certificate.signature, &issuer.key) {
        Some(verified) if verified.is_known => return None,
        None if is_taken && OF_CURVES.iter().all(is_of_curve) => return None,
        _ => {}
    }
    let detail = if is_taken {
        format!("{named}, with a key of {key}")
    } else {
        format!("{named}; it takes {}", format::list(&TAKEN.map(str::to_owned)))
    };
    let question = format!(
        "Does the {} take the algorithm of the signature on `{}`?",
        judging.who,
        certificate.subject()
    );
    let draft = Draft::new(question, detail, false, "RFC 5280, section 4.1.1.2");
    Some(draft.or(ChainRefusal::UnsupportedSignatureAlgorithm))
}

pub fn check(judging: &Judging<'_>, certificate: &Certificate, issuer: &Certificate) -> Draft {
    let named = certificate.signature_algorithm();
    if let Some(draft) = algorithm(judging, certificate, issuer) {
        return draft;
    }
    if let Some(draft) = key_length::refused(judging.who, issuer) {
        return draft.or(ChainRefusal::BadSignature);
    }
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
