//! The page behind the last one of a lesson.

use super::record::Record;
use crate::lesson::Lesson;
use crate::route::{Page, Route, View};
use leptos::prelude::*;
use std::sync::Arc;

/// Score, what is still open, and the way to begin again.
#[component]
pub fn Finish(lesson: Arc<Lesson>, record: Record) -> impl IntoView {
    let id = lesson.about.id.clone();
    let questions: Vec<String> = lesson.questions().map(|question| question.id.clone()).collect();
    let total = questions.len();
    let progress = {
        let id = id.clone();
        move || record.with(|progress| progress.lesson(&id))
    };
    // How many are right, and how many were at the first try.
    let score = {
        let progress = progress.clone();
        move || {
            let answers = progress().questions;
            let right =
                questions.iter().filter_map(|id| answers.get(id)).filter(|given| given.right);
            let first = right.clone().filter(|given| given.attempts == 1);
            (right.count(), first.count())
        }
    };
    // Pages are opened with the seed that is run now.
    let lab = crate::ui::lab();
    let seed = move || match lab.link.read().page {
        Page::Lesson(_, _, seed) => seed,
        _ => None,
    };
    // The pages with a question that was not answered rightly yet.
    let open = {
        let (progress, lesson) = (progress.clone(), lesson.clone());
        move || {
            let answers = progress().questions;
            let right = |id: &str| answers.get(id).is_some_and(|question| question.right);
            let pages = lesson.pages.iter().zip(1..);
            pages
                .filter(|(page, _)| page.questions().any(|question| !right(&question.id)))
                .map(|(page, number)| {
                    let target = Page::Lesson(lesson.about.id.clone(), number, seed());
                    let href = Route { page: target, view: View::default() }.to_string();
                    view! { <li><a href=href>{page.title.clone()}</a></li> }
                })
                .collect_view()
        }
    };
    let numbers = score.clone();
    view! {
        <p class="score" role="status">
            {move || {
                let (right, first) = score();
                if right == total {
                    format!("All {total} questions right, {first} of them at the first try.")
                } else {
                    format!("{right} of {total} questions right, {first} of them at the first try.")
                }
            }}
        </p>
        <Show when=move || { numbers().0 < total }>
            <p>"Still open:"</p>
            <ul class="open-pages">{open.clone()}</ul>
        </Show>
        <p>"Take another seed and the questions ask about another run. Or go on and break something: who notices, and how?"</p>
        <p class="buttons">
            <a class="btn" href="#/break">"Break it"</a>
            <a class="btn" href="#/learn">"All lessons"</a>
        </p>
        <Reset id record/>
    }
}

/// Forgets the progress in a lesson, after asking.
#[component]
fn Reset(id: String, record: Record) -> impl IntoView {
    let asking = RwSignal::new(false);
    let done = RwSignal::new(false);
    let keep = NodeRef::<leptos::html::Button>::new();
    let ask = NodeRef::<leptos::html::Button>::new();
    Effect::new(move |before: Option<bool>| {
        let now = asking.get();
        let button = if now { keep.get() } else { ask.get() };
        if let (Some(button), true) = (button, before.is_some_and(|before| before != now)) {
            let _ = button.focus();
        }
        now
    });
    let forget = move |_| {
        record.change(|progress| progress.reset(&id));
        asking.set(false);
        done.set(true);
    };
    view! {
        <div class="reset" role="group" aria-label="Progress in this lesson">
            <p class="buttons" hidden=move || asking.get()>
                <button class="btn" node_ref=ask on:click=move |_| asking.set(true)>"Reset my progress"</button>
            </p>
            <p class="buttons" hidden=move || !asking.get()>
                <span>"Forget the pages and answers of this lesson?"</span>
                <button class="btn" node_ref=keep on:click=move |_| asking.set(false)>"Keep them"</button>
                <button class="btn" on:click=forget>"Forget them"</button>
            </p>
            <p role="status">{move || done.get().then_some("Your progress in this lesson is forgotten.")}</p>
        </div>
    }
}
