//! The glossary: what the words mean, found by words, each at an address of its own.

use super::fetched::{Failed, terms};
use super::prose::Prose;
use crate::find::Query;
use crate::lesson::{BuiltTerm, Shown};
use crate::route::{Page, Study};
use crate::ui::lab;
use crate::ui::parts::{focused, go_to_heading};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use web_sys::Element;

/// All terms.
type Terms = Arc<[BuiltTerm]>;

/// The glossary, at the term that the link names.
#[component]
pub fn Glossary() -> impl IntoView {
    let loaded = LocalResource::new(|| {
        let (terms, from) = (terms(), focused());
        async move { terms.await.map(|terms| (terms, from)) }
    });
    let again = Callback::new(move |()| loaded.refetch());
    view! {
        <div class="lessons glossary">
            <h1>"Glossary"</h1>
            {move || match loaded.get() {
                None => view! { <p role="status">"Loading the glossary…"</p> }.into_any(),
                Some(Err(lines)) => view! { <Failed lines again/> }.into_any(),
                Some(Ok((terms, from))) => view! { <Words terms=terms.into() from/> }.into_any(),
            }}
        </div>
    }
}

/// The address of a term.
fn href(id: &str) -> String {
    Page::Study(Study::Glossary, id.to_owned()).href()
}

/// The id of the element with a term's name.
fn element(id: &str) -> String {
    format!("term-{id}")
}

#[component]
fn Words(
    terms: Terms,
    /// What had the focus when they were asked for.
    from: Option<Element>,
) -> impl IntoView {
    let lab = lab();
    let words = RwSignal::new(String::new());
    let wanted = Memo::new(move |before: Option<&String>| match &lab.link.read().page {
        Page::Study(Study::Glossary, id) => id.clone(),
        // While another screen takes over, the list stays where it was.
        _ => before.cloned().unwrap_or_default(),
    });
    let found = {
        let terms = terms.clone();
        Memo::new(move |_| find(&terms, &words.read()))
    };
    // A term that the link names is shown and has the focus, whatever was looked for.
    let ids: BTreeSet<String> = terms.iter().map(|term| term.id.clone()).collect();
    let missing = Memo::new(move |_| {
        let id = wanted.get();
        (!id.is_empty() && !ids.contains(&id)).then_some(id)
    });
    let mut from = Some(from);
    Effect::new(move |_| {
        let id = wanted.get();
        // A term of the list that is there is asked for at this moment.
        let from = from.take().unwrap_or_else(focused);
        if !id.is_empty() && missing.get().is_none() {
            words.set(String::new());
            let _ = request_animation_frame(move || go_to_heading(&element(&id), from.as_ref()));
        }
    });
    let count = terms.len();
    let told = move || match found.read().len() {
        0 => "No term has these words.".to_owned(),
        n if n == count => format!("{n} terms"),
        n => format!("{n} of {count} terms"),
    };
    let names: BTreeMap<String, String> =
        terms.iter().map(|term| (term.id.clone(), term.name.clone())).collect();
    let rows = terms
        .iter()
        .enumerate()
        .map(|(at, term)| {
            let name = |id: &String| Some((id.clone(), names.get(id)?.clone()));
            let see: Vec<(String, String)> = term.see.iter().filter_map(name).collect();
            view! { <Row at term=term.clone() see found wanted/> }
        })
        .collect_view();
    view! {
        <div class="glossary-search" role="search">
            <input
                type="search"
                aria-label="Find a term"
                placeholder="Find a term, also by its old name"
                autocomplete="off"
                spellcheck="false"
                prop:value=words
                on:input:target=move |event| words.set(event.target().value())
            />
            <span class="dim" role="status">{told}</span>
        </div>
        {move || missing.get().map(|id| view! {
            <p class="lesson-failed" role="alert">
                "No term is called “" {id} "”. Look for it above, or choose one from the list."
            </p>
        })}
        <div class="terms">{rows}</div>
    }
}

/// The positions of the terms that have the words: of their name, or where no name has them, of their text.
fn find(terms: &[BuiltTerm], words: &str) -> BTreeSet<usize> {
    let query = Query::new(words);
    let having = |text: &dyn Fn(&BuiltTerm) -> String| -> BTreeSet<usize> {
        let has = |(_, term): &(usize, &BuiltTerm)| query.is_in(&text(term));
        terms.iter().enumerate().filter(has).map(|(at, _)| at).collect()
    };
    let named = having(&BuiltTerm::words);
    if named.is_empty() { having(&|term| term.text.words()) } else { named }
}

#[component]
fn Row(
    at: usize,
    term: BuiltTerm,
    /// The ids and names of the terms that belong to it.
    see: Vec<(String, String)>,
    found: Memo<BTreeSet<usize>>,
    wanted: Memo<String>,
) -> impl IntoView {
    let id = term.id.clone();
    let current = move || *wanted.read() == id;
    let see: Vec<_> =
        see.into_iter().map(|(id, name)| view! { <a href=href(&id)>{name}</a> }).collect();
    let formerly = (!term.old.is_empty()).then(|| {
        let old = term.old.join(", ");
        view! { <p class="term-old">"Formerly: " {old}</p> }
    });
    view! {
        <article class="term" class:current=current hidden=move || !found.read().contains(&at)>
            <h2 id=element(&term.id) tabindex="-1">
                <a href=href(&term.id)>{term.name}</a>
            </h2>
            {formerly}
            <Prose html=term.text.fixed()/>
            <p class="term-more">
                {term.show.map(|shown| view! { <Way word="Show me" shown/> })}
                {term.page.map(|shown| view! { <Way word="Read on" shown/> })}
                <span class="dim">{term.rfc.join(" · ")}</span>
            </p>
            {(!see.is_empty()).then(|| view! { <p class="term-see">"See also: " {see}</p> })}
        </article>
    }
}

/// The way to a step of a run, to a recipe, or to a page of a lesson.
#[component]
fn Way(word: &'static str, shown: Shown) -> impl IntoView {
    let Shown { href, step, run } = shown;
    view! { <a class="btn" href=href>{word} ": " {step} " in “" {run} "”"</a> }
}
