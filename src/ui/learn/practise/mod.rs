//! Practise: sets of questions out of all lessons, and exams.
//!
//! | file | what is in it |
//! |---|---|
//! | `choose` | the choice of a set, and how far one is |
//! | `desk` | a set that is open: which question, its run, what was answered |
//! | `set` | the question beside its run, and the foot that answers |
//! | `sheet` | the result, and an exam's sheet from its address |
//! | `timer` | the time that is left of an exam |

mod choose;
mod desk;
mod set;
mod sheet;
mod timer;

pub use sheet::name as set_name;

use super::fetched::{Failed, Failure, cards};
use super::records::Records;
use crate::lesson::{Card, Pool, PracticePage, QuestionSet};
use crate::route::{Page, Study};
use crate::ui::{dom, lab};
use leptos::prelude::*;
use std::sync::Arc;

/// Of every lesson, which questions it has.
type Cards = Arc<[Card]>;

/// What of the practice the link names.
#[component]
pub fn Practise() -> impl IntoView {
    let lab = lab();
    let records = Records::open(lab);
    let loaded = LocalResource::new(cards);
    let again = Callback::new(move |()| loaded.refetch());
    let address = Memo::new(move |before: Option<&String>| match &lab.link.read().page {
        Page::Study(Study::Practise, rest) => rest.clone(),
        // While another screen takes over, this one stays what it was.
        _ => before.cloned().unwrap_or_default(),
    });
    move || match loaded.get() {
        None => view! { <p class="lesson-loading" role="status">"Loading the questions…"</p> }
            .into_any(),
        Some(Err(lines)) => failed(lines, again),
        Some(Ok(units)) => {
            let all = units.into_iter().flat_map(|unit| unit.lessons);
            // Without one of them the same address would ask other questions than it asks others.
            match all.collect::<Result<Cards, _>>() {
                Ok(cards) => {
                    records.follow(&cards);
                    (move || page(&address.read(), &cards, records)).into_any()
                }
                Err(lines) => failed(lines, again),
            }
        }
    }
}

fn failed(lines: Failure, again: Callback<()>) -> AnyView {
    view! { <div class="lessons"><h1>"Practise"</h1><Failed lines again/></div> }.into_any()
}

fn page(address: &str, cards: &Cards, records: Records) -> AnyView {
    match PracticePage::parse(address) {
        Ok(PracticePage::Choose) => {
            view! { <choose::Choose cards=cards.clone() records/> }.into_any()
        }
        Ok(PracticePage::Set(set)) => {
            let drawn = || {
                records.practice.with_untracked(|practice| {
                    let draw = |progress: &_| set.draw(cards, practice, progress, dom::day());
                    records.progress.with_untracked(draw)
                })
            };
            // What was answered since would be drawn no more.
            let items = desk::left_items(&set).unwrap_or_else(drawn);
            match &set.exam {
                _ if items.is_empty() => missing(none_of(&set, cards)),
                Some(exam) if exam.marks.is_some() => {
                    view! { <sheet::ExamSheet set items/> }.into_any()
                }
                _ => view! { <set::SetView set items records/> }.into_any(),
            }
        }
        Err(why) => missing(why),
    }
}

/// Why a set has no question.
fn none_of(set: &QuestionSet, cards: &Cards) -> String {
    match &set.pool {
        Pool::Lesson(id) if !cards.iter().any(|card| card.about.id == *id) => {
            format!("There are no such questions: no lesson has the name “{id}”.")
        }
        _ if set.exam.is_some() => {
            "There is nothing to examine: all questions of this lesson are answered aloud.".into()
        }
        Pool::Due => "Nothing is to be reviewed today.".into(),
        _ => "There are no questions in it.".into(),
    }
}

/// Where the address leads nowhere: why, and the way on.
fn missing(why: String) -> AnyView {
    view! {
        <div class="lessons">
            <h1>"Practise"</h1>
            <p class="lesson-failed" role="alert">{why}</p>
            <p class="buttons"><a class="btn" href=href(&PracticePage::Choose)>"Choose questions"</a></p>
        </div>
    }
    .into_any()
}

/// The page of what is shown of the practice.
fn target(page: &PracticePage) -> Page {
    Page::Study(Study::Practise, page.to_string())
}

/// Its address.
fn href(page: &PracticePage) -> String {
    target(page).href()
}

/// The address of a set.
pub fn set_href(set: QuestionSet) -> String {
    href(&PracticePage::Set(set))
}
