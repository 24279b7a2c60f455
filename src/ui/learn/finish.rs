//! The page behind the last one of a lesson.

use super::ask_first::AskFirst;
use super::desk::Desk;
use super::fetched::next_after;
use super::practise::lesson_href;
use crate::lesson::{LessonResult, QuestionProgress};
use crate::route::{Page, Place};
use crate::ui::dom;
use crate::ui::parts::CopyButton;
use leptos::prelude::*;

/// Score, what is still open, what it rests on, and the way to begin again.
#[component]
pub fn Finish(desk: Desk) -> impl IntoView {
    let lesson = desk.lesson();
    let sources = lesson.about.sources.clone();
    let next = {
        let id = lesson.about.id.clone();
        LocalResource::new(move || {
            let id = id.clone();
            async move { next_after(&id).await }
        })
    };
    let open = move || {
        let lesson = desk.lesson();
        let pages = lesson.pages.iter().zip(1..);
        let pages = pages.filter(|(page, _)| page.questions().any(|one| !desk.kept(&one.id).right));
        pages
            .map(|(page, number)| view! { <li><a href=desk.href(number)>{page.title.clone()}</a></li> })
            .collect_view()
    };
    let is_open = Memo::new(move |_| {
        let (right, all, _) = score(desk);
        right < all
    });
    view! {
        <p class="score" role="status">{move || sentence(desk)}</p>
        {move || next.get().flatten().map(|card| {
            let href = Page::Lesson(card.about.id, 1, None).href();
            view! {
                <p class="buttons"><a class="btn primary" href=href>"Next lesson: "{card.about.title}" →"</a></p>
            }
        })}
        <Show when=move || is_open.get()>
            <p>"Still open:"</p>
            <ul class="open-pages">{open}</ul>
        </Show>
        <Result desk/>
        <Sheets desk/>
        {(!sources.is_empty()).then(|| {
            view! {
                <h3>"Sources"</h3>
                <ul class="sources">{sources.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            }
        })}
        <p class="after">"Take another seed and the questions ask about another run. Or go on and break something: who notices, and how?"</p>
        <p class="buttons">
            <a class="btn" href=Place::Fix.root().href()>{Place::Fix.label()}</a>
            <a class="btn" href=Place::Learn.root().href()>"All lessons"</a>
            <button class="btn" on:click=move |_| desk.worksheet.set(true)>"Worksheet, to print"</button>
        </p>
        <Reset desk/>
    }
}

/// How many questions are right, how many there are, and how many were right at the first try; tracked.
fn score(desk: Desk) -> (usize, usize, usize) {
    let lesson = desk.lesson();
    let all: Vec<QuestionProgress> =
        lesson.questions().map(|question| desk.kept(&question.id)).collect();
    let right = all.iter().filter(|kept| kept.right);
    let first = right.clone().filter(|kept| kept.attempts == 1);
    (right.count(), all.len(), first.count())
}

/// The score in a sentence, tracked.
fn sentence(desk: Desk) -> String {
    match score(desk) {
        (_, 0, _) => "You have read it to the end.".into(),
        (right, all, first) if right == all => {
            format!("All {all} questions right, {first} of them at the first try.")
        }
        (right, all, first) => {
            format!("{right} of {all} questions right, {first} of them at the first try.")
        }
    }
}

/// The result page by page, to be kept or handed in.
#[component]
fn Result(desk: Desk) -> impl IntoView {
    let rows = move || {
        let lesson = desk.lesson();
        let pages = lesson.pages.iter().filter(|page| page.questions().next().is_some());
        let rows = pages.map(|page| {
            let kept: Vec<_> = page.questions().map(|one| desk.kept(&one.id)).collect();
            let right = kept.iter().filter(|kept| kept.right).count();
            let tries: u32 = kept.iter().map(|kept| kept.attempts).sum();
            (page.title.clone(), format!("{right} of {}", kept.len()), tries)
        });
        rows.collect::<Vec<_>>()
    };
    let table = move || {
        let row = |(title, right, tries): (String, String, u32)| {
            view! { <tr><th scope="row">{title}</th><td>{right}</td><td>{tries}</td></tr> }
        };
        rows().into_iter().map(row).collect_view()
    };
    let head = move || {
        let seed = desk.seed().map_or(String::new(), |seed| format!(", seed {seed}"));
        format!("{}{seed}, {}", desk.lesson().about.title, dom::today())
    };
    let text = Signal::derive(move || {
        let lines = rows()
            .into_iter()
            .map(|(title, right, tries)| format!("{right} right, {tries} answers: {title}\n"));
        format!("{}\n{}\n\n{}", head(), sentence(desk), lines.collect::<String>())
    });
    let has_rows = desk.lesson().questions().next().is_some();
    has_rows.then(|| {
        view! {
            <table class="result">
                <caption>{head}</caption>
                <thead><tr><th scope="col">"Page"</th><th scope="col">"Right"</th><th scope="col">"Answers"</th></tr></thead>
                <tbody>{table}</tbody>
            </table>
            <p class="buttons">
                <CopyButton text what="the result" named=true/>
                <button class="btn" on:click=|_| dom::print()>"Print"</button>
            </p>
        }
    })
}

/// The ways to what was answered, as sheets to hand in: one for each seed, if there is an answer.
#[component]
fn Sheets(desk: Desk) -> impl IntoView {
    move || {
        let lesson = desk.lesson();
        let kept = desk.record.with(|all| all.lesson(&lesson.about.id));
        let link = |seed: u64| {
            let (answered, all) = LessonResult::answered(&lesson, seed, &kept);
            let words = format!("Sheet with seed {seed}: {answered} of {all} answered");
            let href = lesson_href(LessonResult::of(&lesson, seed, &kept, dom::day()));
            (answered > 0).then(|| view! { <li><a href=href>{words}</a></li> })
        };
        let links: Vec<_> = kept.seeds().into_iter().filter_map(|(seed, _)| link(seed)).collect();
        (!links.is_empty()).then(|| {
            view! {
                <h3>"To hand in"</h3>
                <p>"A sheet has your first answer to each question, the right answers, the date, and room for your name. Its link opens it for anybody, and grades the answers again."</p>
                <ul class="open-pages">{links}</ul>
            }
        })
    }
}

/// Forgets the progress in a lesson, after asking.
#[component]
fn Reset(desk: Desk) -> impl IntoView {
    let done = RwSignal::new(false);
    let forget = Callback::new(move |()| {
        let id = desk.lesson().about.id.clone();
        desk.record.change(|progress| progress.reset(&id));
        done.set(true);
    });
    view! {
        <div class="reset">
            <AskFirst
                label="Reset my progress"
                about="Progress in this lesson"
                question="Forget the pages and answers of this lesson?"
                forget
            />
            <p role="status">{move || done.get().then_some("Your progress in this lesson is forgotten.")}</p>
        </div>
    }
}
