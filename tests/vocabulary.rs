//! Code points are written once, in `src/tls`, and fields are found by their statics: no other file
//! has a code point as a number, or asks a tree for a field by its name.

#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms where code points and fields are at home.
const HOME: &[&str] = &["tls/", "wire/"];

/// What a line has that belongs to the vocabulary, if it has.
fn offence(line: &str) -> Option<&'static str> {
    let number_after = |text: &str| {
        line.split(text).skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let text_after = |text: &str| line.contains(&format!("{text}\""));
    if ["0x0301", "0x0302", "0x0303", "0x0304"].iter().any(|version| line.contains(version)) {
        return Some("a version as a number");
    }
    let typed = [
        "HandshakeType(",
        "ContentType(",
        "ExtensionType(",
        "AlertDescription(",
        "AlertLevel(",
        "CipherSuite(",
        "NamedGroup(",
        "SignatureScheme(",
        "ProtocolVersion(",
        "TcpFlags(",
        "MessageKind::Handshake(",
        "description: ",
        "level: ",
        "content_type == ",
    ];
    if typed.iter().any(|name| number_after(name)) {
        return Some("a code point as a number");
    }
    let constant = [
        "CLOSE_NOTIFY",
        "CERTIFICATE",
        "CLIENT_HELLO",
        "SERVER_HELLO",
        "FINISHED",
        "NAMED_CURVE",
        "SYN",
        "FIN",
        "ACK",
        "RST",
        "TLS_1_3",
        "TLS_1_2",
    ];
    if constant.iter().any(|name| {
        number_after(&format!("const {name}: u8 = "))
            || number_after(&format!("const {name}: u16 = "))
    }) {
        return Some("a constant for a code point");
    }
    let by_name = [
        "node.find(",
        "|n| n.find(",
        "find(message, ",
        "find(hello, ",
        "find_all(message, ",
        "octets(message, ",
        "octets(hello, ",
        "name(message, ",
        "name(hello, ",
        "extension(message, ",
        "extension(hello, ",
        ".field.name == ",
    ];
    by_name.iter().any(|call| text_after(call)).then_some("a field by its name")
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every offence, as `file:line: what`. Unit tests may write what they like.
fn offences() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    let one = |path: &PathBuf| {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(path).unwrap();
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap();
        let lines =
            code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
        let found =
            lines.filter_map(|(at, line)| Some(format!("{name}:{}: {}", at + 1, offence(line)?)));
        let found: Vec<String> = found.collect();
        (name, found)
    };
    let unit_tests = |name: &str| name.ends_with("tests.rs");
    let outside = |name: &str| !HOME.iter().any(|home| name.starts_with(home)) && !unit_tests(name);
    let all = files.iter().map(one).filter(|(name, _)| outside(name));
    all.flat_map(|(_, found)| found).collect()
}

#[test]
fn code_points_and_field_names_are_written_in_their_own_rooms_alone() {
    let found = offences();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn an_offence_is_found() {
    for line in [
        "version == 0x0304",
        "MessageKind::Handshake(11)",
        "const SYN: u8 = 2;",
        "node.find(\"cert_data\")",
        "description: 0, ..",
    ] {
        assert!(offence(line).is_some(), "{line}");
    }
    assert!(offence("level: AlertLevel::FATAL, HandshakeType::FINISHED").is_none());
}
