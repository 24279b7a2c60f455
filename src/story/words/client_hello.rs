//! ClientHello (RFC 9846, section 4.2.2; RFC 5246, section 7.4.1.2).

use super::{Words, raw_key, resumption};
use crate::dissect::Message;
use crate::story::context::{ConnectionContext, handshake, is_rsa_key_exchange, random};
use crate::story::{fields, format};
use crate::trace::{Endpoint, Implementation};

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let (client, server) = (ctx.client(), ctx.server());
    let suites = fields::suites(message).len();
    let versions = fields::versions(message);
    let shares = fields::key_share_groups(message);
    let second = ctx.before(message, Endpoint::Client, handshake::CLIENT_HELLO).is_some();
    let random = random(message).map(format::excerpt).unwrap_or_default();
    let name = fields::server_name(message);
    let named = match &name {
        Some(name) => format!("names the server it wants, `{name}`,"),
        None => "names no server".to_string(),
    };
    let what = if second {
        format!(
            "The {client} sends its ClientHello again, now with a public key for **{}**.",
            format::list(&shares)
        )
    } else {
        format!(
            "The {client} offers **{}** with {}, {named} and sends its random `{random}`.",
            format::list(&versions),
            format::plural(suites, "cipher suite"),
        )
    };
    let tls13 = versions.iter().any(|version| version == "TLS 1.3");
    let (why, notice) = match (second, tls13) {
        (true, _) => (
            format!(
                "The {server} asked for it by HelloRetryRequest, because it did not accept the group of \
             the first key share; the rest of what the {client} offers must not change."
            ),
            format!(
                "This costs one more round trip; the random is {} as in the first ClientHello.",
                if same_random(ctx, message) { "the same" } else { "not the same" }
            ),
        ),
        (false, true) if shares.is_empty() => (
            format!("The {server} can choose only from what the {client} lists here."),
            String::new(),
        ),
        (false, true) => (
            format!(
                "It already contains a fresh public key for **{}**, so the {server} can compute keys \
                 at once: that is what makes TLS 1.3 a handshake of one round trip.",
                format::list(&shares)
            ),
            match fields::ml_kem_share(message) {
                Some(key) => format!(
                    "The ML-KEM encapsulation key alone takes {}, so the ClientHello needs {}.",
                    format::bytes(key.len()),
                    format::plural(segments(ctx, message), "TCP segment"),
                ),
                None => {
                    "`legacy_version` says TLS 1.2 for the sake of old middleboxes; what counts \
                         is `supported_versions`."
                        .to_string()
                }
            },
        ),
        (false, false) => (
            format!("The {server} can choose only from what the {client} lists here."),
            [&later(ctx, message), teaching(ctx, message)].concat(),
        ),
    };
    let seen = match name {
        Some(name) => format!(
            "All of it: nothing is encrypted yet. The name `{name}` tells a listener where the \
             {client} is going, in every version of TLS up to 1.3."
        ),
        None => "All of it: nothing is encrypted yet.".to_string(),
    };
    let notice = raw_key::asked(ctx).filter(|_| !second).unwrap_or(notice);
    let more = (!second && resumes(ctx, message)).then(|| resumption::offer(ctx, message));
    match more {
        Some(more) => Words {
            what: format!("{what} {}", more.what),
            why: more.why,
            notice: more.notice,
            eavesdropper: format!("{seen}{}", more.eavesdropper),
        },
        None => Words { what, why, notice, eavesdropper: seen },
    }
}

/// Whether the hello offers to resume a session: by a PSK, a ticket, or its session ID, which in TLS
/// 1.3 says nothing.
fn resumes(ctx: &ConnectionContext<'_>, hello: &Message) -> bool {
    let session_id = || fields::session_id(hello).is_some_and(|id| !id.is_empty());
    fields::psk_identity(hello).or_else(|| fields::session_ticket(hello)).is_some()
        || (!ctx.is_tls13() && session_id())
}

/// What the hello of TLS 1.2 does not hold yet.
fn later(ctx: &ConnectionContext<'_>, hello: &Message) -> String {
    let (client, server) = (ctx.client(), ctx.server());
    if only_rsa(hello) {
        format!(
            "It holds nothing for the key exchange yet: one round trip later the {client} sends the secret \
         itself, encrypted with the key in the {server}'s certificate."
        )
    } else {
        format!(
            "It holds no public key yet: in TLS 1.2 the {client}'s half of the key exchange follows one \
         round trip later."
        )
    }
}

/// Who runs here, where it is not rustls.
fn teaching(ctx: &ConnectionContext<'_>, hello: &Message) -> &'static str {
    let is_teaching = ctx.implementation(Endpoint::Client) == Implementation::TeachingTls12;
    match (is_teaching, only_rsa(hello)) {
        (false, _) => "",
        (true, true) => {
            " Client and server are small **teaching endpoints** here, because rustls does not \
             implement RSA key exchange, and TLS 1.3 has none."
        }
        (true, false) => {
            " Client and server are small **teaching endpoints** here, as rustls always offers \
             `extended_main_secret`."
        }
    }
}

/// Whether all suites that the client offers have RSA key exchange.
fn only_rsa(hello: &Message) -> bool {
    let suites = fields::suites(hello);
    !suites.is_empty() && suites.iter().all(|suite| is_rsa_key_exchange(suite))
}

/// How many packets carry the message, however often.
fn segments(ctx: &ConnectionContext<'_>, message: &Message) -> usize {
    ctx.records(message).map(|record| record.packets.len()).sum()
}

/// Whether the random is that of the ClientHello before.
fn same_random(ctx: &ConnectionContext<'_>, message: &Message) -> bool {
    let before = ctx.before(message, Endpoint::Client, handshake::CLIENT_HELLO);
    before.is_some_and(|before| random(before) == random(message))
}
