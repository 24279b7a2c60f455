//! Certificate (RFC 9846, section 4.5.1; RFC 5246, sections 7.4.2 and 7.4.6).

use super::{Words, raw_public_key};
use crate::dissect::Message;
use crate::story::certificate::Certificate;
use crate::story::context::{ConnectionContext, handshake};
use crate::story::{fields, format};
use crate::trace::{ChainRefusal, Endpoint, Op};

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    if let Some(words) = raw_public_key::tell(ctx, message) {
        return words;
    }
    let chain = ctx.chain(message);
    match chain.first() {
        None => empty(ctx, message),
        Some(leaf) => chained(ctx, message, leaf, chain.len()),
    }
}

/// A Certificate message with no certificate in it: a client that has none, or none that fits.
fn empty(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let server = ctx.server();
    if fields::certificates(message).is_empty() {
        Words {
            what: format!(
                "The {} has no certificate to show and sends an **empty** list.",
                ctx.name(message.from)
            ),
            why: format!(
                "The {server} asked for one, and the answer is due even where there is none; the \
                  {server} decides whether that is good enough."
            ),
            notice: "No CertificateVerify follows, as there is no key to prove.".into(),
            eavesdropper: if ctx.is_encrypted(message) {
                String::new()
            } else {
                "All of it: in TLS 1.2 the empty list is in the clear.".into()
            },
        }
    } else {
        Words {
            what: format!(
                "The {} sends {} that could not be read.",
                ctx.name(message.from),
                format::plural(fields::certificates(message).len(), "certificate")
            ),
            why: "A certificate binds a name to a public key.".into(),
            ..Words::default()
        }
    }
}

fn chained(
    ctx: &ConnectionContext<'_>,
    message: &Message,
    leaf: &Certificate,
    count: usize,
) -> Words {
    let (client, server) = (ctx.client(), ctx.server());
    let who = ctx.name(message.from);
    let subject = match leaf.names() {
        names if names.is_empty() => leaf.subject().to_string(),
        names => format::list(&names),
    };
    let name = leaf.names().first().cloned().unwrap_or_else(|| leaf.subject().to_string());
    let others = match count - 1 {
        0 => "alone".to_string(),
        1 => "together with one intermediate certificate".to_string(),
        n => format!("together with {n} intermediate certificates"),
    };
    let what = format!(
        "The {who} shows its certificate for **{subject}**, signed by `{}`, {others}; {}.",
        leaf.issuer(),
        validity(reader_clock(ctx, message), leaf),
    );
    let why = match message.from {
        Endpoint::Server if ctx.has_rsa_key_exchange() => format!(
            "It binds the name `{name}` to a public key, and with RSA key exchange that key is all the \
             {client} needs: it will encrypt the secret with it."
        ),
        Endpoint::Server if ctx.takes_any(message.from.peer()) => format!(
            "It binds the name `{name}` to a public key, if whoever signed it may be trusted. This {client} \
             does not look: its verification is off, so anyone's certificate will do."
        ),
        Endpoint::Server if ctx.refusal(message.from.peer()).is_some() => format!(
            "It binds the name `{name}` to a public key: whoever proves to have the private key may \
             speak for that name, if the {client} accepts the certificate, and here it does not."
        ),
        Endpoint::Server => format!(
            "It binds the name `{name}` to a public key: whoever proves that it has the private key \
             may speak for that name."
        ),
        Endpoint::Client => format!(
            "The {server} asked for it; CertificateVerify has to prove that it is the {client}'s own, \
             and that makes this mutual TLS."
        ),
    };
    let (notice, eavesdropper) = if ctx.is_encrypted(message) {
        (
            "A certificate alone proves nothing, since anyone can copy it: the proof is the \
             signature in CertificateVerify.",
            String::new(),
        )
    } else {
        (
            "It is not encrypted: in TLS 1.2 everyone on the path can read whose certificate this \
             is, in TLS 1.3 an eavesdropper cannot.",
            format!("All of it, the certificate for **{subject}** included."),
        )
    };
    let notice = amiss(ctx, message).unwrap_or_else(|| notice.into());
    Words { what, why, notice, eavesdropper }
}

/// The time by which the certificate is judged: that of the reader's clock, or where no judgement is
/// recorded that of the run.
fn reader_clock(ctx: &ConnectionContext<'_>, message: &Message) -> i64 {
    let at = ctx.judgements(message.from.peer()).find_map(|(_, op)| match op {
        Op::CertificatePath { at, .. } => Some(*at),
        _ => None,
    });
    i64::try_from(at.unwrap_or(ctx.trace.clock)).unwrap_or(i64::MAX)
}

/// The validity period beside that time.
fn validity(now: i64, leaf: &Certificate) -> String {
    let (not_before, not_after) = leaf.validity();
    match now {
        now if now < not_before => {
            format!("it is not valid before **{}**", format::date(not_before))
        }
        now if now > not_after => format!("it expired on **{}**", format::date(not_after)),
        _ => format!("it is valid until {}", format::date(not_after)),
    }
}

/// What to notice where the reader's clock is outside the leaf's validity period, where the chain is revoked,
/// or a server's certificate is not for the name in the ClientHello.
pub fn amiss(ctx: &ConnectionContext<'_>, message: &Message) -> Option<String> {
    let (client, reader) = (ctx.client(), ctx.name(message.from.peer()));
    let leaf = ctx.chain(message).first()?;
    let (now, (not_before, not_after)) = (reader_clock(ctx, message), leaf.validity());
    if !(not_before..=not_after).contains(&now) {
        return Some(format!("By the {reader}'s clock it is {}.", format::date(now)));
    }
    if ctx.refusal(message.from.peer()) == Some(ChainRefusal::Revoked) {
        return Some(format!(
            "That a certificate was revoked does not show in it: the {reader} finds it in the revocation \
             list of its issuer."
        ));
    }
    let wanted = wanted(ctx)?;
    (message.from == Endpoint::Server && !leaf.is_for(&wanted))
        .then(|| format!("The {client} wants `{wanted}`, and that name is not in the certificate."))
}

/// The name that the client judges a certificate by; before it judges one, the name that it sent.
fn wanted(ctx: &ConnectionContext<'_>) -> Option<String> {
    let judged = ctx.judgements(Endpoint::Client).find_map(|(_, op)| match op {
        Op::CertificatePath { name, .. } => name.clone(),
        _ => None,
    });
    judged
        .or_else(|| fields::server_name(ctx.handshake(Endpoint::Client, handshake::CLIENT_HELLO)?))
}
