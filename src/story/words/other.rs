//! Messages without words of their own: rare, unknown, or impossible to open.

use super::{Words, sender};
use crate::dissect::{Message, MessageKind};
use crate::story::context::{ConnectionContext, handshake};
use crate::story::format;

/// What the rarer handshake messages are for.
const RARE: &[(handshake, &str)] = &[
    (handshake::HELLO_REQUEST, "It asks for a new handshake, which the receiver may decline."),
    (
        handshake::CERTIFICATE_STATUS,
        "It carries a signed statement that the certificate has not been revoked.",
    ),
];

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let size = format::bytes(message.bytes.len());
    if message.kind == MessageKind::Opaque {
        return Words {
            what: format!("{} sends an encrypted record, {size}.", sender(ctx, message)),
            why: "Nobody here has the key to it, so its content stays unknown.".into(),
            ..Words::default()
        };
    }
    let known = |kind| RARE.iter().find(|row| row.0 == kind).map(|row| row.1);
    let why = match message.kind {
        MessageKind::Handshake(kind) => known(kind),
        _ => None,
    };
    Words {
        what: format!("{} sends `{}`, {size}.", sender(ctx, message), message.name),
        why: why
            .unwrap_or("Its bytes are kept as they are; there is nothing more to say about it.")
            .into(),
        ..Words::default()
    }
}
