//! Does the compressed certificate decompress to what it announces (RFC 8879)?

use super::{Check, Checking, Draft};
use crate::dissect::Message;
use crate::story::context::handshake;
use crate::story::{CheckResult, fields, format};
use crate::trace::{Endpoint, Op};

/// The receiver's check on a CompressedCertificate.
pub fn checks(checking: &Checking<'_>) -> Vec<Check> {
    Endpoint::BOTH
        .into_iter()
        .flat_map(|from| checking.ctx.handshakes(from, handshake::COMPRESSED_CERTIFICATE))
        .filter_map(|message| check(checking, message))
        .collect()
}

fn check(checking: &Checking<'_>, message: &Message) -> Option<Check> {
    let by = message.from.peer();
    let step = checking.step(message)?;
    let announced = fields::uncompressed_length(message)?;
    let outcome = checking.ctx.ops(by).find_map(|(_, op)| match op {
        Op::Decompress { compressed, data, .. } => Some((compressed.len(), data.as_ref())),
        _ => None,
    });
    let (detail, result) = match outcome {
        Some((len, Some(data))) => (
            format!(
                "{} give {}; uncompressed_length {announced}",
                format::bytes(len),
                format::bytes(data.len())
            ),
            CheckResult::Passed,
        ),
        Some((_, None)) => (format!("uncompressed_length {announced}"), CheckResult::Failed),
        None if checking.failed(by) => {
            (format!("uncompressed_length {announced}"), CheckResult::NotReached)
        }
        None => return None,
    };
    let question = "Does it decompress to the length that it announces?";
    Some(Draft::new(question, detail, true, "RFC 8879, section 4").result(by, step, result))
}
