//! Numbers with a unit in the text of lessons: they come from the run by `{{…}}`, or stand here with the reason why they
//! do not. Days are left out: how long certificates live is a rule of authorities, and no run has it.

#![cfg(test)]

use std::collections::BTreeSet;

/// The units of what a run has: times, sizes, and what is counted.
const UNITS: [&str; 17] = [
    "ms",
    "millisecond",
    "milliseconds",
    "s",
    "second",
    "seconds",
    "bit",
    "bits",
    "byte",
    "bytes",
    "KB",
    "MB",
    "record",
    "records",
    "packet",
    "packets",
    "segments",
];

/// What numbers stand behind that are no amounts: `TLS 1.3 records`.
const NAMES: [&str; 3] = ["TLS", "SSL", "HTTP"];

/// Blocks between fences that are text of a lesson; what else is there is output of programs, configuration and paths.
const TOLD: [&str; 2] = ["question", "notes"];

const ALGORITHM: &str = "what the standard says of an algorithm, whichever the run uses";
const ARTICLE: &str = "what an article says, which the page sets right";
const EXAMPLE: &str = "a thought example beside the run";

/// The lesson's number, the literal, and why it is none of the run.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("01", "0 ms", "where every run's clock starts"),
    ("01", "16 bytes", ALGORITHM),
    (
        "04",
        "1,088 bytes",
        "the part of a key share that ML-KEM-768 has, which is no field of its own",
    ),
    ("07", "12 bytes", ALGORITHM),
    ("07", "256 bits", ALGORITHM),
    ("07", "384 bits", ALGORITHM),
    ("07", "8 bits", "a byte"),
    ("07", "4 bytes", ALGORITHM),
    ("09", "4096 bit", "what public authorities use"),
    ("11", "2048 bits", "of the teaching keys; the field beside it has its length in bytes"),
    ("13", "240 ms", ARTICLE),
    ("13", "80 ms", ARTICLE),
    ("13", "16,000 seconds", ARTICLE),
    ("13", "64,000 seconds", "four fifths of the sum, which a path cannot take"),
    ("13", "144,000 seconds", "with four fifths of the sum, which a path cannot take"),
    ("13", "333 ms", ARTICLE),
    ("13", "50 ms", EXAMPLE),
    ("13", "150 ms", EXAMPLE),
    ("13", "2 ms", EXAMPLE),
    ("15", "1209600 seconds", "an argument of the command before it"),
];

/// The text of a lesson, by lines: without paths, and without blocks that are none of it.
fn told(markdown: &str) -> Vec<String> {
    let mut inside: Option<&str> = None;
    let mut lines = Vec::new();
    for line in markdown.lines() {
        match (line.strip_prefix("```"), inside) {
            (Some(kind), None) => inside = Some(kind),
            (Some(_), Some(_)) => inside = None,
            (None, Some(kind)) if !TOLD.contains(&kind) => {}
            (None, _) => lines.push(without_paths(line)),
        }
    }
    lines
}

fn without_paths(line: &str) -> String {
    let mut parts = line.split("{{");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push('@');
        text += part.split_once("}}").map_or(part, |(_, behind)| behind);
    }
    text
}

/// The literals of a line: `16 bytes`, and of `4096-bit` `4096 bit`.
fn literals(line: &str) -> Vec<String> {
    let bare = |word: &str| -> String {
        let is_mark = |c: char| !c.is_alphanumeric() && c != '@';
        word.trim_matches(is_mark).to_owned()
    };
    let words: Vec<String> = line.split_whitespace().map(bare).collect();
    let is_number = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            && word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
    };
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let (number, unit) = match word.split_once('-') {
            Some((number, unit)) => (number, Some(unit)),
            None => (word.as_str(), words.get(at + 1).map(String::as_str)),
        };
        let is_name = at > 0 && NAMES.contains(&words[at - 1].as_str());
        if let Some(unit) = unit.filter(|unit| UNITS.contains(unit))
            && is_number(number)
            && !is_name
        {
            found.push(format!("{number} {unit}"));
        }
    }
    found
}

#[test]
fn numbers_with_a_unit_come_from_the_run_or_have_a_reason() {
    let (mut unknown, mut used) = (Vec::new(), BTreeSet::new());
    for entry in std::fs::read_dir("lessons").expect("the lessons") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        if !text.starts_with("+++") {
            continue;
        }
        for literal in told(&text).iter().flat_map(|line| literals(line)) {
            let is_it = |row: &&(&str, &str, &str)| name.starts_with(row.0) && row.1 == literal;
            match ALLOWED.iter().find(is_it) {
                Some(row) => _ = used.insert((row.0, row.1)),
                None => unknown.push(format!("{name}: {literal}")),
            }
        }
    }
    assert!(unknown.is_empty(), "take these from the run, or say why not: {unknown:#?}");
    let left: Vec<_> = ALLOWED.iter().filter(|row| !used.contains(&(row.0, row.1))).collect();
    assert!(left.is_empty(), "allowed, and not there: {left:#?}");
}

#[test]
fn a_literal_is_a_number_with_its_unit_outside_of_paths_and_of_other_programs_output() {
    let text = "a 5 bytes header\n```lab\n7 bytes\n```\n```notes\n(16 bytes)\n```\n{{a.b:length + 3}} bytes, TLS 1.3 records\n";
    let found: Vec<String> = told(text).iter().flat_map(|line| literals(line)).collect();
    assert_eq!(found, ["5 bytes", "16 bytes"]);
    assert_eq!(literals("a 4096-bit root, 64,000 seconds."), ["4096 bit", "64,000 seconds"]);
    assert_eq!(literals("@,000 seconds of 4 days"), Vec::<String>::new());
}
