//! Is the earlier session one that both ends know, and does the other end really know it?

use super::{Check, Checking, Draft, alone};
use crate::dissect::{EarlyData, Message, Resumable};
use crate::story::context::{ConnectionContext, handshake};
use crate::story::words::{takes_ticket_again, takes_ticket_once};
use crate::story::{fields, format};
use crate::trace::{Endpoint, Op};
use crate::wire::names;

/// How far the client's and the server's view of a ticket's age may be apart for early data, in
/// milliseconds: rustls's own choice (RFC 9846, section 8.3, suggests ten seconds).
const AGE_TOLERANCE_MS: u64 = 60_000;

/// The server's checks on what a ClientHello offers to resume.
pub fn on_client_hello(checking: &Checking<'_>) -> Vec<Check> {
    let server = checking.ctx.server();
    let ctx = checking.ctx;
    let Some(hello) = ctx.handshakes(Endpoint::Client, handshake::CLIENT_HELLO).last() else {
        return Vec::new();
    };
    let (Some(step), Some(session)) = (checking.step(hello), &ctx.dissection.offered) else {
        return Vec::new();
    };
    let settled = &ctx.dissection.negotiated;
    let taken = ctx.server_hello().is_some() && settled.resumed;
    let mut drafts = Vec::new();
    drafts.extend(opened(ctx, session));
    if ctx.is_tls13() {
        drafts.push(Draft::new(
            format!("Is the ticket one that the {server} gave out?"),
            identity(session),
            taken,
            "RFC 9846, section 4.3.11",
        ));
        drafts.extend(binder(ctx, hello));
        if settled.early_data == EarlyData::Accepted {
            drafts.extend(age(ctx, hello, session));
            drafts.push(early(ctx, session));
        }
    } else {
        drafts.push(Draft::new(
            format!("Is the session one that the {server} can resume?"),
            identity(session),
            taken,
            "RFC 5246, section 7.4.1.2",
        ));
    }
    alone(checking, drafts, Endpoint::Server, step)
}

/// What names the session, and where it is from.
fn identity(session: &Resumable) -> String {
    let connection = session.secret.connection + 1;
    format!("{}, from connection {connection}", format::excerpt(&session.identity))
}

/// A ticket with the session in it has to open.
fn opened(ctx: &ConnectionContext<'_>, session: &Resumable) -> Option<Draft> {
    let server = ctx.server();
    let state = ctx.ops(Endpoint::Server).find_map(|(_, op)| match op {
        Op::OpenTicket { ticket, state, .. } if *ticket == session.identity => Some(state.as_ref()),
        _ => None,
    })?;
    let size = state.map_or(0, Vec::len);
    let question = format!("Does the ticket open under the {server}'s ticket key?");
    let detail = format!("{} of state in it", format::bytes(size));
    let rfc = if ctx.is_tls13() { "RFC 9846, section 4.7.1" } else { "RFC 5077, section 3.2" };
    Some(Draft::new(question, detail, state.is_some(), rfc))
}

/// The server computes the binder as well.
fn binder(ctx: &ConnectionContext<'_>, hello: &Message) -> Option<Draft> {
    let client = ctx.client();
    let binder = fields::binder(hello)?;
    let computed = ctx
        .ops(Endpoint::Server)
        .any(|(_, op)| matches!(op, Op::Hmac { output, .. } if output == binder));
    let detail = format!("received {}; computed the same", format::excerpt(binder));
    Some(Draft::new(
        format!("Does the binder show that the {client} has the pre-shared key?"),
        detail,
        computed,
        "RFC 9846, section 4.3.11.2",
    ))
}

/// In a copy that is sent much later the ticket is older than its ClientHello says. A copy sent at once
/// passes.
fn age(ctx: &ConnectionContext<'_>, hello: &Message, session: &Resumable) -> Option<Draft> {
    let (client, server) = (ctx.client(), ctx.server());
    let (sent, add, age_ms) = ctx.ticket_age(hello)?;
    let real_ms = hello.received_us?.saturating_sub(session.sent_us) / 1000;
    let detail = format!(
        "the {client} says {age_ms} ms ({sent} minus ticket_age_add {add}); the {server} gave it out \
         {real_ms} ms ago; up to {AGE_TOLERANCE_MS} ms apart will do, by rustls's choice (the RFC speaks \
         of about ten seconds)"
    );
    let near = real_ms.abs_diff(u64::from(age_ms)) <= AGE_TOLERANCE_MS;
    let question = format!(
        "Is the ticket as old as the {client} says, so that this is no copy from long ago?"
    );
    Some(Draft::new(question, detail, near, "RFC 9846, section 8.3"))
}

/// What else early data depends on.
fn early(ctx: &ConnectionContext<'_>, session: &Resumable) -> Draft {
    let server = ctx.server();
    let allowed =
        session.max_early_data.map_or(0, |max| usize::try_from(max).unwrap_or(usize::MAX));
    let once = if takes_ticket_once(ctx) {
        format!("; the {server} accepts a ticket once and forgets it")
    } else if takes_ticket_again(ctx) {
        format!("; the {server} accepts a ticket as often as it comes")
    } else {
        String::new()
    };
    let detail = format!(
        "up to {} with this ticket; version, suite and application protocol as then{once}",
        format::bytes(allowed)
    );
    Draft::new("May early data be accepted?", detail, true, "RFC 9846, section 4.3.10")
}

/// The client's checks on a ServerHello that resumes.
pub fn on_server_hello(checking: &Checking<'_>) -> Vec<Check> {
    let ctx = checking.ctx;
    let hello = ctx.handshakes(Endpoint::Client, handshake::CLIENT_HELLO).last();
    let (Some(hello), Some(answer)) = (hello, ctx.server_hello()) else { return Vec::new() };
    let Some(step) = checking.step(answer) else { return Vec::new() };
    if !ctx.dissection.negotiated.resumed || answer.received_us.is_none() {
        return Vec::new();
    }
    let mut drafts = if ctx.is_tls13() {
        selected(ctx, hello, answer).into_iter().collect::<Vec<_>>()
    } else {
        echo(ctx, hello, answer).into_iter().collect()
    };
    drafts.extend(ctx.dissection.offered.as_ref().and_then(|session| suite(ctx, session)));
    alone(checking, drafts, Endpoint::Client, step)
}

fn selected(ctx: &ConnectionContext<'_>, hello: &Message, answer: &Message) -> Option<Draft> {
    let (client, server) = (ctx.client(), ctx.server());
    let place = fields::selected_psk(answer)?;
    let offered = fields::psk_identities(hello).len();
    let question = format!("Did the {client} offer the session that the {server} selected?");
    let detail = format!("selected {place}, counted from 0; offered {offered}");
    Some(Draft::new(question, detail, place < offered, "RFC 9846, section 4.3.11"))
}

fn echo(ctx: &ConnectionContext<'_>, hello: &Message, answer: &Message) -> Option<Draft> {
    let client = ctx.client();
    let (sent, echo) = (fields::session_id(hello)?, fields::session_id_echo(answer)?);
    let detail = format!("sent {}; came back {}", format::excerpt(sent), format::excerpt(echo));
    let question = format!("Is the session the one that the {client} asked for?");
    Some(Draft::new(question, detail, sent == echo, "RFC 5246, section 7.4.1.3"))
}

/// In TLS 1.2 the suite is the session's; in TLS 1.3 it has to have the same hash.
fn suite(ctx: &ConnectionContext<'_>, session: &Resumable) -> Option<Draft> {
    let chosen = ctx.dissection.negotiated.suite?;
    let hash = |suite| crate::keys::Suite::find(suite).map(|suite| suite.hash);
    let holds =
        if ctx.is_tls13() { hash(chosen) == hash(session.suite) } else { chosen == session.suite };
    let (question, rfc) = if ctx.is_tls13() {
        ("Does the suite use the same hash as the session?", "RFC 9846, section 4.3.11")
    } else {
        ("Is it the session's suite?", "RFC 5246, section 7.4.1.3")
    };
    let (chosen, then) = (names::suite_name(chosen), names::suite_name(session.suite));
    Some(Draft::new(question, format!("chosen {chosen}; the session's {then}"), holds, rfc))
}
