//! What could be read of a certificate, a request or a revocation list that breaks half-way.

use super::LIMIT;
use super::der::Kind;
use super::elements::{Elements, Unread};
use crate::der::SEQUENCE;
use crate::hex;
use crate::wire::cursor::UNDECODED;
use crate::wire::{Node, WireError, x509};

/// One that breaks half-way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    kind: Kind,
    /// Its bytes, as far as they are there.
    pub bytes: Vec<u8>,
}

/// What could be read of it.
#[derive(Clone, Debug)]
pub struct Partly {
    /// The fields. What does not follow the rules is in leaves called `undecoded`.
    pub nodes: Vec<Node>,
    /// What it says as far as that could be read whole: a name, and the value.
    pub facts: Vec<(&'static str, String)>,
    /// What was expected, and at which offset.
    pub expected: Vec<String>,
}

/// The fields that are told in short, by their names in the tree.
const FACTS: &[(&str, &str)] = &[
    ("subject", "subject"),
    ("issuer", "issuer"),
    ("validity", "validity"),
    ("thisUpdate", "issued"),
    ("nextUpdate", "next one due"),
    ("subjectPublicKeyInfo", "key"),
    ("subjectPKInfo", "key"),
    ("GeneralNames", "names"),
];

impl Broken {
    /// `None` where nothing of its kind could be shown, such as of a key.
    pub fn new(kind: Kind, bytes: &[u8]) -> Option<Broken> {
        let is_shown = matches!(kind, Kind::Certificate | Kind::Request | Kind::RevocationList);
        // Without an outer element there is nothing to begin with; and a key may have a wrong label.
        let is_key = |whole: &[u8]| matches!(super::der::kind(whole), Ok(Kind::Key));
        let has_start = whole(bytes).is_some_and(|whole| !is_key(&whole));
        (is_shown && has_start).then(|| Broken { kind, bytes: bytes.to_vec() })
    }

    /// Where the kind is not known: what the beginning looks like.
    pub fn guess(bytes: &[u8]) -> Option<Broken> {
        let whole = whole(bytes)?;
        let outer = Elements::new(&whole).next(SEQUENCE, "what is signed").ok()?;
        let body = outer.inside().next(SEQUENCE, "what is signed").ok()?;
        Broken::new(super::der::of_body(body).ok()??, bytes)
    }

    /// What it was going to be.
    pub fn what(&self) -> &'static str {
        match self.kind {
            Kind::Request => "request",
            Kind::RevocationList => "revocation list",
            _ => "certificate",
        }
    }

    /// Reads it as far as that goes.
    pub fn partly(&self) -> Partly {
        let len = self.bytes.len();
        let padded = whole(&self.bytes).unwrap_or_else(|| self.bytes.clone());
        let (nodes, errors) = match self.kind {
            Kind::Request => x509::parse_request_or_opaque(&padded),
            Kind::RevocationList => x509::parse_revocation_list_or_opaque(&padded),
            _ => {
                let (nodes, _, errors) = x509::parse_or_opaque(&padded);
                (nodes, errors)
            }
        };
        let nodes = if padded.len() > len { cut(nodes, &self.bytes) } else { nodes };
        let mut expected: Vec<String> =
            errors.iter().filter(|one| one.offset < len).map(told).collect();
        if padded.len() > len {
            expected.push(format!(
                "at byte {len}: {} expected, but the bytes end; {} of {} are there",
                inside(&nodes),
                len,
                padded.len()
            ));
        }
        let facts = FACTS.iter().filter_map(|(field, name)| {
            let node = nodes.iter().find_map(|node| node.find(field))?;
            (is_whole(node) && !node.display.is_empty()).then(|| (*name, node.display.clone()))
        });
        let facts = facts.collect();
        Partly { nodes, facts, expected }
    }
}

fn told(error: &WireError) -> String {
    Unread::from(error.clone()).to_string()
}

/// How many bytes its outer element says it has, in all.
fn declared(bytes: &[u8]) -> Option<usize> {
    let [SEQUENCE, first, rest @ ..] = bytes else { return None };
    match first {
        0..=0x7f => Some(2 + usize::from(*first)),
        0x81..=0x84 => {
            let count = usize::from(first & 0x7f);
            let len = rest.get(..count)?.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
            Some(2 + count + len)
        }
        _ => None,
    }
}

/// As many bytes as it says that it has: what is missing is filled up, so that the lengths of all that is there
/// fit. `None` where it is too long, or no element.
fn whole(bytes: &[u8]) -> Option<Vec<u8>> {
    let len = declared(bytes).filter(|len| *len <= LIMIT)?.max(bytes.len());
    let mut whole = bytes.to_vec();
    whole.resize(len, 0);
    Some(whole)
}

/// The tree without what lies behind the end of the bytes; the leaf that they end in is not decoded.
fn cut(nodes: Vec<Node>, bytes: &[u8]) -> Vec<Node> {
    let len = bytes.len();
    let there = nodes.into_iter().filter(|node| node.start < len);
    let cut_one = |node: Node| {
        if node.end <= len {
            return node;
        }
        let children = cut(node.children, bytes);
        let (value, display) = if children.is_empty() {
            let value = hex::encode(bytes.get(node.start..len).unwrap_or_default());
            (value.clone(), value)
        } else {
            (String::new(), "cut off".to_owned())
        };
        let field = if children.is_empty() { &UNDECODED } else { node.field };
        Node { field, start: node.start, end: len, value, display, children }
    };
    there.map(cut_one).collect()
}

/// The structures that are open where the bytes end.
fn inside(nodes: &[Node]) -> String {
    let mut names = Vec::new();
    let mut at = nodes.last();
    while let Some(node) = at.filter(|node| !node.is_leaf()) {
        names.push(node.field.name);
        at = node.children.last();
    }
    if names.is_empty() { "an element".into() } else { format!("more of {}", names.join(" › ")) }
}

/// Whether a field was read to its end.
fn is_whole(node: &Node) -> bool {
    node.display != "cut off" && node.find(UNDECODED.name).is_none()
}
