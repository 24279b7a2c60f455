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
        "A flight that is larger than TCP's initial congestion window, or in QUIC than three times \
               what an unknown client has sent, costs a round trip more, and certificates are most of \
               the {server}'s flight."
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
