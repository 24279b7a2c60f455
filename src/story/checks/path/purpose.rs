//! May the certificate stand in this place? basicConstraints, and extendedKeyUsage.

use super::{Draft, Endpoint};
use crate::story::certificate::Certificate;
use crate::story::format;
use crate::trace::ChainRefusal;

/// The checks on a certificate at this depth, 0 being the leaf.
pub fn checks(certificate: &Certificate, depth: usize, by: Endpoint) -> Vec<Draft> {
    let mut drafts = vec![place(certificate, depth == 0)];
    // The authorities between this one and the leaf.
    drafts.extend(depth.checked_sub(1).and_then(|below| path_length(certificate, below)));
    drafts.extend(purpose(certificate, by));
    drafts
}

fn place(certificate: &Certificate, leaf: bool) -> Draft {
    let is_ca = certificate.is_ca();
    let detail = match (certificate.has_basic_constraints, is_ca) {
        (true, true) => "basicConstraints: cA TRUE",
        (true, false) => "basicConstraints: cA FALSE",
        (false, _) => "no basicConstraints, so it is not an authority",
    };
    let (question, refusal) = if leaf {
        ("an end entity and not an authority", ChainRefusal::CaAsLeaf)
    } else {
        ("an authority, which may issue certificates", ChainRefusal::LeafAsCa)
    };
    let asked = if leaf { "; webpki asks for this, RFC 5280 does not" } else { "" };
    let question = format!("Is `{}` {question}?", certificate.subject());
    Draft::new(question, format!("{detail}{asked}"), is_ca != leaf, "RFC 5280, section 4.2.1.9")
        .or(refusal)
}

fn path_length(certificate: &Certificate, below: usize) -> Option<Draft> {
    let most = certificate.summary().path_len?;
    let holds = usize::try_from(most).is_ok_and(|most| below <= most);
    let question =
        format!("Are there no more authorities below `{}` than it allows?", certificate.subject());
    let detail = format!("pathLenConstraint {most}; between it and the leaf {below}");
    let draft = Draft::new(question, detail, holds, "RFC 5280, section 4.2.1.9");
    Some(draft.or(ChainRefusal::PathTooLong))
}

/// extendedKeyUsage; a certificate without it may be used for anything.
fn purpose(certificate: &Certificate, by: Endpoint) -> Option<Draft> {
    let purposes = certificate.purposes();
    if purposes.is_empty() {
        return None;
    }
    let needed = match by {
        Endpoint::Client => "serverAuth",
        Endpoint::Server => "clientAuth",
    };
    let question = format!("May `{}` be used for this purpose?", certificate.subject());
    let detail = format!("needed {needed}; allowed {}", format::list(purposes));
    let holds = purposes.iter().any(|purpose| purpose == needed);
    let draft = Draft::new(question, detail, holds, "RFC 5280, section 4.2.1.12");
    Some(draft.or(ChainRefusal::WrongPurpose))
}
