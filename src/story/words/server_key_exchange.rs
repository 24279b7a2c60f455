//! ServerKeyExchange (RFC 8422, section 5.4).

use super::Words;
use super::certificate_verify::key_length;
use crate::dissect::Message;
use crate::story::context::ConnectionContext;
use crate::story::remarks::changed_bytes;
use crate::story::{fields, format};

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let server = ctx.server();
    let group = fields::group(message).unwrap_or_else(|| "the group it chose".into());
    let scheme = fields::signature_scheme(message);
    let public = fields::public_key(message).map(format::excerpt).unwrap_or_default();
    let fits = ctx.verified(message).is_none_or(|verified| verified.ok);
    let is_changed = changed_bytes(ctx, message, 0..message.bytes.len()) > 0;
    let wrong_length = ctx.wrong_length(message);
    let signed = match scheme {
        None => "unsigned".to_string(),
        Some(scheme) if fits => format!("signed with **{scheme}** by its certificate's key"),
        Some(scheme) if let Some(leaf) = &wrong_length => format!(
            "signed with **{scheme}**; the {} takes no signature of its certificate's key: {}",
            ctx.client(),
            key_length(leaf)
        ),
        Some(scheme) if is_changed => format!(
            "with a signature, **{scheme}**, that does not go with what the {} gets",
            ctx.client()
        ),
        Some(scheme) => {
            format!("with a signature, **{scheme}**, that its certificate's key does not confirm")
        }
    };
    Words {
        what: format!("The {server} sends a fresh **{group}** public key, `{public}`, {signed}."),
        why: "The key is made for this connection and thrown away after it, so a certificate key \
              stolen later does not open old recordings: that is forward secrecy."
            .into(),
        notice: "The signature covers both randoms and this public key, but not the cipher suites \
                 that were offered; in TLS 1.3 a signature covers all messages up to the Certificate."
            .into(),
        eavesdropper: "All of it: the public key and the signature are in the clear. A public key \
                       does not give away the private one."
            .into(),
    }
}
