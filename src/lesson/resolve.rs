//! Follows paths through a run. A root is one row of [`ROOTS`].

use super::error::Trouble;
use super::path::{Expr, Form, Path, Pick, Segment, Sign, Term};
use super::value::{Tree, Value};
use crate::dissect::{Message, PacketView, Record};
use crate::run::Run;
use crate::story::{Step, Subject};
use crate::trace::{Endpoint, hex};
use crate::wire::{Node, names};
use std::borrow::Cow;

type Resolver = fn(&Run, &[Segment]) -> Result<Vec<Value>, Trouble>;

/// Where a path may begin, and what follows.
const ROOTS: &[(&str, Resolver)] = &[
    ("message", message),
    ("record", record),
    ("packet", packet),
    ("step", step),
    ("key", key),
    ("negotiated", negotiated),
    ("count", count),
    ("scenario", scenario),
];

impl Expr {
    /// The one value this expression has in `run`.
    ///
    /// # Errors
    /// What the run does not have, and what it has instead; or that there are several values.
    pub fn one(&self, run: &Run) -> Result<Value, Trouble> {
        let mut values = self.all(run)?;
        match values.len() {
            1 => Ok(values.remove(0)),
            n => Err(Trouble::new(
                format!("`{self}` is {n} values, not one"),
                "write [0] for the first instead of [*]",
            )),
        }
    }

    /// All the values this expression has in `run`: several only where it holds a `[*]`.
    ///
    /// # Errors
    /// What the run does not have, and what it has instead.
    pub fn all(&self, run: &Run) -> Result<Vec<Value>, Trouble> {
        if let [(Sign::Plus, Term::Path(path))] = self.terms.as_slice() {
            return path.all(run);
        }
        let mut sum = 0.0;
        for (sign, term) in &self.terms {
            let number = match term {
                Term::Number(number) => f64::from(*number),
                Term::Path(path) => path.number(run)?,
            };
            sum += if *sign == Sign::Plus { number } else { -number };
        }
        Ok(vec![Value::number(sum)])
    }
}

impl Path {
    fn all(&self, run: &Run) -> Result<Vec<Value>, Trouble> {
        let Some((_, resolve)) = ROOTS.iter().find(|(name, _)| *name == self.root) else {
            return Err(unknown("root", &self.root, ROOTS.iter().map(|(name, _)| *name)));
        };
        let values = resolve(run, &self.segments)?;
        values.into_iter().map(|value| in_form(value, self.form)).collect()
    }

    fn number(&self, run: &Run) -> Result<f64, Trouble> {
        match self.all(run)?.as_slice() {
            [value] => value.number.ok_or_else(|| {
                let what = format!("`{}` in a sum is not a number", value.display);
                Trouble::new(what, "add and subtract numbers only")
            }),
            _ => Err(Trouble::new("a sum over several values", "write [0] instead of [*]")),
        }
    }
}

fn in_form(value: Value, form: Form) -> Result<Value, Trouble> {
    let place = |wanted: &str| {
        let fix = "use it on a field, a message, a record or a packet";
        value.place.ok_or_else(|| Trouble::new(format!("`:{wanted}` of what has no octets"), fix))
    };
    Ok(match form {
        Form::Display => value,
        Form::Value => Value { display: value.value.clone(), ..value },
        Form::Name => Value { display: value.name().to_owned(), ..value },
        Form::Hex => Value { place: value.place, ..Value::octets(&value.bytes) },
        Form::Short => {
            let start = hex::encode(value.bytes.get(..4).unwrap_or(&value.bytes));
            let display = format!("{start}… ({} bytes)", value.bytes.len());
            Value { display, ..value }
        }
        Form::Length if value.place.is_none() => Value::number(value.bytes.len() as f64),
        Form::Length => place("length").map(|p| Value::number((p.end - p.start) as f64))?,
        Form::Start => place("start").map(|p| Value::number(p.start as f64))?,
    })
}

/// `message.[client|server.]NAME`, then a field of its tree or an attribute.
fn message(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
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
fn record(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
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
            ("sequence", Value::number(record.sequence as f64)),
            ("packet", Value::number(record.packets.first().copied().unwrap_or_default().into())),
        ],
    )
}

/// `packet.[client|server.]FLAGS`: the packet with these flags, then a field or an attribute.
fn packet(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
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
            ("payload_length", Value::number(packet.payload_len as f64)),
            ("sent_ms", Value::ms(packet.sent_us)),
            ("received_ms", Value::ms(packet.received_us.unwrap_or_default())),
        ],
    )
}

/// `step.[client|server.]TITLE`, then an attribute, or a field of what the step is about.
fn step(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
    let steps = &run.story().steps;
    let (position, rest) =
        named("step", steps.iter().map(|s| (s.from, s.title.as_str())), segments)?;
    let step = &steps[position];
    let attributes = [
        ("title", Value::text(&step.title)),
        ("from", Value::text(step.from.name())),
        ("to", Value::text(step.from.peer().name())),
        ("number", Value::number((position + 1) as f64)),
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
pub(super) fn step_called<'r>(run: &'r Run, name: &[Segment]) -> Result<&'r Step, Trouble> {
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
pub(super) fn in_tree(run: &Run, tree: Tree, way: &[Segment]) -> Result<Vec<Value>, Trouble> {
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
pub(super) fn tree_of(run: &Run, tree: Tree) -> Option<(String, &[Node])> {
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

/// Finds out whether the key schedule of `run` has a value called `name`.
///
/// # Errors
/// That it has not, and which there are.
pub(super) fn key_called(run: &Run, name: &str) -> Result<(), Trouble> {
    let keys = &run.dissection().keys;
    if keys.iter().any(|key| key.name == name) {
        return Ok(());
    }
    Err(unknown("key", name, keys.iter().map(|key| key.name)))
}

/// `key.NAME`: a value of the key schedule, or how it was computed.
fn key(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
    let keys = &run.dissection().keys;
    let [name, rest @ ..] = segments else {
        return Err(unknown("key", "", keys.iter().map(|key| key.name)));
    };
    key_called(run, &name.name)?;
    let Some(key) = keys.iter().find(|key| key.name == name.name) else { return Ok(Vec::new()) };
    attribute(
        key.name,
        Value::octets(&key.output),
        rest,
        &[
            ("operation", Value::text(key.operation)),
            ("formula", Value::text(&key.formula)),
            ("label", Value::text(key.label)),
            ("context", Value::text(&key.context)),
        ],
    )
}

/// `negotiated.…`: what the hellos settled.
fn negotiated(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
    let settled = &run.dissection().negotiated;
    let text = |value: &Option<String>| Value::text(value.clone().unwrap_or_default());
    let octets = |value: &Option<Vec<u8>>| Value::octets(value.as_deref().unwrap_or_default());
    let named = |code: Option<u16>, name: fn(u16) -> Cow<'static, str>| {
        Value::text(code.map_or(Cow::Borrowed(""), name))
    };
    attribute(
        "negotiated",
        Value::text(""),
        segments,
        &[
            ("version", named(settled.version, names::version_name)),
            ("suite", named(settled.suite, names::suite_name)),
            ("group", named(settled.group, names::group_name)),
            ("alpn", text(&settled.alpn)),
            ("server_name", text(&settled.server_name)),
            ("client_random", octets(&settled.client_random)),
            ("server_random", octets(&settled.server_random)),
            ("round_trips", Value::number(settled.round_trips.into())),
        ],
    )
}

/// `count.WHAT` or `count.WHAT.client|server`.
fn count(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
    let seen = run.dissection();
    let all: [(&str, Vec<Endpoint>); 4] = [
        ("packets", seen.packets.iter().map(|p| p.from).collect()),
        ("records", seen.records.iter().map(|r| r.from).collect()),
        ("messages", seen.messages.iter().map(|m| m.from).collect()),
        ("steps", run.story().steps.iter().map(|s| s.from).collect()),
    ];
    let [what, who @ ..] = segments else {
        return Err(unknown("count", "", all.iter().map(|(name, _)| *name)));
    };
    let Some((_, senders)) = all.iter().find(|(name, _)| *name == what.name) else {
        return Err(unknown("count", &what.name, all.iter().map(|(name, _)| *name)));
    };
    let of = |who| Value::number(senders.iter().filter(|&&from| from == who).count() as f64);
    attribute(
        &what.name,
        Value::number(senders.len() as f64),
        who,
        &[("client", of(Endpoint::Client)), ("server", of(Endpoint::Server))],
    )
}

/// `scenario.seed`, `scenario.rtt_ms`.
fn scenario(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
    attribute(
        "scenario",
        Value::text(run.scenario.text()),
        segments,
        &[
            ("seed", Value::text(run.scenario.seed.to_string())),
            ("rtt_ms", Value::number(run.scenario.rtt_ms.into())),
        ],
    )
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

/// Finds what `segments` begins by naming, among things with a sender and a name, and gives back
/// its position and the segments behind. Names match if their letters and digits do, so that
/// `SYN-ACK` is `SYN, ACK`.
fn named<'r, 's>(
    kind: &str,
    all: impl Iterator<Item = (Endpoint, &'r str)> + Clone,
    segments: &'s [Segment],
) -> Result<(usize, &'s [Segment]), Trouble> {
    let (from, segments) = match segments {
        [who, rest @ ..] => match Endpoint::BOTH.iter().find(|end| end.name() == who.name) {
            Some(end) => (Some(*end), rest),
            None => (None, segments),
        },
        [] => (None, segments),
    };
    let mut known: Vec<&str> = Vec::new();
    for (_, name) in all.clone().filter(|(sender, _)| from.is_none_or(|from| from == *sender)) {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    let [wanted, rest @ ..] = segments else {
        return Err(unknown(kind, "", known.into_iter()));
    };
    let Pick::Nth(nth) = wanted.pick else {
        return Err(Trouble::new(format!("[*] behind a {kind}"), "name one: [0] for the first"));
    };
    all.enumerate()
        .filter(|(_, (sender, name))| {
            from.is_none_or(|from| from == *sender) && squashed(name) == squashed(&wanted.name)
        })
        .nth(nth)
        .map(|(position, _)| (position, rest))
        .ok_or_else(|| unknown(kind, &wanted.name, known.into_iter()))
}

fn squashed(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// A node and its path from the roots of its tree.
type Found<'n> = (&'n Node, Vec<usize>);

/// The nodes that `rest` leads to below `nodes`, or the attribute it names.
fn below(
    tree: Tree,
    whole: &str,
    nodes: &[Node],
    bytes: &[u8],
    rest: &[Segment],
    attributes: &[(&str, Value)],
) -> Result<Vec<Value>, Trouble> {
    let place = super::value::Place { tree, start: 0, end: bytes.len() };
    let this = Value { place: Some(place), bytes: bytes.to_vec(), ..Value::text(whole) };
    let mut inside = vec![(nodes, Vec::new())];
    let mut found: Vec<Found> = Vec::new();
    for (depth, segment) in rest.iter().enumerate() {
        found.clear();
        inside.iter().for_each(|(nodes, path)| collect(nodes, path, &segment.name, &mut found));
        if let (Pick::Nth(nth), n @ 1..) = (segment.pick, found.len()) {
            if nth >= n {
                let what = format!("{whole} has {n} `{}` there, no [{nth}]", segment.name);
                return Err(Trouble::new(what, "count from 0"));
            }
            found = vec![found.swap_remove(nth)];
        }
        if found.is_empty() {
            let missing = no_field(whole, &segment.name, inside.iter().map(|(nodes, _)| *nodes));
            return match (depth, rest.len()) {
                (0, 1) => attribute(whole, this, rest, attributes).map_err(|_| missing),
                _ => Err(missing),
            };
        }
        inside = found.iter().map(|(node, path)| (&*node.children, path.clone())).collect();
    }
    if rest.is_empty() {
        return Ok(vec![this]);
    }
    Ok(found.into_iter().map(|(node, path)| Value::node(tree, node, path, bytes)).collect())
}

/// The nodes called `name` in `nodes` and below, in order; below a match no more are looked for.
fn collect<'n>(nodes: &'n [Node], above: &[usize], name: &str, into: &mut Vec<Found<'n>>) {
    for (position, node) in nodes.iter().enumerate() {
        let path = [above, &[position]].concat();
        if squashed(node.field.name) == squashed(name) {
            into.push((node, path));
        } else {
            collect(&node.children, &path, name, into);
        }
    }
}

fn no_field<'n>(whole: &str, name: &str, inside: impl Iterator<Item = &'n [Node]>) -> Trouble {
    let mut names: Vec<&str> = Vec::new();
    for root in inside.flatten() {
        root.walk(&mut |node, _| {
            if !names.contains(&node.field.name) {
                names.push(node.field.name);
            }
        });
    }
    Trouble::new(
        format!("{whole} has no `{name}` there"),
        format!("there are: {}", names.join(", ")),
    )
}

/// `value` itself, or the one of its attributes that `rest` names.
fn attribute(
    whole: &str,
    value: Value,
    rest: &[Segment],
    attributes: &[(&str, Value)],
) -> Result<Vec<Value>, Trouble> {
    match rest {
        [] => Ok(vec![value]),
        [one] => match attributes.iter().find(|(name, _)| *name == one.name) {
            Some((_, value)) => Ok(vec![value.clone()]),
            None => Err(unknown(whole, &one.name, attributes.iter().map(|(name, _)| *name))),
        },
        [_, more, ..] => {
            let fix = format!("{whole} ends one name earlier");
            Err(Trouble::new(format!("nothing called `{}` there", more.name), fix))
        }
    }
}

fn unknown<'a>(kind: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Trouble {
    let known: Vec<&str> = known.collect();
    let fix = match known.as_slice() {
        [] => "this run has none".to_owned(),
        known => format!("this run has: {}", known.join("; ")),
    };
    Trouble::new(format!("no {kind} called `{name}`"), fix)
}
