//! ChangeCipherSpec (RFC 5246, section 7.1; RFC 9846, appendix E.4).

use super::{Words, sender};
use crate::dissect::Message;
use crate::story::context::{ConnectionContext, handshake};
use crate::story::{fields, format};
use crate::trace::Endpoint;

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let (client, server) = (ctx.client(), ctx.server());
    if ctx.is_tls13() {
        return Words {
            what: format!(
                "{} sends a **dummy** ChangeCipherSpec, one byte with the value 1.",
                sender(ctx, message)
            ),
            why:
                "It changes nothing: in TLS 1.3 it only makes the connection look like TLS 1.2 to \
                  middleboxes that would otherwise drop it."
                    .into(),
            notice: match session_id(ctx) {
                Some(id) => format!(
                    "The receiver throws it away; with the session ID that the {client} makes up and \
                     the {server} sends back (`{id}`), it looks like a resumption of TLS 1.2 \
                     (middlebox compatibility mode)."
                ),
                None => {
                    "The receiver throws it away, and it is not part of the transcript hash.".into()
                }
            },
            eavesdropper:
                "All of it, as it is not encrypted: six bytes, header included, that mean \
                           nothing."
                    .into(),
        };
    }
    Words {
        what: format!(
            "{} announces that everything it sends from the next record on is encrypted under the \
             new keys.",
            sender(ctx, message)
        ),
        why: "In TLS 1.2 each end says by this one byte from where on the receiver must open its \
              records with the new keys."
            .into(),
        notice:
            "It has a content type of its own and is not a handshake message, so it does not go \
                 into the transcript hash."
                .into(),
        eavesdropper: "All of it, and that what follows from this side is ciphertext.".into(),
    }
}

/// The start of the ClientHello's legacy_session_id, where the ServerHello sends it back.
fn session_id(ctx: &ConnectionContext<'_>) -> Option<String> {
    let hello = ctx.handshake(Endpoint::Client, handshake::CLIENT_HELLO)?;
    let sent = fields::session_id(hello).filter(|id| !id.is_empty())?;
    let echo = fields::session_id_echo(ctx.server_hello()?)?;
    (sent == echo).then(|| format::excerpt(sent))
}
