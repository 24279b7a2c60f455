//! Is what the other end offers or chose acceptable?

use super::{Check, Checking, Draft, Endpoint, alone};
use crate::dissect::Message;
use crate::story::context::{ConnectionContext, handshake, is_retry, offers_tls13, random};
use crate::story::{CheckResult, fields, format};

/// Where the rule stands, in TLS 1.3 and in TLS 1.2.
fn by_version(
    ctx: &ConnectionContext<'_>,
    tls13: &'static str,
    tls12: &'static str,
) -> &'static str {
    if ctx.is_tls13() { tls13 } else { tls12 }
}

/// The client's checks on a HelloRetryRequest: it must ask for something that is possible and new.
pub fn on_retry_request(checking: &Checking<'_>) -> Vec<Check> {
    let client = checking.ctx.client();
    const RFC: &str = "RFC 9846, section 4.2.4";
    let ctx = checking.ctx;
    let retry = ctx.handshakes(Endpoint::Server, handshake::SERVER_HELLO).find(|m| is_retry(m));
    let hello = ctx.handshake(Endpoint::Client, handshake::CLIENT_HELLO);
    let (Some(hello), Some(retry)) = (hello, retry) else { return Vec::new() };
    let Some(step) = checking.step(retry).filter(|_| retry.received_us.is_some()) else {
        return Vec::new();
    };
    let mut drafts = Vec::new();
    if let Some(suite) = fields::suite(retry) {
        let question = format!("Did the {client} offer this cipher suite?");
        drafts.push(choice(question, fields::suites(hello), suite, RFC));
    }
    if let Some(group) = fields::group(retry) {
        let sent = fields::key_share_groups(hello);
        let detail = format!("asked for {group}; sent {}", format::list(&sent));
        let (offered, new) = (fields::groups(hello), !sent.contains(&group));
        let question = format!("Did the {client} offer this group?");
        drafts.push(choice(question, offered, group, RFC));
        let question = format!("Is it a group for which the {client} has sent no key share yet?");
        drafts.push(Draft::new(question, detail, new, RFC));
    }
    drafts.extend(session_echo(ctx, hello, retry));
    alone(checking, drafts, Endpoint::Client, step)
}

/// The client's checks on a ServerHello.
pub fn on_server_hello(checking: &Checking<'_>) -> Vec<Check> {
    let client = checking.ctx.client();
    let ctx = checking.ctx;
    let hello = ctx.handshakes(Endpoint::Client, handshake::CLIENT_HELLO).last();
    let (Some(hello), Some(answer)) = (hello, ctx.server_hello()) else { return Vec::new() };
    let Some(step) = checking.step(answer) else { return Vec::new() };
    if answer.received_us.is_none() {
        return Vec::new();
    }
    let mut drafts = vec![choice(
        format!("Did the {client} offer this version?"),
        fields::versions(hello),
        ctx.version_name().to_string(),
        by_version(ctx, "RFC 9846, section 4.3.1", "RFC 5246, section 7.4.1.3"),
    )];
    if let Some(suite) = fields::suite(answer) {
        drafts.push(choice(
            format!("Did the {client} offer this cipher suite?"),
            fields::suites(hello),
            suite,
            by_version(ctx, "RFC 9846, section 4.2.3", "RFC 5246, section 7.4.1.3"),
        ));
    }
    drafts.extend(same_suite(ctx, answer));
    if ctx.is_tls13() {
        drafts.extend(key_share(ctx, hello, answer));
        drafts.extend(session_echo(ctx, hello, answer));
    } else {
        drafts.extend(downgrade(ctx, hello, answer));
    }
    alone(checking, drafts, Endpoint::Client, step)
}

/// ALPN: in TLS 1.3 answered in EncryptedExtensions, in TLS 1.2 in the ServerHello.
pub fn on_protocol(checking: &Checking<'_>) -> Vec<Check> {
    let client = checking.ctx.client();
    let ctx = checking.ctx;
    let Some((answer, chosen)) = protocol(ctx) else { return Vec::new() };
    let hello = ctx.handshake(Endpoint::Client, handshake::CLIENT_HELLO);
    let (Some(hello), Some(step)) = (hello, checking.step(answer)) else { return Vec::new() };
    if answer.received_us.is_none() {
        return Vec::new();
    }
    let question = format!("Did the {client} offer this application protocol?");
    let draft = choice(question, fields::alpn(hello), chosen, "RFC 7301, section 3.2");
    if checking.uses(answer, step) {
        return alone(checking, vec![draft], Endpoint::Client, step);
    }
    let draft = Some(draft).filter(|_| checking.failed(Endpoint::Client));
    let unread = |draft: Draft| draft.result(Endpoint::Client, step, CheckResult::NotReached);
    draft.map(unread).into_iter().collect()
}

/// The message that carries the server's choice of protocol, and the choice.
pub(super) fn protocol<'a>(ctx: &ConnectionContext<'a>) -> Option<(&'a Message, String)> {
    let answer = if ctx.is_tls13() {
        ctx.handshake(Endpoint::Server, handshake::ENCRYPTED_EXTENSIONS)?
    } else {
        ctx.server_hello()?
    };
    Some((answer, fields::alpn(answer).into_iter().next()?))
}

/// One value out of a list.
fn choice(
    question: impl Into<String>,
    offered: Vec<String>,
    chosen: String,
    rfc: &'static str,
) -> Draft {
    let holds = offered.contains(&chosen);
    let detail = format!("chosen {chosen}; offered {}", format::list(&offered));
    Draft::new(question, detail, holds, rfc)
}

/// The server's key share has to be in a group for which the client sent one.
fn key_share(ctx: &ConnectionContext<'_>, hello: &Message, answer: &Message) -> Option<Draft> {
    let client = ctx.client();
    let question = format!("Did the {client} send a key share in this group?");
    let group = fields::group(answer)?;
    Some(choice(question, fields::key_share_groups(hello), group, "RFC 9846, section 4.3.8"))
}

/// A HelloRetryRequest has settled the suite already.
fn same_suite(ctx: &ConnectionContext<'_>, answer: &Message) -> Option<Draft> {
    let retry = ctx.handshakes(Endpoint::Server, handshake::SERVER_HELLO).find(|m| is_retry(m))?;
    let (before, now) = (fields::suite(retry)?, fields::suite(answer)?);
    let holds = before == now;
    let detail = format!("HelloRetryRequest {before}; ServerHello {now}");
    let question = "Is the cipher suite the one that the HelloRetryRequest named?";
    Some(Draft::new(question, detail, holds, "RFC 9846, section 4.2.4"))
}

/// The session identifier comes back as it was sent.
fn session_echo(ctx: &ConnectionContext<'_>, hello: &Message, answer: &Message) -> Option<Draft> {
    let client = ctx.client();
    let sent = fields::session_id(hello)?;
    let echo = fields::session_id_echo(answer)?;
    let detail = format!("sent {}; came back {}", format::excerpt(sent), format::excerpt(echo));
    let question = format!("Is the session identifier the one that the {client} sent?");
    Some(Draft::new(question, detail, sent == echo, "RFC 9846, section 4.2.3"))
}

/// A server that knows TLS 1.3 marks its random when it is made to choose less.
fn downgrade(ctx: &ConnectionContext<'_>, hello: &Message, answer: &Message) -> Option<Draft> {
    let server = ctx.server();
    const SENTINEL: &[u8] = b"DOWNGRD";
    if !offers_tls13(hello) {
        return None;
    }
    let end = random(answer)?.get(24..)?;
    let detail = format!("the random ends in {}", crate::hex::encode(end));
    let question = format!("Is the {server}'s random free of the downgrade marker (DOWNGRD)?");
    Some(Draft::new(question, detail, !end.starts_with(SENTINEL), "RFC 9846, section 4.2.3"))
}
