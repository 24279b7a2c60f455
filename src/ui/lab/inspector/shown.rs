//! Which bytes the inspector shows, by step, layer, part and perspective.

use super::super::seen::is_sealed;
use crate::dissect::MessageKind;
use crate::route::{Layer, Perspective};
use crate::run::Run;
use crate::story::{Step, Subject};
use crate::ui::state::Lab;
use crate::wire::Node;
use leptos::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// Bytes with a tree; each variant holds a position in the dissection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A message.
    Message(usize),
    /// A record, as on the wire.
    Record(usize),
    /// What was inside an encrypted record.
    Opened(usize),
    /// A packet.
    Packet(usize),
}

impl Source {
    /// The bytes.
    pub fn bytes(self, run: &Run) -> &[u8] {
        let parts = run.dissection();
        match self {
            Source::Message(at) => parts.messages.get(at).map(|message| &message.bytes[..]),
            Source::Record(at) => parts.records.get(at).map(|record| &record.bytes[..]),
            Source::Opened(at) => opened(run, at).map(|opened| &opened.plaintext[..]),
            Source::Packet(at) => parts.packets.get(at).map(|packet| &packet.bytes[..]),
        }
        .unwrap_or_default()
    }

    /// Their tree.
    pub fn nodes(self, run: &Run) -> &[Node] {
        let parts = run.dissection();
        match self {
            Source::Message(at) => parts.messages.get(at).map(|message| &message.nodes[..]),
            Source::Record(at) => parts.records.get(at).map(|record| &record.nodes[..]),
            Source::Opened(at) => opened(run, at).map(|opened| &opened.nodes[..]),
            Source::Packet(at) => parts.packets.get(at).map(|packet| &packet.nodes[..]),
        }
        .unwrap_or_default()
    }
}

/// The leaf among these trees that owns the byte at `offset`.
pub fn leaf(nodes: &[Node], offset: usize) -> Option<&Node> {
    let node = nodes.iter().find(|node| (node.start..node.end).contains(&offset))?;
    if node.children.is_empty() { Some(node) } else { leaf(&node.children, offset) }
}

/// What was inside the record at this position, if it was opened.
pub fn opened(run: &Run, record: usize) -> Option<&crate::dissect::Opened> {
    run.dissection().records.get(record)?.opened.as_ref()?.as_ref().ok()
}

/// One tree with its bytes. A selection's first index counts the roots of all sections through.
#[derive(Clone)]
pub struct Section {
    held: Held,
    /// The index of its first root among the roots of all sections.
    pub first_root: usize,
}

/// Where bytes and tree are.
#[derive(Clone)]
enum Held {
    /// In a run.
    Run(Arc<Run>, Source),
    /// By themselves.
    Alone(Arc<(Vec<u8>, Vec<Node>)>),
}

impl PartialEq for Section {
    fn eq(&self, other: &Section) -> bool {
        let same = match (&self.held, &other.held) {
            (Held::Run(run, source), Held::Run(other, of)) => {
                Arc::ptr_eq(run, other) && source == of
            }
            (Held::Alone(parts), Held::Alone(others)) => Arc::ptr_eq(parts, others),
            _ => false,
        };
        same && self.first_root == other.first_root
    }
}

impl Section {
    /// Bytes that are of no run, with their tree.
    pub fn alone(bytes: Vec<u8>, nodes: Vec<Node>) -> Section {
        Section { held: Held::Alone(Arc::new((bytes, nodes))), first_root: 0 }
    }

    /// The run that it is of, and what of it; `None` where it is of none.
    pub fn of_run(&self) -> Option<(&Run, Source)> {
        match &self.held {
            Held::Run(run, source) => Some((run, *source)),
            Held::Alone(_) => None,
        }
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        match &self.held {
            Held::Run(run, source) => source.bytes(run),
            Held::Alone(parts) => &parts.0,
        }
    }

    /// The roots of the tree.
    pub fn nodes(&self) -> &[Node] {
        match &self.held {
            Held::Run(run, source) => source.nodes(run),
            Held::Alone(parts) => &parts.1,
        }
    }

    /// The node at a path, where the path leads into this section.
    pub fn node(&self, path: &[usize]) -> Option<&Node> {
        let (first, rest) = path.split_first()?;
        let mut node = self.nodes().get(first.checked_sub(self.first_root)?)?;
        for index in rest {
            node = node.children.get(*index)?;
        }
        Some(node)
    }

    /// The bytes that the node at a path covers.
    pub fn range(&self, path: &[usize]) -> Option<Range<usize>> {
        self.node(path).map(|node| node.start..node.end)
    }

    /// The path of the leaf that owns the byte at `offset`.
    pub fn leaf_at(&self, offset: usize) -> Option<Vec<usize>> {
        let owns = |node: &Node| (node.start..node.end).contains(&offset);
        let mut path = Vec::new();
        let mut level = self.nodes();
        while let Some((index, node)) = level.iter().enumerate().find(|(_, node)| owns(node)) {
            path.push(index);
            level = &node.children;
        }
        *path.first_mut()? += self.first_root;
        Some(path)
    }
}

/// What the inspector shows.
#[derive(Clone, PartialEq)]
pub struct Shown {
    /// The layer shown: the nearest to the wanted one that the step and the perspective have.
    pub layer: Layer,
    /// The layers there are to choose from.
    pub layers: Vec<Layer>,
    /// The part shown.
    pub part: usize,
    /// The parts of this layer: `record 4`, `packet 5`; a message has one.
    pub parts: Vec<String>,
    /// The trees.
    pub sections: Vec<Section>,
}

impl Shown {
    /// A section that is of no run.
    pub fn alone(section: Section) -> Shown {
        let sections = vec![section];
        Shown { layer: Layer::Message, layers: Vec::new(), part: 0, parts: Vec::new(), sections }
    }

    /// The path of the node of this name, where there is exactly one.
    pub fn named(&self, name: &str) -> Option<Vec<usize>> {
        let mut found = Vec::new();
        for section in &self.sections {
            for (root, node) in section.nodes().iter().enumerate() {
                node.walk(&mut |node, below| {
                    if node.field.name == name {
                        let first = std::iter::once(section.first_root + root);
                        found.push(first.chain(below.iter().copied()).collect());
                    }
                });
            }
        }
        found.pop().filter(|_| found.is_empty())
    }

    /// The section that a path leads into, with the node there.
    pub fn find(&self, path: &[usize]) -> Option<(&Section, &Node)> {
        self.sections.iter().find_map(|section| Some((section, section.node(path)?)))
    }
}

/// What is shown at present, tracked; `None` where nothing was run.
pub fn shown(lab: Lab) -> Memo<Option<Shown>> {
    let wanted = Memo::new(move |_| {
        let eyes = lab.eyes();
        let link = lab.link.read();
        (link.view.layer, link.view.part, eyes)
    });
    Memo::new(move |_| {
        let (layer, part, perspective) = wanted.get();
        let run = lab.run.read().as_ref().ok()?.clone();
        lab.with_step(|_, step| show(&run, step, layer, part, perspective))
    })
}

fn show(run: &Arc<Run>, step: &Step, wanted: Layer, part: usize, as_: Perspective) -> Shown {
    let dissection = run.dissection();
    let message = match step.subject {
        Subject::Message(at) => dissection.messages.get(at),
        Subject::Packet(_) => None,
    };
    let readable =
        message.is_some_and(|message| message.kind != MessageKind::Opaque && !is_sealed(step, as_));
    let packets: Vec<usize> = match step.subject {
        Subject::Packet(at) => vec![at],
        Subject::Message(_) => {
            let position = |number| dissection.packets.iter().position(|p| p.number == number);
            step.packets.iter().filter_map(|number| position(*number)).collect()
        }
    };
    let layers: Vec<Layer> = [
        (Layer::Message, readable),
        (Layer::Record, !step.records.is_empty()),
        (Layer::Packet, !packets.is_empty()),
    ]
    .into_iter()
    .filter_map(|(layer, there)| there.then_some(layer))
    .collect();
    let layer = if layers.contains(&wanted) {
        wanted
    } else {
        layers.first().copied().unwrap_or(Layer::Packet)
    };
    let choices: Vec<(String, Source)> = match layer {
        Layer::Message => {
            message.map(|m| (m.name.clone(), Source::Message(m.index))).into_iter().collect()
        }
        Layer::Record => {
            let records = step.records.iter();
            records.map(|&at| (format!("record {}", at + 1), Source::Record(at))).collect()
        }
        Layer::Packet => packets
            .iter()
            .filter_map(|&at| {
                let number = dissection.packets.get(at)?.number;
                Some((format!("packet {number}"), Source::Packet(at)))
            })
            .collect(),
    };
    let part = part.min(choices.len().saturating_sub(1));
    let mut sources: Vec<Source> = choices.get(part).map(|choice| choice.1).into_iter().collect();
    if let Some(Source::Record(at)) = sources.first().copied()
        && as_ != Perspective::Eavesdropper
        && opened(run, at).is_some()
    {
        sources.push(Source::Opened(at));
    }
    let mut first_root = 0;
    let sections = sources
        .into_iter()
        .map(|source| {
            let section = Section { held: Held::Run(run.clone(), source), first_root };
            first_root += section.nodes().len();
            section
        })
        .collect();
    let parts = choices.into_iter().map(|choice| choice.0).collect();
    Shown { layer, layers, part, parts, sections }
}
