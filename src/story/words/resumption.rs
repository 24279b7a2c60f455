//! What a hello says of an earlier session (RFC 8446, sections 4.2.10 and 4.2.11; RFC 5246, section
//! 7.4.1; RFC 5077), and EndOfEarlyData.

use super::Words;
use crate::dissect::{EarlyData, Message};
use crate::scenario::{self, Scenario};
use crate::story::scene::{Scene, octets};
use crate::story::{fields, format};
use crate::trace::{Endpoint, Op};

/// What a ClientHello that offers to resume a session adds to its own words.
pub fn offer(scene: &Scene, hello: &Message) -> Words {
    match (fields::psk_identity(hello), fields::session_ticket(hello)) {
        (Some(identity), _) => psk(scene, hello, identity),
        (None, Some(ticket)) => ticket12(scene, ticket),
        (None, None) => session_id(scene, octets(hello, "legacy_session_id").unwrap_or_default()),
    }
}

/// `of connection 1`, where the session is from one that is known.
fn whence(scene: &Scene) -> String {
    let offered = scene.dissection.offered.as_ref();
    offered.map_or_else(String::new, |session| {
        format!(" of connection {}", session.secret.connection + 1)
    })
}

fn psk(scene: &Scene, hello: &Message, identity: &[u8]) -> Words {
    let early = fields::has_extension(hello, "early_data");
    Words {
        what: format!(
            "To **resume** the session{} it presents its ticket, {}, and a **binder**.",
            whence(scene),
            format::bytes(identity.len())
        ),
        why: "The binder is an HMAC over this ClientHello, under a key made from the session's \
              secret: it proves that the client has that secret, and not only the ticket."
            .into(),
        notice: match early {
            true => {
                "`early_data` announces data that follows at once, under keys from the session's \
                     secret alone."
                    .into()
            }
            false => age(scene, hello).unwrap_or_default(),
        },
        eavesdropper:
            " The ticket is in the clear too, but it was encrypted when it was given out, \
                       so it does not show which connection it is from."
                .into(),
    }
}

/// How old the client says the ticket is, and how it hides that.
fn age(scene: &Scene, hello: &Message) -> Option<String> {
    let (sent, add, age_ms) = scene.ticket_age(hello)?;
    Some(format!(
        "The ticket is {} old; the client sends that as {sent}, which is {age_ms} ms plus the secret \
         `ticket_age_add` {add}, modulo 2^32, so that nobody can match it with an earlier connection.",
        format::duration(u64::from(age_ms) * 1000),
    ))
}

fn ticket12(scene: &Scene, ticket: &[u8]) -> Words {
    Words {
        what: format!(
            "To **resume** the session{} it brings back the server's ticket, {}.",
            whence(scene),
            format::bytes(ticket.len())
        ),
        why: "The server has kept nothing: the session's master secret is in the ticket, sealed under \
              a key that only the server has."
            .into(),
        notice: "The session ID is made up for this hello: a server that takes the ticket sends it \
                 back."
            .into(),
        eavesdropper: " The ticket is the one that was sent in the clear before, so it links the two \
                       connections."
            .into(),
    }
}

fn session_id(scene: &Scene, id: &[u8]) -> Words {
    Words {
        what: format!(
            "To **resume** the session{} it sends that session's ID, `{}`.",
            whence(scene),
            format::excerpt(id)
        ),
        why: "If the server has kept the session, both ends start from its master secret and need \
              neither certificates nor a key exchange."
            .into(),
        notice:
            "The rest of the hello is complete all the same: the server may decline, and then a \
                 full handshake follows."
                .into(),
        eavesdropper: " The session ID was in the clear before as well, so it links the two \
                       connections."
            .into(),
    }
}

/// What a ServerHello that resumes a session says instead of its own words.
pub fn answer(scene: &Scene, message: &Message, choice: &str, random: &str) -> Words {
    if scene.is_tls13() {
        let group = fields::group(message).unwrap_or_else(|| "key".into());
        return Words {
            what: format!(
                "{choice}, **takes the session's key** and answers with its half of the **{group}** \
                 exchange."
            ),
            why: "Both go into the handshake keys: the session's key shows that these are the two ends \
                  of the earlier connection, the fresh exchange gives forward secrecy."
                .into(),
            notice: "No Certificate and no CertificateVerify will follow, as who the server is was \
                     proved when the session began."
                .into(),
            eavesdropper: format!(
                "All of it: suite, random `{random}`, the server's public key, and that a session is \
                 resumed."
            ),
        };
    }
    let id = octets(message, "legacy_session_id_echo").map(format::excerpt).unwrap_or_default();
    let opened = |op: &Op| matches!(op, Op::OpenTicket { .. });
    let sealed = scene.ops(Endpoint::Server).any(|(_, op)| opened(op));
    let at_risk = match sealed {
        true => {
            "whoever gets the server's ticket key can open the ticket in a recording, and with it \
             this connection and the one before."
        }
        false => {
            "whoever gets the session's master secret can open this connection, too, in a recording."
        }
    };
    Words {
        what: format!(
            "The server **resumes** the session: it echoes the ID `{id}`, stays with the session's \
             suite and sends a new random `{random}`."
        ),
        why: "The master secret of that session and the two new randoms give new keys, so \
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
pub fn verdict(scene: &Scene, message: &Message) -> (&'static str, Option<&'static str>) {
    let verdict = match fields::has_extension(message, "early_data") {
        true => "By `early_data` it says that it **takes** the early data.",
        false => {
            "There is no `early_data` among them: the server has **not taken** the early data, and \
             skips its records without opening them."
        }
    };
    (verdict, turned_off(scene))
}

/// Why a server that gave out a ticket for early data declines it: only a run's scenario tells.
fn turned_off(scene: &Scene) -> Option<&'static str> {
    let scenario = scene.trace.scenario.as_deref()?;
    let scenario = Scenario::parse(scenario).ok()?;
    let off = scenario.early_data == scenario::EarlyData::Rejected;
    let declined = scene.dissection.negotiated.early_data == EarlyData::Rejected;
    (off && declined).then_some(
        "A server may decline early data for any reason, whatever its ticket promised: this one has had \
         it turned off since.",
    )
}

/// Why early data is there, and what to notice about it.
pub fn early_data(scene: &Scene) -> (String, String) {
    let why = "It goes out before the server has said a word, under keys from the earlier session's \
               secret alone: that saves a round trip.";
    let notice = match scene.dissection.negotiated.early_data {
        EarlyData::Accepted => {
            "It has a price: no forward secrecy, as whoever gets that secret can open it, and \
             whoever recorded this flight can send it again, so only requests that do no harm twice belong \
             here."
        }
        _ => {
            "The server will not take it: to the server this is a record that it skips, and the client \
             has to send the data again."
        }
    };
    (why.into(), notice.into())
}

/// EndOfEarlyData (RFC 8446, section 4.5).
pub fn end_of_early_data(_: &Scene, message: &Message) -> Words {
    Words {
        what: format!(
            "The client says that its early data is complete; the message is a header of {} and \
             nothing else.",
            format::bytes(message.bytes.len())
        ),
        why: "The server has to know from where on to read with the handshake keys: this is the last \
              record under the early data keys."
            .into(),
        notice: "It goes into the transcript, so nobody can cut early data short without being found \
                 out by the Finished."
            .into(),
        eavesdropper: String::new(),
    }
}
