//! `lessons/coverage.toml`: what it refers to is there, and nothing is left out without a reason.

#![cfg(test)]

mod covered;

use covered::{items, lessons, texts};
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// The number of items in the five articles.
const ITEMS: usize = 206;

fn list(what: &str) -> Vec<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handshake-lab"));
    let output = command.args(["list", what, "--json"]).output().expect("it runs");
    serde_json::from_slice(&output.stdout).expect("a list")
}

fn ids(what: &str) -> BTreeSet<String> {
    list(what).iter().map(|entry| entry["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn every_item_is_there_once_and_in_order() {
    let numbers: Vec<String> = items().iter().map(|item| texts(item, "number").concat()).collect();
    assert_eq!(numbers, (1..=ITEMS).map(|number| number.to_string()).collect::<Vec<_>>());
}

#[test]
fn what_an_item_refers_to_is_there() {
    let pages: BTreeSet<String> = lessons()
        .into_iter()
        .flat_map(|lesson| {
            let id = lesson.about.id;
            lesson.pages.into_iter().map(move |page| format!("{id}/{}", page.id))
        })
        .collect();
    let questions: BTreeSet<String> = list("questions")
        .iter()
        .map(|entry| {
            format!("{}/{}", entry["lesson"].as_str().unwrap(), entry["id"].as_str().unwrap())
        })
        .collect();
    let known = [
        ("taught", pages),
        ("asked", questions),
        ("interview", ids("interview")),
        ("terms", ids("terms")),
    ];
    for item in items() {
        for (key, known) in &known {
            for text in texts(&item, key) {
                assert!(known.contains(text), "item {:?}: {key} has {text:?}", item["number"]);
            }
        }
    }
}

#[test]
fn what_is_nowhere_has_a_reason_and_what_is_loose_or_wrong_is_put_right() {
    for item in items() {
        let somewhere =
            ["taught", "asked", "interview"].iter().any(|key| !texts(&item, key).is_empty());
        assert!(somewhere || item.contains_key("nowhere"), "item {:?}", item["number"]);
        let claim = texts(&item, "claim").concat();
        let is_known = ["right", "loose", "wrong"].contains(&&*claim);
        assert!(is_known, "item {:?}: {claim}", item["number"]);
        assert!(claim == "right" || item.contains_key("truth"), "item {:?}", item["number"]);
    }
}

/// The least number of words of a lesson that lead to the glossary.
const LINKS: usize = 8;

#[test]
fn words_of_every_lesson_lead_to_the_glossary_each_once() {
    for entry in std::fs::read_dir("lessons").expect("the lessons") {
        let path = entry.expect("an entry").path();
        let Some(text) = std::fs::read_to_string(&path).ok().filter(|text| text.starts_with("+++"))
        else {
            continue;
        };
        let links = text.split("](term:").skip(1).filter_map(|rest| rest.split(')').next());
        let links: Vec<&str> = links.collect();
        let once: BTreeSet<&str> = links.iter().copied().collect();
        assert_eq!(links.len(), once.len(), "{}: a term is linked twice", path.display());
        assert!(links.len() >= LINKS, "{}: {} links", path.display(), links.len());
    }
}
