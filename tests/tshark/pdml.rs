//! What `tshark -T pdml` prints, as elements.

use handshake_lab::hex;
use std::path::Path;
use std::process::Command;

/// A `proto` or `field`.
#[derive(Debug, Default)]
pub struct Element {
    /// The display-filter name.
    pub name: String,
    /// Offset in the data source that it belongs to.
    pub pos: usize,
    /// Bytes.
    pub size: usize,
    /// The value as Wireshark's filters know it.
    pub show: String,
    /// The bytes in hexadecimal; empty for structures.
    pub value: String,
    /// The bytes of which `value` is some bits, or empty.
    pub unmasked: String,
    pub children: Vec<Element>,
}

impl Element {
    /// Calls `visit` for this element and all below it.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Element)) {
        visit(self);
        for child in &self.children {
            child.walk(visit);
        }
    }

    /// All elements of this name, this one included.
    pub fn all<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        let mut found = Vec::new();
        self.walk(&mut |element| {
            if element.name == name {
                found.push(element);
            }
        });
        found
    }
}

/// Runs tshark on a capture and reads its packets. Each is an element whose children are protocols.
pub fn read(capture: &Path) -> Vec<Element> {
    read_with(capture, &[])
}

/// As [`read`], with more options for tshark.
pub fn read_with(capture: &Path, options: &[&str]) -> Vec<Element> {
    let output = Command::new("tshark")
        .args(["-n", "-T", "pdml", "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE"])
        // Without it tshark leaves out what is new in a segment that begins with bytes that it has seen.
        .args(["-o", "tcp.reassemble_out_of_order:TRUE"])
        .args(options)
        .arg("-r")
        .arg(capture)
        .output()
        .expect("tshark runs; `make tools` installs it");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "tshark failed: {said}");
    parse(&String::from_utf8_lossy(&output.stdout))
}

/// The `packet` elements of a PDML document.
fn parse(text: &str) -> Vec<Element> {
    let mut open: Vec<Element> = Vec::new();
    let mut packets = Vec::new();
    for tag in text.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        let close = tag.starts_with('/');
        let kind = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if !matches!(kind, "packet" | "proto" | "field") {
            continue;
        }
        if !close {
            open.push(element(tag));
        }
        if close || tag.ends_with('/') {
            let done = open.pop().expect("an open element");
            match open.last_mut() {
                Some(parent) => parent.children.push(done),
                None => packets.push(done),
            }
        }
    }
    packets
}

/// The element that a tag's attributes describe.
fn element(tag: &str) -> Element {
    let mut element = Element::default();
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once("=\"") {
        let key = before.rsplit(' ').next().unwrap_or_default();
        let (value, after) = after.split_once('"').expect("a quoted value");
        let value = unescape(value);
        match key {
            "name" => element.name = value,
            "pos" => element.pos = value.parse().expect("a position"),
            "size" => element.size = value.parse().expect("a size"),
            "show" => element.show = value,
            "value" => element.value = value,
            "unmaskedvalue" => element.unmasked = value,
            _ => {}
        }
        rest = after;
    }
    element
}

fn unescape(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// Whether `element`'s octets, where it gives them, are `octets`.
pub fn same_bytes(element: &Element, octets: &[u8]) -> bool {
    let given = if element.unmasked.is_empty() { &element.value } else { &element.unmasked };
    given.is_empty() || *given == hex::encode(octets)
}
