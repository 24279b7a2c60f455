//! Was the certificate revoked? By the lists that the endpoint has; with none, nobody asks.

use super::signature::outcome;
use super::{Draft, Judging};
use crate::hex;
use crate::story::certificate::Certificate;
use crate::story::format;
use crate::story::revocation_list::RevocationList;
use crate::trace::ChainRefusal;

/// The checks on a certificate of this issuer, which may be a root.
pub fn checks(
    judging: &Judging<'_>,
    certificate: &Certificate,
    issuer: &Certificate,
    is_root: bool,
) -> Vec<Draft> {
    if judging.lists.is_empty() {
        return Vec::new();
    }
    let list = judging.lists.iter().find(|list| list.issuer_der == certificate.issuer_der);
    let mut drafts = vec![is_there(judging, certificate, list.is_some())];
    let Some(list) = list else { return drafts };
    drafts.push(signature(judging, list, issuer));
    drafts.push(dates(list, judging.now));
    // A root's own keyUsage is not looked at.
    drafts.extend((!is_root).then(|| signer(issuer)).flatten());
    drafts.push(entry(list, certificate));
    drafts
}

fn is_there(judging: &Judging<'_>, certificate: &Certificate, holds: bool) -> Draft {
    let issuers: Vec<String> =
        judging.lists.iter().map(|list| list.summary.issuer.clone()).collect();
    let question =
        format!("Is there a revocation list of the issuer of `{}`?", certificate.subject());
    let detail = format!("issuer {}; lists of {}", certificate.issuer(), format::list(&issuers));
    Draft::new(question, detail, holds, "RFC 5280, section 6.3.3")
        .or(ChainRefusal::NoRevocationList)
}

fn signature(judging: &Judging<'_>, list: &RevocationList, issuer: &Certificate) -> Draft {
    let named = &list.summary.signature_algorithm;
    let (detail, holds) = outcome(judging, &list.signature, named, &issuer.key);
    let question =
        format!("Is the signature on the revocation list of `{0}` made by it?", issuer.subject());
    Draft::new(question, detail, holds, "RFC 5280, section 6.3.3")
        .or(ChainRefusal::BadRevocationListSignature)
}

fn dates(list: &RevocationList, now: i64) -> Draft {
    let summary = &list.summary;
    let next = summary.next_update;
    let detail = format!(
        "now {}; issued {}; the next one is due {}",
        format::date(now),
        format::date(summary.this_update),
        next.map_or_else(|| "at no given time".into(), format::date)
    );
    let question = format!("Is the revocation list of `{}` still in date?", summary.issuer);
    Draft::new(question, detail, next.is_none_or(|next| now < next), "RFC 5280, section 5.1.2.5")
        .or(ChainRefusal::RevocationListExpired)
}

/// keyUsage of the issuer; without it the key may be used for anything.
fn signer(issuer: &Certificate) -> Option<Draft> {
    let usage: Vec<String> = issuer.key_usage().iter().map(|usage| (*usage).to_string()).collect();
    if usage.is_empty() {
        return None;
    }
    let question = format!("May `{}` sign revocation lists?", issuer.subject());
    let detail = format!("needed cRLSign; allowed {}", format::list(&usage));
    let holds = usage.iter().any(|usage| usage == "cRLSign");
    let draft = Draft::new(question, detail, holds, "RFC 5280, section 6.3.3");
    Some(draft.or(ChainRefusal::NoRevocationListSigner))
}

fn entry(list: &RevocationList, certificate: &Certificate) -> Draft {
    let serial = &certificate.summary().serial;
    let revoked = list.has(serial);
    let detail = format!(
        "serial number {}, which is {} the list; {} on it",
        hex::encode(serial),
        if revoked { "on" } else { "not on" },
        format::plural(list.summary.revoked.len(), "certificate"),
    );
    let question =
        format!("Is `{}` absent from the revocation list of its issuer?", certificate.subject());
    Draft::new(question, detail, !revoked, "RFC 5280, section 6.3.3").or(ChainRefusal::Revoked)
}
