//! ClientHello (RFC 9846, section 4.2.2; RFC 5246, section 7.4.1.2).

use super::{Words, raw_public_key, resumption};
use crate::dissect::Message;
use crate::story::context::{
    ConnectionContext, handshake, is_rsa_key_exchange, offers_tls13, random,
};
use crate::story::{fields, format, segment};
use crate::tls::ExtensionType;
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
            "The {client} sends its ClientHello again, now with a key share for **{}**.",
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
                 the first key share; apart from the few fields that RFC 9846, section 4.2.2, lists, the \
                 {client} must change nothing."
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
            guess(ctx, message, &shares),
            match fields::ml_kem_share(message) {
                Some(key) => format!(
                    "The ML-KEM encapsulation key alone takes {}, so the ClientHello needs {}.",
                    format::bytes(key.len()),
                    format::plural(segments(ctx, message), "TCP segment"),
                ),
                None => {
                    "`legacy_version` stays at TLS 1.2, because many old servers refuse a ClientHello \
                     with a higher number; what counts is `supported_versions`."
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
        Some(name) => {
            format!("All of it: nothing is encrypted yet. {}", destination(message, &name))
        }
        None => "All of it: nothing is encrypted yet.".to_string(),
    };
    let notice = raw_public_key::asked(ctx).filter(|_| !second).unwrap_or(notice);
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

/// What the key shares are for, and whether the guess that they are was right in this run.
fn guess(ctx: &ConnectionContext<'_>, hello: &Message, shares: &[String]) -> String {
    let server = ctx.server();
    let kind = match (fields::ml_kem_share(hello), shares.len()) {
        (Some(_), 1) => "a fresh key share",
        (None, 1) => "a fresh public key",
        (Some(_), _) => "fresh key shares",
        (None, _) => "fresh public keys",
    };
    let them = if shares.len() == 1 { "it" } else { "one of them" };
    let shares = format::list(shares);
    match ctx.retry_request() {
        None => format!(
            "It already contains {kind} for **{shares}**, so the {server}, if it accepts {them}, can \
             compute keys at once: that is what makes TLS 1.3 a handshake of one round trip."
        ),
        Some(retry) => format!(
            "It already contains {kind} for **{shares}**, a guess at what the {server} accepts; here the \
             guess is wrong{}, and that costs a round trip.",
            fields::group(retry)
                .map_or_else(String::new, |group| format!(": the {server} wants **{group}**"))
        ),
    }
}

/// What the name in the hello tells an eavesdropper.
fn destination(hello: &Message, name: &str) -> String {
    if fields::has_extension(hello, ExtensionType::ENCRYPTED_CLIENT_HELLO) {
        return format!(
            "The name `{name}` may be one that many sites share: `encrypted_client_hello` can hold \
             another (RFC 9849)."
        );
    }
    let hidden = if offers_tls13(hello) {
        "hiding it takes Encrypted ClientHello (RFC 9849), which is not used here"
    } else {
        "only TLS 1.3 can hide it, by Encrypted ClientHello (RFC 9849)"
    };
    format!("The name `{name}` tells an eavesdropper where the connection is going; {hidden}.")
}

/// Whether the hello offers to resume a session: by a PSK, a ticket, or its session ID, which in TLS
/// 1.3 says nothing.
fn resumes(ctx: &ConnectionContext<'_>, hello: &Message) -> bool {
    let session_id = || fields::session_id(hello).is_some_and(|id| !id.is_empty());
    fields::psk_identity(hello).or_else(|| fields::session_ticket(hello)).is_some()
        || (!ctx.is_tls13() && !offers_tls13(hello) && session_id())
}

/// What the hello of TLS 1.2 does not hold yet.
fn later(ctx: &ConnectionContext<'_>, hello: &Message) -> String {
    let (client, server) = (ctx.client(), ctx.server());
    if only_rsa(hello) {
        format!(
            "It holds nothing for the key exchange yet: in its next flight the {client} sends the secret \
             itself, encrypted with the public key in the {server}'s certificate."
        )
    } else {
        format!(
            "It holds no public key yet: in TLS 1.2 the {client}'s half of the key exchange follows in its \
             next flight."
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
            " Client and server are small **teaching endpoints** here, because rustls always offers \
             `extended_main_secret`."
        }
    }
}

/// Whether all suites that the client offers have RSA key exchange.
fn only_rsa(hello: &Message) -> bool {
    let suites = fields::suites(hello);
    !suites.is_empty() && suites.iter().all(|suite| is_rsa_key_exchange(suite))
}

/// How many packets the message takes: what is sent again later, or delivered twice, does not count.
fn segments(ctx: &ConnectionContext<'_>, message: &Message) -> usize {
    let numbers = || ctx.records(message).flat_map(|record| &record.packets);
    let packets = ctx.dissection.packets.iter().filter(|p| numbers().any(|n| *n == p.number));
    packets.filter(|packet| !segment::is_copy(packet)).count()
}

/// Whether the random is that of the ClientHello before.
fn same_random(ctx: &ConnectionContext<'_>, message: &Message) -> bool {
    let before = ctx.before(message, Endpoint::Client, handshake::CLIENT_HELLO);
    before.is_some_and(|before| random(before) == random(message))
}
