//! The connection as a whole, before its first step: in a few sentences, and then step by step.

use super::front::Fronts;
use super::next::Next;
use crate::route::Perspective;
use crate::run::Run;
use crate::story::whole;
use crate::ui::breakit::Verdict;
use crate::ui::lab;
use crate::ui::parts::{later, rich};
use leptos::prelude::*;

/// The connection as a whole.
#[component]
pub fn Whole() -> impl IntoView {
    let lab = lab();
    let listening = Memo::new(move |_| lab.eyes() == Perspective::Eavesdropper);
    let told = move || lab.with_step(|run, _| sentences(run, listening.get()));
    view! {
        <h1 class="step-title">"The whole connection"</h1>
        <Fronts/>
        <p class="raw">"Each step has bytes of its own. Next leads to the first."</p>
        <p class="eyebrow">
            <span>
                "Real client, real server, just run in this tab. Step through it with "
                <kbd>"→"</kbd> "."
            </span>
        </p>
        {move || lab.with_step(|run, _| other_connections(run))}
        <div class="story">{told}</div>
        <Verdict/>
        <Next lead="Things to try"/>
        <h2 class="told-title">"Step by step"</h2>
        {later(super::told::door)}
    }
}

/// Who talked, what was agreed or why it failed, what was carried, and who could see what.
fn sentences(run: &Run, listening: bool) -> AnyView {
    let story = run.story();
    let whole = whole(run.connection(), run.dissection(), story, run.facts());
    let paragraph = |text: &str| view! { <p>{rich(text)}</p> };
    let (between, seen) = (paragraph(&whole.between), paragraph(&whole.seen));
    let inside = view! { {paragraph(&story.ending)} {paragraph(&whole.carried)} };
    if listening {
        view! {
            {between} {seen}
            <details>
                <summary>"What really happened, which an eavesdropper cannot tell"</summary>
                {inside}
            </details>
        }
        .into_any()
    } else {
        view! { {between} {inside} {seen} }.into_any()
    }
}

/// Of a run with several connections: which one this is, and the way to the one before.
fn other_connections(run: &Run) -> Option<AnyView> {
    let (at, count) = (run.focus(), run.stories.len());
    let is_later = count > 1 && at > 0 && run.story().roles.is_direct();
    is_later.then(|| {
        let before = move |_| lab().connection_to(at - 1);
        view! {
            <p class="eyebrow">
                {format!("Connection {} of {count}. It goes on from the one before: ", at + 1)}
                <button class="link" on:click=before>{format!("connection {at}")}</button>
                ". Times count from its own first packet."
            </p>
        }
        .into_any()
    })
}
