//! Does the compressed certificate decompress to what it announces (RFC 8879)?

use super::{Check, Context, Draft};
use crate::dissect::Message;
use crate::story::scene::{find, handshake};
use crate::story::{CheckResult, format};
use crate::trace::{Endpoint, Op};

/// The receiver's check on a CompressedCertificate.
pub fn checks(context: &Context) -> Vec<Check> {
    Endpoint::BOTH
        .into_iter()
        .flat_map(|from| context.scene.handshakes(from, handshake::COMPRESSED_CERTIFICATE))
        .filter_map(|message| check(context, message))
        .collect()
}

fn check(context: &Context, message: &Message) -> Option<Check> {
    let by = message.from.peer();
    let step = context.step(message)?;
    let announced = &find(message, "uncompressed_length")?.value;
    let outcome = context.scene.ops(by).find_map(|(_, op)| match op {
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
        None if context.failed(by) => {
            (format!("uncompressed_length {announced}"), CheckResult::NotReached)
        }
        None => return None,
    };
    let question = "Does it decompress to the length that it announces?";
    Some(Draft::new(question, detail, true, "RFC 8879, section 4").result(by, step, result))
}
