//! What a hello says of an earlier session (RFC 9846, sections 4.3.10 and 4.3.11; RFC 5246, section
//! 7.4.1; RFC 5077), and EndOfEarlyData.

use super::Words;
use crate::dissect::{EarlyData, Message};
use crate::story::context::ConnectionContext;
use crate::story::{fields, format};
use crate::tls::ExtensionType;
use crate::trace::{Endpoint, Implementation, Op};

/// What a ClientHello that offers to resume a session adds to its own words.
pub fn offer(ctx: &ConnectionContext<'_>, hello: &Message) -> Words {
    match (fields::psk_identity(hello), fields::session_ticket(hello)) {
        (Some(identity), _) => psk(ctx, hello, identity),
        (None, Some(ticket)) => ticket12(ctx, ticket),
        (None, None) => session_id(ctx, fields::session_id(hello).unwrap_or_default()),
    }
}

/// `of connection 1`, where the session is from one that is known.
fn whence(ctx: &ConnectionContext<'_>) -> String {
    let offered = ctx.dissection.offered.as_ref();
    offered.map_or_else(String::new, |session| {
        format!(" of connection {}", session.secret.connection + 1)
    })
}

fn psk(ctx: &ConnectionContext<'_>, hello: &Message, identity: &[u8]) -> Words {
    let client = ctx.client();
    let early = fields::has_extension(hello, ExtensionType::EARLY_DATA);
    Words {
        what: format!(
            "To **resume** the session{} it presents its ticket, {}, and a **binder**.",
            whence(ctx),
            format::bytes(identity.len())
        ),
        why: format!(
            "The binder is an HMAC over the hash of this ClientHello without its binders, under a key \
             made from the pre-shared key (PSK) that goes with the ticket: it proves that the {client} \
             has that key, and not only the ticket."
        ),
        notice: if early {
            "`early_data` announces data that follows at once, under keys from the PSK alone."
                .into()
        } else {
            age(ctx, hello).unwrap_or_default()
        },
        eavesdropper:
            " The ticket is in the clear too, but it was encrypted when it was given out, \
                       so it does not show which connection it is from."
                .into(),
    }
}

/// How old the client says the ticket is, and how it hides that.
fn age(ctx: &ConnectionContext<'_>, hello: &Message) -> Option<String> {
    let client = ctx.client();
    let (sent, add, age_ms) = ctx.ticket_age(hello)?;
    let unit = match ctx.implementation(Endpoint::Client) {
        Implementation::Rustls => " (rustls counts whole seconds)",
        _ => "",
    };
    Some(format!(
        "The {client} says that the ticket is {} old{unit}; it sends {sent}, which is {age_ms} ms plus \
         the secret `ticket_age_add` {add}, modulo 2^32, so that nobody can match it with an earlier \
         connection.",
        format::duration(u64::from(age_ms) * 1000),
    ))
}

fn ticket12(ctx: &ConnectionContext<'_>, ticket: &[u8]) -> Words {
    let server = ctx.server();
    Words {
        what: format!(
            "To **resume** the session{} it brings back the {server}'s ticket, {}.",
            whence(ctx),
            format::bytes(ticket.len())
        ),
        why: format!(
            "The {server} has kept nothing: the session's main secret is in the ticket, sealed under \
              a key that only the {server} has."
        ),
        notice:
            "The session ID is made up for this hello: a server that accepts the ticket sends it \
                 back."
                .into(),
        eavesdropper:
            " The ticket is the one that was sent in the clear before, so it links the two \
                       connections."
                .into(),
    }
}

fn session_id(ctx: &ConnectionContext<'_>, id: &[u8]) -> Words {
    let server = ctx.server();
    Words {
        what: format!(
            "To **resume** the session{} it sends that session's ID, `{}`.",
            whence(ctx),
            format::excerpt(id)
        ),
        why: format!(
            "If the {server} has kept the session, both ends start from its main secret and need \
              neither certificates nor a key exchange."
        ),
        notice: format!(
            "The rest of the hello is complete all the same: the {server} may decline, and then a \
                 full handshake follows."
        ),
        eavesdropper: " The session ID was in the clear before as well, so it links the two \
                       connections."
            .into(),
    }
}

/// What a ServerHello that resumes a session says instead of its own words.
pub fn answer(ctx: &ConnectionContext<'_>, message: &Message, choice: &str, random: &str) -> Words {
    let server = ctx.server();
    if ctx.is_tls13() {
        return psk_answer(ctx, choice, random);
    }
    let id = fields::session_id_echo(message).map(format::excerpt).unwrap_or_default();
    let opened = |op: &Op| matches!(op, Op::OpenTicket { .. });
    let sealed = ctx.ops(Endpoint::Server).any(|(_, op)| opened(op));
    let at_risk = if sealed {
        format!(
            "whoever gets the {server}'s ticket key can open the ticket in a recording, and with it \
             this connection and the one before."
        )
    } else {
        "whoever gets the session's main secret can open this connection, too, in a recording."
            .into()
    };
    Words {
        what: format!(
            "The {server} **resumes** the session: it echoes the ID `{id}`, stays with the session's \
             suite and sends a new random `{random}`."
        ),
        why: "The main secret of that session and the two new randoms give new keys, so \
              Certificate, ServerKeyExchange, ServerHelloDone and ClientKeyExchange are all left out."
            .into(),
        notice: format!(
            "Without a fresh key exchange there is no forward secrecy: {at_risk}"
        ),
        eavesdropper: format!(
            "All of it: suite and random `{random}`, and that a session is resumed."
        ),
    }
}

/// The ServerHello that accepts a pre-shared key, with a fresh exchange or without.
fn psk_answer(ctx: &ConnectionContext<'_>, choice: &str, random: &str) -> Words {
    let server = ctx.server();
    let exchange = ctx.key_exchange();
    let share = if exchange.is_hybrid() { "ciphertext and public key" } else { "public key" };
    let (half, why, seen) = match exchange.group() {
        Some(group) => (
            format!(" and answers with its half of the **{group}** exchange"),
            "Both go into the handshake keys: only the two ends of the earlier connection have the \
             PSK, and the fresh exchange gives forward secrecy.",
            format!("the {server}'s {share}, "),
        ),
        None => (
            String::new(),
            "All keys come from the PSK, which only the two ends of the earlier connection have; \
             without a fresh exchange there is no forward secrecy.",
            String::new(),
        ),
    };
    Words {
        what: format!("{choice}, **accepts the pre-shared key** (PSK){half}."),
        why: why.into(),
        notice: format!(
            "No Certificate and no CertificateVerify will follow, because the {server} already proved \
             its identity when the session began."
        ),
        eavesdropper: format!(
            "All of it: suite, random `{random}`, {seen}and that a session is resumed."
        ),
    }
}

/// What EncryptedExtensions says about early data that was sent, and why the server decided so if
/// the run tells.
pub fn verdict(ctx: &ConnectionContext<'_>, message: &Message) -> (String, Option<&'static str>) {
    let (client, server) = (ctx.client(), ctx.server());
    if fields::has_extension(message, ExtensionType::EARLY_DATA) {
        return ("By `early_data` it says that it **accepts** the early data.".into(), None);
    }
    // After a HelloRetryRequest the early data comes to a server that has no keys yet.
    let how = match ctx.retry_request() {
        Some(_) => "skips its records by their type",
        None => "drops its records, which do not open with the handshake keys that it tries",
    };
    let verdict = format!(
        "There is no `early_data` among the answers: the {server} has **not accepted** the early data \
         and {how}; the {client} learns it here, and will send no EndOfEarlyData."
    );
    (verdict, declined(ctx))
}

/// Why a server that takes the session declines its early data, as far as the messages tell.
fn declined(ctx: &ConnectionContext<'_>) -> Option<&'static str> {
    if ctx.retry_request().is_some() {
        return Some("A server that asks for another ClientHello never accepts early data.");
    }
    let promised = ctx.dissection.offered.as_ref()?.max_early_data? > 0;
    (promised && ctx.dissection.negotiated.resumed).then_some(
        "A server may decline early data for any reason, whatever its ticket promised, and does not say \
         which.",
    )
}

/// Why early data is there, and what to notice about it.
pub fn early_data(ctx: &ConnectionContext<'_>) -> (String, String) {
    let (client, server) = (ctx.client(), ctx.server());
    let why = format!(
        "It goes out before the {server} has said a word, under keys from the pre-shared key (PSK) \
         alone: that saves a round trip."
    );
    let notice = match ctx.dissection.negotiated.early_data {
        EarlyData::Accepted => format!(
            "It has a price: no forward secrecy, because whoever gets the PSK can open it, and a copy \
             of this flight may be accepted again by another server that shares the tickets, so only \
             requests that do no harm twice belong here.{}",
            if takes_ticket_once(ctx) {
                format!(" This {server} accepts each ticket once.")
            } else {
                String::new()
            }
        ),
        _ => format!(
            "The {server} will not accept it: {}, and the {client} has to send the data again.",
            match ctx.retry_request() {
                Some(_) => "it asks for another ClientHello, and drops this record by its type",
                None => {
                    "it reads on with the handshake keys, under which this record does not open, and \
                     drops it"
                }
            }
        ),
    };
    (why, notice)
}

/// Whether the server forgets a ticket when it comes back (RFC 9846, section 8.1): rustls takes early data with no
/// other tickets, unless what it keeps them in hands them out again.
pub fn takes_ticket_once(ctx: &ConnectionContext<'_>) -> bool {
    ctx.implementation(Endpoint::Server) == Implementation::Rustls && !takes_ticket_again(ctx)
}

/// Whether the server takes a ticket as often as it comes.
pub fn takes_ticket_again(ctx: &ConnectionContext<'_>) -> bool {
    ctx.connection.accepts.as_ref().is_some_and(|accepts| accepts.tickets_again)
}

/// EndOfEarlyData (RFC 9846, section 4.6).
pub fn end_of_early_data(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let (client, server) = (ctx.client(), ctx.server());
    Words {
        what: format!(
            "The {client} says that its early data is complete; the message is a header of {} and \
             nothing else.",
            format::bytes(message.bytes.len())
        ),
        why: format!(
            "The {server} has to know from where on to read with the handshake keys: this is the last \
             record under the early data keys."
        ),
        notice:
            "It goes into the transcript, so nobody can cut early data short without being found \
                 out by the Finished."
                .into(),
        eavesdropper: String::new(),
    }
}
