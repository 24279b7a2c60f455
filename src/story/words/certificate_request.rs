//! CertificateRequest (RFC 9846, section 4.4.2; RFC 5246, section 7.4.4).

use super::Words;
use crate::dissect::Message;
use crate::story::context::ConnectionContext;
use crate::story::{fields, format};

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let (client, server) = (ctx.client(), ctx.server());
    let schemes = fields::signature_schemes(message).len();
    let authorities = fields::authorities(message);
    let from = match authorities {
        0 => "without naming certificate authorities".to_string(),
        n => format!("and names {} it trusts", plural_authorities(n)),
    };
    Words {
        what: format!(
            "The {server} asks the {client} for a certificate, {from}; it accepts {}.",
            format::plural(schemes, "signature scheme"),
        ),
        why: format!(
            "In mutual TLS the {server} wants to know who the {client} is, too; the {client} must answer \
              with a Certificate message, if need be an empty one."
        ),
        notice: if ctx.is_tls13() {
            format!(
                "Nothing in it says whether a certificate is required: that shows only in what the \
             {server} does with an empty answer."
            )
        } else {
            format!(
                "The list of names tells everyone on the path whom this {server} trusts, because TLS 1.2 \
                 does not encrypt it."
            )
        },
        eavesdropper: String::new(),
    }
}

fn plural_authorities(count: usize) -> String {
    if count == 1 { "one authority".into() } else { format!("{count} authorities") }
}
