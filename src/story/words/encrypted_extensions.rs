//! EncryptedExtensions (RFC 9846, section 4.4.1).

use super::{Words, raw_public_key, resumption};
use crate::dissect::{EarlyData, Message};
use crate::story::context::ConnectionContext;
use crate::story::{fields, format};

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let (client, server) = (ctx.client(), ctx.server());
    let protocols = fields::alpn(message);
    let count = fields::extension_count(message);
    let picked = protocols.first().map_or_else(String::new, |protocol| {
        let picks = if count == 1 { ": it picks" } else { ", and picks" };
        format!("{picks} **{protocol}** as the application protocol")
    });
    let what = format!(
        "The {server} answers {} of the {client}'s other extensions here{picked}.",
        match count {
            0 => "none".to_string(),
            n => format::small_number(n),
        }
    );
    let early = ctx.dissection.negotiated.early_data != EarlyData::None;
    let (what, because) = match early.then(|| resumption::verdict(ctx, message)) {
        Some((verdict, because)) => (format!("{what} {verdict}"), because),
        None => (what, None),
    };
    let suite = ctx.suite().unwrap_or_else(|| "the suite".into());
    Words {
        what,
        why: because
            .unwrap_or(
                "What is not needed to compute keys waits for this message, so that an eavesdropper \
                 cannot read it.",
            )
            .into(),
        notice: raw_public_key::agreed(ctx).unwrap_or_else(|| {
            format!(
                "It is the first message under the handshake keys: the cipher of **{suite}** seals \
                 its record, which is disguised as application data."
            )
        }),
        eavesdropper: String::new(),
    }
}
