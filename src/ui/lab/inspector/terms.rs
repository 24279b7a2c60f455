//! Words of a text that lead to the glossary, each term once.

use crate::route::{Page, Study};
use crate::story::terms::{Mention, mentions};
use crate::ui::lab;
use crate::ui::parts::plain;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// The terms that a text has led to by now.
pub struct Terms(RefCell<BTreeSet<&'static str>>);

impl Terms {
    /// None yet.
    pub fn new() -> Terms {
        Terms(RefCell::default())
    }

    /// The words, with links. Inside another page there are none, since they would lead that frame away.
    pub fn linked(&self, text: &str) -> AnyView {
        if lab().embedded {
            return plain(text);
        }
        let views = mentions(text).into_iter().map(|mention| match mention {
            Mention::Term(word, id) if self.0.borrow_mut().insert(id) => {
                let href = Page::Study(Study::Glossary, id.to_owned()).href();
                view! { <a class="term-link" href=href>{word.to_owned()}</a> }.into_any()
            }
            Mention::Term(word, _) | Mention::Text(word) => plain(word),
        });
        views.collect_view().into_any()
    }
}
