//! ServerHelloDone (RFC 5246, section 7.4.5).

use super::Words;
use crate::dissect::Message;
use crate::story::context::ConnectionContext;
use crate::story::format;

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let server = ctx.server();
    Words {
        what: format!(
            "The {server} says that its flight is complete; the message is a header of {} and \
             nothing else.",
            format::bytes(message.bytes.len())
        ),
        why: "Which messages a TLS 1.2 server sends depends on the suite and on client \
              authentication, so the end has to be marked."
            .into(),
        notice: if ctx.has_rsa_key_exchange() {
            format!(
                "There was no ServerKeyExchange, since the key to encrypt with is in the certificate, \
                 and so no signature: the {server} has not proved yet that the certificate is its own."
            )
        } else {
            format!("TLS 1.3 has no such message: there the {server}'s Finished ends its flight.")
        },
        eavesdropper: String::new(),
    }
}
