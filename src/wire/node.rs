//! The annotated tree: a [`Node`] covers a range of bytes and says what they are.

use serde::{Serialize, Serializer, ser::SerializeStruct};

/// What is always true of a field, whatever its value: one row of a decoder's table.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The field's name in the standard that defines it (`legacy_version`, `tbsCertificate`).
    pub name: &'static str,
    /// The display-filter name under which Wireshark 4 shows the same bytes, if it does.
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

/// A vector of the presentation language: a length, then as many bytes (RFC 9846, section 3.4).
#[derive(Debug)]
pub struct Vector {
    /// Bytes of the length field.
    pub width: usize,
    /// The length field.
    pub length: Field,
    /// What the length counts.
    pub body: Field,
}

/// Rows of a decoder's table: a static [`Field`] each, from its standard name, Wireshark's name (or
/// the empty text) and its note.
macro_rules! fields {
    ($($(#[$doc:meta])* $vis:vis $id:ident = $name:expr, $wireshark:expr, $note:expr;)*) => {
        $($(#[$doc])* $vis static $id: $crate::wire::Field =
            $crate::wire::Field::new($name, $wireshark, $note);)*
    };
}
pub(crate) use fields;

/// Rows for vectors: a static [`crate::wire::node::Vector`] each, from the width of its length
/// field in bytes, its standard name, Wireshark's names of the contents and of the length (or the
/// empty text), and its note.
macro_rules! vectors {
    ($($vis:vis $id:ident = $width:literal, $name:literal, $wireshark:literal, $length:literal, $note:expr;)*) => {
        $($vis static $id: $crate::wire::node::Vector = $crate::wire::node::Vector {
            width: $width,
            length: $crate::wire::Field::new(
                concat!($name, "_length"),
                $length,
                concat!("How many bytes of ", $name, " follow."),
            ),
            body: $crate::wire::Field::new($name, $wireshark, $note),
        };)*
    };
}
pub(crate) use vectors;

/// A range of bytes and what they are. Offsets count from the start of the packet, record or
/// message that the tree belongs to. Children lie inside their parent, in order, and leave no byte
/// of it out.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What the field is.
    pub field: &'static Field,
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
    /// The value for machines: `0x1301`, decimal, text, or hexadecimal bytes.
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

    /// The number of bytes.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether the node covers no byte (an empty vector's contents).
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Wireshark's name for these bytes. It shows nothing where there are none.
    pub fn wireshark(&self) -> Option<&'static str> {
        self.field.wireshark.filter(|_| !self.is_empty())
    }

    /// The first node below and including this one, depth first, that is called `name`.
    pub fn find(&self, name: &str) -> Option<&Node> {
        if self.field.name == name {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.find(name))
    }

    /// The first node below and including this one, depth first, that is this field.
    pub fn find_field(&self, field: &'static Field) -> Option<&Node> {
        if self.is(field) {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.find_field(field))
    }

    /// Whether the node is this very field, and not only one of the same name.
    pub fn is(&self, field: &'static Field) -> bool {
        std::ptr::eq(self.field, field)
    }

    /// The leaf that owns the byte at `offset`.
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

/// Whether `nodes` tile `0..len`: in order, without gap or overlap, and every node's children tile it
/// in the same way.
///
/// # Errors
/// Names the first node that is out of place.
pub fn check_tiling(nodes: &[Node], len: usize) -> Result<(), String> {
    fn check(nodes: &[Node], start: usize, end: usize, parent: &str) -> Result<(), String> {
        let mut at = start;
        for node in nodes {
            if node.start != at || node.end < node.start {
                let (name, from, to) = (node.field.name, node.start, node.end);
                return Err(format!("{name} in {parent} covers {from}..{to}, expected from {at}"));
            }
            if !node.is_leaf() {
                check(&node.children, node.start, node.end, node.field.name)?;
            }
            at = node.end;
        }
        if at == end { Ok(()) } else { Err(format!("{parent} ends at {end}, its parts at {at}")) }
    }
    check(nodes, 0, len, "the input")
}

/// The form of the command line's JSON: `name`, `wireshark`, `start`, `end`, `value`, `display`,
/// `note`, `children`.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut node = to.serialize_struct("Node", 8)?;
        node.serialize_field("name", self.field.name)?;
        node.serialize_field("wireshark", &self.wireshark())?;
        node.serialize_field("start", &self.start)?;
        node.serialize_field("end", &self.end)?;
        node.serialize_field("value", &self.value)?;
        node.serialize_field("display", &self.display)?;
        node.serialize_field("note", &Some(self.field.note).filter(|note| !note.is_empty()))?;
        node.serialize_field("children", &self.children)?;
        node.end()
    }
}
