//! CertificateVerify (RFC 9846, section 4.5.2; RFC 5246, section 7.4.8).

use super::Words;
use crate::dissect::Message;
use crate::keys::RSA_KEY_BITS;
use crate::story::certificate::Certificate;
use crate::story::context::{ConnectionContext, Credential};
use crate::story::{fields, format};
use crate::trace::Endpoint;

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let who = ctx.name(message.from);
    let credential = ctx.credential(message.from);
    let role = message.from.name();
    let scheme = fields::signature_scheme(message).unwrap_or_else(|| "a signature".into());
    let size = fields::signature(message).map_or(0, <[u8]>::len);
    let size = format::bytes(size);
    // Another key, or other messages: the reader cannot tell which. Or a key of a length that is not taken.
    let fits = ctx.verified(message).is_none_or(|verified| verified.ok);
    let wrong_length = ctx.wrong_length(message);
    let what = match credential {
        _ if !fits => format!("The {who} signs the handshake so far: **{scheme}**, {size}."),
        Credential::RawPublicKey => {
            format!(
                "The {who} signs the handshake so far with its private key: **{scheme}**, {size}."
            )
        }
        _ => format!(
            "The {who} signs the handshake so far with its certificate's private key: **{scheme}**, \
             {size}."
        ),
    };
    let copied = match credential {
        Credential::RawPublicKey => "a public key",
        _ => "a certificate",
    };
    let why = if fits {
        format!(
            "Anyone can send a copy of {copied}, but only the owner of its private key can make this \
             signature, and only for this connection: that proves {}.",
            proof(ctx, message)
        )
    } else if let Some(leaf) = wrong_length {
        format!(
            "Anyone can send a copy of {copied}, but only the owner of its private key can sign for it. \
             The {} takes no signature of this key: {}.",
            ctx.name(message.from.peer()),
            key_length(&leaf)
        )
    } else {
        format!(
            "Anyone can send a copy of {copied}, but only the owner of its private key can sign for it. \
             The {} finds that this signature does not fit: it was made with another key, or over \
             other messages.",
            ctx.name(message.from.peer())
        )
    };
    let notice = if ctx.is_tls13() {
        format!(
            "What is signed: 64 spaces, the text `TLS 1.3, {role} CertificateVerify`, a zero byte \
             and the transcript hash."
        )
    } else {
        "What is signed are all handshake messages before this one, byte for byte.".into()
    };
    Words { what, why, notice, eavesdropper: String::new() }
}

/// Why the reader takes no signature of this key.
pub fn key_length(leaf: &Certificate) -> String {
    let (least, most) = RSA_KEY_BITS.into_inner();
    let bits = leaf.summary().rsa_bits().unwrap_or_default();
    let why = if bits < least {
        "whoever factors so short a key can sign in its owner's place"
    } else {
        "checking with longer ones takes too long"
    };
    format!("it has {bits} bits, and {least} to {most} are taken; {why}")
}

/// What the signature proves. A certificate names a site and says nothing of who answers for it, which
/// may be a gateway.
fn proof(ctx: &ConnectionContext<'_>, message: &Message) -> String {
    let (who, reader) = (ctx.name(message.from), ctx.name(message.from.peer()));
    if ctx.credential(message.from) == Credential::RawPublicKey {
        return format!("that it is the {who} whose key the {reader} was told");
    }
    if ctx.refusal(message.from.peer()).is_some() {
        return format!(
            "that the {who} has that key, and here nothing more, because the {reader} does not accept \
             the certificate"
        );
    }
    if ctx.takes_any(message.from.peer()) {
        return format!(
            "that the {who} has that key, and here nothing more, because the {reader} does not check whose \
             certificate it is"
        );
    }
    match ctx.site().filter(|_| message.from == Endpoint::Server) {
        Some(site) => format!("that the {who} may speak for `{site}`"),
        None => format!("who the {who} is"),
    }
}
