//! A question: prompt, hint, and a way to answer; what was answered rightly stays so.

pub mod forms;

use super::desk::Desk;
use super::prose::Prose;
use crate::lesson::{Answer, Asked, Form, Html, Question};
use crate::run::Run;
use crate::ui::dom;
use forms::Frame;
use leptos::prelude::*;
use std::sync::Arc;
use web_sys::wasm_bindgen::JsCast;

/// After so many wrong answers the right one may be looked up.
const TRIES: u32 = 2;

/// The id of the element with a question's prompt.
fn name(id: &str) -> String {
    format!("question-{id}")
}

/// Brings a question into sight and the focus to what it is answered with.
pub fn focus(id: &str) {
    let Some(prompt) = dom::document().get_element_by_id(&name(id)) else { return };
    let Some(question) = prompt.parent_element() else { return };
    question.scroll_into_view();
    let control = question
        .query_selector("input, select, textarea, form button, .moves button:not(:disabled)");
    let control = control.ok().flatten().and_then(|found| found.dyn_into().ok());
    if let Some(control) = control {
        let control: web_sys::HtmlElement = control;
        let _ = control.focus();
    }
}

/// A question about `run`.
#[component]
pub fn QuestionView(desk: Desk, question: Question, run: Arc<Run>) -> impl IntoView {
    match question.ask(&run) {
        Err(error) => {
            view! { <p class="lesson-failed" role="alert">{error.to_string()}</p> }.into_any()
        }
        Ok(asked) => view! { <AskedView desk id=question.id asked run/> }.into_any(),
    }
}

/// What a question is asked about, where that is no part of the lab: not a part of the prompt, which names the
/// question and its form for whoever hears them.
pub fn about(shown: Html) -> AnyView {
    if shown.is_empty() {
        return ().into_any();
    }
    view! { <div class="shown"><Prose html=shown/></div> }.into_any()
}

#[component]
fn AskedView(desk: Desk, id: String, asked: Asked, run: Arc<Run>) -> impl IntoView {
    let solved = {
        let id = id.clone();
        Memo::new(move |_| desk.is_solved(&id))
    };
    let name = name(&id);
    let (prompt, shown) = (asked.prompt.clone(), asked.shown.clone());
    let inside = {
        let name = name.clone();
        move || {
            let (id, asked, run) = (id.clone(), asked.clone(), run.clone());
            if solved.get() {
                view! { <Solved desk id asked/> }.into_any()
            } else {
                view! { <Open desk id name=name.clone() asked run/> }.into_any()
            }
        }
    };
    view! {
        <section class="question" aria-labelledby=name.clone() class:solved=solved>
            <div class="prompt" id=name.clone()><Prose html=prompt/></div>
            {about(shown)}
            {inside}
        </section>
    }
}

/// What is answered: the answer, and the way to be asked again.
#[component]
fn Solved(desk: Desk, id: String, asked: Asked) -> impl IntoView {
    let expected = asked.expected();
    let explain = match asked.form() {
        Form::Said { answer, .. } => answer,
        _ => asked.explain,
    };
    let word = if expected.is_empty() { "You made all its points." } else { "" };
    view! {
        <p class="solved-answer"><b class="ok">"✓"</b> " " <span class="expected">{expected}</span>{word}</p>
        <div class="helps">
            {(!explain.is_empty()).then(|| view! { <details><summary>"Why"</summary><Prose html=explain/></details> })}
            <button class="btn" on:click=move |_| desk.ask_again(&id)>"Ask me again"</button>
        </div>
    }
}

/// What is still to be answered.
#[component]
fn Open(desk: Desk, id: String, name: String, asked: Asked, run: Arc<Run>) -> impl IntoView {
    let wrong = RwSignal::new(0u32);
    let shown = RwSignal::new(false);
    let (form, expected) = (asked.form(), asked.expected());
    let (hint, explain) = (asked.hint.clone(), asked.explain.clone());
    let has_answer = !expected.is_empty();
    let kept = forms::kept(&desk.lesson().about.id, &id);
    let answer = Callback::new(move |answer: Answer| {
        let verdict = asked.grade(&run, &answer);
        if !verdict.right {
            wrong.update(|wrong| *wrong += 1);
        }
        desk.answered(&id, verdict);
    });
    let begun = Callback::new(move |()| desk.told.set(None));
    let told = move || {
        shown.get().then(|| {
            view! {
                <p>"The answer: " <b class="expected">{expected.clone()}</b></p>
                <Prose html=explain.clone()/>
            }
        })
    };
    view! {
        {forms::form(form, Frame { name, kept, answer, begun })}
        <div class="helps">
            {(!hint.is_empty()).then(|| view! { <details class="question-hint"><summary>"Hint"</summary><Prose html=hint/></details> })}
            <button
                class="btn"
                hidden=move || !has_answer || wrong.get() < TRIES || shown.get()
                on:click=move |_| shown.set(true)
            >
                "Show the answer"
            </button>
        </div>
        <div class="looked-up" role="status">{told}</div>
    }
}
