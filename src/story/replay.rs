//! A recording that is sent once more, by someone who has no keys: what is said of it in the place of what is said of
//! a client that is there.

use super::context::{ConnectionContext, handshake, random};
use super::ending::and_stopped;
use super::words::Words;
use super::{Step, Story, Subject, fields, format};
use crate::dissect::{EarlyData, Message, MessageKind};
use crate::tls::ExtensionType;
use crate::trace::{Connection, Endpoint, Event, Op, Roles};
use crate::wire::application_data::http_start_line;

/// What a recording is of, found by comparing bytes with what the client made on earlier connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// The connection that it was recorded on: position in the trace.
    pub of: usize,
    /// The steps that are byte for byte those of then.
    pub recorded: Vec<usize>,
    /// Those of them whose data the server read then, and reads again.
    pub taken_again: Vec<usize>,
}

/// How a connection ends that brings a recording: whoever sends it has no keys to go on with.
pub fn end(ctx: &ConnectionContext<'_>, story: &mut Story) {
    let is_alert = |message: &Message| matches!(message.kind, MessageKind::Alert { .. });
    if !ctx.dissection.messages.iter().any(is_alert) {
        // To the server that is a client that went away, and no sign of what it was.
        (story.outcome.noticed_by, story.noticed_at) = (None, None);
        story.ending = and_stopped(ctx, ending(ctx));
    }
}

/// What is said of a step of such a connection in the place of the usual words.
pub fn tell(ctx: &ConnectionContext<'_>, step: &Step, replay: &Replay, words: &mut Words) {
    let Subject::Message(at) = step.subject else { return };
    let Some(message) = ctx.dissection.messages.get(at) else { return };
    let said = match message.from {
        Endpoint::Client => sent(ctx, message, step.index, replay),
        Endpoint::Server => answered(ctx, message),
    };
    let Some(Words { what, why, notice, eavesdropper }) = said else { return };
    for (own, new) in [
        (&mut words.what, what),
        (&mut words.why, why),
        (&mut words.notice, notice),
        (&mut words.eavesdropper, eavesdropper),
    ] {
        if !new.is_empty() {
            *own = new;
        }
    }
}

/// What the recording is of; `None` where there is none.
pub fn of(ctx: &ConnectionContext<'_>, steps: &[Step]) -> Option<Replay> {
    if ctx.connection.roles != Roles::REPLAY {
        return None;
    }
    let own = ctx.handshake(Endpoint::Client, handshake::CLIENT_HELLO)?;
    let earlier = ctx.trace.connections.iter().take_while(|one| one.id < ctx.connection.id);
    let (of, then) = earlier.enumerate().find(|(_, one)| is_made(ctx, one, own))?;
    let messages = &ctx.dissection.messages;
    let recorded = steps.iter().filter(|step| match step.subject {
        Subject::Message(at) => messages.get(at).is_some_and(|one| is_made(ctx, then, one)),
        Subject::Packet(_) => false,
    });
    let recorded: Vec<&Step> = recorded.collect();
    let before: Vec<&[u8]> = then.events_of(Endpoint::Server).filter_map(data_read).collect();
    let is_again = |step: &&&Step| {
        let mut events = step.read_by.iter().filter_map(|at| ctx.connection.events.get(*at));
        events.any(|event| data_read(event).is_some_and(|data| before.contains(&data)))
    };
    let taken_again = recorded.iter().filter(is_again).map(|step| step.index).collect();
    Some(Replay { of, recorded: recorded.iter().map(|step| step.index).collect(), taken_again })
}

fn data_read(event: &Event) -> Option<&[u8]> {
    match &event.op {
        Op::DataRead { data } => Some(data),
        _ => None,
    }
}

/// Whether the client of an earlier connection made this message there, or the record that carries it.
fn is_made(ctx: &ConnectionContext<'_>, earlier: &Connection, message: &Message) -> bool {
    message.from == Endpoint::Client
        && earlier.events_of(Endpoint::Client).any(|event| match &event.op {
            Op::TranscriptUpdate { data } => *data == message.bytes,
            Op::Seal { ciphertext, .. } => {
                ctx.records(message).any(|record| record.fragment() == ciphertext.as_slice())
            }
            _ => false,
        })
}

/// What is said of a message of the recording.
fn sent(
    ctx: &ConnectionContext<'_>,
    message: &Message,
    step: usize,
    replay: &Replay,
) -> Option<Words> {
    let (attacker, server) = (ctx.tcp.client(), ctx.server());
    let then = replay.of + 1;
    if message.kind == MessageKind::ChangeCipherSpec {
        return Some(Words {
            what: format!("The **{attacker}** sends the dummy ChangeCipherSpec of the recording."),
            why: "The client sent it between its ClientHello and the early data.".into(),
            notice: "The receiver throws it away.".into(),
            ..Words::default()
        });
    }
    if !replay.recorded.contains(&step) {
        return None;
    }
    if message.kind == MessageKind::Handshake(handshake::CLIENT_HELLO) {
        let random = random(message).map(format::excerpt).unwrap_or_default();
        return Some(Words {
            what: format!(
                "The **{attacker}** sends a ClientHello that it has recorded: byte for byte that of connection \
                 {then}, with its random `{random}`, its ticket and its binder."
            ),
            why: format!(
                "The {attacker} has no pre-shared key (PSK) and could make no binder. It needs none: this one is \
                 right, as the client made it{}.",
                early(message)
            ),
            notice: format!(
                "A {server} that forgets a ticket when it is used, or remembers the ClientHellos of the last seconds, would \
                 see that it is a copy (RFC 9846, sections 8.1 and 8.2)."
            ),
            eavesdropper: format!(
                "All of it: nothing of it is encrypted. Whoever saw connection {then} has seen each byte before."
            ),
        });
    }
    let size = format::bytes(ctx.records(message).map(|record| record.bytes.len()).sum());
    let line =
        http_start_line(&message.bytes).map(|line| format!(", `{}`", line.replace('`', "'")));
    Some(Words {
        what: format!(
            "The **{attacker}** sends the early data that it has recorded, a record of {size}, byte for byte \
             that of connection {then}."
        ),
        why: format!(
            "The key for it comes from the pre-shared key (PSK) and the ClientHello alone. Both are those of \
             connection {then}, so it opens again."
        ),
        notice: if replay.taken_again.contains(&step) {
            format!(
                "The **{server} has taken this before**, on connection {then}, and takes it again{}: what it \
                 asks for is done twice.",
                line.unwrap_or_default()
            )
        } else {
            format!(
                "The {server} does not take it: to the {server} it is a record that it cannot open."
            )
        },
        ..Words::default()
    })
}

/// What follows a ClientHello that announces early data.
fn early(hello: &Message) -> &'static str {
    if fields::has_extension(hello, ExtensionType::EARLY_DATA) {
        ", and so is the early data behind it"
    } else {
        ""
    }
}

/// What is said of an answer in which the usual words speak of a client that reads it.
fn answered(ctx: &ConnectionContext<'_>, message: &Message) -> Option<Words> {
    let (attacker, server) = (ctx.tcp.client(), ctx.server());
    (message.kind == MessageKind::Handshake(handshake::FINISHED)).then(|| Words {
        notice: format!(
            "Nobody checks it: that takes keys which the {attacker} does not have. The {server} cannot see that, \
             and waits for the client's Finished."
        ),
        ..Words::default()
    })
}

fn ending(ctx: &ConnectionContext<'_>) -> String {
    let (attacker, server) = (ctx.tcp.client(), ctx.server());
    let took = match ctx.dissection.negotiated.early_data {
        EarlyData::Accepted => "took the early data in it, and answered",
        _ => "did not take the early data in it",
    };
    let error = ctx.connection.server_end.error.as_deref().map(format::reported);
    let own = error.map_or_else(String::new, |error| {
        format!(" To the {server} it is a client that went away: {error}.")
    });
    format!(
        "The **{attacker}** sent a recording, and the {server} {took}. The {attacker} has no keys: it can \
         neither read the answer nor complete the handshake.{own}"
    )
}
