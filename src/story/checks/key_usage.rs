//! May the key in the server's certificate be encrypted with, where RSA key exchange needs it?

use super::{Check, Context, Draft, Endpoint};
use crate::story::scene::handshake;
use crate::story::{CheckResult, format};
use crate::trace::{Op, Status};

/// The client's check, which follows the judgement of the chain.
pub fn checks(context: &Context) -> Vec<Check> {
    check(context).into_iter().collect()
}

fn check(context: &Context) -> Option<Check> {
    let (scene, by) = (context.scene, Endpoint::Client);
    let message = scene.handshake(Endpoint::Server, handshake::CERTIFICATE)?;
    let leaf = scene.chain(message).first().filter(|_| scene.has_rsa_key_exchange())?;
    let step = context.step(message)?;
    let usage: Vec<String> = leaf.key_usage().iter().map(|usage| (*usage).to_string()).collect();
    let allowed = usage.is_empty() || usage.iter().any(|usage| usage == "keyEncipherment");
    let (_, judgement) = scene.judgements(by).next()?;
    let refused = matches!(judgement, Op::CertificatePath { error: Some(_), .. });
    let failed = scene.connection.end(by).status == Status::Failed;
    let result = match (refused, allowed, failed) {
        (true, ..) => CheckResult::NotReached,
        (false, true, _) => CheckResult::Passed,
        (false, false, true) => CheckResult::Failed,
        (false, false, false) => return None,
    };
    let detail = match usage.is_empty() {
        true => "the certificate sets no limits".into(),
        false => format!("needed keyEncipherment; allowed {}", format::list(&usage)),
    };
    let question = format!("May the key of `{}` be encrypted with?", leaf.subject());
    Some(Draft::new(question, detail, allowed, "RFC 5246, section 7.4.2").result(by, step, result))
}
