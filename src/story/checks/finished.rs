//! Does the other end's Finished match what this end computes?

use super::{Check, Checking, Draft};
use crate::dissect::Message;
use crate::story::context::handshake;
use crate::story::{CheckResult, fields, format};
use crate::trace::{Endpoint, Op};

/// The Finished of both ends.
pub fn checks(checking: &Checking<'_>) -> Vec<Check> {
    Endpoint::BOTH
        .into_iter()
        .flat_map(|from| checking.ctx.handshakes(from, handshake::FINISHED))
        .filter_map(|message| check(checking, message))
        .collect()
}

fn check(checking: &Checking<'_>, message: &Message) -> Option<Check> {
    let by = message.from.peer();
    let step = checking.step(message)?;
    let verify_data = fields::verify_data(message)?;
    let computed = checking.ctx.ops(by).any(|(_, op)| match op {
        Op::Hmac { output, .. } | Op::Prf { output, .. } => output == verify_data,
        _ => false,
    });
    // Where its record does not open, there is nothing to compare.
    let read = checking.opens(message)
        && checking.steps.get(step).is_some_and(|step| !step.read_by.is_empty());
    let (result, with) = match (computed, checking.failed(by)) {
        (true, _) => (CheckResult::Passed, "computed the same"),
        // It came to the message and found another value: nothing else can fail here.
        (false, true) if read && checking.gave_up_at(by) == Some(step) => {
            (CheckResult::Failed, "computed another value")
        }
        (false, true) => (CheckResult::NotReached, "not computed"),
        (false, false) => return None,
    };
    let rfc =
        if checking.ctx.is_tls13() { "RFC 9846, section 4.5.3" } else { "RFC 5246, section 7.4.9" };
    let question = format!("Is the {}'s Finished right?", checking.ctx.name(message.from));
    let detail = format!("received {}; {with}", format::excerpt(verify_data));
    Some(Draft::new(question, detail, true, rfc).result(by, step, result))
}
