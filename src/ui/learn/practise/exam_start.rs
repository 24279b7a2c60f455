//! What an exam is, before its clock runs.

use super::set::SetView;
use super::{Records, href};
use crate::lesson::{Attempt, Item, PracticePage, QuestionSet};
use crate::ui::learn::minutes::{minutes_in_words, now};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// The rules, and the button that starts the clock.
#[component]
pub fn ExamStart(
    set: QuestionSet,
    title: String,
    /// What its questions are drawn from.
    from: String,
    items: Vec<Item>,
    records: Records,
) -> impl IntoView {
    let attempt = RwSignal::new(None::<Attempt>);
    let rules = rules(&set, &from, items.len());
    let start = move |_: MouseEvent| attempt.set(Some(Attempt::begin(items.clone(), now())));
    move || match attempt.get() {
        Some(attempt) => {
            view! { <SetView set=set.clone() title=title.clone() attempt records/> }.into_any()
        }
        None => {
            let rule =
                |(what, text): (&'static str, String)| view! { <dt>{what}</dt><dd>{text}</dd> };
            let rules = rules.clone().map(rule).collect_view();
            view! {
                <div class="lessons">
                    <h1>{title.clone()}</h1>
                    <dl class="sheet-about">{rules}</dl>
                    <p class="buttons">
                        <button class="btn primary" on:click=start.clone()>"Start the exam"</button>
                        <a class="btn" href=href(&PracticePage::Choose)>"Choose questions"</a>
                    </p>
                </div>
            }
            .into_any()
        }
    }
}

fn rules(set: &QuestionSet, from: &str, count: usize) -> [(&'static str, String); 6] {
    let questions = match count {
        1 => "1".to_owned(),
        count => {
            format!("{count}, one after the other. You cannot go back to one that you answered.")
        }
    };
    let time = set.minutes.map_or_else(String::new, minutes_in_words);
    [
        ("Questions", questions),
        ("From", format!("{from}. Whoever opens this address gets the same questions.")),
        ("Time limit", format!("{time}, from when you press the button.")),
        (
            "What counts",
            "Each question counts the same and is right or wrong as a whole. Nothing is taken off for a wrong answer. “I do not know” and what you do not reach count as not right. There are no hints.".to_owned(),
        ),
        (
            "At the end",
            "After the last answer, or when the time is up, you see your score, and for each question your answer, the right one and why. The address of that page holds your answers: send it to show your result. Missed questions come again in your review.".to_owned(),
        ),
        (
            "Leaving",
            "You can leave and come back, or load the page again, as long as this tab stays open. Your answers are kept. The clock goes on, and if it runs out meanwhile, the exam is over when you come back.".to_owned(),
        ),
    ]
}
