//! The transcript hash after each message, and what each of these hashes is used for.

use super::TranscriptEntry;
use super::context::{ConnectionContext, handshake, is_retry};
use super::fields;
use crate::dissect::{Message, MessageKind};
use crate::tls::ExtensionType;
use crate::trace::Endpoint;

/// The entries, in the order in which messages go into the hash.
pub fn entries(ctx: &ConnectionContext<'_>) -> Vec<TranscriptEntry> {
    let messages = &ctx.dissection.messages;
    let hashes = &ctx.dissection.transcript;
    hashes
        .iter()
        .enumerate()
        .filter_map(|(place, entry)| {
            let message = messages.get(entry.message)?;
            let next = hashes.get(place + 1).and_then(|next| messages.get(next.message));
            Some(TranscriptEntry {
                message: entry.message,
                hash: entry.hash.clone(),
                message_hash: entry.message_hash.clone(),
                used_for: uses(ctx, message, next).join("; "),
            })
        })
        .collect()
}

/// What the hash up to and including `message` goes into. `next` is the message after it: a
/// CertificateVerify or Finished is computed over everything before itself.
fn uses(ctx: &ConnectionContext<'_>, message: &Message, next: Option<&Message>) -> Vec<String> {
    let kind = |message: &Message| match message.kind {
        MessageKind::Handshake(kind) => Some(kind),
        _ => None,
    };
    let mut uses = Vec::new();
    let tls13 = ctx.is_tls13();
    match (kind(message), message.from) {
        (Some(handshake::CLIENT_HELLO), _) if retried(ctx, message) => {
            uses.push("message_hash, which stands for this message in all later hashes".into());
        }
        (Some(handshake::CLIENT_HELLO), _)
            if fields::has_extension(message, ExtensionType::EARLY_DATA) =>
        {
            uses.push("early traffic secret of the client".into());
        }
        (Some(handshake::SERVER_HELLO), _) if tls13 && !is_retry(message) => {
            uses.push("handshake traffic secrets of both ends".into());
        }
        (Some(handshake::FINISHED), Endpoint::Server) if tls13 => {
            uses.push("application traffic secrets of both ends and the exporter secret".into());
        }
        (Some(handshake::FINISHED), Endpoint::Client) if tls13 => {
            uses.push("resumption secret".into());
        }
        (Some(handshake::CLIENT_KEY_EXCHANGE), _) if extended(ctx) => {
            uses.push("main secret (the session hash)".into());
        }
        _ => {}
    }
    if let Some(next) = next {
        let who = ctx.name(next.from);
        match kind(next) {
            Some(handshake::CERTIFICATE_VERIFY) if tls13 => {
                uses.push(format!("the {who}'s CertificateVerify"));
            }
            Some(handshake::FINISHED) => uses.push(format!("the {who}'s Finished")),
            _ => {}
        }
    }
    uses
}

/// Whether `hello` is the one that a HelloRetryRequest answers.
fn retried(ctx: &ConnectionContext<'_>, hello: &Message) -> bool {
    ctx.handshakes(Endpoint::Server, handshake::SERVER_HELLO)
        .any(|answer| is_retry(answer) && answer.index > hello.index)
}

/// Whether both ends agreed on the extended main secret (RFC 7627).
fn extended(ctx: &ConnectionContext<'_>) -> bool {
    let hello = ctx.server_hello();
    hello.is_some_and(|hello| fields::has_extension(hello, ExtensionType::EXTENDED_MAIN_SECRET))
}
