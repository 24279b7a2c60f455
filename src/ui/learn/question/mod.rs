//! A question: prompt, hint, a way to answer, and the verdict.

mod forms;

use super::prose::Prose;
use super::record::Record;
use crate::lesson::{Answer, Asked, Question, Verdict};
use crate::run::Run;
use forms::Frame;
use leptos::prelude::*;
use std::sync::Arc;

/// After so many wrong answers the right one may be looked up.
const TRIES: u32 = 2;

/// A question about `run`.
#[component]
pub fn QuestionView(
    lesson: String,
    question: Question,
    run: Arc<Run>,
    record: Record,
) -> impl IntoView {
    match question.ask(&run) {
        Err(error) => {
            view! { <p class="lesson-failed" role="alert">{error.to_string()}</p> }.into_any()
        }
        Ok(asked) => view! { <AskedView lesson id=question.id asked run record/> }.into_any(),
    }
}

#[component]
fn AskedView(
    lesson: String,
    id: String,
    asked: Asked,
    run: Arc<Run>,
    record: Record,
) -> impl IntoView {
    let verdict = RwSignal::new(None::<Verdict>);
    let wrong = RwSignal::new(0u32);
    let shown = RwSignal::new(false);
    let solved = Signal::derive(move || verdict.with(|v| v.as_ref().is_some_and(|v| v.right)));
    let answer = {
        let (asked, lesson, id) = (asked.clone(), lesson.clone(), id.clone());
        Callback::new(move |answer: Answer| {
            let graded = asked.grade(&run, &answer);
            record.change(|progress| progress.answer(&lesson, &id, graded.right));
            if !graded.right {
                wrong.update(|wrong| *wrong += 1);
            }
            verdict.set(Some(graded));
        })
    };
    let before = record.with_untracked(|progress| {
        progress.lesson(&lesson).questions.get(&id).is_some_and(|question| question.right)
    });
    let name = format!("question-{id}");
    let form = forms::form(asked.form(), Frame { name: name.clone(), answer, solved });
    let (expected, explain) = (asked.expected(), asked.explain.clone());
    view! {
        <section class="question" aria-labelledby=name.clone() class:solved=solved>
            <div class="prompt" id=name.clone()><Prose html=asked.prompt/></div>
            {before.then(|| view! { <p class="dim">"You answered this correctly before."</p> })}
            {form}
            <details class="question-hint">
                <summary>"Hint"</summary>
                <Prose html=asked.hint/>
            </details>
            <div class="verdict" role="status">
                {move || verdict.get().map(|verdict| view! { <VerdictView verdict/> })}
            </div>
            <Show when=move || { !solved.get() && wrong.get() >= TRIES }>
                <p class="buttons" hidden=move || shown.get()>
                    <button class="btn" on:click=move |_| shown.set(true)>"Show the answer"</button>
                </p>
            </Show>
            <div role="status">
                {move || {
                    (shown.get() && !solved.get()).then(|| {
                        view! {
                            <p>"The answer: " <b class="expected">{expected.clone()}</b></p>
                            <Prose html=explain.clone()/>
                        }
                    })
                }}
            </div>
        </section>
    }
}

/// Whether the answer was right, in a word, with why.
#[component]
fn VerdictView(verdict: Verdict) -> impl IntoView {
    let (class, word) = if verdict.right { ("ok", "✓ Right.") } else { ("bad", "✗ Not yet.") };
    view! {
        <p><b class=class>{word}</b> {verdict.right.then(|| view! { " " <span class="expected">{verdict.expected}</span> })}</p>
        <Prose html=verdict.explanation/>
    }
}
