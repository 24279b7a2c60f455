//! Packets, records, messages, and the steps that are about them.

use super::find::{below, named};
use crate::dissect::{Message, PacketView, Record};
use crate::lesson::error::Trouble;
use crate::lesson::path::Segment;
use crate::lesson::value::{Tree, Value};
use crate::run::Run;
use crate::story::{Step, Subject};
use crate::wire::Node;

/// `message.[client|server.]NAME`, then a field of its tree or an attribute.
pub fn message(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
    let (message, rest) = message_named(run, segments)?;
    message_value(message, rest)
}

fn message_value(message: &Message, rest: &[Segment]) -> Result<Vec<Value>, Trouble> {
    let tree = Tree::Message(message.index);
    below(
        tree,
        &message.name,
        &message.nodes,
        &message.bytes,
        rest,
        &[
            ("from", Value::text(message.from.name())),
            ("sent_ms", Value::ms(message.sent_us)),
            ("received_ms", Value::ms(message.received_us.unwrap_or_default())),
        ],
    )
}

/// `record.[client|server.]MESSAGE`: the record, as on the wire, that carries that message.
pub fn record(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
    let (message, rest) = message_named(run, segments)?;
    let found = message.records.first().and_then(|&i| run.dissection().records.get(i));
    let Some(record) = found else {
        let what = format!("{} travels in no record", message.name);
        return Err(Trouble::new(what, "name a TLS message"));
    };
    record_value(record, rest)
}

fn record_value(record: &Record, rest: &[Segment]) -> Result<Vec<Value>, Trouble> {
    below(
        Tree::Record(record.index),
        "record",
        &record.nodes,
        &record.bytes,
        rest,
        &[
            ("from", Value::text(record.from.name())),
            ("sequence", Value::number(record.sequence)),
            ("packet", Value::number(record.packets.first().copied().unwrap_or_default().into())),
        ],
    )
}

/// `packet.[client|server.]FLAGS`: the packet with these flags, then a field or an attribute.
pub fn packet(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
    let (position, rest) = named(
        "packet",
        run.dissection().packets.iter().map(|p| (p.from, p.flags.as_str())),
        segments,
    )?;
    packet_value(position, &run.dissection().packets[position], rest)
}

fn packet_value(
    position: usize,
    packet: &PacketView,
    rest: &[Segment],
) -> Result<Vec<Value>, Trouble> {
    below(
        Tree::Packet(position),
        &packet.flags,
        &packet.nodes,
        &packet.bytes,
        rest,
        &[
            ("from", Value::text(packet.from.name())),
            ("number", Value::number(packet.number.into())),
            ("seq", Value::number(packet.seq.into())),
            ("ack", Value::number(packet.ack.into())),
            ("payload_length", Value::number(packet.payload_len as u64)),
            ("sent_ms", Value::ms(packet.sent_us)),
            ("received_ms", Value::ms(packet.received_us.unwrap_or_default())),
        ],
    )
}

/// `step.[client|server.]TITLE`, then an attribute, or a field of what the step is about.
pub fn step(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
    let steps = &run.story().steps;
    let (position, rest) =
        named("step", steps.iter().map(|s| (s.from, s.title.as_str())), segments)?;
    let step = &steps[position];
    let attributes = [
        ("title", Value::text(&step.title)),
        ("from", Value::text(step.from.name())),
        ("to", Value::text(step.from.peer().name())),
        ("number", Value::number((position + 1) as u64)),
        ("sent_ms", Value::ms(step.sent_us)),
        ("received_ms", Value::ms(step.received_us.unwrap_or_default())),
    ];
    match rest {
        [] => Ok(vec![Value::text(&step.title)]),
        [one] => match attributes.iter().find(|(name, _)| *name == one.name) {
            Some((_, value)) => Ok(vec![value.clone()]),
            None => subject(run, step, rest),
        },
        _ => subject(run, step, rest),
    }
}

/// What lies below `rest` in what the step is about.
fn subject(run: &Run, step: &Step, rest: &[Segment]) -> Result<Vec<Value>, Trouble> {
    match step.subject {
        Subject::Packet(position) => {
            packet_value(position, &run.dissection().packets[position], rest)
        }
        Subject::Message(position) => message_value(&run.dissection().messages[position], rest),
    }
}

/// The step that a lesson calls `name`.
///
/// # Errors
/// That there is none, and which there are.
pub fn step_called<'r>(run: &'r Run, name: &[Segment]) -> Result<&'r Step, Trouble> {
    let steps = &run.story().steps;
    let (position, rest) = named("step", steps.iter().map(|s| (s.from, s.title.as_str())), name)?;
    match rest.first() {
        None => Ok(&steps[position]),
        Some(extra) => Err(Trouble::new(
            format!("`{}` behind the name of a step", extra.name),
            "write the step's title alone, or client. or server. before it",
        )),
    }
}

/// What `way` leads to in `tree`.
///
/// # Errors
/// What is not there, and what is.
pub fn in_tree(run: &Run, tree: Tree, way: &[Segment]) -> Result<Vec<Value>, Trouble> {
    let seen = run.dissection();
    let values = match tree {
        Tree::Packet(at) => seen.packets.get(at).map(|packet| packet_value(at, packet, way)),
        Tree::Record(at) => seen.records.get(at).map(|record| record_value(record, way)),
        Tree::Message(at) => seen.messages.get(at).map(|message| message_value(message, way)),
        Tree::Opened(_) => None,
    };
    values.unwrap_or_else(|| Err(Trouble::new("the run has no such bytes", "choose another step")))
}

/// The name of the packet, record or message with this tree, with its article, and the tree.
pub fn tree_of(run: &Run, tree: Tree) -> Option<(String, &[Node])> {
    let seen = run.dissection();
    match tree {
        Tree::Packet(at) => seen.packets.get(at).map(|packet| {
            (format!("packet {} ({})", packet.number, packet.flags), packet.nodes.as_slice())
        }),
        Tree::Record(at) => seen.records.get(at).map(|record| {
            let from = record.from.name();
            (format!("record {} (from the {from})", at + 1), record.nodes.as_slice())
        }),
        Tree::Opened(at) => seen.records.get(at).and_then(|record| {
            let opened = record.opened.as_ref()?.as_ref().ok()?;
            Some((format!("the inside of record {}", at + 1), opened.nodes.as_slice()))
        }),
        Tree::Message(at) => seen.messages.get(at).map(|message| {
            (format!("the {}'s {}", message.from.name(), message.name), message.nodes.as_slice())
        }),
    }
}

fn message_named<'r, 's>(
    run: &'r Run,
    segments: &'s [Segment],
) -> Result<(&'r Message, &'s [Segment]), Trouble> {
    let messages = &run.dissection().messages;
    let names = messages.iter().map(|m| (m.from, m.name.as_str()));
    let (position, rest) = named("message", names, segments)?;
    Ok((&messages[position], rest))
}
