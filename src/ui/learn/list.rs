//! The list of lessons.

use super::fetched::{self, Failed};
use super::record::Record;
use crate::lesson::Card;
use crate::route::{Page, Route, View};
use crate::ui::lab;
use leptos::prelude::*;

/// The lessons, with how far one is in each.
#[component]
pub fn Lessons() -> impl IntoView {
    let record = Record::open(lab());
    let lessons = LocalResource::new(fetched::cards);
    let again = Callback::new(move |()| lessons.refetch());
    view! {
        <div class="lessons">
            <h1>"Lessons"</h1>
            <p class="lead">
                "Each lesson walks through a real run in the lab and asks about it. The right answers are read from the run, so another seed asks anew."
            </p>
            {move || match lessons.get() {
                None => view! { <p role="status">"Loading the lessons…"</p> }.into_any(),
                Some(Err(lines)) => view! { <Failed lines again/> }.into_any(),
                Some(Ok(lessons)) => {
                    let cards = lessons
                        .into_iter()
                        .map(|lesson| match lesson {
                            Ok(card) => view! { <CardView card record/> }.into_any(),
                            Err(lines) => view! { <li><Failed lines again/></li> }.into_any(),
                        })
                        .collect_view();
                    view! { <ol class="lesson-cards">{cards}</ol> }.into_any()
                }
            }}
        </div>
    }
}

/// One lesson of the list.
#[component]
fn CardView(card: Card, record: Record) -> impl IntoView {
    let Card { about, pages, questions, .. } = card;
    let (id, count) = (about.id.clone(), pages.len());
    let progress = {
        let id = id.clone();
        move || record.with(|progress| progress.lesson(&id))
    };
    let total = questions.len();
    let right = {
        let progress = progress.clone();
        move || progress().right(questions.iter().map(String::as_str))
    };
    // Where to go on: the first page that was not opened yet.
    let next = {
        let progress = progress.clone();
        move || {
            let seen = progress().pages;
            let unseen = pages.iter().position(|page| !seen.contains(page));
            (seen.is_empty(), unseen.map_or(pages.len() + 1, |at| at + 1))
        }
    };
    let link = move || {
        let page = Page::Lesson(id.clone(), next().1, None);
        Route { page, view: View::default() }.to_string()
    };
    let begun = move || !progress().pages.is_empty();
    let title = about.title;
    let label = format!("Questions answered correctly in {title}");
    view! {
        <li class="lesson-card">
            <h2><a href=link>{title}</a></h2>
            <p>{about.summary}</p>
            <p class="dim">
                {format!("{} · {} minutes · {} pages · {total} questions", about.level.name(), about.minutes, count)}
            </p>
            <details>
                <summary>"What you can do afterwards"</summary>
                <ul>{about.objectives.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            </details>
            <p class="lesson-progress">
                <progress max=total value=right.clone() aria-label=label></progress>
                <span>
                    {move || if begun() { format!("{} of {total} questions right", right()) } else { "Not begun yet".into() }}
                </span>
            </p>
        </li>
    }
}
