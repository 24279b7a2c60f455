//! The second window: what there is to say of what the first one shows, what comes next, and a clock. Arrow keys move
//! the first one.

use super::clock::Clock;
use super::line::Line;
use super::on_key;
use crate::lesson::{Lesson, PageScenario};
use crate::route::{Page, Route};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::speaker::{self, Message, Saying};
use crate::ui::learn::{Prose, lesson};
use crate::ui::parts::rich;
use crate::ui::running::NoRun;
use crate::ui::{dom, lab};
use leptos::prelude::*;
use std::sync::Arc;

/// The keys that move the first window, those of a pointer for presentations among them.
const ON: [&str; 2] = ["ArrowRight", "PageDown"];
const BACK: [&str; 2] = ["ArrowLeft", "PageUp"];

/// The second window.
#[component]
pub fn Second() -> impl IntoView {
    let lab = lab();
    let shown = RwSignal::new(None::<Route>);
    let query = dom::query();
    let name = speaker::second_of(&query).unwrap_or_default();
    let line = Line::open(name, move |message| {
        if let Message::Here(fragment) = message {
            shown.set(Route::parse(&fragment).ok());
        }
    });
    let line = StoredValue::new_local(line);
    let say = move |message: Message| {
        line.with_value(|line| line.iter().for_each(|line| line.say(&message)));
    };
    say(Message::Ask);
    on_key(move |event| {
        let key = event.key();
        let message = if ON.contains(&&*key) {
            Message::On
        } else if BACK.contains(&&*key) {
            Message::Back
        } else {
            return false;
        };
        say(message);
        true
    });
    // After the page's own title, which follows its address.
    let _ = request_animation_frame(|| dom::document().set_title("Speaker notes · Handshake Lab"));

    let id = Memo::new(move |_| match &shown.read().as_ref()?.page {
        Page::Lesson(id, ..) => Some(id.clone()),
        _ => None,
    });
    let opened = LocalResource::new(move || {
        let id = id.get();
        async move {
            match id {
                Some(id) => lesson(&id).await.ok(),
                None => None,
            }
        }
    });
    let opened =
        move || opened.get().flatten().filter(|one| id.get().as_ref() == Some(&one.about.id));
    let text = Memo::new(move |_| text(&shown.get()?.page, opened().as_deref()));
    let run = lab
        .runner
        .follow(Memo::new(move |_| text.get().unwrap_or_else(|| Scenario::default().text())));
    let notes = move || {
        let Some(route) = shown.get() else { return waiting() };
        let run = || {
            let run = run.get()?;
            let wanted = Scenario::parse(&text.get().unwrap_or_default());
            // Until this one is made, it is that of the step before.
            if wanted.as_ref() == Ok(run.scenario()) { Ok(run) } else { Err(NoRun::Loading) }
        };
        match &route.page {
            Page::Lesson(_, number, _) => match opened() {
                None => loading(),
                Some(lesson) if *number > lesson.pages.len() => the_end(&lesson),
                Some(lesson) => {
                    run().map_or_else(NoRun::view, |run| of_page(&lesson, *number, &run))
                }
            },
            Page::Lab(_) | Page::Fault(..) => run().map_or_else(NoRun::view, |run| {
                let run =
                    route.view.connection.map_or(run.clone(), |chosen| Arc::new(run.at(chosen)));
                of_step(&Saying::of(&run, &route.view))
            }),
            _ => {
                view! { <p>"There are no notes about what the first window shows."</p> }.into_any()
            }
        }
    };
    view! {
        <div class="speaker">
            <header class="speaker-head">
                <h1>"Speaker notes"</h1>
                <Clock/>
            </header>
            <section class="speaker-notes" aria-live="polite">{notes}</section>
            <footer class="speaker-foot">
                <button class="btn" on:click=move |_| say(Message::Back)>"← Back"</button>
                <button class="btn primary" on:click=move |_| say(Message::On)>"Next →"</button>
                <span class="dim">"These, and the arrow keys, move the first window."</span>
            </footer>
        </div>
    }
}

/// The text form of what the page that is shown runs.
fn text(page: &Page, lesson: Option<&Lesson>) -> Option<String> {
    match page {
        Page::Lesson(_, number, seed) => PageScenario::of(&lesson?.scenarios(), *number, *seed),
        Page::Lab(_) | Page::Fault(..) => page.scenarios().into_iter().next(),
        _ => None,
    }
}

fn waiting() -> AnyView {
    view! {
        <p>"Waiting for the first window. If it was closed, open these notes from it again."</p>
    }
    .into_any()
}

fn loading() -> AnyView {
    view! { <p>"Loading…"</p> }.into_any()
}

/// The notes of a lesson's page.
fn of_page(lesson: &Lesson, number: usize, run: &Run) -> AnyView {
    let Some(page) = number.checked_sub(1).and_then(|at| lesson.pages.get(at)) else {
        return loading();
    };
    let notes = match page.notes.as_ref().map(|notes| notes.fill(run, &lesson.file)) {
        None => view! { <p class="dim">"This page has no notes."</p> }.into_any(),
        Some(Ok(html)) => view! { <Prose html/> }.into_any(),
        Some(Err(error)) => view! { <p class="lesson-failed">{error.to_string()}</p> }.into_any(),
    };
    let next = lesson.pages.get(number).map_or("The end", |next| &*next.title);
    view! {
        <p class="dim">{lesson.about.title.clone()} {format!(", page {number} of {}", lesson.pages.len())}</p>
        <h2>{page.title.clone()}</h2>
        {notes}
        {comes_next(next)}
    }
    .into_any()
}

fn the_end(lesson: &Lesson) -> AnyView {
    view! { <p class="dim">{lesson.about.title.clone()}</p> <h2>"The end"</h2> }.into_any()
}

/// All that is told of a step.
fn of_step(saying: &Saying) -> AnyView {
    let told = saying.told.iter().map(|text| view! { <p>{rich(text)}</p> }).collect_view();
    view! {
        <p class="dim">{saying.place.clone()}</p>
        <h2>{saying.title.clone()}</h2>
        <div class="story">{told}</div>
        {comes_next(saying.next.as_deref().unwrap_or("nothing: this is the last step"))}
    }
    .into_any()
}

fn comes_next(title: &str) -> AnyView {
    view! { <p class="speaker-next">"Next: " <b>{title.to_owned()}</b></p> }.into_any()
}
