//! The rooms of `src/` import each other in one direction only: each has its row below the rows of all
//! that it imports, so that there can be no circle.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every folder and file of `src/`, each with the rooms that it imports. Only rooms above it can be named,
/// and only those that it does import. Tests inside of a room may use what they like.
const ROOMS: &[(&str, &[&str])] = &[
    ("base64", &[]),
    ("choice", &[]),
    ("find", &[]),
    ("hex", &[]),
    ("kept", &[]),
    ("near", &[]),
    ("recent", &[]),
    ("shuffle", &[]),
    ("time", &[]),
    ("der", &["time"]),
    ("zlib", &[]),
    ("dump", &[]),
    ("tls", &[]),
    ("trace", &["hex", "tls"]),
    ("wire", &["hex", "time", "tls"]),
    ("plan", &["choice", "tls", "trace"]),
    ("faults", &["choice", "time", "tls", "trace", "plan"]),
    ("observed", &["faults"]),
    ("scenario", &["choice", "near", "time", "tls", "plan", "faults"]),
    ("keys", &["hex", "der", "tls", "trace"]),
    (
        "engine",
        &[
            "base64", "hex", "recent", "der", "zlib", "tls", "trace", "wire", "plan", "scenario",
            "keys",
        ],
    ),
    ("dissect", &["zlib", "tls", "trace", "wire", "keys"]),
    ("story", &["base64", "hex", "time", "tls", "trace", "wire", "keys", "dissect"]),
    ("run", &["trace", "scenario", "engine", "dissect", "story"]),
    ("race", &["tls", "trace", "faults", "scenario", "dissect", "story", "run"]),
    ("compare", &["hex", "trace", "wire", "scenario", "dissect", "story", "run", "race"]),
    ("guess", &["trace", "dissect", "story", "run"]),
    ("visibility", &["base64", "tls", "trace", "wire", "dissect", "run"]),
    ("capture", &["base64", "hex", "time", "trace"]),
    (
        "certificates",
        &[
            "base64", "choice", "hex", "recent", "time", "der", "zlib", "trace", "wire", "plan",
            "scenario", "keys", "engine", "story", "compare", "capture",
        ],
    ),
    (
        "diagnose",
        &[
            "hex",
            "kept",
            "shuffle",
            "time",
            "tls",
            "trace",
            "wire",
            "plan",
            "faults",
            "observed",
            "scenario",
            "keys",
            "engine",
            "dissect",
            "story",
            "run",
            "capture",
            "certificates",
        ],
    ),
    ("panel", &[]),
    ("route", &["near", "trace", "faults", "scenario", "keys", "race", "panel"]),
    ("trail", &["scenario", "race", "compare", "route"]),
    ("speaker", &["story", "run", "route"]),
    (
        "lesson",
        &[
            "base64", "hex", "kept", "near", "shuffle", "trace", "wire", "scenario", "keys",
            "engine", "dissect", "story", "run", "diagnose", "route",
        ],
    ),
    (
        "cli",
        &[
            "base64",
            "hex",
            "near",
            "time",
            "tls",
            "trace",
            "wire",
            "plan",
            "faults",
            "observed",
            "scenario",
            "keys",
            "engine",
            "dissect",
            "story",
            "run",
            "race",
            "compare",
            "visibility",
            "capture",
            "certificates",
            "diagnose",
            "route",
            "lesson",
        ],
    ),
    (
        "ui",
        &[
            "find",
            "hex",
            "kept",
            "time",
            "dump",
            "tls",
            "trace",
            "wire",
            "plan",
            "faults",
            "observed",
            "scenario",
            "keys",
            "engine",
            "dissect",
            "story",
            "run",
            "race",
            "compare",
            "guess",
            "visibility",
            "capture",
            "certificates",
            "diagnose",
            "route",
            "trail",
            "speaker",
            "lesson",
        ],
    ),
];

/// What starts a program and names the rooms. It is no room.
const ROOTS: &[&str] = &["lib", "main", "bin"];

/// What a path below `src/` belongs to: its first part, without `.rs`.
fn room_of(path: &Path) -> String {
    let first = path.iter().next().unwrap();
    Path::new(first).file_stem().unwrap().to_str().unwrap().to_owned()
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The Rust files below a folder of `src/`, by their path there.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(src().join(folder)).unwrap().map(Result::unwrap) {
        let path = folder.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// A file's lines without comments, and without what is compiled for tests alone. The second: the names of
/// modules that are, and have files of their own.
fn code(text: &str) -> (String, Vec<String>) {
    let (mut code, mut test_files) = (String::new(), Vec::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line == "#[cfg(test)]" {
            let item = lines.next().unwrap_or_default();
            if let Some(file) = item.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')) {
                test_files.push(file.to_owned());
            } else if !item.ends_with(';') {
                // The end of an item is the first line that closes something and is not indented.
                lines.by_ref().find(|line| line.starts_with('}'));
            }
            continue;
        }
        code += line.split("//").next().unwrap_or_default();
        code.push('\n');
    }
    (code, test_files)
}

/// The names behind each `crate::` of some code.
fn names(code: &str) -> impl Iterator<Item = &str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    code.match_indices("crate::").filter_map(move |(at, path)| {
        let rest = &code[at + path.len()..];
        let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
        (!code[..at].ends_with(is_name)).then_some(name)
    })
}

/// A file's code with paths that leave its room by `super` written from `crate` on.
fn from_the_crate(path: &Path, code: &str) -> String {
    let is_module = path.file_name().is_some_and(|name| name == "mod.rs");
    let depth = path.iter().count() - usize::from(is_module);
    code.replace(&"super::".repeat(depth), "crate::")
}

/// The rooms that each file imports, except its own.
fn imports() -> Vec<(PathBuf, String)> {
    let all: Vec<(PathBuf, (String, Vec<String>))> = files(Path::new(""))
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(src().join(&path)).unwrap();
            (path, code(&text))
        })
        .collect();
    let is_for_tests = |path: &Path| {
        let in_tests = |(parent, (_, names)): &(PathBuf, (String, Vec<String>))| {
            let folder = match parent.file_stem() {
                Some(stem) if stem != "mod" => parent.with_extension(""),
                _ => parent.parent().unwrap().to_owned(),
            };
            names.iter().any(|name| path.with_extension("").starts_with(folder.join(name)))
        };
        all.iter().any(in_tests)
    };
    let mut found = Vec::new();
    for (path, (code, _)) in all.iter().filter(|(path, _)| !is_for_tests(path)) {
        let code = from_the_crate(path, code);
        let other = |name: &&str| *name != room_of(path);
        found.extend(names(&code).filter(other).map(|name| (path.clone(), name.to_owned())));
    }
    found.retain(|(path, _)| !ROOTS.contains(&room_of(path).as_str()));
    found
}

#[test]
fn every_room_has_a_row() {
    let found: BTreeSet<String> = files(Path::new("")).iter().map(|path| room_of(path)).collect();
    let roots = ROOTS.iter().copied();
    let rows = ROOMS.iter().map(|(room, _)| *room).chain(roots);
    assert_eq!(found, rows.map(str::to_owned).collect());
}

#[test]
fn a_room_imports_rooms_above_it_only_so_that_there_is_no_circle() {
    for (place, (room, imports)) in ROOMS.iter().enumerate() {
        let above = ROOMS[..place].iter().map(|(room, _)| *room);
        let in_order: Vec<&str> = above.filter(|above| imports.contains(above)).collect();
        assert_eq!(in_order, *imports, "{room} imports rooms above it, in their order");
    }
}

#[test]
fn a_room_imports_what_its_row_says() {
    let found = imports();
    let row =
        |room: &str| ROOMS.iter().find(|(name, _)| *name == room).map_or(&[][..], |row| row.1);
    let wrong: Vec<String> = found
        .iter()
        .filter(|(path, import)| !row(&room_of(path)).contains(&import.as_str()))
        .map(|(path, import)| format!("{} imports {import}", path.display()))
        .collect();
    assert!(wrong.is_empty(), "not in the table: {wrong:#?}");
    for (room, imports) in ROOMS {
        for import in *imports {
            let is_used =
                found.iter().any(|(path, found)| room_of(path) == *room && found == import);
            assert!(is_used, "{room} does not import {import} any more");
        }
    }
}

#[test]
fn the_map_of_the_architecture_has_the_rooms_in_the_same_order() {
    let text = include_str!("../ARCHITECTURE.md");
    let words = text.lines().filter_map(|line| line.strip_prefix("    src/")?.split(' ').next());
    let map: Vec<String> = words.map(|word| room_of(Path::new(word))).collect();
    assert_eq!(map, ROOMS.iter().map(|(room, _)| *room).collect::<Vec<_>>());
}

#[test]
fn imports_are_found_wherever_they_stand() {
    let text = "use crate::tls::X;\n// crate::no\n#[serde(with = \"crate::hex\")]\n$crate::der::f();\n\
                my_crate::no();\n#[cfg(test)]\nmod tests {\n    use crate::no;\n}\n#[cfg(test)]\nmod oracle;\n\
                fn f() -> super::super::run::Run {}\n";
    let (code, test_files) = code(text);
    let code = from_the_crate(Path::new("story/text.rs"), &code);
    assert_eq!(names(&code).collect::<Vec<_>>(), ["tls", "hex", "der", "run"]);
    assert_eq!(test_files, ["oracle"]);
}
