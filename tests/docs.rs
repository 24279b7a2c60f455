//! What is generated in docs/: docs/presets.md is what the presets do, docs/keys.md the table of keys.
//! `make docs` writes both anew.

#![cfg(test)]

use handshake_lab::scenario::{KEYS, Key, Scenario, Topic};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

fn handshake_lab(args: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_handshake-lab")).args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What all connections of a run say under `key`, the same only once.
fn all(connections: &[Value], key: &str) -> String {
    let mut said: Vec<String> = Vec::new();
    for connection in connections {
        let text = match &connection[key] {
            Value::String(text) => text.clone(),
            Value::Null => "–".into(),
            other => other.to_string(),
        };
        if said.last() != Some(&text) {
            said.push(text);
        }
    }
    said.join(", then ")
}

fn presets() -> String {
    let mut table = String::from(
        "# Presets\n\n\
         Written by `make docs` from a run of each preset; a test holds it to that. `handshake-lab run PRESET` runs one, and\n\
         `#/lab/PRESET` opens it in the page. Round trips are those of the TLS handshake, before the first application data can\n\
         be sent; where a run has several connections, they stand in their order.\n\n\
         | preset | what it is | version | cipher suite | group | round trips | early data | packets | bytes |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    let presets = handshake_lab(&["list", "scenarios", "--json"]);
    for preset in presets.as_array().unwrap() {
        let id = preset["id"].as_str().unwrap();
        let run = handshake_lab(&["run", id, "--json", "-"]);
        let connections = run["connections"].as_array().unwrap();
        let packets = connections.iter().flat_map(|c| c["packets"].as_array().unwrap());
        let bytes: u64 = packets
            .clone()
            .map(|packet| {
                packet["nodes"].as_array().unwrap().last().unwrap()["end"].as_u64().unwrap()
            })
            .sum();
        let _ = writeln!(
            table,
            "| `{id}` | **{}**: {} | {} | {} | {} | {} | {} | {} | {bytes} |",
            preset["title"].as_str().unwrap(),
            preset["summary"].as_str().unwrap(),
            all(connections, "version"),
            all(connections, "cipher_suite"),
            all(connections, "group"),
            all(connections, "handshake_round_trips"),
            all(connections, "early_data"),
            packets.count(),
        );
    }
    table
}

/// What a key is, which values it has, and what it goes with.
fn key(key: &Key) -> String {
    let (first, rest) = key.help.split_at(1);
    let mut text = format!(
        "### `{}`\n\n{}{rest}. Default: `{}`.\n\n",
        key.name,
        first.to_uppercase(),
        key.default_value()
    );
    if key.is_closed() {
        for value in key.menu(&Scenario::default()) {
            let _ = writeln!(text, "- `{}`: {}", value.id, value.label);
        }
    } else {
        let _ = writeln!(text, "It takes {}.", key.takes());
    }
    if !key.rules.is_empty() {
        text += "\nIt does not go with:\n\n";
    }
    for rule in key.rules {
        let reason = rule.reason.map_or(String::new(), |reason| format!(": {reason}"));
        let _ = writeln!(text, "- `{}`{reason}", rule.with);
    }
    text + "\n"
}

fn keys() -> String {
    let mut text = String::from(
        "# Keys of a scenario\n\n\
         Written by `make docs` from the table of keys; a test holds it to that. A scenario is a preset and some keys, with `+`\n\
         between: `tls13+group=secp256r1+seed=7`. `handshake-lab run tls13 --set KEY=VALUE` and links `#/lab/tls13+KEY=VALUE` take\n\
         them. Defaults are those of `tls13`; every other preset changes some of them.\n\n",
    );
    for topic in Topic::ALL {
        let of_topic = KEYS.iter().filter(|key| key.topic == *topic);
        let _ = write!(text, "## {}\n\n{}", topic.title(), of_topic.map(key).collect::<String>());
    }
    text.trim_end().to_owned() + "\n"
}

/// Holds a file in docs/ to what was generated, or writes it.
fn hold(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "docs/{name} is out of date; `make docs` writes it anew");
}

#[test]
fn the_table_of_presets_is_what_the_presets_do() {
    hold("presets.md", &presets());
}

#[test]
fn the_keys_are_told_as_the_table_has_them() {
    hold("keys.md", &keys());
}
