//! The sheet of an exam or of a lesson: graded again, here and now, from the answers in its address.

use super::desk::Row;
use super::regraded::Regraded;
use super::sheet::{BY_LESSON, BY_PAGE, By, Graded, text};
use super::{href, set_href};
use crate::lesson::{Exam, Handed, Item, LessonResult, PracticePage, QuestionSet};
use crate::route::{Page, Place};
use crate::time;
use crate::ui::learn::minutes::{left_of, minutes_seconds};
use crate::ui::parts::CopyButton;
use crate::ui::shell::address;
use crate::ui::{dom, lab};
use leptos::prelude::*;

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// What an address hands in.
#[derive(Clone)]
pub struct HandedIn {
    /// What it is called.
    title: String,
    /// Its address without the answers, which they are checked with.
    address: String,
    /// The answers.
    handed: String,
    /// What it asks today.
    items: Vec<Item>,
    /// The seed of its runs.
    seed: u64,
    /// How long it may take, where a clock runs.
    minutes: Option<usize>,
    /// Ways on, each with its words; the last one stands below the sheet as well.
    ways: [(&'static str, String); 2],
    kind: &'static Kind,
}

/// What is said of an exam, or of a lesson.
struct Kind {
    by: By,
    /// Where the address asks other questions by now.
    changed: &'static str,
    /// What the link is.
    link: &'static str,
}

const EXAM: Kind = Kind {
    by: BY_LESSON,
    changed: "The lessons have changed since this exam was taken. Its address now leads to other questions, so its answers cannot be graded here any more.",
    link: "The link holds the answers, and each time it is opened they are graded again from new runs with this seed. It does not prove who gave them, or when. The name is only on the printout.",
};

const LESSON: Kind = Kind {
    by: BY_PAGE,
    changed: "The lesson has changed since it was answered. Its address now leads to other questions, so its answers cannot be graded here any more.",
    link: "The link holds the first answer to each question, and each time it is opened they are graded again from new runs with this seed. It does not prove who gave them, or when. The name is only on the printout.",
};

impl HandedIn {
    /// The exam `set`, which asks `items` today; `handed` is what its address has behind it.
    pub fn exam(set: QuestionSet, title: String, items: Vec<Item>, handed: String) -> HandedIn {
        let (address, seed, minutes) = (set.exam_address(), set.seed, set.minutes);
        let exam = set.exam.is_some().then(Exam::default);
        let ways = [
            ("Take this exam", set_href(QuestionSet { exam, ..set })),
            ("Choose questions", href(&PracticePage::Choose)),
        ];
        HandedIn { title, address, handed, items, seed, minutes, ways, kind: &EXAM }
    }

    /// The result of the lesson that is called `title` and asks `items` today.
    pub fn lesson(result: LessonResult, title: &str, items: Vec<Item>) -> HandedIn {
        let address = result.address();
        let LessonResult { lesson, seed, handed } = result;
        let ways = [
            ("All lessons", Place::Learn.root().href()),
            ("Open the lesson", Page::Lesson(lesson, 1, Some(seed)).href()),
        ];
        let title = format!("Lesson: {title}, seed {seed}");
        HandedIn { title, address, handed, items, seed, minutes: None, ways, kind: &LESSON }
    }

    /// The answers, or why they cannot be graded.
    fn read(&self) -> Result<Handed, String> {
        let read = Handed::read(&self.handed, &self.address).map_err(|why| why.to_string())?;
        let count = self.items.len();
        let same = read.drawn == Handed::of_drawn(&self.items) && read.answers.len() == count;
        if same { Ok(read) } else { Err(self.kind.changed.to_owned()) }
    }
}

/// The sheet.
#[component]
pub fn ExamSheet(of: HandedIn) -> impl IntoView {
    match of.read() {
        Ok(handed) => {
            let (title, seed) = (of.title.clone(), of.seed);
            let Handed { day, seconds, answers, .. } = handed;
            let answers = of.items.iter().cloned().zip(answers).collect();
            let shown = Callback::new(move |rows| {
                view! { <Paper of=of.clone() day seconds rows/> }.into_any()
            });
            view! { <Regraded title seed answers shown/> }.into_any()
        }
        Err(why) => view! { <Unreadable of why/> }.into_any(),
    }
}

/// Why there is no sheet, and the ways on.
#[component]
fn Unreadable(of: HandedIn, why: String) -> impl IntoView {
    let ways = of.ways.into_iter();
    let ways = ways.map(|(words, href)| view! { <a class="btn" href=href>{words}</a> });
    view! {
        <div class="lessons">
            <h1>{of.title}</h1>
            <p role="alert" class="lesson-failed">{why}</p>
            <p class="buttons">{ways.collect_view()}</p>
        </div>
    }
}

/// The sheet below its title, as it is handed in on paper.
#[component]
fn Paper(of: HandedIn, day: u32, seconds: u32, rows: Vec<Row>) -> impl IntoView {
    let HandedIn { title, seed, minutes, ways: [_, (way, href)], kind, .. } = of;
    let lab = lab();
    let link = Memo::new(move |_| address(lab));
    let date = time::text(i64::from(day) * DAY);
    let date = date.split(' ').next().unwrap_or_default().to_owned();
    let result = {
        let text = text(&title, &rows, kind.by);
        Signal::derive(move || format!("{text}\n{}\n", link.get()))
    };
    let gone = f64::from(seconds) * 1000.0;
    let is_up = minutes.is_some_and(|minutes| left_of(minutes, gone) <= 0);
    let taken = minutes.map(|_| {
        view! {
            <dt>"Time taken"</dt>
            <dd>{minutes_seconds(seconds.into())}</dd>
        }
    });
    view! {
        <dl class="sheet-about">
            <dt><label for="sheet-name">"Name"</label></dt>
            <dd><input id="sheet-name" type="text" autocomplete="name" spellcheck="false"/></dd>
            <dt>"Date"</dt>
            <dd>{date}</dd>
            {taken}
            <dt>"Seed"</dt>
            <dd>{seed}</dd>
            <dt>"Link"</dt>
            <dd class="sheet-link" translate="no">{link}</dd>
        </dl>
        <p class="dim">{kind.link}</p>
        {is_up.then(|| view! { <p role="status">"Time is up. Questions that were not reached count as not right."</p> })}
        <Graded rows by=kind.by/>
        <p class="buttons">
            <CopyButton text=link what="the link" named=true/>
            <CopyButton text=result what="the result" named=true/>
            <button class="btn" on:click=|_| dom::print()>"Print"</button>
            <a class="btn" href=href>{way}</a>
        </p>
    }
}
