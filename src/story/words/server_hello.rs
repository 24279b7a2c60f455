//! ServerHello (RFC 9846, section 4.2.3; RFC 5246, section 7.4.1.3).

use super::{Words, resumption};
use crate::dissect::{Message, MessageKind};
use crate::story::context::{ConnectionContext, handshake, random};
use crate::story::{fields, format};
use crate::tls::ExtensionType;
use crate::trace::Endpoint;

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let (client, server) = (ctx.client(), ctx.server());
    let suite = fields::suite(message).unwrap_or_else(|| "a cipher suite".into());
    let random = random(message).map(format::excerpt).unwrap_or_default();
    let offered = ctx
        .handshake(Endpoint::Client, handshake::CLIENT_HELLO)
        .map_or(0, |hello| fields::suites(hello).len());
    let choice = match offered {
        0 => format!("The {server} picks **{suite}**"),
        1 => format!("The {server} accepts **{suite}**, the one suite the {client} offers,"),
        n => format!("The {server} picks **{suite}** from the {client}'s {n} suites"),
    };
    if ctx.dissection.negotiated.resumed {
        return resumption::answer(ctx, message, &choice, &random);
    }
    if ctx.is_tls13() {
        let exchange = ctx.key_exchange();
        let hybrid = exchange.is_hybrid();
        let half = exchange.group().map_or_else(
            || "answers without a key share".to_string(),
            |group| format!("answers with its half of the **{group}** exchange"),
        );
        Words {
            what: format!("{choice} and {half}."),
            why: if !ctx.dissection.server_keys.is_empty() {
                "From here on each end computes handshake keys, and they are not the same: the ClientHello \
                 that was sent is not the one that was read."
            } else if hybrid {
                "The shared secret is that of ML-KEM followed by that of the curve: it stays secret \
                 as long as one of the two is not broken, and the handshake keys come from it."
            } else {
                "From here on both ends can compute the same shared secret, and an eavesdropper \
                 cannot: the handshake keys come from it."
            }
            .into(),
            notice: format!(
                "`legacy_version` says TLS 1.2, and the real version is in `supported_versions`. \
                 Everything the {server} sends after this{} is encrypted.",
                if dummy(ctx, message) { ", apart from a dummy ChangeCipherSpec," } else { "" }
            ),
            eavesdropper: format!(
                "All of it: version, suite, random `{random}` and the {server}'s {}. {} without a \
                 private key do not give the shared secret.",
                if hybrid { "ciphertext and public key" } else { "public key" },
                if hybrid { "A ciphertext and public keys" } else { "Two public keys" },
            ),
        }
    } else {
        Words {
            what: format!("{choice} and sends its random `{random}`."),
            why: "It settles the version and the suite; the two randoms go into every key of this \
                  connection, so that no two connections share keys."
                .into(),
            notice: extended_master_secret(message),
            eavesdropper: format!(
                "All of it: version, suite and random `{random}`. In TLS 1.2 the rest of the \
                 {server}'s flight is in the clear too."
            ),
        }
    }
}

/// Whether the server sends a ChangeCipherSpec after this message, which TLS 1.3 does not need. Where a
/// HelloRetryRequest came first, it follows that (RFC 9846, appendix E.4).
fn dummy(ctx: &ConnectionContext<'_>, hello: &Message) -> bool {
    let mut later = ctx.dissection.messages.iter().skip(hello.index + 1);
    later.any(|m| m.from == Endpoint::Server && m.kind == MessageKind::ChangeCipherSpec)
}

/// What the answer says about the main secret (RFC 7627).
fn extended_master_secret(message: &Message) -> String {
    if fields::has_extension(message, ExtensionType::EXTENDED_MAIN_SECRET) {
        "The extension `extended_main_secret` is confirmed, which ties the main secret to the \
         hash of the handshake messages and not only to the two randoms."
            .into()
    } else {
        "There is no `extended_main_secret`, so the main secret depends on the preliminary \
         secret and the two randoms alone: an attacker in the middle can bring two connections, one \
         with each end, to the same main secret (triple handshake; RFC 7627, section 1)."
            .into()
    }
}
