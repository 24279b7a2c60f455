//! What differs from the recipe as it was opened: fields of an object, and words of its commands.

use super::bench::Bench;
use crate::certificates::changed::{Changed, Words};
use crate::certificates::mint::ObjectKind;
use leptos::prelude::*;

/// Of one object; nothing where it is what it was.
pub fn changes(bench: Bench, kind: ObjectKind, name: String) -> impl IntoView {
    let found = Memo::new(move |_| {
        let changes = bench.changes.read();
        changes.iter().find(|one| one.kind == kind && one.name == name).cloned()
    });
    move || found.get().map(|one| told(&one))
}

fn told(one: &Changed) -> AnyView {
    if one.is_new {
        return view! { <p class="changed"><mark>"new"</mark></p> }.into_any();
    }
    let fields = one.fields.iter().map(|field| {
        let or_none =
            |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.to_owned() };
        let before = (!field.before.is_empty() || field.now != "other bytes").then(|| {
            view! { <del>{or_none(&field.before)}</del>" → " }
        });
        view! { <dt>{field.what}</dt><dd translate="no">{before}<mark>{or_none(&field.now)}</mark></dd> }
    });
    let commands = one.commands.iter().map(|(who, words)| command(who, words));
    view! {
        <div class="changed">
            <h5>"What changed"</h5>
            <dl class="pairs">{fields.collect_view()}</dl>
            {commands.collect_view()}
        </div>
    }
    .into_any()
}

/// The lines with words that were not there, these marked; and what is gone.
fn command(who: &str, words: &Words) -> impl IntoView {
    let lines = words.lines.iter().map(|line| {
        let each = line.iter().map(|(word, is_new)| {
            let word = word.clone();
            if *is_new {
                view! { <mark>{word}</mark>" " }.into_any()
            } else {
                view! { {word}" " }.into_any()
            }
        });
        view! { <code translate="no">{each.collect_view()}</code> }
    });
    let gone = (!words.gone.is_empty()).then(|| {
        view! { <p>"gone: "<del translate="no">{words.gone.join(" ")}</del></p> }
    });
    view! {
        <p>{who.to_owned()}": "</p>
        <div class="changed-lines">{lines.collect_view()}</div>
        {gone}
    }
}
