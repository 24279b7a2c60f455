//! `lessons/coverage.toml` and the lessons, read for more than one test.

use handshake_lab::lesson::Lesson;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// An item: its keys with their texts, of which a single one stands alone.
pub type Item = BTreeMap<String, Vec<String>>;

/// All items, in order.
pub fn items() -> Vec<Item> {
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
pub fn texts<'a>(item: &'a Item, key: &str) -> &'a [String] {
    item.get(key).map_or(&[], Vec::as_slice)
}

/// The lessons that come with the page, each with its file.
pub fn lessons() -> Vec<Lesson> {
    let mut files: Vec<_> = std::fs::read_dir("lessons")
        .expect("the lessons")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files
        .iter()
        .filter_map(|path| Some((path, std::fs::read_to_string(path).ok()?)))
        .filter(|(_, text)| text.starts_with("+++"))
        .map(|(path, text)| {
            let name = path.file_name().unwrap().to_string_lossy();
            Lesson::parse(&text, &name).expect("a lesson")
        })
        .collect()
}
