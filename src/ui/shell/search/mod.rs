//! The search: messages and fields of the present run, alerts, terms, handshakes, faults, lessons, prompts, panels
//! and screens, by words.

mod index;

use crate::find::Query;
use crate::observed::Observation;
use crate::route::Route;
use crate::ui::parts::{Behind, attribute_at};
use crate::ui::{breakit, dom, lab};
use index::{Entry, UNKNOWN, index, lessons, of_error, unknown, words as named};
use leptos::html::{Dialog, Input};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

/// The dialog, loaded when first asked for.
#[wasm_split(search, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <Search/> }.into_any())
}

/// How many are shown of what is found.
const MOST: usize = 12;

/// The dialog: a field, and below it what is found, of which one is chosen by keyboard or pointer.
#[component]
fn Search() -> impl IntoView {
    let lab = lab();
    let (dialog, field) = (NodeRef::<Dialog>::new(), NodeRef::<Input>::new());
    let words = RwSignal::new(String::new());
    let chosen = RwSignal::new(0usize);
    let lessons = LocalResource::new(lessons);
    let named = LocalResource::new(named);
    let observed = LocalResource::new(breakit::observed);
    // From now on the field takes it itself.
    let mut typed = lab.typed.try_get_value().unwrap_or_default();
    lab.typed.dispose();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (lab.search.get(), dialog.open()) {
            (true, false) => {
                let typed = std::mem::take(&mut typed);
                chosen.set(0);
                let _ = dialog.show_modal();
                if let Some(field) = field.get_untracked() {
                    field.set_value(&typed);
                }
                words.set(typed);
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    // Made when the search is opened, of the run that is there then.
    let all = Memo::new_with_compare(
        move |_| if lab.search.get() { untrack(|| index(lab)) } else { Vec::new() },
        |_, _| true,
    );
    let found = Memo::new_with_compare(
        move |_| {
            let (lessons, named, observed) = (lessons.get(), named.get(), observed.get());
            let is_all = lessons.is_some() && named.is_some() && observed.is_some();
            let (lessons, named) = (lessons.unwrap_or_default(), named.unwrap_or_default());
            let observed = observed.and_then(Result::ok).unwrap_or_default();
            let words = words.read();
            let found = pick(&words, all.read().iter().chain(&lessons).chain(&named), &observed);
            let is_unknown = is_all && found.is_empty() && !words.trim().is_empty();
            if is_unknown { vec![unknown(words.trim())] } else { found }
        },
        |_, _| true,
    );
    let go = move |at: usize| {
        let href = found.with_untracked(|found| found.get(at).map(|entry| entry.href.clone()));
        if let Some(route) = href.and_then(|href| Route::parse(&href).ok()) {
            lab.search.set(false);
            lab.follow(route);
        }
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        let step = |by: usize| chosen.update(|at| *at = (*at + by).checked_rem(count).unwrap_or(0));
        match &*event.key() {
            "ArrowDown" => step(1),
            "ArrowUp" => step(count.saturating_sub(1)),
            "Enter" => go(chosen.get_untracked()),
            // Else the browser empties the field first.
            "Escape" => lab.search.set(false),
            _ => return,
        }
        event.prevent_default();
    };
    // The list may be longer than its window.
    Effect::new(move |_| {
        let id = format!("found-{}", chosen.get());
        if let Some(option) = dom::document().get_element_by_id(&id) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let options = move || {
        let found = found.read();
        found
            .iter()
            .enumerate()
            .map(|(at, entry)| {
                view! {
                    <li
                        id=format!("found-{at}")
                        role="option"
                        data-found=at.to_string()
                        aria-selected=move || (chosen.get() == at).to_string()
                    >
                        <span class="found-kind">{entry.kind}</span>
                        <b>{entry.title.clone()}</b>
                        <span class="found-what">{entry.what.clone()}</span>
                    </li>
                }
            })
            .collect_view()
    };
    let told = move || {
        let found = found.read();
        let is_unknown = found.first().is_none_or(|entry| entry.kind == UNKNOWN);
        match (words.read().trim().is_empty(), found.len()) {
        (true, _) => "Messages, fields, alerts, terms, handshakes, faults, lessons. A pasted error line finds the faults it fits.".to_owned(),
        (false, _) if is_unknown => "Nothing here has these words.".to_owned(),
        (false, n) if n == MOST => format!("The {n} that fit best"),
        (false, n) => format!("{n} found"),
    }
    };
    view! {
        <dialog class="search" node_ref=dialog aria-label="Search" on:close=move |_| lab.search.set(false)>
            <div class="search-head" role="search">
                <input
                    type="search"
                    node_ref=field
                    autofocus
                    role="combobox"
                    aria-label="Search"
                    aria-controls="found"
                    aria-expanded=move || (!found.read().is_empty()).to_string()
                    aria-activedescendant=move || (!found.read().is_empty()).then(|| format!("found-{}", chosen.get()))
                    placeholder="Search, or paste an error"
                    autocomplete="off"
                    spellcheck="false"
                    on:input:target=move |event| {
                        words.set(event.target().value());
                        chosen.set(0);
                    }
                    on:keydown=keys
                />
                <button class="btn" on:click=move |_| lab.search.set(false)>"Close"</button>
            </div>
            <p class="dim" role="status">{told}</p>
            <ul
                id="found"
                role="listbox"
                aria-label="Found"
                on:click=move |event| {
                    if let Some(at) = attribute_at(&event, "data-found").and_then(|at| at.parse().ok()) {
                        go(at);
                    }
                }
            >
                {options}
            </ul>
        </dialog>
    }
}

/// Those that fit the words best; where some have all of them, first those that have them in their title.
/// Before them, where the words are an error, the faults of which programs say such a thing.
fn pick<'a>(
    words: &str,
    entries: impl Iterator<Item = &'a Entry>,
    observed: &[Observation],
) -> Vec<Entry> {
    let query = Query::new(words);
    if query.is_empty() {
        return Vec::new();
    }
    let text = |entry: &Entry| format!("{} {} {}", entry.title, entry.what, entry.more);
    let (mut found, all) = query.best(entries.map(|entry| (entry, text(entry))));
    if all {
        found.sort_by_key(|entry| (!query.is_in(&entry.title), entry.title.len()));
    }
    let by_error = of_error(words, observed, all);
    let is_new = |entry: &&&Entry| by_error.iter().all(|other| other.href != entry.href);
    let others: Vec<Entry> = found.iter().filter(is_new).copied().cloned().collect();
    by_error.into_iter().chain(others).take(MOST).collect()
}
