//! How it ended, in one to three sentences.

use super::Outcome;
use super::format;
use super::rare::rare;
use super::scene::{Scene, handshake};
use crate::dissect::{EarlyData, MessageKind};
use crate::tls::AlertDescription;
use crate::trace::{Connection, Endpoint, Op, Status};

/// What happened at both ends.
pub fn outcome(scene: &Scene) -> Outcome {
    let connection = scene.connection;
    let fatal = |kind| matches!(kind, MessageKind::Alert { description, .. } if description != AlertDescription::CLOSE_NOTIFY);
    Outcome {
        client: connection.client_end.clone(),
        server: connection.server_end.clone(),
        noticed_by: first_to_fail(connection),
        alert: scene.dissection.messages.iter().find(|m| fatal(m.kind)).map(|m| m.index),
    }
}

/// The end that gave up first: the other one, if it failed too, was told.
fn first_to_fail(connection: &Connection) -> Option<Endpoint> {
    let recorded = connection.events.iter().find(|e| matches!(e.op, Op::Failed { .. }));
    let failed = |who: &Endpoint| connection.end(*who).status == Status::Failed;
    recorded.map(|event| event.by).or_else(|| Endpoint::BOTH.into_iter().find(failed))
}

/// The sentences.
pub fn sentences(scene: &Scene, outcome: &Outcome) -> String {
    if let Some(closing) = scene.closing {
        return format!("{} {}", success(scene), (rare().ended)(scene, closing));
    }
    match outcome.noticed_by {
        Some(who) => failure(scene, outcome, who),
        None if Endpoint::BOTH
            .iter()
            .all(|who| scene.connection.end(*who).status == Status::Established) =>
        {
            success(scene)
        }
        None => incomplete(scene),
    }
}

fn success(scene: &Scene) -> String {
    if scene.is_plain() {
        return "Request and response went over TCP without TLS. Neither end proved who it is, and \
                anyone on the path could read and change both."
            .into();
    }
    let suite = scene.suite().map(|suite| format!(" with **{suite}**")).unwrap_or_default();
    let closed = scene
        .dissection
        .messages
        .iter()
        .filter(|m| {
            matches!(m.kind, MessageKind::Alert { description: AlertDescription::CLOSE_NOTIFY, .. })
        })
        .count();
    let who = match scene.handshake(Endpoint::Client, handshake::CERTIFICATE_VERIFY) {
        Some(_) => "Both ends proved who they are",
        None if scene.is_resumed() => "Both ends proved that they know an earlier session",
        None if scene.has_rsa_key_exchange() => {
            "The server proved who it is by decrypting the pre-master secret"
        }
        None => "The server proved who it is",
    };
    let end = match closed {
        0 => "it was not closed by close_notify",
        1 => "one end closed it by `close_notify`",
        _ => "both ends closed it by `close_notify`",
    };
    let trips = scene.dissection.negotiated.round_trips;
    let took = match trips {
        0 if scene.dissection.negotiated.early_data == EarlyData::Accepted => {
            ", with data in the client's first flight".into()
        }
        0 => String::new(),
        n => format!(
            " after {} of TLS",
            format::plural(usize::try_from(n).unwrap_or(usize::MAX), "round trip")
        ),
    };
    format!("The handshake succeeded: **{}**{suite}{took}. {who}, and {end}.", scene.version_name())
}

fn failure(scene: &Scene, outcome: &Outcome, who: Endpoint) -> String {
    let text =
        |who: Endpoint| scene.connection.end(who).error.as_ref().map(|e| e.replace('`', "'"));
    let first = match text(who) {
        Some(error) => format!("The **{}** gave up: `{error}`.", who.name()),
        None => format!("The **{}** gave up.", who.name()),
    };
    let alert = outcome.alert.and_then(|index| scene.dissection.messages.get(index));
    let told = match alert {
        Some(alert) if alert.from == who => match alert.received_us {
            Some(_) => format!(" It told the {} by the alert `{}`.", who.peer().name(), alert.name),
            None => format!(" Its alert `{}` never arrived.", alert.name),
        },
        _ => " It sent no alert.".into(),
    };
    let other = match (scene.connection.end(who.peer()).status, text(who.peer())) {
        (Status::Failed, Some(error)) => {
            format!(" The {} reports: `{error}`.", who.peer().name())
        }
        (Status::Failed, None) => format!(" The {} failed with it.", who.peer().name()),
        (Status::Established, _) => format!(" The {} saw no error.", who.peer().name()),
        (Status::Incomplete, _) => format!(" The {} was left waiting.", who.peer().name()),
    };
    format!("{first}{told}{other}")
}

fn incomplete(scene: &Scene) -> String {
    let ends: Vec<String> = Endpoint::BOTH
        .iter()
        .map(|who| match scene.connection.end(*who).status {
            Status::Established => format!("the {} had completed its handshake", who.name()),
            Status::Failed => format!("the {} had failed", who.name()),
            Status::Incomplete => format!("the {} was still waiting", who.name()),
        })
        .collect();
    format!("The connection was left unfinished: {}.", format::list(&ends))
}
