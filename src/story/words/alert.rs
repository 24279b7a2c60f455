//! Alerts (RFC 9846, section 6; RFC 5246, section 7.2).

use super::{Words, sealed, sender, under_way};
use crate::dissect::{Message, MessageKind};
use crate::story::context::ConnectionContext;
use crate::story::format::reported;
use crate::tls::{AlertDescription, AlertLevel};
use crate::trace::{ChainRefusal, Implementation, Op};
use crate::wire::names;

/// What the alerts' numbers are called (RFC 9846, section 6).
const CLOSE_NOTIFY: AlertDescription = AlertDescription::CLOSE_NOTIFY;
const BAD_CERTIFICATE: AlertDescription = AlertDescription::BAD_CERTIFICATE;
const CERTIFICATE_REQUIRED: AlertDescription = AlertDescription::CERTIFICATE_REQUIRED;

pub fn tell(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    match message.kind {
        MessageKind::Alert { description: CLOSE_NOTIFY, .. } => close_notify(ctx, message),
        MessageKind::Alert { level, description } => failure(ctx, message, level, description),
        _ => super::other::tell(ctx, message),
    }
}

fn close_notify(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let answer = ctx.dissection.messages.iter().any(|other| {
        let closes = matches!(other.kind, MessageKind::Alert { description: CLOSE_NOTIFY, .. });
        closes && other.index < message.index && other.from != message.from
    });
    let (why, notice) = super::closing::close_notify(ctx, message).unwrap_or_else(|| {
        let why = "Without it the receiver could not tell a proper end from a connection that \
                   someone cut off to hide the rest of the data.";
        (why.into(), None)
    });
    Words {
        what: format!(
            "{} says with `close_notify` that it will send no more{}.",
            sender(ctx, message),
            if answer { "; the other end has said so already" } else { "" },
        ),
        why,
        notice: notice.unwrap_or_else(|| {
            "It is an alert, but not an error; TCP's FIN comes after it.".into()
        }),
        eavesdropper: if ctx.is_encrypted(message) { telling(ctx, message) } else { String::new() },
    }
}

fn failure(
    ctx: &ConnectionContext<'_>,
    message: &Message,
    level: AlertLevel,
    description: AlertDescription,
) -> Words {
    let who = ctx.name(message.from);
    let error = ctx.connection.end(message.from).error.as_ref();
    // Last: it may count seconds since 1970 where a person looks for a date.
    let own = error.map_or_else(String::new, |error| {
        format!(" The {who}'s own error text is {}.", reported(error))
    });
    let level = if level == AlertLevel::WARNING { "warning" } else { "fatal" };
    Words {
        what: format!(
            "{} gives up with a {level} alert, `{}` ({}).",
            sender(ctx, message),
            message.name,
            description.0
        ),
        why: match names::alert(description) {
            Some(alert) => {
                format!("By the standard it means: {}{own}", uncapitalised(alert.meaning))
            }
            None => format!("It tells the other end that this connection cannot go on.{own}"),
        },
        notice: match description {
            _ if ctx.speaks_http(message.from.peer()) => format!(
                "The {} speaks HTTP, and can make nothing of these bytes.",
                ctx.name(message.from.peer())
            ),
            _ if !ctx.dissection.is_understood(message) => format!(
                "The {} cannot read it: its keys come from another transcript, and to it this is a record \
                 that does not open.",
                ctx.name(message.from.peer())
            ),
            BAD_CERTIFICATE if wrong_name(ctx, message) => format!(
                "TLS has no alert of its own for a wrong name; RFC 9525, section 6.6, asks for a bad \
                 certificate error{}.",
                match ctx.implementation(message.from) {
                    Implementation::Rustls => ", which rustls sends here",
                    Implementation::TeachingTls12 => ", which the teaching endpoints send here",
                    Implementation::Unknown => "",
                }
            ),
            CERTIFICATE_REQUIRED if !ctx.is_tls13() => format!(
                "TLS 1.2 has no such alert: RFC 5246, section 7.4.6, has handshake_failure for this{}.",
                match ctx.implementation(message.from) {
                    Implementation::Rustls => ", but rustls sends that of TLS 1.3 here too",
                    _ => "",
                }
            ),
            _ => {
                let arrives = under_way(ctx, message)
                    .filter(|_| !ctx.is_passed_on())
                    .map_or_else(String::new, |time| format!(", and gets it {time} later"));
                format!("The {} learns this code alone{arrives}.", ctx.name(message.from.peer()))
            }
        },
        eavesdropper: if ctx.is_encrypted(message) {
            telling(ctx, message)
        } else {
            "All of it: the alert is in the clear, so everyone on the path learns that \
                      the handshake failed, and how."
                .into()
        },
    }
}

/// What an encrypted alert gives away.
fn telling(ctx: &ConnectionContext<'_>, message: &Message) -> String {
    let sealed = sealed(ctx, message);
    if ctx.is_tls13() {
        format!("{sealed} So short a record, right before the end, suggests an alert.")
    } else {
        format!("{sealed} That it is an alert shows; which one does not.")
    }
}

/// Whether the sender refused the chain for its name alone.
fn wrong_name(ctx: &ConnectionContext<'_>, message: &Message) -> bool {
    ctx.judgements(message.from).any(|(_, op)| match op {
        Op::CertificatePath { refusal, .. } => *refusal == Some(ChainRefusal::WrongName),
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
