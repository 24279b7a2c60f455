//! Practise: sets of questions out of all lessons, and exams.
//!
//! | file | what is in it |
//! |---|---|
//! | `choose` | the choice of a set, and how far one is |
//! | `exam_start` | what an exam is, before its clock runs |
//! | `desk` | a set that is open: which question, its run, what was answered |
//! | `open_set` | what is kept of it for the visit |
//! | `set` | the question beside its run, and the foot that answers |
//! | `regraded` | answers, graded once more from new runs |
//! | `sheet` | the result of a set |
//! | `exam_sheet` | the sheet of an exam or a lesson, from the answers in its address |
//! | `timer` | the time that is left of a set with a clock |

mod choose;
mod desk;
mod exam_sheet;
mod exam_start;
mod open_set;
mod regraded;
mod set;
mod sheet;
mod timer;

pub use sheet::name as set_name;

use super::fetched::{self, Failed, Failure};
use super::minutes::now;
use super::records::Records;
use crate::lesson::{
    Attempt, Card, Exam, Item, LessonResult, Pool, PracticePage, QuestionSet, ToPractise,
};
use crate::route::{Page, Study};
use crate::ui::{dom, lab};
use exam_sheet::HandedIn;
use leptos::prelude::*;
use std::sync::Arc;

/// Of every lesson, which questions it has.
type Cards = Arc<[Card]>;

/// What there is to choose from: the lessons, and what they are practised by.
#[derive(Clone)]
struct Stock {
    cards: Cards,
    by: Arc<ToPractise>,
}

impl Stock {
    async fn load() -> Result<Stock, Failure> {
        // On its way before the other is waited for.
        let by = fetched::to_practise();
        let all = fetched::cards().await?.into_iter().flat_map(|unit| unit.lessons);
        // Without one of them the same address would ask other questions than it asks others.
        Ok(Stock { cards: all.collect::<Result<_, _>>()?, by: Arc::new(by.await) })
    }
}

/// What of the practice the link names.
#[component]
pub fn Practise() -> impl IntoView {
    let lab = lab();
    let records = Records::open(lab);
    let loaded = LocalResource::new(Stock::load);
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
        Some(Ok(stock)) => {
            records.follow(&stock.cards);
            (move || page(&address.read(), &stock, records)).into_any()
        }
    }
}

fn failed(lines: Failure, again: Callback<()>) -> AnyView {
    view! { <div class="lessons"><h1>"Practise"</h1><Failed lines again/></div> }.into_any()
}

fn page(address: &str, stock: &Stock, records: Records) -> AnyView {
    match PracticePage::parse(address) {
        Ok(PracticePage::Choose) => {
            view! { <choose::Choose stock=stock.clone() records/> }.into_any()
        }
        Ok(PracticePage::Set(set)) => {
            let Stock { cards, by } = stock;
            let drawn = records.practice.with_untracked(|practice| {
                let today = dom::day();
                let draw = |progress: &_| set.draw(cards, &by.sets, practice, progress, today);
                records.progress.with_untracked(draw)
            });
            let title = set_name(&set, cards, by);
            let left = open_set::left_of(&set);
            let left = left.filter(|left| left.is_current(&set, &drawn, cards));
            match (&set.exam, left) {
                (_, Some(attempt)) => {
                    view! { <set::SetView set title attempt records/> }.into_any()
                }
                _ if drawn.is_empty() => missing(none_of(&set, stock)),
                (Some(Exam { handed: Some(handed) }), _) => {
                    let handed = handed.clone();
                    let of = HandedIn::exam(set, title, drawn, handed);
                    view! { <exam_sheet::ExamSheet of/> }.into_any()
                }
                (Some(_), None) => {
                    let from = sheet::source(&set, cards, by);
                    view! { <exam_start::ExamStart set title from items=drawn records/> }.into_any()
                }
                (None, None) => {
                    let attempt = Attempt::begin(drawn, now());
                    view! { <set::SetView set title attempt records/> }.into_any()
                }
            }
        }
        Ok(PracticePage::Lesson(result)) => lesson_sheet(result, &stock.cards),
        Err(why) => missing(why),
    }
}

/// The sheet of a lesson.
fn lesson_sheet(result: LessonResult, cards: &[Card]) -> AnyView {
    let Some(card) = cards.iter().find(|card| card.about.id == result.lesson) else {
        return missing(no_such("lesson", &result.lesson));
    };
    let item = |(lesson, question): (&str, &str)| Item {
        lesson: lesson.to_owned(),
        question: question.to_owned(),
    };
    let of = HandedIn::lesson(result, &card.about.title, card.question_ids().map(item).collect());
    view! { <exam_sheet::ExamSheet of/> }.into_any()
}

fn no_such(what: &str, id: &str) -> String {
    format!("There are no such questions: no {what} has the name “{id}”.")
}

/// Why a set has no question.
fn none_of(set: &QuestionSet, stock: &Stock) -> String {
    let Stock { cards, by } = stock;
    let (what, id, is_there) = match &set.pool {
        Pool::All | Pool::Weakest | Pool::Due => ("", "", true),
        Pool::Lesson(id) => ("lesson", id.as_str(), cards.iter().any(|card| card.about.id == *id)),
        Pool::Skill(id) => ("skill", id.as_str(), by.skills.iter().any(|skill| skill.id == *id)),
        Pool::Set(id) => ("set", id.as_str(), by.sets.iter().any(|set| set.id == *id)),
    };
    if !is_there {
        return no_such(what, id);
    }
    match &set.difficulty {
        _ if set.pool == Pool::Due => "Nothing is to be reviewed today.".into(),
        Some(_) => "There are no questions in it that are as hard as that.".into(),
        _ if set.exam.is_some() => {
            "There is nothing to examine: all its questions are answered aloud.".into()
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

/// The address of the result of a lesson.
pub fn lesson_href(result: LessonResult) -> String {
    href(&PracticePage::Lesson(result))
}

/// The address of a set.
pub fn set_href(set: QuestionSet) -> String {
    href(&PracticePage::Set(set))
}
