//! Is the raw public key the one that the client was told?

use super::{Check, Context, Draft, Endpoint};
use crate::dissect::Message;
use crate::story::raw_key::raw_key;
use crate::story::{CheckResult, format};
use crate::trace::Op;

/// The client's check on the server's key.
pub fn checks(context: &Context) -> Vec<Check> {
    let shown = raw_key(context.scene);
    shown.and_then(|message| check(context, message)).into_iter().collect()
}

fn check(context: &Context, message: &Message) -> Option<Check> {
    let by = Endpoint::Client;
    let step = context.step(message)?;
    let judged = context.scene.ops(by).find_map(|(_, op)| match op {
        Op::RawPublicKey { trusted, error, .. } => Some((trusted.len(), error.is_none())),
        _ => None,
    });
    let (detail, result) = match judged {
        Some((len, true)) => (
            format!("all {} are those of the key it was told", format::bytes(len)),
            CheckResult::Passed,
        ),
        Some((_, false)) => ("it was told another key".to_string(), CheckResult::Failed),
        None if context.failed(by) => ("it was told a key".to_string(), CheckResult::NotReached),
        None => return None,
    };
    let question = "Is it the key that the client was told beforehand?";
    Some(Draft::new(question, detail, true, "RFC 7250, section 6").result(by, step, result))
}
