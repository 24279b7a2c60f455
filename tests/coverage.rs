//! `lessons/coverage.toml`: what it refers to is there, and nothing is left out without a reason.

#![cfg(test)]

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

fn items() -> Vec<toml::Table> {
    let text = std::fs::read_to_string("lessons/coverage.toml").expect("the file");
    let table: toml::Table = text.parse().expect("TOML");
    let items = table["item"].as_array().expect("items");
    items.iter().map(|item| item.as_table().expect("a table").clone()).collect()
}

/// The texts under `key`; none where it is missing.
fn texts<'a>(item: &'a toml::Table, key: &str) -> Vec<&'a str> {
    let texts = item.get(key).and_then(toml::Value::as_array);
    texts.into_iter().flatten().map(|text| text.as_str().expect("a text")).collect()
}

#[test]
fn every_item_is_there_once_and_in_order() {
    let numbers: Vec<i64> =
        items().iter().map(|item| item["number"].as_integer().expect("a number")).collect();
    assert_eq!(numbers, (1..=i64::try_from(ITEMS).unwrap()).collect::<Vec<_>>());
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
                assert!(known.contains(text), "item {}: {key} has {text:?}", item["number"]);
            }
        }
    }
}

#[test]
fn what_is_nowhere_has_a_reason_and_what_is_loose_or_wrong_is_put_right() {
    for item in items() {
        let somewhere =
            ["taught", "asked", "interview"].iter().any(|key| !texts(&item, key).is_empty());
        assert!(somewhere || item.contains_key("nowhere"), "item {}", item["number"]);
        let claim = item["claim"].as_str().expect("a claim");
        assert!(["right", "loose", "wrong"].contains(&claim), "item {}: {claim}", item["number"]);
        assert!(claim == "right" || item.contains_key("truth"), "item {}: {claim}", item["number"]);
    }
}
