//! Is the certificate good at this time?

use super::Draft;
use crate::story::certificate::Certificate;
use crate::story::format;
use crate::trace::ChainRefusal;

/// `more` stands behind the times.
pub fn check(certificate: &Certificate, now: i64, more: &str) -> Draft {
    let (not_before, not_after) = certificate.validity();
    let holds = (not_before..=not_after).contains(&now);
    let refusal = if now < not_before { ChainRefusal::NotYetValid } else { ChainRefusal::Expired };
    let detail = format!(
        "now {}; not before {}; not after {}{more}",
        format::date(now),
        format::date(not_before),
        format::date(not_after)
    );
    let question = format!("Is `{}` within its validity period?", certificate.subject());
    Draft::new(question, detail, holds, "RFC 5280, section 4.1.2.5").or(refusal)
}
