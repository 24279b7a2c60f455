//! The table of presets in docs/presets.md is what the presets do. `make docs` writes it anew.

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

fn table() -> String {
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

#[test]
fn the_table_of_presets_is_what_the_presets_do() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/presets.md");
    let table = table();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == table,
        "docs/presets.md is not what the presets do; `make docs` writes it anew"
    );
}
