//! The result of a set: what was asked, what was answered, what is right and why.

use super::desk::Row;
use super::href;
use crate::lesson::{Card, DIFFICULTIES, Pool, PracticePage, QuestionSet, ToPractise};
use crate::ui::dom;
use crate::ui::learn::minutes::minutes_in_words;
use crate::ui::learn::prose::Prose;
use crate::ui::learn::question::in_lines;
use crate::ui::parts::CopyButton;
use leptos::prelude::*;

/// What a set is drawn from: the name of its lesson, its skill or its list, where there is one, and how hard it is.
pub fn source(set: &QuestionSet, cards: &[Card], by: &ToPractise) -> String {
    let known: Option<&str> = match &set.pool {
        Pool::All => Some("all lessons"),
        Pool::Weakest => Some("your weakest"),
        Pool::Due => Some("your review"),
        Pool::Lesson(id) => {
            cards.iter().find(|card| card.about.id == *id).map(|card| card.about.title.as_str())
        }
        Pool::Skill(id) => {
            by.skills.iter().find(|skill| skill.id == *id).map(|skill| skill.name.as_str())
        }
        Pool::Set(id) => by.sets.iter().find(|set| set.id == *id).map(|set| set.name.as_str()),
    };
    let word = set.pool.word();
    let from = known.unwrap_or(&word);
    let hard = DIFFICULTIES.iter().find(|(number, _)| Some(*number) == set.difficulty);
    hard.map_or(from.to_owned(), |(_, word)| format!("{from}, {word}"))
}

/// What a set is called.
pub fn name(set: &QuestionSet, cards: &[Card], by: &ToPractise) -> String {
    let from = source(set, cards, by);
    let kind = if set.exam.is_some() { "Exam" } else { "Practise" };
    let time = set.minutes.map(|minutes| format!("{}, ", minutes_in_words(minutes)));
    let time = time.unwrap_or_default();
    format!("{kind}: {from}, {time}seed {}", set.seed)
}

/// The result of a set that was practised, below its title; `again` begins it anew.
#[component]
pub fn SetSheet(
    name: String,
    rows: Vec<Row>,
    /// What there is to say of it besides; may be empty.
    remark: String,
    again: Callback<()>,
) -> impl IntoView {
    let text = text(&name, &rows, BY_LESSON);
    view! {
        <Graded rows/>
        {(!remark.is_empty()).then(|| view! { <p>{remark}</p> })}
        <p class="buttons">
            <CopyButton text what="the result" named=true/>
            <button class="btn" on:click=|_| dom::print()>"Print"</button>
            <button class="btn" on:click=move |_| again.run(())>"The same set again"</button>
            <a class="btn" href=href(&PracticePage::Choose)>"Choose questions"</a>
        </p>
    }
}

/// How many were right, in a sentence.
pub fn score(rows: &[Row]) -> String {
    let right = rows.iter().filter(|row| row.right).count();
    format!("{right} of {} questions right.", rows.len())
}

/// By what a result is summed up.
#[derive(Clone, Copy)]
pub struct By {
    /// Said above the table of it.
    title: &'static str,
    /// One, at the beginning of a sentence.
    name: &'static str,
    /// That of a row.
    of: fn(&Row) -> &str,
}

/// The result of questions out of several lessons.
pub const BY_LESSON: By = By { title: "By lesson", name: "Lesson", of: |row| &row.lesson };
/// That of one lesson.
pub const BY_PAGE: By = By { title: "By page", name: "Page", of: |row| &row.page };

/// The result as text, to be copied.
pub fn text(name: &str, rows: &[Row], by: By) -> String {
    let lines = rows.iter().map(|row| {
        let (.., mark) = mark(row);
        format!("{mark}: {}\n", (by.of)(row))
    });
    format!("{name}\n{}\n\n{}", score(rows), lines.collect::<String>())
}

/// How it went: the look, the sign and the word.
fn mark(row: &Row) -> (&'static str, &'static str, &'static str) {
    match (row.right, row.reached) {
        (true, _) => ("ok", "✓", "right"),
        (false, true) => ("bad", "✗", "wrong"),
        (false, false) => ("dim", "–", "not reached"),
    }
}

/// Score, score by lesson or page, and question by question what was answered.
#[component]
pub fn Graded(rows: Vec<Row>, #[prop(default = BY_LESSON)] by: By) -> impl IntoView {
    let (score, sums) = (score(&rows), summed(&rows, by));
    let rows = rows.into_iter().zip(1..).map(|(row, number)| row_view(row, number, by));
    let sums = sums.into_iter().map(|(name, right, of)| {
        view! { <tr><th scope="row">{name}</th><td>{format!("{right} of {of}")}</td></tr> }
    });
    view! {
        <p class="score" role="status">{score}</p>
        <table class="result by-lesson">
            <caption>{by.title}</caption>
            <thead><tr><th scope="col">{by.name}</th><th scope="col">"Right"</th></tr></thead>
            <tbody>{sums.collect_view()}</tbody>
        </table>
        <table class="result sheet">
            <thead><tr><th scope="col">"Yours"</th><th scope="col">"Question, your answer, the right one"</th><th scope="col">{by.name}</th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// The lessons or pages in the order in which they first come, each with how many were right, of how many.
fn summed(rows: &[Row], by: By) -> Vec<(String, usize, usize)> {
    let mut all: Vec<(String, usize, usize)> = Vec::new();
    for row in rows {
        let (name, right) = ((by.of)(row), usize::from(row.right));
        match all.iter_mut().find(|(other, ..)| other == name) {
            Some((_, sum, of)) => (*sum, *of) = (*sum + right, *of + 1),
            None => all.push((name.to_owned(), right, 1)),
        }
    }
    all
}

fn row_view(row: Row, number: usize, by: By) -> AnyView {
    let place = (by.of)(&row).to_owned();
    let (class, sign, word) = mark(&row);
    let changed = row.changed.then(|| {
        view! {
            <p class="sheet-changed">
                "The lesson has changed since: this question, or what there is to choose from, was another then. The mark is of the question as it is now."
            </p>
        }
    });
    let lines = row.yours.into_iter().map(|line| view! { <span class="line">{line}</span> });
    // A right answer is the one above.
    let expected = (!row.right && !row.expected.is_empty()).then(|| {
        view! { <dt>"Right answer"</dt><dd class="expected">{in_lines(row.expected)}</dd> }
    });
    view! {
        <tr>
            <td class=class>{format!("{number}. {sign} {word}")}</td>
            <td>
                <Prose html=row.prompt/>
                <dl class="answers"><dt>"Your answer"</dt><dd class="yours">{lines.collect_view()}</dd>{expected}</dl>
                <Prose html=row.why/>
                {changed}
            </td>
            <td><a href=row.href>{place}</a></td>
        </tr>
    }
    .into_any()
}
