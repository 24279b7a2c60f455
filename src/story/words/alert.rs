//! Alerts (RFC 8446, section 6; RFC 5246, section 7.2).

use super::{Words, sealed, sender, under_way};
use crate::dissect::{Message, MessageKind};
use crate::story::scene::Scene;
use crate::tls::{AlertDescription, AlertLevel};
use crate::trace::Op;
use crate::wire::names;

/// What the alerts' numbers are called (RFC 8446, section 6).
const CLOSE_NOTIFY: AlertDescription = AlertDescription::CLOSE_NOTIFY;
const BAD_CERTIFICATE: AlertDescription = AlertDescription::BAD_CERTIFICATE;

pub fn tell(scene: &Scene, message: &Message) -> Words {
    match message.kind {
        MessageKind::Alert { description: CLOSE_NOTIFY, .. } => close_notify(scene, message),
        MessageKind::Alert { level, description } => failure(scene, message, level, description),
        _ => super::other::tell(scene, message),
    }
}

fn close_notify(scene: &Scene, message: &Message) -> Words {
    let answer = scene.dissection.messages.iter().any(|other| {
        let closes = matches!(other.kind, MessageKind::Alert { description: CLOSE_NOTIFY, .. });
        closes && other.index < message.index && other.from != message.from
    });
    Words {
        what: format!(
            "{} says by `close_notify` that it will send no more{}.",
            sender(message),
            if answer { "; the other end has said so already" } else { "" },
        ),
        why: "Without it the receiver could not tell a proper end from a connection that someone \
              cut off to hide the rest of the data."
            .into(),
        notice: "It is an alert, but not an error; TCP's FIN comes after it.".into(),
        eavesdropper: match scene.is_encrypted(message) {
            true => telling(scene, message),
            false => String::new(),
        },
    }
}

fn failure(
    scene: &Scene,
    message: &Message,
    level: AlertLevel,
    description: AlertDescription,
) -> Words {
    let who = message.from.name();
    let error = scene.connection.end(message.from).error.as_ref();
    let own = error.map_or_else(String::new, |error| {
        format!(" The {who}'s own error text is `{}`.", error.replace('`', "'"))
    });
    let level = if level == AlertLevel::WARNING { "warning" } else { "fatal" };
    Words {
        what: format!(
            "{} gives up with a {level} alert, `{}` ({}).{own}",
            sender(message),
            message.name,
            description.0
        ),
        why: match names::alert(description) {
            Some(alert) => format!("By the standard it means: {}", uncapitalised(alert.meaning)),
            None => "It tells the other end that this connection cannot go on.".into(),
        },
        notice: match description == BAD_CERTIFICATE && wrong_name(scene, message) {
            true => format!(
                "TLS has no alert for a wrong name, so every implementation chooses one: {} this.",
                match scene.teaching {
                    true => "the teaching endpoints, which run here, follow rustls and send",
                    false => "rustls, which runs here, sends",
                }
            ),
            false => {
                let arrives = under_way(scene, message)
                    .map_or_else(String::new, |time| format!(", and gets it {time} later"));
                format!("The {} learns this code alone{arrives}.", message.from.peer().name())
            }
        },
        eavesdropper: match scene.is_encrypted(message) {
            true => telling(scene, message),
            false => "All of it: the alert is in the clear, so everyone on the path learns that \
                      the handshake failed, and how."
                .into(),
        },
    }
}

/// What an encrypted alert gives away.
fn telling(scene: &Scene, message: &Message) -> String {
    let sealed = sealed(scene, message);
    match scene.is_tls13() {
        true => format!("{sealed} So short a record, with the end behind it, suggests an alert."),
        false => format!("{sealed} That it is an alert shows; which one does not."),
    }
}

/// Whether the sender refused the chain for its name alone.
fn wrong_name(scene: &Scene, message: &Message) -> bool {
    scene.judgements(message.from).any(|(_, op)| match op {
        Op::CertificatePath { error: Some(error), .. } => error.contains("not valid for name"),
        _ => false,
    })
}

/// A sentence to stand behind a colon. `I` stays as it is.
fn uncapitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) if !sentence.starts_with("I ") => first.to_lowercase().chain(letters).collect(),
        _ => sentence.to_string(),
    }
}
