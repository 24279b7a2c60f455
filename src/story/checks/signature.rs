//! Is the signature over the handshake made with the certificate's key?

use super::{Check, Checking, Draft, key_length};
use crate::dissect::{Message, MessageKind};
use crate::story::context::{Credential, handshake};
use crate::story::{CheckResult, fields, format};

/// CertificateVerify of both ends, and the signature in a TLS 1.2 ServerKeyExchange.
pub fn checks(checking: &Checking<'_>) -> Vec<Check> {
    let kinds = [handshake::SERVER_KEY_EXCHANGE, handshake::CERTIFICATE_VERIFY];
    let signed = |message: &&Message| matches!(message.kind, MessageKind::Handshake(kind) if kinds.contains(&kind));
    let messages = checking.ctx.dissection.messages.iter().filter(signed);
    messages.filter_map(|message| check(checking, message)).collect()
}

fn check(checking: &Checking<'_>, message: &Message) -> Option<Check> {
    let by = message.from.peer();
    let step = checking.step(message)?;
    fields::signature(message)?;
    let verified = checking.ctx.verified(message);
    let scheme = fields::signature_scheme(message).unwrap_or_default();
    let (detail, result) = match verified {
        Some(verified) => (
            format!("{scheme} ({}), over {}", verified.algorithm, format::bytes(verified.covered)),
            if verified.ok { CheckResult::Passed } else { CheckResult::Failed },
        ),
        None if checking.failed(by) => (scheme, CheckResult::NotReached),
        None => return None,
    };
    if let Some(leaf) = checking.ctx.wrong_length(message)
        && let Some(draft) = key_length::refused(checking.ctx.name(by), &leaf)
    {
        return Some(draft.result(by, step, result));
    }
    let (what, rfc) = match message.kind {
        MessageKind::Handshake(handshake::SERVER_KEY_EXCHANGE) => {
            ("the key exchange", "RFC 8422, section 5.4")
        }
        _ if checking.ctx.is_tls13() => ("the handshake", "RFC 9846, section 4.5.2"),
        _ => ("the handshake", "RFC 5246, section 7.4.8"),
    };
    let who = checking.ctx.name(message.from);
    let key = match checking.ctx.credential(message.from) {
        Credential::RawPublicKey => format!("the key that the {who} showed"),
        _ => format!("the key in the certificate that the {who} showed"),
    };
    let question = format!("Is the signature over {what} made with {key}?");
    Some(Draft::new(question, detail, true, rfc).result(by, step, result))
}
