//! Two trees of fields, walked together.
//!
//! Parts of a structure are matched by name, and among those of one name by their order; so an
//! extension finds its counterpart wherever the other side has it. A list of values is one field.

use super::nature::{self, Nature};
use super::side::Side;
use crate::hex;
use crate::story::format;
use crate::wire::{Node, x509};
use serde::Serialize;

/// A field that is not the same on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The field's name, after those of the structures it stands in, from the outermost on.
    pub names: Vec<&'static str>,
    /// Whether that says anything.
    pub nature: Nature,
    /// The field in A and in B; `None` where it is not there.
    pub places: [Option<Place>; 2],
}

/// A field of one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Where it is: indices from the roots of the tree down; empty for what is in no tree.
    pub path: Vec<usize>,
    /// Its value for people.
    pub value: String,
}

/// Bytes and their tree.
pub type Tree<'a> = (&'a [u8], &'a [Node]);

/// The fields of two trees that differ, in the order of A; what only B has comes behind what its
/// structure has in A. Empty if and only if the bytes are equal.
pub fn compare(a: Tree<'_>, b: Tree<'_>) -> Vec<Difference> {
    if a.0 == b.0 {
        return Vec::new();
    }
    let mut walk = Walk { octets: [a.0, b.0], names: Vec::new(), found: Vec::new() };
    walk.level([a.1, b.1], [&[], &[]]);
    walk.found
}

struct Walk<'a> {
    octets: [&'a [u8]; 2],
    /// The names of the structures that are open.
    names: Vec<&'static str>,
    found: Vec<Difference>,
}

impl Difference {
    /// The field as it is called inside its message: `extensions › supported_versions`.
    pub fn title(&self) -> String {
        let inside = self.names.get(1..).filter(|inside| !inside.is_empty());
        inside.unwrap_or(&self.names).join(" › ")
    }
}

impl Walk<'_> {
    /// Compares the parts of a structure that is on both sides at `paths`.
    fn level(&mut self, parts: [&[Node]; 2], paths: [&[usize]; 2]) {
        let down = |side: Side, index: usize| [side.of(paths), &[index]].concat();
        let mut free: Vec<(usize, &Node)> = parts[1].iter().enumerate().collect();
        let mut behind = None;
        let mut moved = false;
        for (index, a) in parts[0].iter().enumerate() {
            let Some(found) = free.iter().position(|(_, b)| key(a) == key(b)) else {
                self.push(a.field.name, [Some((a, down(Side::A, index))), None]);
                continue;
            };
            let (other, b) = free.remove(found);
            moved |= behind.replace(other) > Some(other);
            self.node([a, b], [down(Side::A, index), down(Side::B, other)]);
        }
        for (index, b) in free {
            self.push(b.field.name, [None, Some((b, down(Side::B, index)))]);
        }
        if moved {
            self.order(parts, paths);
        }
    }

    fn node(&mut self, nodes: [&Node; 2], paths: [Vec<usize>; 2]) {
        let [a, b] = nodes;
        if self.bytes_of(Side::A, a) == self.bytes_of(Side::B, b) {
            return;
        }
        let name = a.field.name;
        if self.is_one_field(a) || self.is_one_field(b) {
            let [of_a, of_b] = paths;
            return self.push(name, [Some((a, of_a)), Some((b, of_b))]);
        }
        self.names.push(name);
        self.level([&a.children, &b.children], [&paths[0], &paths[1]]);
        self.names.pop();
    }

    /// Whether a structure is told as a whole: it has no parts, all of it is random, it is a list of
    /// values, or a value of DER with its tag and length.
    fn is_one_field(&self, node: &Node) -> bool {
        self.nature(node.field.name) == Nature::Random || list(node).is_some()
    }

    fn push(&mut self, name: &'static str, nodes: [Option<(&Node, Vec<usize>)>; 2]) {
        let on_both = nodes.iter().flatten().filter(|(node, _)| !node.is_empty()).count() == 2;
        let nature = match self.nature(name) {
            // That one side has none of it says something.
            Nature::Random if !on_both => Nature::Chosen,
            nature => nature,
        };
        let texts = nodes.each_ref().map(|node| node.as_ref().map(|(node, _)| display(node)));
        // What reads the same but is not is shown as it is on the wire.
        let alike = texts[0] == texts[1];
        let place = |side, node: Option<(&Node, Vec<usize>)>, text: Option<String>| {
            let (node, path) = node?;
            Some(Place {
                path,
                value: if alike { hex::encode(self.bytes_of(side, node)) } else { text? },
            })
        };
        let ([node_a, node_b], [text_a, text_b]) = (nodes, texts);
        let places = [place(Side::A, node_a, text_a), place(Side::B, node_b, text_b)];
        let names = self.names.iter().copied().chain([name]).collect();
        self.found.push(Difference { names, nature, places });
    }

    /// Says that the parts of a structure stand in another order.
    fn order(&mut self, parts: [&[Node]; 2], paths: [&[usize]; 2]) {
        let places = Side::BOTH.map(|side| {
            let names: Vec<&str> = side.of(parts).iter().map(|part| part.field.name).collect();
            Some(Place { path: side.of(paths).to_vec(), value: names.join(", ") })
        });
        // A client puts its extensions in a new order every time.
        let nature = match self.names.first() {
            Some(&"ClientHello") => Nature::Random,
            _ => Nature::Chosen,
        };
        let names = self.names.iter().copied().chain(["order"]).collect();
        self.found.push(Difference { names, nature, places });
    }

    fn nature(&self, name: &str) -> Nature {
        nature::of(name, self.names.last().copied().unwrap_or_default())
    }

    fn bytes_of(&self, side: Side, node: &Node) -> &[u8] {
        side.of(self.octets).get(node.start..node.end).unwrap_or_default()
    }
}

/// What a part is matched by: its name, and for an extension of X.509 which one it is.
fn key(node: &Node) -> (&'static str, Option<&str>) {
    let which = x509::extension_id(node);
    (node.field.name, which.map(|which| which.value.as_str()))
}

/// The values of a structure that is nothing but a list of them; lengths and tags do not count.
fn list(node: &Node) -> Option<Vec<&Node>> {
    let counts = |child: &&Node| {
        let name = child.field.name;
        !matches!(name, "tag" | "unused bits") && nature::of(name, "") != Nature::Follows
    };
    let values: Vec<&Node> = node.children.iter().filter(counts).collect();
    let first = values.first().map(|value| value.field.name);
    let alike = values.iter().all(|value| value.is_leaf() && Some(value.field.name) == first);
    alike.then_some(values)
}

/// A field's value for people; never empty. A list is told in full.
fn display(node: &Node) -> String {
    let values = list(node).unwrap_or_default();
    if values.len() > 1 {
        let name = |value: &&Node| match value.display.split_once(" (") {
            Some((name, _)) => name.to_string(),
            None => value.display.clone(),
        };
        return values.iter().map(name).collect::<Vec<_>>().join(", ");
    }
    match (node.display.is_empty(), node.is_empty()) {
        (false, _) => node.display.clone(),
        (true, true) => "empty".into(),
        (true, false) => format!("there, {}", format::bytes(node.len())),
    }
}
