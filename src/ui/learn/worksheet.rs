//! A whole lesson on paper: its text and what it looks at, then its questions with lines to write on, and the
//! answers and the notes for teachers on a last sheet.

use super::desk::Desk;
use super::player::parts;
use super::prose::Prose;
use super::question::{about, in_lines};
use super::scene::part_of;
use crate::lesson::{
    Asked, Block, Form, Hidden, Html, Lesson, LessonError, LessonPage, Line, Scene,
};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::ui::dom;
use crate::ui::lab::LabStage;
use crate::ui::parts::all_built;
use crate::ui::running::{NoRun, RunResult, Runner};
use leptos::context::Provider;
use leptos::html::H2;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;

/// How many lines an answer of some sentences takes.
const LINES: usize = 4;

/// The worksheet, as it is printed.
#[component]
pub fn Worksheet(desk: Desk) -> impl IntoView {
    let heading = NodeRef::<H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
    let runs = LocalResource::new(move || runs(desk.lab.runner, desk.scenarios()));
    // What is still being drawn would be missing on paper.
    let print = move |_| {
        spawn_local(async {
            all_built().await;
            dom::print();
        });
    };
    view! {
        <article class="worksheet" aria-labelledby="worksheet-title">
            <h2 class="page-title" id="worksheet-title" tabindex="-1" node_ref=heading>"Worksheet"</h2>
            <p class="buttons">
                <button class="btn primary" on:click=print>"Print"</button>
                <button class="btn" on:click=move |_| desk.worksheet.set(false)>"Back to the lesson"</button>
                <span class="dim">"Questions and answers are on sheets of their own."</span>
            </p>
            <p class="paper-name"><span>"Name"</span><span>"Date"</span></p>
            {move || match runs.get() {
                None => view! { <p role="status">"Making the worksheet…"</p> }.into_any(),
                Some(runs) => sheets(desk, &runs),
            }}
        </article>
    }
}

/// The runs of scenarios, each made once.
async fn runs(runner: Runner, texts: Vec<String>) -> Vec<RunResult> {
    let mut made = BTreeMap::<String, RunResult>::new();
    let mut runs = Vec::new();
    for text in texts {
        let run = match (made.get(&text), Scenario::parse(&text)) {
            (Some(run), _) => run.clone(),
            (None, Ok(scenario)) => {
                dom::next_task().await;
                runner.run_loaded(&scenario).await
            }
            (None, Err(error)) => Err(NoRun::Refused(error.to_string())),
        };
        made.insert(text, run.clone());
        runs.push(run);
    }
    runs
}

/// All pages, and the answers behind them.
fn sheets(desk: Desk, runs: &[RunResult]) -> AnyView {
    let lesson = desk.lesson();
    let mut all = Vec::new();
    let pages = lesson.pages.iter().zip(1..).zip(runs).map(|((page, number), run)| {
        let inside = match run {
            Ok(run) => one_page(desk, &lesson, (page, number), run, &mut all),
            Err(none) => none.clone().view(),
        };
        view! {
            <section class="worksheet-page">
                <h3>{number} " · " {page.title.clone()}</h3>
                {inside}
            </section>
        }
    });
    let pages = pages.collect_view();
    let notes = notes(&lesson, runs);
    let answers = all.iter().map(|(_, asked)| answer(asked)).collect_view();
    let questions =
        all.into_iter().zip(1..).map(|((page, asked), number)| question_view(number, page, asked));
    let questions = questions.collect_view();
    view! {
        {pages}
        <section class="worksheet-questions">
            <h3>"Questions"</h3>
            {questions}
        </section>
        <section class="worksheet-answers">
            <h3>"Answers"</h3>
            <ol>{answers}</ol>
            {notes}
        </section>
    }
    .into_any()
}

/// The notes of the pages that have some.
fn notes(lesson: &Lesson, runs: &[RunResult]) -> Option<AnyView> {
    let pages = lesson.pages.iter().zip(1..).zip(runs);
    let of_page = |((page, number), run): ((&LessonPage, usize), &RunResult)| {
        let html = page.notes.as_ref()?.fill(run.as_ref().ok()?, &lesson.file).ok()?;
        Some(view! { <h4>{number} " · " {page.title.clone()}</h4> {told(html)} })
    };
    let views: Vec<_> = pages.filter_map(of_page).collect();
    (!views.is_empty()).then(|| view! { <h3>"Notes for teachers"</h3> {views} }.into_any())
}

/// A page: what is told, and what it looks at. Adds its questions to those of the pages before, each with the
/// page's number.
fn one_page(
    desk: Desk,
    lesson: &Lesson,
    (page, number): (&LessonPage, usize),
    run: &Run,
    all: &mut Vec<(usize, Asked)>,
) -> AnyView {
    let (above, below) = parts(page);
    let intro = (number == 1).then(|| lesson.intro.clone()).map(Block::Text);
    let mut view = |block: Block| match block {
        Block::Text(text) => text.fill(run, &lesson.file).map(told),
        Block::Question(question) => question.ask(run).map(|asked| {
            all.push((number, asked));
            ().into_any()
        }),
    };
    let mut views = |blocks: Vec<Block>| {
        blocks.into_iter().map(|block| view(block).unwrap_or_else(failed)).collect_view()
    };
    let above = views(intro.into_iter().chain(above).collect());
    let below = views(below);
    view! { {above} {picture(desk, lesson, (page, number), run)} {below} }.into_any()
}

fn told(html: Html) -> AnyView {
    view! { <Prose html/> }.into_any()
}

fn failed(error: LessonError) -> AnyView {
    view! { <p class="lesson-failed" role="alert">{error.to_string()}</p> }.into_any()
}

/// What the page looks at, still: nothing in it can be chosen.
fn picture(
    desk: Desk,
    lesson: &Lesson,
    (page, number): (&LessonPage, usize),
    run: &Run,
) -> AnyView {
    let Some(directive) = &page.lab else { return ().into_any() };
    if let Some(screen) = directive.screen {
        return view! { <p class="note"><b>{screen.title}</b> " · " {screen.lead}</p> }.into_any();
    }
    match directive.view(run, &lesson.file) {
        Err(error) => failed(error),
        Ok(view) => {
            let still = desk.lab.still(run, desk.target(number), view);
            let hidden = page.questions().map(|one| page.hides(one)).max();
            let is_bare = hidden > Some(Hidden::Story);
            let part = part_of(if is_bare { Scene::Sequence } else { page.scene() });
            view! {
                <div class="scene-body" inert=true class:unnamed=hidden == Some(Hidden::Names)>
                    <Provider value=still><LabStage only=part/></Provider>
                </div>
            }
            .into_any()
        }
    }
}

/// A question to a page, with room for its answer.
fn question_view(number: usize, page: usize, asked: Asked) -> AnyView {
    view! {
        <section class="question">
            <p class="dim">"Question " {number} ", to page " {page}</p>
            <div class="prompt"><Prose html=asked.prompt.clone()/></div>
            {about(asked.shown.clone())}
            {room(asked.form())}
        </section>
    }
    .into_any()
}

/// Where a form's answer is written.
fn room(form: Form) -> AnyView {
    match form {
        Form::Choice(options) => marked("○", options),
        Form::Several(options) => marked("□", options),
        Form::Order(lines) => {
            view! { <p class="dim">"Number the lines in their order."</p> {marked("____", lines)} }
                .into_any()
        }
        Form::Match { items, choices } => {
            let items = items.into_iter().map(|item| {
                view! { <li><span>{item}</span><span class="blank"></span></li> }
            });
            view! {
                <ul class="paper-matches">{items.collect_view()}</ul>
                <p class="dim">"Choose from:"</p>
                {marked("·", choices)}
            }
            .into_any()
        }
        Form::Blanks { lines, choices, .. } => {
            let line = |Line { given, about, spoken, .. }: Line| match given {
                Some(given) => view! { <li><span>{given} " " {about}</span></li> }.into_any(),
                None => {
                    view! { <li><span>{spoken}</span><span class="blank"></span></li> }.into_any()
                }
            };
            view! {
                <ul class="paper-matches">{lines.into_iter().map(line).collect_view()}</ul>
                <p class="dim">"Choose from:"</p>
                {marked("·", choices)}
            }
            .into_any()
        }
        Form::Bytes => {
            view! { <p class="dim">"The field, and its bytes in hexadecimal:"</p> {blanks(2)} }
                .into_any()
        }
        Form::Typed { unit } => {
            view! { <p class="paper-value"><span class="blank"></span> {unit}</p> }.into_any()
        }
        Form::Said { .. } => blanks(LINES),
    }
}

/// Lines that something is written before.
fn marked(mark: &'static str, lines: Vec<String>) -> AnyView {
    let line = |line| view! { <li><span aria-hidden="true">{mark}</span> <span>{line}</span></li> };
    view! { <ul class="paper-options">{lines.into_iter().map(line).collect_view()}</ul> }.into_any()
}

/// Lines to write on.
fn blanks(count: usize) -> AnyView {
    (0..count).map(|_| view! { <p class="blank"></p> }).collect_view().into_any()
}

/// The right answer, and why.
fn answer(asked: &Asked) -> AnyView {
    let why = match asked.form() {
        Form::Said { answer, .. } => answer,
        _ => asked.explain.clone(),
    };
    view! { <li><b class="expected">{in_lines(asked.expected_lines())}</b> <Prose html=why/></li> }
        .into_any()
}
