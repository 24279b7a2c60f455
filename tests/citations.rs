//! Citations of the standards: RFC 9846 has every section that is named, and what it made obsolete is
//! cited only where that still is the text, or where the subject is an old name.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// "4.2.3 Server Hello", one a line.
const SECTIONS: &str = include_str!("vectors/rfc9846-sections.txt");

/// What RFC 9846 obsoletes.
const OBSOLETE: [&str; 6] = ["8446", "5246", "5077", "6961", "7627", "8422"];

/// Where an obsolete RFC may be cited, and why: the RFC, and how the path begins.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("8446", "src/keys/alias.rs", OLD_NAME),
    ("8446", "src/keys/mod.rs", OLD_NAME),
    ("8446", "src/ui/lab/panels/keys/card.rs", OLD_NAME),
    ("8446", "src/ui/shell/help.rs", OBSOLETE_THERE),
    ("8446", "src/cli/json.rs", OLD_NAME),
    ("5246", "src/keys/alias.rs", OLD_NAME),
    ("5246", "src/keys/mod.rs", OLD_NAME),
    ("5246", "src/keys/hash.rs", TEXT_OF_TLS_1_2),
    ("5246", "src/keys/rsa.rs", TEXT_OF_TLS_1_2),
    ("5246", "src/keys/schedule.rs", TEXT_OF_TLS_1_2),
    ("5246", "src/keys/tls12.rs", TEXT_OF_TLS_1_2),
    ("5246", "src/dissect/", TEXT_OF_TLS_1_2),
    ("5246", "src/trace/op.rs", TEXT_OF_TLS_1_2),
    ("5246", "src/ui/lab/panels/keys/", TEXT_OF_TLS_1_2),
    ("5246", "src/ui/shell/help.rs", OBSOLETE_THERE),
    ("5246", "src/cli/json.rs", OLD_NAME),
    ("5077", "src/ui/shell/help.rs", OBSOLETE_THERE),
    ("5077", "src/dissect/hello.rs", TEXT_OF_TLS_1_2),
    ("7627", "src/ui/shell/help.rs", OBSOLETE_THERE),
    ("7627", "src/keys/tls12.rs", TEXT_OF_TLS_1_2),
    ("8422", "src/ui/shell/help.rs", OBSOLETE_THERE),
    ("8422", "src/keys/tls12.rs", TEXT_OF_TLS_1_2),
    ("8422", "src/dissect/hello.rs", TEXT_OF_TLS_1_2),
    ("5246", "docs/keys.md", TEXT_OF_TLS_1_2),
    ("5246", "docs/coverage.md", TEXT_OF_TLS_1_2),
    ("7627", "docs/coverage.md", TEXT_OF_TLS_1_2),
    ("8422", "docs/coverage.md", TEXT_OF_TLS_1_2),
    ("5246", "src/engine/", TEXT_OF_TLS_1_2),
    ("5077", "src/engine/", TEXT_OF_TLS_1_2),
    ("7627", "src/engine/", TEXT_OF_TLS_1_2),
    ("8422", "src/engine/", TEXT_OF_TLS_1_2),
    ("5246", "src/faults/", TEXT_OF_TLS_1_2),
    ("7627", "src/faults/", TEXT_OF_TLS_1_2),
    ("8422", "src/faults/", TEXT_OF_TLS_1_2),
    ("5077", "src/plan/", TEXT_OF_TLS_1_2),
    ("7627", "src/plan/", TEXT_OF_TLS_1_2),
    ("8422", "src/plan/", TEXT_OF_TLS_1_2),
    ("5246", "src/scenario/", TEXT_OF_TLS_1_2),
    ("5077", "src/scenario/", TEXT_OF_TLS_1_2),
    ("7627", "src/scenario/", TEXT_OF_TLS_1_2),
    ("8422", "src/scenario/", TEXT_OF_TLS_1_2),
    ("5246", "src/story/", TEXT_OF_TLS_1_2),
    ("5077", "src/story/", TEXT_OF_TLS_1_2),
    ("7627", "src/story/", TEXT_OF_TLS_1_2),
    ("8422", "src/story/", TEXT_OF_TLS_1_2),
    ("5246", "src/tls/", TEXT_OF_TLS_1_2),
    ("5077", "src/tls/", TEXT_OF_TLS_1_2),
    ("6961", "src/tls/", TEXT_OF_TLS_1_2),
    ("7627", "src/tls/", TEXT_OF_TLS_1_2),
    ("8422", "src/tls/", TEXT_OF_TLS_1_2),
    ("5246", "src/wire/", TEXT_OF_TLS_1_2),
    ("5077", "src/wire/", TEXT_OF_TLS_1_2),
    ("6961", "src/wire/", TEXT_OF_TLS_1_2),
    ("7627", "src/wire/", TEXT_OF_TLS_1_2),
    ("8422", "src/wire/", TEXT_OF_TLS_1_2),
    ("8446", "lessons/", HISTORY),
    ("5246", "lessons/", TEXT_OF_TLS_1_2),
    ("5077", "lessons/", TEXT_OF_TLS_1_2),
    ("7627", "lessons/", TEXT_OF_TLS_1_2),
    ("8422", "lessons/", TEXT_OF_TLS_1_2),
];

const HISTORY: &str = "tells which standard was published when, and what it called things";

const OBSOLETE_THERE: &str = "says what is obsolete, and what it is still cited for";
const OLD_NAME: &str = "gives the name that a value had there";
const TEXT_OF_TLS_1_2: &str = "is the text of TLS 1.2, of which RFC 9846 has only changes";

#[derive(Debug, PartialEq, Eq)]
struct Citation {
    file: String,
    rfc: String,
    sections: Vec<String>,
}

/// All citations in a text. Comments and string literals may break a line between any two words.
fn citations(file: &str, text: &str) -> Vec<Citation> {
    let lines = text.lines().map(|line| line.trim_start().trim_start_matches(['/', '!', '*']));
    let joined = lines.map(|line| line.trim_end_matches('\\')).collect::<Vec<_>>().join(" ");
    let words: Vec<&str> = joined.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !word.ends_with("RFC") {
            continue;
        }
        let Some(rfc) = words.get(at + 1).map(|word| bare(word)) else { continue };
        let rfc: String = rfc.chars().take_while(char::is_ascii_digit).collect();
        let mut sections = Vec::new();
        let kind = words.get(at + 2).map(|word| bare(word)).unwrap_or_default();
        if ["section", "sections", "appendix"].contains(&&*kind.to_lowercase()) {
            for word in words.iter().skip(at + 3) {
                let section = bare(word);
                match is_section(&section) {
                    true => sections.push(section),
                    false if word == &"and" => continue,
                    false => break,
                }
                if word.ends_with([')', ';', '.', ':', ']', '"']) {
                    break;
                }
            }
        }
        if !rfc.is_empty() {
            found.push(Citation { file: file.into(), rfc, sections });
        }
    }
    found
}

/// `4.2.3`, `D`, `E.4`.
fn is_section(text: &str) -> bool {
    let mut parts = text.split('.');
    let number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let letter = |part: &str| part.len() == 1 && part.chars().all(|c| c.is_ascii_uppercase());
    parts.next().is_some_and(|first| number(first) || letter(first)) && parts.all(number)
}

/// Every file below `directory` that people write.
fn read(directory: &Path, into: &mut Vec<Citation>) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        let known = ["rs", "md", "toml"].contains(&kind);
        if path.is_dir() {
            read(&path, into);
        } else if known {
            let name = path.to_str().expect("a name").replace('\\', "/");
            into.extend(citations(&name, &fs::read_to_string(&path).expect("text")));
        }
    }
}

fn all() -> Vec<Citation> {
    let mut found = Vec::new();
    ["src", "lessons", "docs"].iter().for_each(|place| read(Path::new(place), &mut found));
    assert!(found.len() > 300, "only {} citations found", found.len());
    found
}

#[test]
fn every_section_of_rfc_9846_that_is_cited_exists() {
    let sections: BTreeSet<&str> =
        SECTIONS.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(sections.contains("F.10") && sections.contains("4.3.11.2"));
    let ours: Vec<Citation> = all().into_iter().filter(|found| found.rfc == "9846").collect();
    assert!(ours.iter().map(|found| found.sections.len()).sum::<usize>() > 20, "{ours:?}");
    for found in &ours {
        for section in &found.sections {
            assert!(sections.contains(&**section), "no section {section}: {found:?}");
        }
    }
}

#[test]
fn what_rfc_9846_made_obsolete_is_cited_only_for_a_reason() {
    let is_allowed = |found: &Citation| {
        ALLOWED.iter().any(|(rfc, place, _)| found.rfc == *rfc && found.file.starts_with(place))
    };
    let obsolete: Vec<Citation> =
        all().into_iter().filter(|found| OBSOLETE.contains(&&*found.rfc)).collect();
    for found in &obsolete {
        assert!(is_allowed(found), "cite RFC 9846, or add why not: {found:?}");
    }
    for (rfc, place, why) in ALLOWED {
        let used = obsolete.iter().any(|found| found.rfc == *rfc && found.file.starts_with(place));
        assert!(used, "RFC {rfc} is no longer cited in {place} ({why})");
    }
}

#[test]
fn a_citation_is_read_across_lines_and_with_several_sections() {
    let text = "/// The hellos (RFC 9846, sections 4.2.2 and\n/// 4.2.3; RFC 5246, section 7.4.1).\n\
                \"[RFC 9846, appendix \\\n   E.4]\" RFC 9850.";
    let found: Vec<(String, Vec<String>)> =
        citations("a.rs", text).into_iter().map(|found| (found.rfc, found.sections)).collect();
    let expected = [
        ("9846", vec!["4.2.2", "4.2.3"]),
        ("5246", vec!["7.4.1"]),
        ("9846", vec!["E.4"]),
        ("9850", vec![]),
    ];
    let expected = expected.map(|(rfc, sections)| {
        (rfc.to_owned(), sections.into_iter().map(str::to_owned).collect::<Vec<_>>())
    });
    assert_eq!(found, expected);
}
