//! Is the earlier session one that both ends know, and does the other end really know it?

use super::{Check, Context, Draft, alone};
use crate::dissect::{EarlyData, Message, Resumable};
use crate::story::scene::{Scene, find, find_all, handshake, octets};
use crate::story::{fields, format};
use crate::trace::{Endpoint, Op};
use crate::wire::names;

/// How far the client's and the server's view of a ticket's age may be apart for early data, in
/// milliseconds: rustls's own choice (RFC 8446, section 8.3, suggests ten seconds).
const AGE_TOLERANCE_MS: u64 = 60_000;

/// The server's checks on what a ClientHello offers to resume.
pub fn on_client_hello(context: &Context) -> Vec<Check> {
    let scene = context.scene;
    let Some(hello) = scene.handshakes(Endpoint::Client, handshake::CLIENT_HELLO).last() else {
        return Vec::new();
    };
    let (Some(step), Some(session)) = (context.step(hello), &scene.dissection.offered) else {
        return Vec::new();
    };
    let settled = &scene.dissection.negotiated;
    let taken = scene.server_hello().is_some() && settled.resumed;
    let mut drafts = Vec::new();
    drafts.extend(opened(scene, session));
    if scene.is_tls13() {
        drafts.push(Draft::new(
            "Is the ticket one that the server gave out?",
            identity(session),
            taken,
            "RFC 8446, section 4.2.11",
        ));
        drafts.extend(binder(scene, hello));
        if settled.early_data == EarlyData::Accepted {
            drafts.extend(age(scene, hello, session));
            drafts.push(early(session));
        }
    } else {
        drafts.push(Draft::new(
            "Is the session one that the server can resume?",
            identity(session),
            taken,
            "RFC 5246, section 7.4.1.2",
        ));
    }
    alone(context, drafts, Endpoint::Server, step)
}

/// What names the session, and where it is from.
fn identity(session: &Resumable) -> String {
    let connection = session.secret.connection + 1;
    format!("{}, from connection {connection}", format::excerpt(&session.identity))
}

/// A ticket with the session in it has to open.
fn opened(scene: &Scene, session: &Resumable) -> Option<Draft> {
    let state = scene.ops(Endpoint::Server).find_map(|(_, op)| match op {
        Op::OpenTicket { ticket, state, .. } if *ticket == session.identity => Some(state.as_ref()),
        _ => None,
    })?;
    let size = state.map_or(0, Vec::len);
    let question = "Does the ticket open under the server's ticket key?";
    let detail = format!("{} of state in it", format::bytes(size));
    Some(Draft::new(question, detail, state.is_some(), "RFC 5077, section 3.3"))
}

/// The server computes the binder as well.
fn binder(scene: &Scene, hello: &Message) -> Option<Draft> {
    let binder = fields::binder(hello)?;
    let computed = scene
        .ops(Endpoint::Server)
        .any(|(_, op)| matches!(op, Op::Hmac { output, .. } if output == binder));
    let detail = format!("received {}; computed the same", format::excerpt(binder));
    Some(Draft::new(
        "Does the binder show that the client has the session's secret?",
        detail,
        computed,
        "RFC 8446, section 4.2.11.2",
    ))
}

/// A recording that is played again later is older than its ClientHello says.
fn age(scene: &Scene, hello: &Message, session: &Resumable) -> Option<Draft> {
    let (sent, add, age_ms) = scene.ticket_age(hello)?;
    let real_ms = hello.received_us?.saturating_sub(session.sent_us) / 1000;
    let detail = format!(
        "the client says {age_ms} ms ({sent} minus ticket_age_add {add}); the server gave it out \
         {real_ms} ms ago; up to {AGE_TOLERANCE_MS} ms apart will do"
    );
    let near = real_ms.abs_diff(u64::from(age_ms)) <= AGE_TOLERANCE_MS;
    let question = "Is the ticket as old as the client says, so that this is no old recording?";
    Some(Draft::new(question, detail, near, "RFC 8446, section 8.3"))
}

/// What else early data depends on.
fn early(session: &Resumable) -> Draft {
    let allowed =
        session.max_early_data.map_or(0, |max| usize::try_from(max).unwrap_or(usize::MAX));
    let detail = format!(
        "up to {} with this ticket; version, suite and application protocol as then; the server \
         takes a ticket once and forgets it",
        format::bytes(allowed)
    );
    Draft::new("May early data be taken?", detail, true, "RFC 8446, section 4.2.10")
}

/// The client's checks on a ServerHello that resumes.
pub fn on_server_hello(context: &Context) -> Vec<Check> {
    let scene = context.scene;
    let hello = scene.handshakes(Endpoint::Client, handshake::CLIENT_HELLO).last();
    let (Some(hello), Some(answer)) = (hello, scene.server_hello()) else { return Vec::new() };
    let Some(step) = context.step(answer) else { return Vec::new() };
    if !scene.dissection.negotiated.resumed || answer.received_us.is_none() {
        return Vec::new();
    }
    let mut drafts = match scene.is_tls13() {
        true => selected(hello, answer).into_iter().collect::<Vec<_>>(),
        false => echo(hello, answer).into_iter().collect(),
    };
    drafts.extend(scene.dissection.offered.as_ref().and_then(|session| suite(scene, session)));
    alone(context, drafts, Endpoint::Client, step)
}

fn selected(hello: &Message, answer: &Message) -> Option<Draft> {
    let place: usize = find(answer, "selected_identity")?.value.parse().ok()?;
    let offered = find_all(&hello.nodes, "PskIdentity").len();
    let question = "Did the client offer the session that the server selected?";
    let detail = format!("selected {place}, counted from 0; offered {offered}");
    Some(Draft::new(question, detail, place < offered, "RFC 8446, section 4.2.11"))
}

fn echo(hello: &Message, answer: &Message) -> Option<Draft> {
    let (sent, echo) =
        (octets(hello, "legacy_session_id")?, octets(answer, "legacy_session_id_echo")?);
    let detail = format!("sent {}; came back {}", format::excerpt(sent), format::excerpt(echo));
    let question = "Is the session the one that the client asked for?";
    Some(Draft::new(question, detail, sent == echo, "RFC 5246, section 7.4.1.3"))
}

/// In TLS 1.2 the suite is the session's; in TLS 1.3 it has to have the same hash.
fn suite(scene: &Scene, session: &Resumable) -> Option<Draft> {
    let chosen = scene.dissection.negotiated.suite?;
    let hash = |suite| crate::keys::Suite::find(suite).map(|suite| suite.hash);
    let holds = match scene.is_tls13() {
        true => hash(chosen) == hash(session.suite),
        false => chosen == session.suite,
    };
    let (question, rfc) = match scene.is_tls13() {
        true => ("Does the suite have the hash of the session's?", "RFC 8446, section 4.2.11"),
        false => ("Is the suite the session's?", "RFC 5246, section 7.4.1.3"),
    };
    let (chosen, then) = (names::suite_name(chosen), names::suite_name(session.suite));
    Some(Draft::new(question, format!("chosen {chosen}; the session's {then}"), holds, rfc))
}
