//! One lesson beside the lab.

use super::fetched::{self, Failed};
use super::finish::Finish;
use super::prose::Prose;
use super::question::QuestionView;
use super::record::Record;
use crate::lesson::{Block, Html, Lesson, LessonError, LessonPage};
use crate::route::{Page, View};
use crate::ui::lab;
use crate::ui::lab::LabStage;
use crate::ui::state::Lab;
use leptos::prelude::*;
use std::sync::Arc;

/// The lesson that the link names.
#[component]
pub fn LessonPlayer() -> impl IntoView {
    let lab = lab();
    let record = Record::open(lab);
    // While another screen takes over, the lesson stays what it was.
    let id = Memo::new(move |before: Option<&String>| match (&lab.link.read().page, before) {
        (Page::Lesson(id, ..), _) => id.clone(),
        (_, before) => before.cloned().unwrap_or_default(),
    });
    let lesson = LocalResource::new(move || {
        let id = id.get();
        async move { fetched::one(&id).await }
    });
    let again = Callback::new(move |()| lesson.refetch());
    // Not a Suspense: that would keep the lab's views alive beyond the signals they read.
    move || match lesson.get() {
        None => {
            view! { <p class="lesson-loading" role="status">"Loading the lesson…"</p> }.into_any()
        }
        Some(Err(lines)) => {
            view! { <div class="lessons"><h1>"Lesson"</h1><Failed lines again/></div> }.into_any()
        }
        Some(Ok(lesson)) => {
            lab.lesson_scenario.set(lesson.about.scenario.clone());
            lab.lesson_title.set(lesson.about.title.clone());
            view! { <Player lesson record/> }.into_any()
        }
    }
}

/// A loaded lesson: its text at one side, the lab at the other.
#[component]
fn Player(lesson: Arc<Lesson>, record: Record) -> impl IntoView {
    let lab = lab();
    let last = lesson.pages.len() + 1;
    // From 1; the page behind the last is the end.
    let id = lesson.about.id.clone();
    let number = Memo::new(move |before: Option<&usize>| match &lab.link.read().page {
        Page::Lesson(open, page, _) if *open == id => (*page).min(last),
        _ => before.copied().unwrap_or(1),
    });
    follow(lab, lesson.clone(), record, number);

    let heading = NodeRef::<leptos::html::H2>::new();
    let go = {
        let lesson = lesson.clone();
        move |page: usize| {
            let view = match (lesson.pages.get(page - 1), &*lab.run.read_untracked()) {
                (Some(page), Ok(run)) => page
                    .lab
                    .as_ref()
                    .and_then(|directive| directive.view(run, &lesson.file).ok())
                    .unwrap_or_default(),
                _ => View::default(),
            };
            lab.go(Page::Lesson(lesson.about.id.clone(), page, seed(lab)), view);
            if let Some(heading) = heading.get_untracked() {
                let _ = heading.focus();
                heading.scroll_into_view();
            }
        }
    };
    let (back, next) = (go.clone(), go);
    let title = {
        let lesson = lesson.clone();
        move || match lesson.pages.get(number.get() - 1) {
            Some(page) => page.title.clone(),
            None => "The end".to_string(),
        }
    };
    let count = lesson.pages.len();
    let content = {
        let lesson = lesson.clone();
        move || {
            match lesson.pages.get(number.get() - 1) {
            Some(page) => {
                view! { <PageView lesson=lesson.clone() page=page.clone() first={number.get() == 1} record/> }.into_any()
            }
            None => view! { <Finish lesson=lesson.clone() record/> }.into_any(),
        }
        }
    };
    view! {
        <div class="lesson">
            <article class="lesson-text" aria-labelledby="lesson-title">
                <div class="lesson-scroll">
                <header class="lesson-head">
                    <h1 id="lesson-title">{lesson.about.title.clone()}</h1>
                    <Seed/>
                </header>
                <p class="lesson-place">
                    <progress max=last value=move || number.get() aria-label="Place in the lesson"></progress>
                    <span class="dim">
                        {move || if number.get() == last { "Finished".to_string() } else { format!("Page {} of {count}", number.get()) }}
                    </span>
                </p>
                <h2 class="page-title" tabindex="-1" node_ref=heading>{title}</h2>
                {content}
                </div>
                <nav class="lesson-nav" aria-label="Pages of the lesson">
                    <button class="btn" disabled=move || number.get() == 1 on:click=move |_| back(number.get_untracked() - 1)>
                        "← Back"
                    </button>
                    <button
                        class="btn primary"
                        hidden=move || number.get() == last
                        on:click=move |_| next(number.get_untracked() + 1)
                    >
                        {move || if number.get() == count { "Finish" } else { "Next →" }}
                    </button>
                </nav>
            </article>
            <section class="lesson-lab" aria-label="The lab">
                <LabStage/>
            </section>
        </div>
    }
}

/// Lets the lab follow the page: what a page wants shown is shown when the page is opened by its
/// address alone, and anew when another seed is run.
fn follow(lab: Lab, lesson: Arc<Lesson>, record: Record, number: Memo<usize>) {
    Effect::new(move |before: Option<(usize, u64)>| {
        let page = number.get();
        let Some(page_data) = lesson.pages.get(page - 1) else { return (page, 0) };
        record.change(|progress| progress.visit(&lesson.about.id, &page_data.id));
        let run = lab.run.get();
        let Ok(run) = run else { return (page, 0) };
        let seed = run.scenario().seed;
        let untouched = lab.link.with_untracked(|link| link.view == View::default());
        let reseeded = before.is_some_and(|before| before.0 == page && before.1 != seed);
        if let (Some(directive), true) = (&page_data.lab, untouched || reseeded) {
            match directive.view(&run, &lesson.file) {
                Ok(view) => lab.look(|shown| *shown = view),
                Err(error) => lab.notice.set(Some(error.to_string())),
            }
        }
        (page, seed)
    });
}

/// The seed that the link asks for.
fn seed(lab: Lab) -> Option<u64> {
    match lab.link.read_untracked().page {
        Page::Lesson(_, _, seed) => seed,
        _ => None,
    }
}

/// The seed of the run, and the way to another.
#[component]
fn Seed() -> impl IntoView {
    let lab = lab();
    let seed = move || lab.run.read().as_ref().ok().map(|run| run.scenario().seed);
    let another = move |_| {
        let seed = untrack(seed).map(|seed| seed.wrapping_add(1));
        let page = lab.link.with_untracked(|link| link.page.clone());
        if let Page::Lesson(id, number, _) = page {
            lab.go(Page::Lesson(id, number, seed), View::default());
        }
    };
    view! {
        <p class="lesson-seed">
            <span class="dim" role="status">{move || seed().map(|seed| format!("seed {seed}"))}</span>
            <button class="btn" on:click=another>"New seed"</button>
        </p>
    }
}

/// The text and the questions of a page, about the present run. Another run asks them anew.
#[component]
fn PageView(lesson: Arc<Lesson>, page: LessonPage, first: bool, record: Record) -> impl IntoView {
    let lab = lab();
    move || {
        let run = match lab.run.get() {
            Ok(run) => run,
            Err(none) => return none.view(),
        };
        let told = |text: Result<Html, LessonError>| match text {
            Ok(html) => view! { <Prose html/> }.into_any(),
            Err(error) => {
                view! { <p class="lesson-failed" role="alert">{error.to_string()}</p> }.into_any()
            }
        };
        let intro = first.then(|| told(lesson.intro.fill(&run, &lesson.file)));
        let blocks = page
            .blocks
            .iter()
            .map(|block| match block {
                Block::Text(text) => told(text.fill(&run, &lesson.file)),
                Block::Question(question) => {
                    let lesson = lesson.about.id.clone();
                    view! { <QuestionView lesson question=question.as_ref().clone() run=run.clone() record/> }.into_any()
                }
            })
            .collect_view();
        view! { <div class="lesson-page">{intro}{blocks}</div> }.into_any()
    }
}
