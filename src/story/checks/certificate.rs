//! Does the peer's certificate chain lead to a trusted root, and is it the right one?

use super::{Check, Checking, Draft, Endpoint, Otherwise, Verdict, alone, judge};
use crate::dissect::Message;
use crate::story::certificate::Certificate;
use crate::story::context::{ConnectionContext, handshake};
use crate::story::{fields, format};
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
    let client = checking.ctx.client();
    if message.received_us.is_none() {
        return Vec::new();
    }
    let count = fields::certificates(message).len();
    let question = format!("Did the {client} send a certificate?");
    let refused = count == 0 && checking.gave_up_at(Endpoint::Server) == Some(step);
    let detail = match count {
        0 if refused => "the list is empty, and this server requires one".to_string(),
        0 => "the list is empty, and this server goes on without".to_string(),
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
    let judgement = ctx.judgements(by).map(|(_, op)| op).next();
    let chain = ctx.chain(message);
    let (drafts, verdict) = match judgement {
        Some(Op::CertificatePath { roots, name, at, error, .. }) => {
            let roots: Vec<Certificate> =
                roots.iter().filter_map(|der| Certificate::read(der)).collect();
            let now = i64::try_from(*at).unwrap_or(i64::MAX);
            let verdict = match error {
                Some(error) => Verdict::Refused(error),
                None => Verdict::Accepted,
            };
            (path(ctx, by, chain, &roots, now, name.as_deref()), verdict)
        }
        // An imported capture says nothing of what its ends checked.
        _ if !checking.failed(by) => return Vec::new(),
        _ => {
            let now = i64::try_from(ctx.trace.clock).unwrap_or(i64::MAX);
            (path(ctx, by, chain, &[], now, None), Verdict::Unjudged)
        }
    };
    let otherwise = Otherwise {
        question: "Does the verifier accept the chain?",
        speaker: "verifier",
        rfc: "RFC 5280, section 6.1",
    };
    judge(drafts, verdict, otherwise, by, step)
}

/// The parts of path validation (RFC 5280, section 6.1), in the order of webpki: first each
/// certificate by itself, from the leaf up; then the signatures, from the root down; at last the
/// name.
fn path(
    ctx: &ConnectionContext<'_>,
    by: Endpoint,
    chain: &[Certificate],
    roots: &[Certificate],
    now: i64,
    name: Option<&str>,
) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (place, certificate) in chain.iter().enumerate() {
        let more = if place == 0 { revocation(ctx, by) } else { "" };
        drafts.push(validity(certificate, now, more));
        drafts.push(basic_constraints(certificate, place == 0));
        drafts.extend(path_length(certificate, place));
        drafts.extend(purpose(certificate, by));
        match chain.get(place + 1) {
            Some(issuer) => drafts.push(link(certificate, issuer)),
            None => drafts.push(anchor(certificate, roots)),
        }
    }
    drafts.extend(chain.iter().rev().map(|certificate| signature(ctx, by, certificate)));
    if let (Some(name), Some(leaf)) = (name, chain.first()) {
        drafts.push(host_name(ctx, leaf, name));
    }
    drafts
}

/// What the verifiers here do not look at (RFC 5280, section 6.1.3 (a)(3)): both kinds of endpoint use
/// webpki without lists of revoked certificates.
fn revocation(ctx: &ConnectionContext<'_>, by: Endpoint) -> &'static str {
    match ctx.implementation(by) {
        Implementation::Unknown => "",
        Implementation::Rustls | Implementation::TeachingTls12 => {
            "; whether it was revoked is not checked here"
        }
    }
}

fn validity(certificate: &Certificate, now: i64, more: &str) -> Draft {
    let (not_before, not_after) = certificate.validity();
    let holds = (not_before..=not_after).contains(&now);
    let detail = format!(
        "now {}; not before {}; not after {}{more}",
        format::date(now),
        format::date(not_before),
        format::date(not_after)
    );
    let question = format!("Is `{}` within its validity period?", certificate.subject());
    Draft::new(question, detail, holds, "RFC 5280, section 4.1.2.5")
}

fn basic_constraints(certificate: &Certificate, leaf: bool) -> Draft {
    let is_ca = certificate.is_ca();
    let detail = match (certificate.has_basic_constraints, is_ca) {
        (true, true) => "basicConstraints: cA TRUE",
        (true, false) => "basicConstraints: cA FALSE",
        (false, _) => "no basicConstraints, so it is not an authority",
    };
    let detail = if leaf {
        format!("{detail}; webpki asks for this, RFC 5280 does not")
    } else {
        detail.to_string()
    };
    let question = if leaf {
        format!("Is `{}` an end entity and not an authority?", certificate.subject())
    } else {
        format!("May `{}` sign certificates?", certificate.subject())
    };
    Draft::new(question, detail, is_ca != leaf, "RFC 5280, section 4.2.1.9")
}

/// pathLenConstraint, where an authority has one: how many others may be between it and the leaf.
/// `place` counts from the leaf.
fn path_length(certificate: &Certificate, place: usize) -> Option<Draft> {
    let allowed = certificate.path_length().filter(|_| place > 0)?;
    let below = place - 1;
    let question = format!("May so many authorities be below `{}`?", certificate.subject());
    let detail = format!("pathLenConstraint {allowed}; {below} below it in the chain");
    let holds = u32::try_from(below).is_ok_and(|below| below <= allowed);
    Some(Draft::new(question, detail, holds, "RFC 5280, section 6.1.4"))
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
    Some(Draft::new(question, detail, holds, "RFC 5280, section 4.2.1.12"))
}

fn link(certificate: &Certificate, issuer: &Certificate) -> Draft {
    let question =
        format!("Does the next certificate belong to the issuer of `{}`?", certificate.subject());
    let detail = format!("issuer {}; next subject {}", certificate.issuer(), issuer.subject());
    let holds = certificate.issuer_der == issuer.subject_der;
    Draft::new(question, detail, holds, "RFC 5280, section 6.1.3")
}

/// Is the last issuer one of the trusted roots, or the last certificate a root itself?
fn anchor(certificate: &Certificate, roots: &[Certificate]) -> Draft {
    let trusted = roots.iter().any(|root| root.subject_der == certificate.issuer_der);
    let names: Vec<String> = roots.iter().map(|root| root.subject().to_string()).collect();
    let detail = format!("issuer {}; trusted: {}", certificate.issuer(), format::list(&names));
    let question = format!("Is the issuer of `{}` a trusted root?", certificate.subject());
    Draft::new(question, detail, trusted, "RFC 5280, section 6.1.1")
}

/// The signature on a certificate, as the endpoint's own `Verify` found it.
fn signature(ctx: &ConnectionContext<'_>, by: Endpoint, certificate: &Certificate) -> Draft {
    let outcome = ctx.ops(by).find_map(|(_, op)| match op {
        Op::Verify { algorithm, signature, ok, .. } if *signature == certificate.signature => {
            Some((algorithm, *ok))
        }
        _ => None,
    });
    let with = match outcome {
        Some((algorithm, _)) => algorithm.clone(),
        None => certificate.signature_algorithm().to_string(),
    };
    let detail = format!("{with}; {}", format::bytes(certificate.signature.len()));
    let question = format!(
        "Is the signature on `{}` made by `{}`?",
        certificate.subject(),
        certificate.issuer()
    );
    let holds = outcome.is_none_or(|(_, ok)| ok);
    Draft::new(question, detail, holds, "RFC 5280, section 6.1.3")
}

fn host_name(ctx: &ConnectionContext<'_>, leaf: &Certificate, wanted: &str) -> Draft {
    let client = ctx.client();
    let holds = leaf.is_for(wanted);
    let detail = format!("wanted {wanted}; the certificate is for {}", format::list(&leaf.names()));
    Draft::new(
        format!("Is the certificate for the name the {client} wants?"),
        detail,
        holds,
        "RFC 9525, section 6.3",
    )
}
