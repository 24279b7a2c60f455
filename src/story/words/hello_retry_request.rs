//! HelloRetryRequest (RFC 9846, section 4.2.4): a ServerHello with one fixed random.

use super::Words;
use crate::dissect::Message;
use crate::story::context::{ConnectionContext, handshake};
use crate::story::{fields, format};
use crate::trace::Endpoint;

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let (client, server) = (ctx.client(), ctx.server());
    let refused = ctx
        .before(message, Endpoint::Client, handshake::CLIENT_HELLO)
        .map(fields::key_share_groups)
        .filter(|groups| !groups.is_empty())
        .map_or_else(String::new, |groups| format!(" ({})", format::list(&groups)));
    let wanted = match fields::group(message) {
        Some(group) => format!("with a key share for **{group}**"),
        None => "with other parameters".to_string(),
    };
    Words {
        what: format!("The {server} asks the {client} to send its ClientHello again, {wanted}."),
        why: format!(
            "It shares a group with the {client}, but not one for which the {client} sent a key \
             share{refused}."
        ),
        notice: "On the wire this is a ServerHello whose random is a fixed value, the SHA-256 hash \
                 of `HelloRetryRequest`. In the transcript the synthetic message `message_hash` now \
                 takes the place of the first ClientHello."
            .into(),
        eavesdropper: "All of it: nothing is encrypted yet.".into(),
    }
}
