//! The list of lessons.

use super::fetched::{self, Cards, Failed};
use super::records::Records;
use super::review::ReviewToday;
use crate::lesson::Card;
use crate::route::Page;
use crate::ui::lab;
use crate::ui::record::Record;
use leptos::prelude::*;
use std::sync::Arc;

/// The lessons in their units, with how far one is in each.
#[component]
pub fn Lessons() -> impl IntoView {
    let records = Records::open(lab());
    let units = LocalResource::new(fetched::cards);
    let again = Callback::new(move |()| units.refetch());
    view! {
        <div class="lessons">
            <h1>"Lessons"</h1>
            <p class="lead">
                "Each lesson walks through a real run in the lab and asks about it. The right answers are read from the run, so another seed asks anew."
            </p>
            {move || match units.get() {
                None => view! { <p role="status">"Loading the lessons…"</p> }.into_any(),
                Some(Err(lines)) => view! { <Failed lines again/> }.into_any(),
                Some(Ok(units)) => view! { <Units units again records/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Units(units: Vec<Cards>, again: Callback<()>, records: Records) -> impl IntoView {
    let cards: Arc<[Card]> = units
        .iter()
        .flat_map(|unit| &unit.lessons)
        .filter_map(|one| one.as_ref().ok())
        .cloned()
        .collect();
    records.follow(&cards);
    let record = records.progress;
    let mut number = 0;
    let units = units
        .into_iter()
        .map(|unit| {
            let first = number + 1;
            number += unit.lessons.len();
            let rows = unit.lessons.into_iter().zip(first..).map(|(lesson, number)| match lesson {
                Ok(card) => {
                    let before = titles(&cards, &card.about.prerequisites);
                    view! { <Row number card before record/> }.into_any()
                }
                Err(lines) => view! { <li><Failed lines again/></li> }.into_any(),
            });
            // Headings below it need one above them, in a list without units as well.
            let title = if unit.title.is_empty() { "All lessons".to_owned() } else { unit.title };
            view! {
                <section class="unit">
                    <h2>{title}</h2>
                    <ol class="lesson-list" start=first>{rows.collect_view()}</ol>
                </section>
            }
        })
        .collect_view();
    view! {
        <GoOn cards=cards.clone() record/>
        <ReviewToday cards practice=records.practice/>
        {units}
    }
}

/// What the lessons with these ids are called.
fn titles(cards: &[Card], ids: &[String]) -> String {
    let title = |id: &String| cards.iter().find(|card| card.about.id == *id);
    let titles: Vec<&str> =
        ids.iter().filter_map(title).map(|card| card.about.title.as_str()).collect();
    titles.join(", ")
}

/// How far one is in a lesson.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Whether a page of it was opened.
    pub begun: bool,
    /// The first page that was not opened yet, from 1; behind the last if all were.
    next: usize,
    pages: usize,
    /// How many questions are answered rightly.
    pub right: usize,
    /// How many there are.
    pub questions: usize,
}

impl Place {
    /// Tracked.
    pub fn of(card: &Card, record: Record) -> Place {
        let progress = record.with(|progress| progress.lesson(&card.about.id));
        let unseen = card.pages.iter().position(|page| !progress.pages.contains(page));
        Place {
            begun: !progress.pages.is_empty(),
            next: unseen.unwrap_or(card.pages.len()) + 1,
            pages: card.pages.len(),
            right: progress.right(card.questions.iter().map(|one| one.id.as_str())),
            questions: card.questions.len(),
        }
    }

    /// Whether every page was opened, and every question answered rightly.
    pub fn is_done(self) -> bool {
        self.next > self.pages && self.right == self.questions
    }

    fn words(self) -> String {
        match self {
            Place { begun: false, .. } => "Not begun yet".into(),
            _ if self.is_done() => "✓ Done".into(),
            Place { right, questions, .. } => format!("{right} of {questions} questions right"),
        }
    }

    /// The address of the page to go on with.
    fn href(self, card: &Card) -> String {
        Page::Lesson(card.about.id.clone(), self.next, None).href()
    }
}

/// The one lesson to go on with: begun and not done, or else the first that was not begun.
#[component]
fn GoOn(cards: Arc<[Card]>, record: Record) -> impl IntoView {
    move || {
        let places: Vec<(&Card, Place)> =
            cards.iter().map(|card| (card, Place::of(card, record))).collect();
        let begun = places.iter().rfind(|(_, place)| place.begun && !place.is_done());
        let (card, place) = begun.or_else(|| places.iter().find(|(_, place)| !place.begun))?;
        let (label, detail) = match place {
            Place { begun: false, .. } => ("Start", format!("{} minutes", card.about.minutes)),
            Place { next, pages, .. } if next > pages => ("Continue", place.words()),
            Place { next, pages, .. } => ("Continue", format!("page {next} of {pages}")),
        };
        Some(view! {
            <p class="go-on">
                <span><b>{card.about.title.clone()}</b>" "<span class="dim">{detail}</span></span>
                <a class="btn primary" href=place.href(card)>{label}" →"</a>
            </p>
        })
    }
}

/// One lesson of the list.
#[component]
fn Row(
    number: usize,
    card: Card,
    /// What it builds on.
    before: String,
    record: Record,
) -> impl IntoView {
    let card = Arc::new(card);
    let place = {
        let card = card.clone();
        Memo::new(move |_| Place::of(&card, record))
    };
    let link = {
        let card = card.clone();
        move || place.get().href(&card)
    };
    let about = card.about.clone();
    let label = format!("Questions answered correctly in {}", about.title);
    let facts = format!("{} · {} minutes", about.level.name(), about.minutes);
    view! {
        <li class="lesson-row" class:done=move || place.get().is_done()>
            <span class="number" aria-hidden="true">{number}</span>
            <div class="what">
                <h3><a href=link>{about.title}</a></h3>
                <p>{about.summary}</p>
                <p class="dim">
                    {facts}
                    {(!before.is_empty()).then(|| format!(" · after {before}"))}
                </p>
                <details>
                    <summary>"What you can do afterwards"</summary>
                    <ul>{about.objectives.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                </details>
            </div>
            <p class="lesson-progress">
                <progress max=place.get_untracked().questions.max(1) value=move || place.get().right aria-label=label></progress>
                <span class:ok=move || place.get().is_done()>{move || place.get().words()}</span>
            </p>
        </li>
    }
}
