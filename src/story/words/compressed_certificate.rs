//! CompressedCertificate (RFC 8879).

use super::{Words, certificate, sender};
use crate::dissect::Message;
use crate::story::context::{ConnectionContext, handshake};
use crate::story::{fields, format};

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let server = ctx.server();
    let algorithm = fields::compression(message).unwrap_or_default();
    let size = format::bytes(message.bytes.len());
    let why = format!(
        "Certificates are most of the {server}'s flight, and a flight that does not fit costs a round \
         trip more: {}.",
        limit(ctx, message)
    );
    let Some(inner) = message.as_handshake(handshake::CERTIFICATE) else {
        return Words {
            what: format!(
                "{} sends certificates compressed by **{algorithm}**, which could not be decompressed \
                 here.",
                sender(ctx, message)
            ),
            why,
            ..Words::default()
        };
    };
    let shown = certificate::tell(ctx, inner);
    let what = format!(
        "{} Compressed by **{algorithm}**, the message takes **{size}** in place of {}.",
        shown.what,
        format::bytes(inner.bytes.len()),
    );
    // What is amiss with the certificate is more to notice than how it came.
    let notice = certificate::amiss(ctx, inner).unwrap_or_else(|| {
        "The other end judges the Certificate that comes out of it; CertificateVerify and Finished \
         cover the message as it was sent."
            .into()
    });
    Words { what, why, notice, eavesdropper: shown.eavesdropper }
}

/// What a flight has to fit into: in this run the reader's receive window, where the flight would fill
/// it without compression.
fn limit(ctx: &ConnectionContext<'_>, message: &Message) -> String {
    let reader = message.from.peer();
    let own = ctx.dissection.packets.iter().filter(|packet| packet.from == reader);
    let mut before = own.filter(|packet| packet.sent_us <= message.sent_us);
    let window = before.find(|packet| packet.is_syn()).map(|syn| usize::from(syn.window));
    let plain = message.inner.as_ref().map_or(0, |inner| inner.bytes.len());
    match window.filter(|window| plain >= *window) {
        Some(window) => {
            format!(
                "here into the {}'s receive window of {}",
                ctx.name(reader),
                format::bytes(window)
            )
        }
        None => {
            "into the receive window, into TCP's first congestion window, or in QUIC into three \
                 times what an unknown client has sent"
                .into()
        }
    }
}
