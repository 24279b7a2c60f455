//! The sheet of an exam: graded again, here and now, from the answers in its address.

use super::desk::Row;
use super::regraded::Regraded;
use super::sheet::{Graded, text};
use super::{href, set_href};
use crate::lesson::{Exam, Handed, Item, PracticePage, QuestionSet};
use crate::time;
use crate::ui::learn::minutes::{left_of, minutes_seconds};
use crate::ui::parts::CopyButton;
use crate::ui::shell::address;
use crate::ui::{dom, lab};
use leptos::prelude::*;

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// The sheet of the exam `set`, which asks `items` today; `handed` is what its address has behind it.
#[component]
pub fn ExamSheet(
    set: QuestionSet,
    title: String,
    items: Vec<Item>,
    handed: String,
) -> impl IntoView {
    let read = Handed::read(&handed, &set.exam_address()).map_err(|why| why.to_string());
    let read = read.and_then(|handed| {
        let same = handed.drawn == Handed::of_drawn(&items) && handed.answers.len() == items.len();
        if same { Ok(handed) } else { Err(CHANGED.to_owned()) }
    });
    match read {
        Ok(handed) => {
            let Handed { day, seconds, answers, .. } = handed;
            let (seed, name) = (set.seed, title.clone());
            let gone = f64::from(seconds) * 1000.0;
            let is_up = set.minutes.is_some_and(|minutes| left_of(minutes, gone) <= 0);
            let shown = Callback::new(move |rows| {
                view! { <Paper title=name.clone() day seconds is_up seed rows/> }.into_any()
            });
            let answers = items.into_iter().zip(answers).collect();
            view! { <Regraded title seed answers shown/> }.into_any()
        }
        Err(why) => view! { <Unreadable set title why/> }.into_any(),
    }
}

/// What is said where the address asks other questions by now.
const CHANGED: &str = "The lessons have changed since this exam was taken. Its address now leads to other questions, so its answers cannot be graded here any more.";

/// Why there is no sheet, and the way to the exam.
#[component]
fn Unreadable(set: QuestionSet, title: String, why: String) -> impl IntoView {
    let exam = set.exam.is_some().then(Exam::default);
    let exam = set_href(QuestionSet { exam, ..set });
    view! {
        <div class="lessons">
            <h1>{title}</h1>
            <p role="alert" class="lesson-failed">{why}</p>
            <p class="buttons">
                <a class="btn" href=exam>"Take this exam"</a>
                <a class="btn" href=href(&PracticePage::Choose)>"Choose questions"</a>
            </p>
        </div>
    }
}

/// The sheet below its title, as it is handed in on paper.
#[component]
fn Paper(
    title: String,
    day: u32,
    seconds: u32,
    /// Whether the time was up before the last answer.
    is_up: bool,
    seed: u64,
    rows: Vec<Row>,
) -> impl IntoView {
    let lab = lab();
    let link = Memo::new(move |_| address(lab));
    let date = time::text(i64::from(day) * DAY);
    let date = date.split(' ').next().unwrap_or_default().to_owned();
    let result = {
        let text = text(&title, &rows);
        Signal::derive(move || format!("{text}\n{}\n", link.get()))
    };
    view! {
        <dl class="sheet-about">
            <dt><label for="sheet-name">"Name"</label></dt>
            <dd><input id="sheet-name" type="text" autocomplete="name" spellcheck="false"/></dd>
            <dt>"Date"</dt>
            <dd>{date}</dd>
            <dt>"Time taken"</dt>
            <dd>{minutes_seconds(seconds.into())}</dd>
            <dt>"Seed"</dt>
            <dd>{seed}</dd>
            <dt>"Link"</dt>
            <dd class="sheet-link" translate="no">{link}</dd>
        </dl>
        <p class="dim">
            "The link holds the answers, and each time it is opened they are graded again from new runs with this seed. It does not prove who gave them, or when. The name is only on the printout."
        </p>
        {is_up.then(|| view! { <p role="status">"Time is up. Questions that were not reached count as not right."</p> })}
        <Graded rows/>
        <p class="buttons">
            <CopyButton text=link what="the link" named=true/>
            <CopyButton text=result what="the result" named=true/>
            <button class="btn" on:click=|_| dom::print()>"Print"</button>
            <a class="btn" href=href(&PracticePage::Choose)>"Choose questions"</a>
        </p>
    }
}
