//! `lessons/glossary.toml`: what the words of the page lead to, and what recipes show of them. That places in runs are
//! there is what `lessons check` looks up.

#![cfg(test)]

use handshake_lab::certificates::mint::ObjectKind;
use handshake_lab::certificates::recipe::{BuiltIn, Recipe};
use handshake_lab::lesson::{Term, terms};
use handshake_lab::story::terms::{Mention, TERMS, mentions};
use std::collections::BTreeSet;

fn glossary() -> Vec<Term> {
    let text = std::fs::read_to_string("lessons/glossary.toml").expect("the glossary");
    terms(&text, "glossary.toml").expect("no errors")
}

#[test]
fn every_term_can_be_seen_or_read_of_somewhere_or_says_why_not() {
    for term in glossary() {
        let is_somewhere = term.show.is_some() || term.made.is_some() || term.page.is_some();
        let why = term.unseen.unwrap_or_default();
        assert_ne!(is_somewhere, !why.is_empty(), "{}", term.id);
        assert!(is_somewhere || why.ends_with('.') && why.len() > 20, "{}: {why}", term.id);
    }
}

#[test]
fn what_a_recipe_is_said_to_show_is_among_what_it_makes() {
    let shown: Vec<_> = glossary().into_iter().filter_map(|term| term.made).collect();
    assert!(!shown.is_empty());
    for made in shown {
        let recipe = BuiltIn::named(&made.recipe).unwrap_or_else(|| panic!("{made:?}"));
        let recipe = Recipe::parse(recipe.text).expect("a recipe");
        let every = [ObjectKind::Key, ObjectKind::Request, ObjectKind::Certificate]
            .map(|kind| (kind, true));
        let some = [
            (ObjectKind::Bundle, !recipe.bundle.is_empty()),
            (ObjectKind::KeyStore, !recipe.key_store.is_empty()),
            (ObjectKind::TrustStore, !recipe.trust_store.is_empty()),
        ];
        let mut kinds = every.into_iter().chain(some).filter(|(_, is_made)| *is_made);
        assert!(kinds.any(|(kind, _)| kind.name() == made.object), "{made:?}");
    }
}

#[test]
fn words_of_the_story_lead_to_terms_that_are_there_and_that_are_called_so() {
    let glossary = glossary();
    let plain = |word: &str| word.to_lowercase().replace([' ', '-', '_'], "");
    let mut words = BTreeSet::new();
    for (word, id) in TERMS {
        assert!(words.insert(word), "{word} stands twice");
        let term = glossary.iter().find(|term| term.id == *id).unwrap_or_else(|| panic!("{id}"));
        let mut names = std::iter::once(&term.name).chain(&term.also).chain(&term.old);
        let is_named = names.any(|name| plain(name) == plain(word)) || plain(id) == plain(word);
        assert!(is_named, "{word} is not what {id} is called");
    }
}

#[test]
fn a_word_is_found_where_it_stands_by_itself_and_the_longest_first() {
    let told = |text: &str| -> Vec<String> {
        let told = mentions(text).into_iter().map(|one| match one {
            Mention::Text(text) => text.to_owned(),
            Mention::Term(word, id) => format!("[{word}]({id})"),
        });
        told.collect()
    };
    assert_eq!(
        told("The transcript hash, no hash; main secrets."),
        [
            "The ",
            "[transcript hash](transcript-hash)",
            ", no hash; ",
            "[main secrets](main-secret)",
            "."
        ]
    );
    assert_eq!(told("unticketed tickets"), ["unticketed ", "[tickets](ticket)"]);
    assert_eq!(
        told("a sequence_nonce-less é nonce"),
        ["a sequence_nonce-less é ", "[nonce](nonce)"]
    );
    assert_eq!(told(""), Vec::<String>::new());
}
