//! Does the peer's certificate chain lead to a trusted root, and is it the right one?

use super::path::Judging;
use super::{Check, Checking, Draft, Endpoint, alone, up_to};
use crate::dissect::Message;
use crate::story::certificate::Certificate;
use crate::story::context::{ConnectionContext, handshake};
use crate::story::revocation_list::RevocationList;
use crate::story::{CheckResult, fields, format};
use crate::trace::{Implementation, Op};

/// The checks of both ends on the other's Certificate message.
pub fn checks(checking: &Checking<'_>) -> Vec<Check> {
    Endpoint::BOTH.into_iter().flat_map(|by| of(checking, by)).collect()
}

fn of(checking: &Checking<'_>, by: Endpoint) -> Vec<Check> {
    let ctx = checking.ctx;
    let Some(message) = ctx.handshake(by.peer(), handshake::CERTIFICATE) else {
        return Vec::new();
    };
    let Some(step) = checking.step(message) else { return Vec::new() };
    let mut checks = Vec::new();
    if by == Endpoint::Server {
        checks.extend(present(checking, message, step));
    }
    if fields::certificates(message).is_empty() {
        return checks;
    }
    checks.extend(judged(checking, by, message, step));
    checks
}

/// Did the client send a certificate at all?
fn present(checking: &Checking<'_>, message: &Message, step: usize) -> Vec<Check> {
    let (client, server) = (checking.ctx.client(), checking.ctx.server());
    if message.received_us.is_none() {
        return Vec::new();
    }
    let count = fields::certificates(message).len();
    let question = format!("Did the {client} send a certificate?");
    let refused = count == 0 && checking.gave_up_at(Endpoint::Server) == Some(step);
    let detail = match count {
        0 if refused => format!("the list is empty, and this {server} requires one"),
        0 => format!("the list is empty, and this {server} goes on without"),
        n => format!("{} in the list", format::plural(n, "certificate")),
    };
    let rfc = if checking.ctx.is_tls13() {
        "RFC 9846, section 4.5.1.3"
    } else {
        "RFC 5246, section 7.4.6"
    };
    alone(checking, vec![Draft::new(question, detail, !refused, rfc)], Endpoint::Server, step)
}

fn judged(checking: &Checking<'_>, by: Endpoint, message: &Message, step: usize) -> Vec<Check> {
    let ctx = checking.ctx;
    if let Some(checks) = switched_off(checking, by, message, step) {
        return checks;
    }
    let verified = |made: &[u8], key: &[u8]| ctx.verification(by, made, Some(key));
    let judgement = ctx.judgements(by).map(|(_, op)| op).next();
    // What someone on the path changed was judged as it arrived.
    let arrived: Vec<Certificate> = match judgement {
        Some(Op::CertificatePath { chain, .. })
            if ctx.records(message).any(|record| record.received.is_some()) =>
        {
            chain.iter().filter_map(|der| Certificate::read(der)).collect()
        }
        _ => Vec::new(),
    };
    let sent = if arrived.is_empty() { ctx.chain(message) } else { &arrived };
    let Some(Op::CertificatePath {
        roots, revocation_lists, pins, name, at, error, refusal, ..
    }) = judgement
    else {
        // An imported capture says nothing of what its ends checked.
        if !checking.failed(by) {
            return Vec::new();
        }
        let now = seconds(ctx.trace.clock);
        let (roots, lists) = (Vec::new(), Vec::new());
        let judging = Judging {
            roots,
            lists,
            who: ctx.name(by),
            by,
            verified: &verified,
            unasked: unasked(ctx, by, &[]),
            sent,
            pins: &[],
            now,
            name: None,
        };
        let drafts = judging.accepted().into_iter();
        return drafts.map(|draft| draft.result(by, step, CheckResult::NotReached)).collect();
    };
    let judging = Judging {
        who: ctx.name(by),
        by,
        verified: &verified,
        unasked: unasked(ctx, by, revocation_lists),
        sent,
        roots: roots.iter().filter_map(|der| Certificate::read(der)).collect(),
        lists: revocation_lists.iter().filter_map(|der| RevocationList::read(der)).collect(),
        pins,
        now: seconds(*at),
        name: name.as_deref(),
    };
    let Some(error) = error else {
        // What does not hold by our reckoning is not what it checked.
        let held = judging.accepted().into_iter().filter(|draft| draft.holds);
        return held.map(|draft| draft.result(by, step, CheckResult::Passed)).collect();
    };
    let Some((drafts, culprit)) = judging.refused(*refusal) else {
        let detail = format!("the verifier says: {error}");
        let question = "Does the verifier accept the chain?";
        let draft = Draft::new(question, detail, false, "RFC 5280, section 6.1");
        return vec![draft.result(by, step, CheckResult::Failed)];
    };
    up_to(drafts, culprit, by, step)
}

/// What is said where nobody asks for revocation (RFC 5280, section 6.1.3 (a)(3)): both kinds of endpoint use
/// webpki, and without lists it does not look.
fn unasked(ctx: &ConnectionContext<'_>, by: Endpoint, lists: &[Vec<u8>]) -> &'static str {
    match ctx.implementation(by) {
        Implementation::Rustls | Implementation::TeachingTls12 if lists.is_empty() => {
            "; whether it was revoked is not checked here"
        }
        _ => "",
    }
}

/// The checks that an end was told not to make, up to the first that would have failed; `None` where it makes
/// them.
fn switched_off(
    checking: &Checking<'_>,
    by: Endpoint,
    message: &Message,
    step: usize,
) -> Option<Vec<Check>> {
    let ctx = checking.ctx;
    let (roots, name, at, refusal) = ctx.ops(by).find_map(|(_, op)| match op {
        Op::Unverified { roots, name, at, refusal, .. } => Some((roots, name, *at, *refusal)),
        _ => None,
    })?;
    let verified = |made: &[u8], key: &[u8]| ctx.verification(by, made, Some(key));
    let judging = Judging {
        who: ctx.name(by),
        by,
        verified: &verified,
        unasked: unasked(ctx, by, &[]),
        sent: ctx.chain(message),
        roots: roots.iter().filter_map(|der| Certificate::read(der)).collect(),
        lists: Vec::new(),
        pins: &[],
        now: seconds(at),
        name: Some(name),
    };
    let refused = refusal.and_then(|_| judging.refused(refusal));
    let mut drafts = match refused {
        Some((drafts, culprit)) => drafts.into_iter().take(culprit + 1).collect(),
        None => judging.accepted(),
    };
    if let (Some(last), true) = (drafts.last_mut(), refusal.is_some()) {
        last.detail.push_str("; it would have ended the connection here");
    }
    let drafts = drafts.into_iter();
    Some(drafts.map(|draft| draft.result(by, step, CheckResult::SwitchedOff)).collect())
}

fn seconds(unix: u64) -> i64 {
    i64::try_from(unix).unwrap_or(i64::MAX)
}
