//! The foot of a lesson, always in sight: what there is to say of an answer, and the way on.

use super::desk::{Desk, Told};
use super::prose::Prose;
use super::question;
use leptos::prelude::*;

/// The verdict, back and next.
#[component]
pub fn Footer(desk: Desk) -> impl IntoView {
    let count = desk.lesson().pages.len();
    let number = desk.number;
    let state = move || desk.told.with(|told| told.as_ref().map(|told| told.verdict.right));
    let spoken = move || desk.told.with(|told| told.as_ref().is_some_and(|told| told.spoken));
    let forward = NodeRef::<leptos::html::Button>::new();
    // The form of a right answer is gone, and with it the button that had the focus.
    Effect::new(move |_| {
        if let (Some(true), Some(forward)) = (state(), forward.get_untracked()) {
            let _ = forward.focus();
        }
    });
    view! {
        <footer class="lesson-foot" class:right=move || state() == Some(true) class:wrong=move || state() == Some(false) && !spoken()>
            <div class="verdict" role="status">
                {move || desk.told.get().map(|told| view! { <Said desk told/> })}
            </div>
            <nav class="lesson-nav" aria-label="Pages of the lesson">
                <button class="btn" disabled=move || number.get() == 1 on:click=move |_| desk.go(number.get_untracked() - 1)>
                    "← Back"
                </button>
                <button
                    class="btn primary"
                    node_ref=forward
                    hidden=move || { number.get() > count }
                    on:click=move |_| desk.go(number.get_untracked() + 1)
                >
                    {move || if number.get() == count { "Finish" } else { "Next →" }}
                </button>
            </nav>
        </footer>
    }
}

/// What there is to say of an answer, and what to do next.
#[component]
fn Said(desk: Desk, told: Told) -> impl IntoView {
    let Told { question, verdict, spoken } = told;
    let (class, word) = match (verdict.right, spoken) {
        (true, _) => ("ok", "✓ Right."),
        (false, false) => ("bad", "✗ Not yet."),
        // The explanation says how many points were made.
        (false, true) => ("", ""),
    };
    // An answer of many lines is told at the question.
    let is_short = !verdict.expected.is_empty() && !verdict.expected.contains("; ");
    // Another question of the page that is still open.
    let next = verdict.right.then(|| {
        untrack(|| {
            desk.page()?.questions().find(|one| !desk.is_solved(&one.id)).map(|one| one.id.clone())
        })
    });
    let to = match (verdict.right, next.flatten()) {
        (false, _) => Some(("Try again", question)),
        (true, Some(next)) => Some(("Next question", next)),
        (true, None) => None,
    };
    let button = to.map(|(label, id)| {
        let go = move |_| {
            desk.told.set(None);
            question::focus(&id);
        };
        view! { <button class="btn" class:primary=verdict.right on:click=go>{label}</button> }
    });
    view! {
        <div class="said">
            <p hidden=word.is_empty()>
                <b class=class>{word}</b>
                {(verdict.right && is_short).then(|| view! { " " <span class="expected">{verdict.expected}</span> })}
            </p>
            <Prose html=verdict.explanation/>
        </div>
        {button}
    }
}
