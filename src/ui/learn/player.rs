//! One lesson: a bar above, text with its scene, and a footer that answers.

use super::contents::Contents;
use super::desk::Desk;
use super::fetched::{self, Failed};
use super::finish::Finish;
use super::footer::Footer;
use super::notes::Notes;
use super::prose::Beside;
use super::question::QuestionView;
use super::records::Records;
use super::scene::SceneView;
use super::worksheet::Worksheet;
use crate::lesson::{Answer, Asked, Block, Html, Lesson, LessonError, LessonPage, selected};
use crate::route::{Page, Route, View};
use crate::run::Run;
use crate::ui::parts::{all_built, focused, follow_to};
use crate::ui::shell::address;
use crate::ui::{lab, left};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use web_sys::Element;

/// The lesson that the link names.
#[component]
pub fn LessonPlayer() -> impl IntoView {
    let lab = lab();
    let records = Records::open(lab);
    // While another screen takes over, the lesson stays what it was.
    let id = Memo::new(move |before: Option<&String>| match (&lab.link.read().page, before) {
        (Page::Lesson(id, ..), _) => id.clone(),
        (_, before) => before.cloned().unwrap_or_default(),
    });
    let lesson = LocalResource::new(move || {
        let (id, from) = (id.get(), focused());
        async move {
            let lesson = fetched::one(&id).await?;
            lab.run_ahead(&lesson.scenarios()).await;
            Ok((lesson, from))
        }
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
        Some(Ok((lesson, from))) => {
            view! { <Player desk={Desk::open(lab, records, lesson)} from/> }.into_any()
        }
    }
}

/// A loaded lesson.
#[component]
fn Player(
    desk: Desk,
    /// What had the focus when the lesson was asked for.
    from: Option<Element>,
) -> impl IntoView {
    let lesson = desk.lesson();
    let last = lesson.pages.len() + 1;
    let heading = NodeRef::<leptos::html::H2>::new();
    let body = NodeRef::<leptos::html::Div>::new();
    // Whether the lab has the whole window, without the text.
    let whole = RwSignal::new(false);
    follow(desk);
    Effect::new(move |_| {
        desk.number.track();
        desk.told.set(None);
        desk.want_none();
        whole.set(false);
        desk.worksheet.set(false);
    });
    // A page that is opened is read from its top; one that somebody comes back to, from where they left it.
    let place = move || format!("scroll of {}", desk.href(desk.number.get_untracked()));
    let left_at = StoredValue::new(left::at::<i32>(&place()));
    let scrolled = move |_| {
        if let Some(body) = body.get_untracked() {
            left::keep(&place(), body.scroll_top());
        }
    };
    let mut from = Some(from);
    Effect::new(move |_| {
        desk.number.track();
        if let (Some(heading), Some(body)) = (heading.get(), body.get()) {
            let left_at = left_at.try_update_value(Option::take).flatten();
            body.set_scroll_top(0);
            // A page of a lesson that is there is asked for at this moment.
            follow_to(from.take().unwrap_or_else(focused).as_ref(), &heading);
            if let Some(top) = left_at.filter(|top| *top > 0) {
                spawn_local(async move {
                    all_built().await;
                    body.set_scroll_top(top);
                });
            }
        }
    });
    let title = move || desk.page().map_or("The end".to_string(), |page| page.title);
    let inside = {
        let lesson = lesson.clone();
        move || match desk.page() {
            None => view! { <div class="lesson-end"><Finish desk/></div> }.into_any(),
            Some(page) => {
                let first = desk.number.get_untracked() == 1;
                let scene = page.clone();
                let (above, below) = parts(&page);
                let intro = first.then(|| lesson.intro.clone()).map(Block::Text);
                let above: Vec<Block> = intro.into_iter().chain(above).collect();
                view! {
                    <div class="lesson-page lesson-above">{about_run(desk, above)}</div>
                    <SceneView sight=desk.sight() page=scene whole/>
                    <div class="lesson-page lesson-below">
                        {about_run(desk, below)} <Notes desk page/>
                    </div>
                }
                .into_any()
            }
        }
    };
    let page = move || {
        view! {
            <article class="lesson-text" aria-labelledby="lesson-title">
                <h2 class="page-title" tabindex="-1" node_ref=heading>{title}</h2>
                {inside.clone()}
            </article>
        }
    };
    let shown = move || {
        if desk.worksheet.get() {
            view! { <Worksheet desk/> }.into_any()
        } else {
            page().into_any()
        }
    };
    view! {
        <div class="lesson" class:whole=whole class:on-paper=desk.worksheet>
            <header class="lesson-head">
                <a class="btn quiet" href="#/learn" aria-label="All lessons">"←"</a>
                <h1 id="lesson-title">{lesson.about.title.clone()}</h1>
                <Contents desk/>
                <Seed desk/>
                <OpenInLab desk/>
                <progress max=last value=move || desk.number.get() aria-label="Place in the lesson"></progress>
            </header>
            <div class="lesson-body" node_ref=body on:scroll=scrolled>{shown}</div>
            <Footer desk/>
            <p class="print-foot">{move || print_foot(desk)}</p>
        </div>
    }
}

/// What stands at the foot of every printed page, tracked.
fn print_foot(desk: Desk) -> String {
    let lesson = desk.lesson();
    let number = desk.number.get();
    let what = if desk.worksheet.get() { "worksheet".to_owned() } else { format!("page {number}") };
    let seed = desk.seed().map_or(String::new(), |seed| format!(" · seed {seed}"));
    format!("{} · {what}{seed} · {}", lesson.about.title, address(desk.lab))
}

/// The blocks up to the first question, and the rest: what is looked at stands between them.
pub(super) fn parts(page: &LessonPage) -> (Vec<Block>, Vec<Block>) {
    let is_question = |block: &Block| matches!(block, Block::Question(_));
    let at = page.blocks.iter().position(is_question).unwrap_or(page.blocks.len());
    let (above, below) = page.blocks.split_at(at);
    (above.to_vec(), below.to_vec())
}

/// Text and questions about the page's run. Another run asks them anew.
fn about_run(desk: Desk, blocks: Vec<Block>) -> impl IntoView {
    move || match desk.run.get() {
        Err(none) => none.view(),
        Ok(run) => {
            let lesson = desk.lesson();
            let blocks = blocks.iter().map(|block| one(desk, &lesson, block, &run));
            blocks.collect_view().into_any()
        }
    }
}

fn one(desk: Desk, lesson: &Lesson, block: &Block, run: &Arc<Run>) -> AnyView {
    let told = |text: Result<Html, LessonError>| match text {
        Ok(html) => {
            let run = run.clone();
            let asked = Callback::new(move |path| is_asked(desk, &run, path));
            view! { <Beside html asked/> }.into_any()
        }
        Err(error) => {
            view! { <p class="lesson-failed" role="alert">{error.to_string()}</p> }.into_any()
        }
    };
    match block {
        Block::Text(text) => told(text.fill(run, &lesson.file)),
        Block::Question(question) => {
            view! { <QuestionView desk question=question.as_ref().clone() run=run.clone()/> }
                .into_any()
        }
    }
}

/// Whether the field at this path, among those that are shown, answers a question of the page that is still
/// open; tracked.
fn is_asked(desk: Desk, run: &Run, path: Vec<usize>) -> bool {
    let view = View { selection: path, ..desk.lab.view() };
    let (Some((place, _)), Some(page)) = (selected(run, &view), desk.page()) else { return false };
    let mut open = page.questions().filter(|one| one.wants_bytes() && !desk.is_solved(&one.id));
    let right = |asked: Asked| asked.grade(run, &Answer::Bytes(place)).right;
    open.any(|one| one.ask(run).is_ok_and(right))
}

/// Lets the lab follow the page: what a page wants shown is shown when it is opened and nothing was chosen
/// there yet, and anew when another seed is run.
fn follow(desk: Desk) {
    Effect::new(move |before: Option<(usize, Option<u64>)>| {
        let lesson = desk.lesson();
        let number = desk.number.get();
        let Some(page) = lesson.pages.get(number - 1) else { return (number, None) };
        // Also where it was seen before: another tab may have forgotten that since.
        if before.is_none_or(|before| before.0 != number) {
            desk.record.change(|progress| progress.visit(&lesson.about.id, &page.id));
        }
        let Ok(run) = desk.run.get() else { return (number, None) };
        let seed = Some(run.scenario().seed);
        let reseeded = before.is_some_and(|before| before.0 == number && before.1 != seed);
        let goes = desk.is_here() && (reseeded || desk.is_untouched());
        if let (Some(directive), true) = (&page.lab, goes) {
            match directive.view(&run, &lesson.file) {
                Ok(view) => desk.lab.look(|shown| *shown = view),
                Err(error) => desk.lab.notice.set(Some(error.to_string())),
            }
        }
        (number, seed)
    });
}

/// The seed of the run, and the way to another.
#[component]
fn Seed(desk: Desk) -> impl IntoView {
    view! {
        <p class="lesson-seed">
            <span class="dim" role="status">{move || desk.seed().map(|seed| format!("seed {seed}"))}</span>
            <button class="btn" title="Ask everything again, with other numbers" on:click=move |_| desk.ask_all_again()>
                "New seed"
            </button>
        </p>
    }
}

/// The way to the lab, at the step and the run that are shown.
#[component]
pub(super) fn OpenInLab(desk: Desk) -> impl IntoView {
    let href = move || {
        let text = desk.run.get().map_or(String::new(), |run| run.scenario().text());
        Route { page: Page::Lab(text), view: desk.lab.view() }.to_string()
    };
    view! { <a class="btn lesson-open" href=href>"Open in the lab"</a> }
}
