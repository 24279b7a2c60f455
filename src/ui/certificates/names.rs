//! Names of every kind: a row for each, and an empty one behind them for the next.

use super::form::{Entry, described, wrong};
use crate::certificates::recipe::form::split_name;
use crate::certificates::recipe::{KINDS, NameKind};
use leptos::html::{Input, Select};
use leptos::prelude::*;

/// The names of a step.
#[component]
pub fn Names(entry: Entry, label: &'static str, help: &'static str) -> impl IntoView {
    let count = Memo::new(move |_| entry.values.read().len());
    view! {
        <fieldset class="step-field wide" aria-describedby=described(entry)>
            <legend>{label}</legend>
            <ol class="step-names">
                <For
                    each=move || 0..=count.get()
                    key=|at| *at
                    children=move |at| view! { <Row entry at count/> }
                />
            </ol>
            {wrong(entry)}
            <p class="dim" id=entry.id("help")>{help}" Empty a row to take its name away."</p>
        </fieldset>
    }
}

#[component]
fn Row(entry: Entry, at: usize, count: Memo<usize>) -> impl IntoView {
    let own = Memo::new(move |_| entry.values.read().get(at).map(|text| split_name(text)));
    // The kind of a name that is still to be written.
    let kind = RwSignal::new(own.get_untracked().map_or("dns", |(kind, _)| kind));
    let shown = Memo::new(move |_| own.get().map_or_else(|| kind.get(), |(kind, _)| kind));
    let example = move || KINDS.iter().find(|one| one.word == shown.get()).map(|one| one.example);
    let put = move |kind: &str, text: &str| {
        let mut values = entry.values.get_untracked();
        let text = Some(text.trim()).filter(|text| !text.is_empty());
        let text = text.map(|text| format!("{kind}:{text}"));
        match (values.get_mut(at), text) {
            (Some(place), Some(text)) => *place = text,
            (Some(_), None) => {
                values.remove(at);
            }
            (None, Some(text)) => values.push(text),
            (None, None) => return,
        }
        entry.set(&values);
    };
    // Both as they stand: the kind of a name may be changed before the name is.
    let (input, select) = (NodeRef::<Input>::new(), NodeRef::<Select>::new());
    let put_typed = move || {
        let text = input.get_untracked().map(|input| input.value()).unwrap_or_default();
        let word = select.get_untracked().map(|select| select.value()).unwrap_or_default();
        put(&word, &text);
    };
    let of = move || format!("name {}", at + 1);
    let option = move |one: &'static NameKind| {
        view! { <option value=one.word prop:selected=move || shown.get() == one.word>{one.label}</option> }
    };
    let choose = move |word: String| {
        if let Some(one) = KINDS.iter().find(|one| one.word == word) {
            kind.set(one.word);
            put_typed();
        }
    };
    let remove = move |_| put("", "");
    let is_there = move || at < count.get();
    view! {
        <li>
            <select
                node_ref=select
                aria-label=move || format!("Kind of {}", of())
                on:change:target=move |event| choose(event.target().value())
            >
                {KINDS.iter().map(option).collect_view()}
            </select>
            <input
                node_ref=input
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-label=move || if is_there() { of() } else { format!("{}, to add", of()) }
                aria-invalid=move || entry.wrong.read().is_some().to_string()
                placeholder=example
                prop:value=move || own.get().map(|(_, text)| text).unwrap_or_default()
                on:change=move |_| put_typed()
            />
            {move || is_there().then(|| view! {
                <button class="btn" aria-label=format!("Take {} away", of()) on:click=remove>"×"</button>
            })}
        </li>
    }
}
