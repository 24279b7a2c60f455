//! What was tried: exams, interviews and mysteries.

use super::All;
use super::bar::bar;
use crate::diagnose::LEVELS as MYSTERIES;
use crate::lesson::{
    Card, Given, Grade, Handed, LEVELS, PracticePage, PromptCard, Taken, ToPractise,
};
use crate::route::{Page, Study};
use crate::ui::learn::practise::set_name;
use leptos::prelude::*;
use std::sync::Arc;

/// How many exams are listed.
const EXAMS: usize = 10;

/// The last exams, each with the way to its sheet; nothing without any.
#[component]
pub fn Exams(all: All, cards: Arc<[Card]>, by: Arc<ToPractise>) -> impl IntoView {
    move || {
        let rows = all.records.practice.with(|kept| {
            let last = kept.exams().iter().rev().filter_map(|taken| exam(taken, &cards, &by));
            last.take(EXAMS).collect::<Vec<AnyView>>()
        });
        (!rows.is_empty()).then(|| {
            view! {
                <section aria-labelledby="progress-exams">
                    <h2 id="progress-exams">"Exams"</h2>
                    <ul class="prompt-list">{rows}</ul>
                </section>
            }
        })
    }
}

/// An exam; nothing where its address cannot be read any more.
fn exam(taken: &Taken, cards: &[Card], by: &ToPractise) -> Option<AnyView> {
    let Ok(PracticePage::Set(set)) = PracticePage::parse(&taken.sheet) else { return None };
    let is_answer = |given: &&Given| matches!(given, Given::Answer { .. });
    let answered = |handed: Handed| {
        let answered = handed.answers.iter().filter(is_answer).count();
        format!("{answered} of {} answered, ", handed.answers.len())
    };
    // One of before says nothing of its answers.
    let handed = Handed::read(set.exam.as_ref()?.handed.as_ref()?, &set.exam_address());
    let told = format!("{}{}", handed.map_or(String::new(), answered), taken.day);
    let href = Page::Study(Study::Practise, taken.sheet.clone()).href();
    Some(
        view! { <li><a href=href>{set_name(&set, cards, by)}</a><span class="dim">{told}</span></li> }
            .into_any(),
    )
}

/// The look of a grade in bars.
fn look(grade: Grade) -> &'static str {
    match grade {
        Grade::Strong => "sure",
        Grade::Fair => "right",
        Grade::Weak => "missed",
    }
}

/// How the prompts of each level were graded the last time; nothing where none was.
#[component]
pub fn Interviews(all: All, prompts: Vec<PromptCard>) -> impl IntoView {
    // The best first, as elsewhere.
    let grades = || Grade::ALL.into_iter().rev();
    move || {
        let rows: Vec<(&str, usize, Vec<Grade>)> = all.records.practice.with(|kept| {
            let last = |prompt: &PromptCard| kept.grades(&prompt.id).last().map(|one| one.grade);
            let level = |level| {
                let of = prompts.iter().filter(move |prompt| prompt.level == level);
                (level, of.clone().count(), of.filter_map(last).collect())
            };
            LEVELS.into_iter().map(level).collect()
        });
        let any = rows.iter().any(|(_, _, given)| !given.is_empty());
        any.then(|| {
            let row = |(level, count, given): (&str, usize, Vec<Grade>)| {
                let of = |grade| given.iter().filter(|one| **one == grade).count();
                let parts: Vec<_> = grades().map(|grade| (of(grade), look(grade))).collect();
                let cells = grades().map(|grade| view! { <td>{of(grade)}</td> }).collect_view();
                view! {
                    <tr>
                        <th scope="row"><span class="level">{level.to_owned()}</span> {bar(&parts, count)}</th>
                        {cells}
                        <td>{count - given.len()}</td>
                    </tr>
                }
            };
            let rows = rows.into_iter().map(row).collect_view();
            let heads = grades().map(|grade| view! { <th scope="col" class="level">{grade.name()}</th> });
            view! {
                <section aria-labelledby="progress-interviews">
                    <h2 id="progress-interviews">"Interview prompts"</h2>
                    <table class="result standing">
                        <caption>"How you graded your last answer to each."</caption>
                        <thead><tr><th scope="col">"Level"</th>{heads.collect_view()}<th scope="col">"New"</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </section>
            }
        })
    }
}

/// The mysteries that were answered, by level; nothing where none was.
#[component]
pub fn Mysteries(all: All) -> impl IntoView {
    move || {
        let of = |level| all.solved.with(|solved| solved.of(level));
        let rows: Vec<_> = MYSTERIES.iter().map(|level| (level.title, of(level))).collect();
        let any = rows.iter().any(|(_, (count, _))| *count > 0);
        any.then(|| {
            let row = |(title, (count, points)): (&'static str, (usize, u32))| {
                let average = points.checked_div(u32::try_from(count).unwrap_or(u32::MAX));
                let average = average.map_or("–".to_owned(), |average| average.to_string());
                view! {
                    <tr>
                        <th scope="row">{title}</th>
                        <td>{count}</td>
                        <td>{average}</td>
                    </tr>
                }
            };
            let rows = rows.into_iter().map(row).collect_view();
            view! {
                <section aria-labelledby="progress-mysteries">
                    <h2 id="progress-mysteries">"Mysteries"</h2>
                    <table class="result standing">
                        <caption class="sr-only">"Mysteries that you answered"</caption>
                        <thead><tr><th scope="col">"Level"</th><th scope="col">"Answered"</th><th scope="col">"Points on average"</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </section>
            }
        })
    }
}
