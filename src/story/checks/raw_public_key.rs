//! Is the raw public key the one that the client was told?

use super::{Check, Checking, Draft, Endpoint};
use crate::dissect::Message;
use crate::story::context::handshake;
use crate::story::{CheckResult, fields, format};
use crate::trace::Op;

/// The client's check on the server's key.
pub fn checks(checking: &Checking<'_>) -> Vec<Check> {
    let shown = checking.ctx.handshake(Endpoint::Server, handshake::CERTIFICATE);
    let shown = shown.filter(|message| fields::raw_public_key(message).is_some());
    shown.and_then(|message| check(checking, message)).into_iter().collect()
}

fn check(checking: &Checking<'_>, message: &Message) -> Option<Check> {
    let client = checking.ctx.client();
    let by = Endpoint::Client;
    let step = checking.step(message)?;
    let judged = checking.ctx.ops(by).find_map(|(_, op)| match op {
        Op::RawPublicKey { trusted, error, .. } => Some((trusted.len(), error.is_none())),
        _ => None,
    });
    let (detail, result) = match judged {
        Some((len, true)) => (
            format!("all {} are those of the key it was told", format::bytes(len)),
            CheckResult::Passed,
        ),
        Some((_, false)) => ("it was told another key".to_string(), CheckResult::Failed),
        None if checking.failed(by) => ("it was told a key".to_string(), CheckResult::NotReached),
        None => return None,
    };
    let question = format!("Is it the key that the {client} was told beforehand?");
    Some(Draft::new(question, detail, true, "RFC 7250, section 6").result(by, step, result))
}
