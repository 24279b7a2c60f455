//! A question: prompt, hint, and a way to answer; what was answered rightly stays so.

pub mod forms;

use super::desk::Desk;
use super::prose::Prose;
use crate::lesson::{Answer, Asked, Form, Given, Html, Question};
use crate::run::Run;
use crate::ui::dom;
use forms::Frame;
use leptos::prelude::*;
use std::sync::Arc;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

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
    // Where bytes are asked for there is no control: then the question itself has the focus.
    let control: web_sys::Element = control.ok().flatten().unwrap_or(prompt);
    focus_element(control);
}

/// Gives an element the focus, if it takes it.
fn focus_element(element: web_sys::Element) {
    if let Ok(element) = element.dyn_into::<web_sys::HtmlElement>() {
        let _ = element.focus();
    }
}

/// Gives the element with this id the focus once it is drawn: what had it is gone by then.
fn focus_later(id: String) {
    let _ = request_animation_frame(move || {
        if let Some(element) = dom::document().get_element_by_id(&id) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            focus_element(element.clone());
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

/// The right answer, a line for each of its parts.
pub fn in_lines(lines: Vec<String>) -> AnyView {
    let line = |line: String| view! { <span class="line">{line}</span> };
    lines.into_iter().map(line).collect_view().into_any()
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
            <div class="prompt" id=name.clone() tabindex="-1"><Prose html=prompt/></div>
            {about(shown)}
            {inside}
        </section>
    }
}

/// What is answered: the answer, and the way to be asked again.
#[component]
fn Solved(desk: Desk, id: String, asked: Asked) -> impl IntoView {
    let expected = asked.expected_lines();
    let explain = match asked.form() {
        Form::Said { answer, .. } => answer,
        _ => asked.explain,
    };
    let word = if expected.is_empty() { "You made all its points." } else { "" };
    view! {
        <p class="solved-answer"><b class="ok">"✓"</b> " " <span class="expected">{in_lines(expected)}</span>{word}</p>
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
    let (form, expected) = (asked.form(), asked.expected_lines());
    let (hint, explain) = (asked.hint.clone(), asked.explain.clone());
    let has_answer = !expected.is_empty();
    let kept = forms::kept(&desk.lesson().about.id, &id);
    // Whoever asked for it is led to it, also when its run was made anew.
    if desk.is_wanted(&id) {
        let id = id.clone();
        let _ = request_animation_frame(move || focus(&id));
    }
    let answer = Callback::new(move |answer: Answer| {
        let verdict = asked.grade(&run, &answer);
        if !verdict.right {
            wrong.update(|wrong| *wrong += 1);
        }
        let given = Given::Answer { answer, asked: asked.print() };
        desk.answered(&id, &given, verdict);
    });
    let begun = Callback::new(move |()| desk.told.set(None));
    let answer_id = format!("{name}-answer");
    let show = {
        let answer_id = answer_id.clone();
        move |_| {
            shown.set(true);
            // What was said of the last answer is out of date, and takes room.
            desk.told.set(None);
            focus_later(answer_id.clone());
        }
    };
    let told = move || {
        shown.get().then(|| {
            view! {
                <p>"The answer: " <b class="expected">{in_lines(expected.clone())}</b></p>
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
                on:click=show
            >
                "Show the answer"
            </button>
        </div>
        <div class="looked-up" role="status" id=answer_id tabindex="-1">{told}</div>
    }
}
