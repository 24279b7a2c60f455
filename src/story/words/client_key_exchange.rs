//! ClientKeyExchange (RFC 8422, section 5.7; RFC 5246, section 7.4.7.1).

use super::Words;
use crate::dissect::Message;
use crate::story::context::ConnectionContext;
use crate::story::{fields, format};
use crate::tls::ExtensionType;

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    match fields::encrypted_secret(message) {
        Some(sent) => encrypted(ctx, sent),
        None => ephemeral(ctx, message),
    }
}

/// The secret itself, encrypted with the key in the server's certificate.
fn encrypted(ctx: &ConnectionContext<'_>, sent: &[u8]) -> Words {
    let (client, server) = (ctx.client(), ctx.server());
    let sent_size = format::bytes(sent.len());
    Words {
        what: format!(
            "The {client} makes the **preliminary secret** (pre-master secret in RFC 5246): two bytes of \
             version and 46 random ones; it sends them encrypted with the public RSA key in the \
             {server}'s certificate, {sent_size}."
        ),
        why: format!(
            "Only the owner of the certificate's private key can decrypt it: the {server} proves who it \
              is by going on with the right keys, and signs nothing."
        ),
        notice: format!(
            "The secret is on the wire, so whoever gets that private key later can open a recording: \
             there is no **forward secrecy**. {}",
            binding(ctx)
        ),
        eavesdropper: format!(
            "All of it, {sent_size} that mean nothing without the {server}'s private key, and give away \
             the whole connection to someone who gets it, even years later."
        ),
    }
}

/// The client's half of an ephemeral exchange.
fn ephemeral(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let client = ctx.client();
    let group = ctx.group().unwrap_or_else(|| "ephemeral".into());
    let public = fields::public_key(message).map(format::excerpt).unwrap_or_default();
    Words {
        what: format!(
            "The {client} sends its half of the **{group}** exchange, public key `{public}`."
        ),
        why: if ctx.is_apart("client_write_key") {
            "Now each end computes its keys, and they are not the same: not every message was read as \
             it was sent."
        } else {
            "Now both ends can compute the preliminary secret, from it the main secret, and from that \
             the keys of both directions."
        }
        .into(),
        notice: binding(ctx).into(),
        eavesdropper: "All of it: a second public key, and with two public keys alone nobody can \
                       compute the secret."
            .into(),
    }
}

/// What the main secret depends on.
fn binding(ctx: &ConnectionContext<'_>) -> &'static str {
    let bound = ctx
        .server_hello()
        .is_some_and(|hello| fields::has_extension(hello, ExtensionType::EXTENDED_MAIN_SECRET));
    if bound {
        "The main secret depends on the hash of all messages up to this one, the session hash, \
         because both ends agreed on `extended_main_secret`."
    } else {
        "The main secret depends on the preliminary secret and the two randoms."
    }
}
