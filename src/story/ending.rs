//! How it ended, in one to three sentences.

use super::context::{ConnectionContext, Credential, handshake};
use super::{Outcome, Step};

use super::{format, words};
use crate::dissect::{EarlyData, Message, MessageKind};
use crate::tls::AlertDescription;
use crate::trace::{Connection, Endpoint, Event, Op, Status};

/// What happened at both ends.
pub fn outcome(ctx: &ConnectionContext<'_>) -> Outcome {
    let connection = ctx.connection;
    let fatal = |kind| matches!(kind, MessageKind::Alert { description, .. } if description != AlertDescription::CLOSE_NOTIFY);
    let alert = ctx.dissection.messages.iter().find(|m| fatal(m.kind));
    Outcome {
        client: connection.client_end.clone(),
        server: connection.server_end.clone(),
        noticed_by: first_to_fail(connection, alert),
        alert: alert.map(|m| m.index),
    }
}

/// The end that gave up first: the other one, if it failed too, was told. Of an end that is not ours there
/// is only its alert to go by.
fn first_to_fail(connection: &Connection, alert: Option<&Message>) -> Option<Endpoint> {
    let is_unseen = |who: &Endpoint| connection.events_of(*who).next().is_none();
    if let Some(who) = alert.map(|alert| alert.from).filter(is_unseen) {
        return Some(who);
    }
    let recorded = connection.events.iter().find(|e| matches!(e.op, Op::Failed { .. }));
    let failed = |who: &Endpoint| connection.end(*who).status == Status::Failed;
    recorded.map(|event| event.by).or_else(|| Endpoint::BOTH.into_iter().find(failed))
}

/// The step at which the first end to fail gave up.
pub fn noticed_at(ctx: &ConnectionContext<'_>, steps: &[Step]) -> Option<usize> {
    let is_failure = |event: &Event| matches!(event.op, Op::Failed { .. });
    let event = ctx.connection.events.iter().position(is_failure)?;
    Step::of_event(steps, event)
}

/// The sentences.
pub fn sentences(ctx: &ConnectionContext<'_>, outcome: &Outcome) -> String {
    and_stopped(ctx, ended(ctx, outcome))
}

/// How it ended, and whether the lab stopped it.
pub fn and_stopped(ctx: &ConnectionContext<'_>, ended: String) -> String {
    match stopped(ctx) {
        Some(stopped) => format!("{ended} {stopped}"),
        None => ended,
    }
}

/// That the simulator stopped the run, and what real hosts would have done instead.
fn stopped(ctx: &ConnectionContext<'_>) -> Option<String> {
    let (who, at_us, after_us) = ctx.connection.events.iter().find_map(|event| match event.op {
        Op::TimedOut { after_us } => Some((event.by, event.at_us, after_us)),
        _ => None,
    })?;
    let real = match Endpoint::BOTH.into_iter().find(|who| has_unacknowledged(ctx, *who)) {
        Some(who) => format!(
            "A real TCP at the {} would go on sending again what is not acknowledged: for at least 100 \
             seconds, and 3 minutes where that is a SYN (RFC 9293, section 3.8.3).",
            ctx.tcp.name(who)
        ),
        None => format!(
            "A real TCP at the {} has nothing to send again, and would wait for as long as its program \
             does, unless keep-alives tell that the other end is gone (RFC 9293, section 3.8.4).",
            ctx.tcp.name(who)
        ),
    };
    Some(format!(
        "The lab stopped the run at {}, after {} in which nothing new had come to either end. {real}",
        format::duration(at_us),
        format::duration(after_us)
    ))
}

/// Whether `who` sent something that, as far as it knows, the other end does not have.
fn has_unacknowledged(ctx: &ConnectionContext<'_>, who: Endpoint) -> bool {
    let packets = || ctx.dissection.packets.iter();
    let Some(first) = packets().find(|packet| packet.from == who) else { return false };
    let sent = packets().filter(|packet| packet.from == who);
    let sent = sent.map(|p| p.seq.wrapping_sub(first.seq).wrapping_add(p.sequence_len())).max();
    let heard = packets().filter(|p| p.from != who && p.received_us.is_some() && p.has_ack());
    let heard = heard.map(|packet| packet.ack.wrapping_sub(first.seq)).max();
    sent > heard.or(Some(0))
}

fn ended(ctx: &ConnectionContext<'_>, outcome: &Outcome) -> String {
    if let Some(closing) = ctx.closing {
        return format!("{} {}", success(ctx), words::closing::ended(ctx, closing));
    }
    match outcome.noticed_by {
        Some(who) => failure(ctx, outcome, who),
        None if Endpoint::BOTH
            .iter()
            .all(|who| ctx.connection.end(*who).status == Status::Established) =>
        {
            success(ctx)
        }
        None => incomplete(ctx),
    }
}

fn success(ctx: &ConnectionContext<'_>) -> String {
    let (client, server) = (ctx.client(), ctx.server());
    if ctx.is_plain() {
        return "Request and response went over TCP without TLS. Neither end proved who it is, and \
                anyone on the path could read and change both."
            .into();
    }
    let suite = ctx.suite().map(|suite| format!(" with **{suite}**")).unwrap_or_default();
    let who = match ctx.handshake(Endpoint::Client, handshake::CERTIFICATE_VERIFY) {
        Some(_) => "Both ends proved who they are".to_string(),
        None if ctx.takes_any(Endpoint::Client) => {
            format!("The {client} did not check who the {server} is")
        }
        None if ctx.is_resumed() => {
            "Both ends proved that they hold the secret of an earlier session".into()
        }
        None if ctx.has_rsa_key_exchange() => {
            format!("The {server} proved who it is by decrypting the preliminary secret")
        }
        None if ctx.credential(Endpoint::Server) == Credential::RawPublicKey => {
            format!("The {server} proved that it has the key that the {client} was told")
        }
        None => match ctx.site() {
            Some(site) => format!("The {server} proved that it may speak for `{site}`"),
            None => format!("The {server} proved who it is"),
        },
    };
    let end = closed(ctx);
    let took = match (ctx.dissection.negotiated.round_trips, ctx.handshake_us()) {
        (0, _) if ctx.dissection.negotiated.early_data == EarlyData::Accepted => {
            format!(", with data in the {client}'s first flight")
        }
        (0, _) | (_, None) => String::new(),
        (exchanges, Some(us)) => {
            format!(
                " in {}, with {} of TLS messages",
                format::duration(us),
                format::exchanges(exchanges)
            )
        }
    };
    format!("The handshake succeeded: **{}**{suite}{took}. {who}, and {end}.", ctx.version_name())
}

/// How many ends said `close_notify`, and whether that arrived.
fn closed(ctx: &ConnectionContext<'_>) -> &'static str {
    let is_close = |m: &&Message| {
        matches!(m.kind, MessageKind::Alert { description: AlertDescription::CLOSE_NOTIFY, .. })
    };
    let sent: Vec<&Message> = ctx.dissection.messages.iter().filter(is_close).collect();
    let arrived = sent.iter().filter(|message| message.received_us.is_some()).count();
    match (sent.len(), arrived) {
        (0, _) => "the connection was not closed with `close_notify`",
        (1, 0) => "one end sent `close_notify`, which never arrived",
        (1, _) => "one end closed the connection with `close_notify`",
        (_, 0) => "both ends sent `close_notify`, and neither ever arrived",
        (_, 1) => "both ends sent `close_notify`, of which one never arrived",
        _ => "both ends closed the connection with `close_notify`",
    }
}

fn failure(ctx: &ConnectionContext<'_>, outcome: &Outcome, who: Endpoint) -> String {
    let text = |who: Endpoint| ctx.connection.end(who).error.as_deref().map(format::reported);
    // What was told leads: an error text may count seconds since 1970.
    let own = text(who).map_or_else(String::new, |error| {
        format!(" The {}'s own error text is {error}.", ctx.name(who))
    });
    let alert = outcome.alert.and_then(|index| ctx.dissection.messages.get(index));
    let told = match alert {
        Some(alert) if alert.from == who => match alert.received_us {
            Some(_) if ctx.dissection.is_understood(alert) => {
                format!(" and told the {} by the alert `{}`", ctx.name(who.peer()), alert.name)
            }
            Some(_) if ctx.speaks_http(who.peer()) => format!(
                "; its alert `{}` means nothing to the {}, which speaks HTTP",
                alert.name,
                ctx.name(who.peer())
            ),
            Some(_) => format!(
                "; its alert `{}` is under keys that the {} does not have",
                alert.name,
                ctx.name(who.peer())
            ),
            None => format!("; its alert `{}` never arrived", alert.name),
        },
        _ => " and sent no alert".into(),
    };
    let other = match (ctx.connection.end(who.peer()).status, text(who.peer())) {
        (Status::Failed, Some(error)) => {
            format!(" The {} reports: {error}.", ctx.name(who.peer()))
        }
        (Status::Failed, None) => format!(" The {} failed with it.", ctx.name(who.peer())),
        (Status::Established, _) => format!(" The {} saw no error.", ctx.name(who.peer())),
        (Status::Incomplete, _) if !waited(ctx, who.peer()) => {
            format!(" No program was there at the {} to take the connection.", ctx.name(who.peer()))
        }
        (Status::Incomplete, _) => format!(" The {} was left waiting.", ctx.name(who.peer())),
    };
    format!("The **{}** gave up{told}.{own}{other}", ctx.name(who))
}

/// Whether an end was there when the run was ended, and waited.
fn waited(ctx: &ConnectionContext<'_>, who: Endpoint) -> bool {
    ctx.ops(who).any(|(_, op)| matches!(op, Op::TimedOut { .. }))
}

fn incomplete(ctx: &ConnectionContext<'_>) -> String {
    let ends: Vec<String> = Endpoint::BOTH
        .into_iter()
        .map(|who| match ctx.connection.end(who).status {
            Status::Established => format!("the {} had completed its handshake", ctx.name(who)),
            Status::Failed => format!("the {} had failed", ctx.name(who)),
            Status::Incomplete => format!("the {} was still waiting", ctx.name(who)),
        })
        .collect();
    format!("The connection was left unfinished: {}.", format::list(&ends))
}
