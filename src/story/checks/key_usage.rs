//! May the key in the server's certificate be encrypted with, where RSA key exchange needs it?

use super::{Check, Checking, Draft, Endpoint};
use crate::story::context::handshake;
use crate::story::{CheckResult, format};
use crate::trace::{Op, Status};

/// The client's check, which follows the judgement of the chain.
pub fn checks(checking: &Checking<'_>) -> Vec<Check> {
    check(checking).into_iter().collect()
}

fn check(checking: &Checking<'_>) -> Option<Check> {
    let (ctx, by) = (checking.ctx, Endpoint::Client);
    let message = ctx.handshake(Endpoint::Server, handshake::CERTIFICATE)?;
    let leaf = ctx.chain(message).first().filter(|_| ctx.has_rsa_key_exchange())?;
    let step = checking.step(message)?;
    let usage: Vec<String> = leaf.key_usage().iter().map(|usage| (*usage).to_string()).collect();
    let allowed = usage.is_empty() || usage.iter().any(|usage| usage == "keyEncipherment");
    let (_, judgement) = ctx.judgements(by).next()?;
    let refused = matches!(judgement, Op::CertificatePath { error: Some(_), .. });
    let failed = ctx.connection.end(by).status == Status::Failed;
    let result = match (refused, allowed, failed) {
        (true, ..) => CheckResult::NotReached,
        (false, true, _) => CheckResult::Passed,
        (false, false, true) => CheckResult::Failed,
        (false, false, false) => return None,
    };
    let detail = if usage.is_empty() {
        "the certificate sets no limits".into()
    } else {
        format!("needed keyEncipherment; allowed {}", format::list(&usage))
    };
    let question = format!("May the key of `{}` be used to encrypt?", leaf.subject());
    Some(Draft::new(question, detail, allowed, "RFC 5246, section 7.4.2").result(by, step, result))
}
