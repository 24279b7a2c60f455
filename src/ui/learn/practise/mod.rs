//! Practise: sets of questions out of all lessons, and exams.
//!
//! | file | what is in it |
//! |---|---|
//! | `choose` | the choice of a set, and how far one is |
//! | `desk` | a set that is open: which question, its run, what was answered |
//! | `open_exam` | an exam that is being taken, kept for the visit |
//! | `set` | the question beside its run, and the foot that answers |
//! | `sheet` | the result of a set |
//! | `exam_sheet` | an exam's sheet, graded again from its address |
//! | `timer` | the time that is left of an exam |

mod choose;
mod desk;
mod exam_sheet;
mod open_exam;
mod set;
mod sheet;
mod timer;

use super::fetched::{Failed, Failure, cards};
use crate::lesson::{Card, Exam, Pool, Practice, PracticePage, Progress, QuestionSet};
use crate::route::{Page, Study};
use crate::ui::lab;
use crate::ui::record::Record;
use leptos::prelude::*;
use std::sync::Arc;

/// Of every lesson, which questions it has.
type Cards = Arc<[Card]>;

/// What is kept: what was practised, and what was answered in the lessons.
#[derive(Clone, Copy)]
struct Records {
    practice: Record<Practice>,
    progress: Record<Progress>,
}

/// What of the practice the link names.
#[component]
pub fn Practise() -> impl IntoView {
    let lab = lab();
    let records = Records { practice: Record::open(lab), progress: Record::open(lab) };
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
                Ok(cards) => (move || page(&address.read(), &cards, records)).into_any(),
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
            let items = records.practice.with_untracked(|practice| {
                records.progress.with_untracked(|progress| set.draw(cards, practice, progress))
            });
            match &set.exam {
                _ if items.is_empty() => missing(none_of(&set, cards)),
                Some(Exam { handed: Some(handed), .. }) => {
                    let handed = handed.clone();
                    view! { <exam_sheet::ExamSheet set items handed/> }.into_any()
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
fn set_href(set: QuestionSet) -> String {
    href(&PracticePage::Set(set))
}
