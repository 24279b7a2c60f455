//! My progress: how far one is with lessons and questions, and what is kept of it on this device.
//!
//! | file | what is in it |
//! |---|---|
//! | `sums` | the figures at the top |
//! | `course` | the lessons, by units |
//! | `questions` | the questions by skill, and the boxes of spaced review |
//! | `tried` | exams, interviews, mysteries |
//! | `keep` | saving it as a file, opening one, forgetting it |
//! | `bar` | a bar: a picture of numbers that stand beside it |

mod bar;
mod course;
mod keep;
mod questions;
mod sums;
mod tried;

use super::fetched::{self, Cards, Failed, Failure};
use super::records::Records;
use super::review::ReviewToday;
use crate::diagnose::Solved;
use crate::kept::Kept;
use crate::lesson::{Card, PromptCard, Rounds, Standing, State, ToPractise};
use crate::route::{Page, Study};
use crate::ui::breakit::seen;
use crate::ui::lab;
use crate::ui::record::Record;
use crate::ui::state::Lab;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// All that is kept of learning.
#[derive(Clone, Copy)]
struct All {
    records: Records,
    solved: Record<Solved>,
    rounds: Record<Rounds>,
    /// The ids of the faults that were opened.
    seen: RwSignal<BTreeSet<String>>,
}

impl All {
    fn open(lab: Lab) -> All {
        All {
            records: Records::open(lab),
            solved: Record::open(lab),
            rounds: Record::open(lab),
            seen: RwSignal::new(seen::all()),
        }
    }

    /// Whether there is nothing, tracked.
    fn is_empty(self) -> bool {
        fn none<T: Kept>(kept: &T) -> bool {
            kept.tally().iter().all(|tally| tally.count == 0)
        }
        self.records.progress.with(none)
            && self.records.practice.with(none)
            && self.solved.with(none)
            && self.rounds.with(none)
            && self.seen.read().is_empty()
    }

    /// How one stands with the questions that are chosen, tracked.
    fn standing<'a>(self, questions: impl Iterator<Item = (&'a str, &'a str)>) -> Standing {
        let Records { practice, progress } = self.records;
        practice.with(|practice| {
            progress.with(|progress| {
                let state = |(lesson, question)| State::of(practice, progress, lesson, question);
                questions.map(state).collect()
            })
        })
    }
}

/// What there is to learn.
#[derive(Clone)]
struct Course {
    units: Vec<Cards>,
    /// Those of the units that could be loaded.
    cards: Arc<[Card]>,
    /// Skills and sets: none where they could not be loaded, or there are none.
    by: Arc<ToPractise>,
    /// The same.
    prompts: Vec<PromptCard>,
}

impl Course {
    async fn load() -> Result<Course, Failure> {
        let units = fetched::cards().await?;
        let all = units.iter().flat_map(|unit| &unit.lessons);
        let cards = all.filter_map(|one| one.as_ref().ok()).cloned().collect();
        let by = Arc::new(fetched::to_practise().await);
        let prompts = fetched::prompts().await.unwrap_or_default();
        Ok(Course { units, cards, by, prompts })
    }
}

/// The screen.
#[component]
pub fn MyProgress() -> impl IntoView {
    let all = All::open(lab());
    let loaded = LocalResource::new(Course::load);
    let again = Callback::new(move |()| loaded.refetch());
    let body = move || match loaded.get() {
        None => view! { <p role="status">"Loading the list of lessons…"</p> }.into_any(),
        Some(Err(lines)) => view! { <Failed lines again/> }.into_any(),
        Some(Ok(course)) => {
            all.records.follow(&course.cards);
            let is_empty = Memo::new(move |_| all.is_empty());
            (move || {
                if is_empty.get() {
                    view! { <Nothing course=course.clone()/> }.into_any()
                } else {
                    view! { <Everything all course=course.clone()/> }.into_any()
                }
            })
            .into_any()
        }
    };
    view! {
        <div class="lessons progress-page">
            <h1>{Study::Progress.label()}</h1>
            {body}
            <keep::Keep all/>
        </div>
    }
}

/// Where there is nothing yet: what will be here, and where to begin.
#[component]
fn Nothing(course: Course) -> impl IntoView {
    let first = course.cards.first().map(|card| {
        let href = Page::Lesson(card.about.id.clone(), 1, None).href();
        view! { <a class="btn primary" href=href>"Start: " {card.about.title.clone()} " →"</a> }
    });
    let practise = Page::Study(Study::Practise, String::new()).href();
    let mystery = Page::Diagnose(String::new()).href();
    view! {
        <p class="lead">
            "There is nothing here yet. Read a page, answer a question or solve a mystery: this page then shows what you know, what to review, and what is next."
        </p>
        <p class="buttons">
            {first}
            <a class="btn" href=practise>"Practise questions"</a>
            <a class="btn" href=mystery>"Solve a mystery"</a>
        </p>
    }
}

/// All of it.
#[component]
fn Everything(all: All, course: Course) -> impl IntoView {
    let Course { units, cards, by, prompts } = course;
    view! {
        <sums::Sums all cards=cards.clone()/>
        <ReviewToday cards=cards.clone() practice=all.records.practice/>
        <course::Units all units/>
        <questions::Skills all cards=cards.clone() skills=by.skills.clone()/>
        <questions::Boxes all cards=cards.clone()/>
        <tried::Exams all cards by/>
        <tried::Interviews all prompts/>
        <tried::Mysteries all/>
    }
}
