//! `lessons/coverage.toml`: what it refers to is there, and nothing is left out without a reason.

#![cfg(test)]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

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

/// An item: its keys with their texts, of which a single one stands alone.
type Item = BTreeMap<String, Vec<String>>;

fn items() -> Vec<Item> {
    let text = std::fs::read_to_string("lessons/coverage.toml").expect("the file");
    let table = DeTable::parse(&text).expect("TOML");
    let DeValue::Array(items) = table.get_ref()["item"].get_ref() else { panic!("no items") };
    let one = |value: &DeValue<'_>| match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.as_str().to_owned(),
        other => panic!("{other:?}"),
    };
    let texts = |value: &DeValue<'_>| match value {
        DeValue::Array(values) => values.iter().map(|value| one(value.get_ref())).collect(),
        value => vec![one(value)],
    };
    let item = |item: &Spanned<DeValue<'_>>| {
        let DeValue::Table(item) = item.get_ref() else { panic!("{item:?} is no table") };
        item.iter()
            .map(|(key, value)| (key.get_ref().to_string(), texts(value.get_ref())))
            .collect()
    };
    items.iter().map(item).collect()
}

/// The texts under `key`; none where it is missing.
fn texts<'a>(item: &'a Item, key: &str) -> &'a [String] {
    item.get(key).map_or(&[], Vec::as_slice)
}

#[test]
fn every_item_is_there_once_and_in_order() {
    let numbers: Vec<String> = items().iter().map(|item| texts(item, "number").concat()).collect();
    assert_eq!(numbers, (1..=ITEMS).map(|number| number.to_string()).collect::<Vec<_>>());
}

#[test]
fn what_an_item_refers_to_is_there() {
    let pages: BTreeSet<String> = std::fs::read_dir("lessons")
        .expect("the lessons")
        .filter_map(|entry| {
            std::fs::read_to_string(entry.ok()?.path()).ok().filter(|text| text.starts_with("+++"))
        })
        .flat_map(|text| {
            let lesson = handshake_lab::lesson::Lesson::parse(&text, "a lesson").expect("a lesson");
            let id = lesson.about.id.clone();
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
