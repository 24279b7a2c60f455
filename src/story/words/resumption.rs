//! What a hello says of an earlier session (RFC 9846, sections 4.3.10 and 4.3.11; RFC 5246, section
//! 7.4.1; RFC 5077), and EndOfEarlyData.

use super::Words;
use crate::dissect::{EarlyData, Message};
use crate::story::context::ConnectionContext;
use crate::story::{fields, format};
use crate::tls::ExtensionType;
use crate::trace::{Endpoint, Op};

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
            "The binder is an HMAC over this ClientHello, under a key made from the session's \
              secret: it proves that the {client} has that secret, and not only the ticket."
        ),
        notice: if early {
            "`early_data` announces data that follows at once, under keys from the session's \
                     secret alone."
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
    Some(format!(
        "The ticket is {} old; the {client} sends that as {sent}, which is {age_ms} ms plus the secret \
         `ticket_age_add` {add}, modulo 2^32, so that nobody can match it with an earlier connection.",
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
            "The session ID is made up for this hello: a server that takes the ticket sends it \
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
        let group = fields::group(message).unwrap_or_else(|| "key".into());
        return Words {
            what: format!(
                "{choice}, **takes the session's key** and answers with its half of the **{group}** \
                 exchange."
            ),
            why: "Both go into the handshake keys: the session's key shows that these are the two ends \
                  of the earlier connection, the fresh exchange gives forward secrecy."
                .into(),
            notice: format!("No Certificate and no CertificateVerify will follow, as who the {server} is was \
                     proved when the session began."),
            eavesdropper: format!(
                "All of it: suite, random `{random}`, the {server}'s public key, and that a session is \
                 resumed."
            ),
        };
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

/// What EncryptedExtensions says about early data that was sent, and why the server decided so if
/// the run tells.
pub fn verdict(ctx: &ConnectionContext<'_>, message: &Message) -> (String, Option<&'static str>) {
    let server = ctx.server();
    if fields::has_extension(message, ExtensionType::EARLY_DATA) {
        return ("By `early_data` it says that it **takes** the early data.".into(), None);
    }
    let verdict = format!(
        "There is no `early_data` among them: the {server} has **not taken** the early data, and skips \
         its records without opening them."
    );
    (verdict, declined(ctx))
}

/// Why a server that takes the session declines its early data, as far as the messages tell.
fn declined(ctx: &ConnectionContext<'_>) -> Option<&'static str> {
    if ctx.retry_request().is_some() {
        return Some("A server that asks for another ClientHello never takes early data.");
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
        "It goes out before the {server} has said a word, under keys from the earlier session's \
               secret alone: that saves a round trip."
    );
    let notice = match ctx.dissection.negotiated.early_data {
        EarlyData::Accepted => {
            "It has a price: no forward secrecy, as whoever gets that secret can open it, and \
             whoever recorded this flight can send it again, so only requests that do no harm twice belong \
             here."
                .into()
        }
        _ => {
            format!(
                "The {server} will not take it: to the {server} this is a record that it skips, and the {client} \
             has to send the data again."
            )
        }
    };
    (why, notice)
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
