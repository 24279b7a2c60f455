//! A raw public key in place of the server's certificate (RFC 7250).

use super::Words;
use crate::dissect::Message;
use crate::story::context::{ConnectionContext, Credential};
use crate::story::{fields, format};
use crate::trace::Endpoint;

/// The Certificate message that holds a key and no certificate.
pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Option<Words> {
    let key = fields::raw_public_key(message)?;
    let (who, reader) = (ctx.name(message.from), ctx.name(message.from.peer()));
    Some(Words {
        what: format!(
            "The {who} shows its public key alone, a SubjectPublicKeyInfo of {} (`{}`): no name, no \
             dates, no issuer and no signature.",
            format::bytes(key.len()),
            key.display,
        ),
        why: format!(
            "The {reader} was told this key beforehand, as by pinning or by a DANE record in the DNS, \
             so it has only to compare: it needs no certificate authority."
        ),
        notice:
            "What a certificate says must come from elsewhere: whose key this is, how long it is good, \
             and how to revoke it; the key holds no name, so a server should check that `server_name` \
             is its own (misbinding; RFC 9846, appendix F.9)."
                .into(),
        eavesdropper: if ctx.is_encrypted(message) {
            String::new()
        } else {
            "All of it: the key is in the clear.".into()
        },
    })
}

/// What to notice at the ClientHello that asks for it.
pub fn asked(ctx: &ConnectionContext<'_>) -> Option<String> {
    let (client, server) = (ctx.client(), ctx.server());
    (ctx.credential(Endpoint::Server) == Credential::RawPublicKey).then(|| {
        format!(
            "By `server_certificate_type` the {client} asks for a **RawPublicKey**: it knows the \
             {server}'s key already, and needs no certificate that vouches for it."
        )
    })
}

/// What to notice at the EncryptedExtensions that agree to it.
pub fn agreed(ctx: &ConnectionContext<'_>) -> Option<String> {
    (ctx.credential(Endpoint::Server) == Credential::RawPublicKey).then(|| {
        "Its `server_certificate_type` says that a **RawPublicKey** will take the place of the \
         certificates."
            .into()
    })
}
