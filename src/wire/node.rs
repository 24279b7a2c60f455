//! The annotated tree: a [`Node`] covers a range of octets and says what they are.

use serde::{Serialize, Serializer, ser::SerializeStruct};

/// What is always true of a field, whatever its value: one row of a decoder's table.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The field's name in the standard that defines it (`legacy_version`, `tbsCertificate`).
    pub name: &'static str,
    /// The display-filter name under which Wireshark 4 shows the same octets, if it does.
    pub wireshark: Option<&'static str>,
    /// One to three plain sentences for a person: what it is and why it is there, with the RFC
    /// section at the end in brackets. Empty where the name says it all.
    pub note: &'static str,
}

impl Field {
    /// A row of a decoder's table.
    pub const fn new(name: &'static str, wireshark: &'static str, note: &'static str) -> Field {
        let wireshark = if wireshark.is_empty() { None } else { Some(wireshark) };
        Field { name, wireshark, note }
    }
}

/// A range of octets and what they are. Offsets count from the start of the packet, record or
/// message that the tree belongs to. Children lie inside their parent, in order, and leave no octet
/// of it out.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What the field is.
    pub field: &'static Field,
    /// Offset of the first octet.
    pub start: usize,
    /// Offset behind the last octet.
    pub end: usize,
    /// The value for machines: `0x1301`, decimal, text, or hexadecimal octets.
    pub value: String,
    /// The value for people: `TLS_AES_128_GCM_SHA256 (0x1301)`.
    pub display: String,
    /// The parts, in order; empty for a leaf.
    pub children: Vec<Node>,
}

impl Node {
    /// Whether nothing lies below this node.
    pub fn is_leaf(&self) -> bool {
        self.children.is_empty()
    }

    /// The number of octets.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether the node covers no octet (an empty vector's contents).
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// The first node below and including this one, depth first, that is called `name`.
    pub fn find(&self, name: &str) -> Option<&Node> {
        if self.field.name == name {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.find(name))
    }

    /// The leaf that owns the octet at `offset`.
    pub fn leaf_at(&self, offset: usize) -> Option<&Node> {
        if !(self.start..self.end).contains(&offset) {
            return None;
        }
        if self.is_leaf() {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.leaf_at(offset))
    }

    /// Calls `visit` for this node and all below it, depth first, with the path of child indices.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Node, &[usize])) {
        fn go<'a>(
            node: &'a Node,
            path: &mut Vec<usize>,
            visit: &mut impl FnMut(&'a Node, &[usize]),
        ) {
            visit(node, path);
            for (index, child) in node.children.iter().enumerate() {
                path.push(index);
                go(child, path, visit);
                path.pop();
            }
        }
        go(self, &mut Vec::new(), visit);
    }
}

/// The form of the command line's JSON: `name`, `wireshark`, `start`, `end`, `value`, `display`,
/// `note`, `children`.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut node = to.serialize_struct("Node", 8)?;
        node.serialize_field("name", self.field.name)?;
        node.serialize_field("wireshark", &self.field.wireshark)?;
        node.serialize_field("start", &self.start)?;
        node.serialize_field("end", &self.end)?;
        node.serialize_field("value", &self.value)?;
        node.serialize_field("display", &self.display)?;
        node.serialize_field("note", &Some(self.field.note).filter(|note| !note.is_empty()))?;
        node.serialize_field("children", &self.children)?;
        node.end()
    }
}
