//! Finding a thing by its name, and a node in a tree.

use crate::lesson::error::Trouble;
use crate::lesson::path::{Pick, Segment};
use crate::lesson::value::{Place, Tree, Value};
use crate::trace::Endpoint;
use crate::wire::Node;

/// Finds what `segments` begins by naming, among things with a sender and a name, and gives back
/// its position and the segments behind. Names match if their letters and digits do, so that
/// `SYN-ACK` is `SYN, ACK`.
pub fn named<'r, 's>(
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
pub fn below(
    tree: Tree,
    whole: &str,
    nodes: &[Node],
    bytes: &[u8],
    rest: &[Segment],
    attributes: &[(&str, Value)],
) -> Result<Vec<Value>, Trouble> {
    let place = Place { tree, start: 0, end: bytes.len() };
    let this = Value { place: Some(place), bytes: bytes.to_vec(), ..Value::text(whole) };
    let mut inside = vec![(nodes, Vec::new())];
    let mut found: Vec<Found<'_>> = Vec::new();
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
pub fn attribute(
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

/// That there is no such thing of this kind, and which there are.
pub fn unknown<'a>(kind: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Trouble {
    let known: Vec<&str> = known.collect();
    let fix = match known.as_slice() {
        [] => "this run has none".to_owned(),
        known => format!("this run has: {}", known.join("; ")),
    };
    Trouble::new(format!("no {kind} called `{name}`"), fix)
}
