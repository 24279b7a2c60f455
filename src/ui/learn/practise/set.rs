//! The open question beside its run, and the foot that answers.

use super::desk::{Desk, Ready, Told};
use super::regraded::Regraded;
use super::sheet::SetSheet;
use super::timer::Timer;
use super::{Records, href};
use crate::lesson::{Answer, Asked, Attempt, Given, PracticePage, QuestionSet};
use crate::route::View;
use crate::run::Run;
use crate::scenario::Scenario;
use crate::ui::lab;
use crate::ui::learn::fetched::Failed;
use crate::ui::learn::prose::Prose;
use crate::ui::learn::question::forms::{Frame, form, kept};
use crate::ui::learn::question::{about, in_lines};
use crate::ui::learn::scene::{SceneView, Sight};
use crate::ui::parts::{focused, follow_to};
use crate::ui::running::NoRun;
use leptos::prelude::*;
use std::sync::Arc;
use web_sys::Element;

/// A set, question after question, and behind the last its result.
#[component]
pub fn SetView(
    set: QuestionSet,
    title: String,
    /// How far it is.
    attempt: Attempt,
    records: Records,
) -> impl IntoView {
    let desk = Desk::open(lab(), records, set, title, attempt);
    let seed = desk.seed();
    let ready = LocalResource::new(move || {
        let (place, from) = (desk.place.get(), focused());
        async move {
            let (at, item) = place?;
            Some((at, Ready::load(item, seed, desk.lessons).await, from))
        }
    });
    let again = Callback::new(move |()| ready.refetch());
    // Whether the lab has the whole window, without the question.
    let whole = RwSignal::new(false);
    let over = Memo::new(move |_| desk.place.read().is_none());
    move || {
        if over.get() {
            return (!desk.is_exam()).then(|| view! { <Over desk/> }).into_any();
        }
        let body = move || match ready.get().flatten() {
            // Until it is there, the resource still has the one before.
            Some((at, ..)) if desk.place.read().as_ref().map(|(at, _)| *at) != Some(at) => {
                loading()
            }
            Some((_, Err(lines), _)) => view! {
                <Failed lines again/>
                <Foot desk stuck=Signal::stored(true)/>
            }
            .into_any(),
            Some((_, Ok(ready), from)) => view! { <Open desk ready from whole/> }.into_any(),
            None => loading(),
        };
        view! { <div class="lesson" class:whole=whole><Head desk/>{body}</div> }.into_any()
    }
}

/// The result of a set that is over.
#[component]
fn Over(desk: Desk) -> impl IntoView {
    let again = Callback::new(move |()| desk.begin_again());
    let shown = Callback::new(move |rows| {
        view! { <SetSheet name=desk.name() rows remark=desk.remark() again/> }.into_any()
    });
    view! { <Regraded title=desk.name() seed=desk.seed() answers=desk.first_answers() shown/> }
}

fn loading() -> AnyView {
    view! { <p class="lesson-loading" role="status">"Loading the question…"</p> }.into_any()
}

/// The bar above: what this is, how far one is, and an exam's time.
#[component]
fn Head(desk: Desk) -> impl IntoView {
    let timer = desk.clock().map(|(minutes, began)| {
        let end = Callback::new(move |()| desk.end());
        view! { <Timer began minutes end/> }
    });
    view! {
        <header class="lesson-head">
            <a class="btn quiet" href=href(&PracticePage::Choose) aria-label="Choose other questions">"←"</a>
            <h1 id="lesson-title">{desk.name()}</h1>
            <p class="set-place">{move || desk.place_in_words()}</p>
            {timer}
            <progress max=desk.count() value=move || desk.done() aria-label="Place in the set"></progress>
        </header>
    }
}

/// A question that is there.
#[component]
fn Open(
    desk: Desk,
    ready: Ready,
    /// What had the focus when it was asked for.
    from: Option<Element>,
    whole: RwSignal<bool>,
) -> impl IntoView {
    let lab = desk.lab;
    whole.set(false);
    lab.lesson.set(vec![ready.scenario.clone()]);
    let wanted = Scenario::parse(&ready.scenario.seeded(None)).ok();
    let run = Memo::new_with_compare(
        move |_| match lab.run.get() {
            // Until this question's is made, the lab still has that of the one before.
            Ok(run) if wanted.as_ref().is_some_and(|wanted| wanted != run.scenario()) => {
                Err(NoRun::Loading)
            }
            result => result,
        },
        |_, _| true,
    );
    let (directive, file) = (ready.page.lab.clone(), ready.lesson.file.clone());
    let view = Memo::new(move |_| directive.as_ref()?.view(run.get().ok()?.as_ref(), &file).ok());
    // What the question's page shows is shown once; then the person looks around.
    Effect::new(move |shown: Option<bool>| {
        let is_there = run.read().is_ok();
        if is_there && shown != Some(true) {
            let view = view.get_untracked().unwrap_or_default();
            lab.look(|shown: &mut View| *shown = view);
        }
        is_there || shown == Some(true)
    });
    let heading = NodeRef::<leptos::html::H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            follow_to(from.as_ref(), &heading);
        }
    });
    let page = ready.page.clone();
    let about = ready.lesson.about.title.clone();
    let ready = StoredValue::new(ready);
    // Whether there is nothing that could be answered.
    let stuck = Memo::new(move |_| match run.get() {
        Err(NoRun::Loading) => false,
        Err(_) => true,
        Ok(run) => ready.with_value(|ready| ready.question.ask(&run).is_err()),
    });
    let hidden = Memo::new(move |_| {
        let is_open = desk.told.read().is_none();
        is_open.then(|| ready.with_value(|ready| ready.page.hides(&ready.question)))
    });
    let question = move || match run.get() {
        Err(none) => none.view(),
        Ok(run) => match ready.with_value(|ready| ready.question.ask(&run)) {
            Ok(asked) => view! { <AskedView desk ready asked run/> }.into_any(),
            Err(error) => {
                view! { <p class="lesson-failed" role="alert">{error.to_string()}</p> }.into_any()
            }
        },
    };
    view! {
        <div class="lesson-body">
            <article class="lesson-text" aria-labelledby="lesson-title">
                <h2 class="page-title" tabindex="-1" node_ref=heading>{move || desk.place_in_words()}</h2>
                <div class="lesson-page lesson-below">
                    <p class="dim">"From the lesson “" {about} "”"</p>
                    {question}
                </div>
                <SceneView sight={Sight { lab, run, wanted: view, hidden }} page whole/>
            </article>
        </div>
        <Foot desk stuck/>
    }
}

/// What is asked, and a way to answer it once.
#[component]
fn AskedView(desk: Desk, ready: StoredValue<Ready>, asked: Asked, run: Arc<Run>) -> impl IntoView {
    let (name, labelled) = ("asked".to_owned(), "asked");
    let (prompt, hint, way) = (asked.prompt.clone(), asked.hint.clone(), asked.form());
    let asked_about = asked.shown.clone();
    let print = asked.print();
    let is_exam = desk.is_exam();
    ready.with_value(|ready| desk.tell_again(ready, &asked, &run));
    let kept = ready.with_value(|ready| kept(&ready.item.lesson, &ready.item.question));
    let give = Callback::new(move |given: Given| {
        ready.with_value(|ready| desk.answered(ready, &asked, &given, &run));
    });
    let answer =
        Callback::new(move |answer: Answer| give.run(Given::Answer { answer, asked: print }));
    // Not to know it is an answer too: it comes again.
    let pass = move |_| give.run(Given::Unknown);
    let begun = Callback::new(|()| ());
    let hint = (!is_exam && !hint.is_empty()).then(|| {
        view! { <details class="question-hint"><summary>"Hint"</summary><Prose html=hint/></details> }
    });
    let answered = Memo::new(move |_| desk.told.read().is_some());
    view! {
        <section class="question" aria-labelledby=labelled>
            <div class="prompt" id=labelled><Prose html=prompt/></div>
            {about(asked_about)}
            <div hidden=answered class="answering">
                {form(way, Frame { name, kept, answer, begun })}
                <div class="helps">
                    {hint}
                    <button class="btn" on:click=pass>"I do not know"</button>
                </div>
            </div>
        </section>
    }
}

/// What there is to say of the answer, and the way on, also where a question cannot be asked.
#[component]
fn Foot(desk: Desk, #[prop(into)] stuck: Signal<bool>) -> impl IntoView {
    let right = move || desk.told.with(|told| told.as_ref().map(|told| told.right));
    let spoken = move || desk.told.with(|told| told.as_ref().is_some_and(|told| told.spoken));
    let forward = NodeRef::<leptos::html::Button>::new();
    Effect::new(move |_| {
        if let (Some(_), Some(forward)) = (right(), forward.get_untracked()) {
            // Until it is drawn it is hidden, and takes no focus.
            let _ = request_animation_frame(move || {
                let _ = forward.focus();
            });
        }
    });
    let said = move || desk.told.get().map(|told| view! { <Said told/> });
    view! {
        <footer class="lesson-foot" class:right=move || right() == Some(true) class:wrong=move || right() == Some(false) && !spoken()>
            <div class="verdict" role="status">{said}</div>
            <div class="lesson-nav">
                <button class="btn primary" node_ref=forward hidden=move || right().is_none() && !stuck.get() on:click=move |_| desk.go_on()>
                    "Next →"
                </button>
            </div>
        </footer>
    }
}

#[component]
fn Said(told: Told) -> impl IntoView {
    let Told { right, expected, why, again, spoken } = told;
    let (class, word) = match (right, again) {
        (false, true) if spoken => ("", "It comes again."),
        (false, false) if spoken => ("", ""),
        (true, _) => ("ok", "✓ Right."),
        (false, true) => ("bad", "✗ Not right. It comes again."),
        (false, false) => ("bad", "✗ Not right."),
    };
    view! {
        <div class="said">
            <p>
                <b class=class>{word}</b>
                {(!expected.is_empty()).then(|| view! { " The answer: " <span class="expected">{in_lines(expected)}</span> })}
            </p>
            <Prose html=why/>
        </div>
    }
}
