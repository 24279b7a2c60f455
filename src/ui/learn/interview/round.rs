//! A round: its prompts one after the other, and at the end how each went.

use super::prompt::PromptView;
use super::{Cards, Grades, href};
use crate::lesson::{Grade, InterviewPage, PromptCard, Round};
use crate::ui::dom;
use crate::ui::left;
use crate::ui::parts::CopyButton;
use crate::ui::parts::to_heading;
use leptos::prelude::*;
use std::sync::Arc;

/// The round that the link names.
#[component]
pub fn RoundView(round: Round, cards: Cards, record: Grades) -> impl IntoView {
    let drawn: Arc<[PromptCard]> = round.draw(&cards).into_iter().cloned().collect();
    let count = drawn.len();
    // Found again after a look at the lab.
    let address = href(&InterviewPage::Round(round.clone()));
    let (left_at, given) = left::at(&address).unwrap_or((0usize, vec![None::<Grade>; count]));
    let (at, grades) = (RwSignal::new(left_at), RwSignal::new(given));
    {
        let address = address.clone();
        Effect::new(move |_| left::keep(&address, (at.get(), grades.get())));
    }
    let again = Callback::new(move |()| {
        grades.set(vec![None; count]);
        at.set(0);
        to_heading();
    });
    let go_on = move |_| {
        at.update(|at| *at += 1);
        to_heading();
    };
    let name = format!("{} round of {} minutes, seed {}", round.level, round.minutes, round.seed);
    let about = name.clone();
    move || {
        let number = at.get();
        let Some(card) = drawn.get(number) else {
            return view! { <Result name=name.clone() drawn=drawn.clone() grades again/> }
                .into_any();
        };
        let on_grade = Callback::new(move |grade| {
            grades.update(|grades| {
                if let Some(slot) = grades.get_mut(number) {
                    *slot = Some(grade);
                }
            });
        });
        let given = grades.with_untracked(|grades| grades.get(number).copied().flatten());
        let next = if number + 1 == count { "Finish the round" } else { "Next prompt →" };
        view! {
            <p class="round-place"><b>{format!("Prompt {} of {count}", number + 1)}</b>" "<span class="dim">{about.clone()}</span></p>
            <PromptView card=card.clone() record on_grade given/>
            <p class="buttons">
                <button class="btn primary" on:click=go_on>{next}</button>
            </p>
        }
        .into_any()
    }
}

/// How the round went.
#[component]
fn Result(
    name: String,
    drawn: Arc<[PromptCard]>,
    grades: RwSignal<Vec<Option<Grade>>>,
    again: Callback<()>,
) -> impl IntoView {
    let head = format!("{name}, {}", dom::today());
    let grades = grades.get_untracked();
    let rows: Vec<(PromptCard, &str)> = drawn
        .iter()
        .cloned()
        .zip(grades.iter().map(|grade| grade.map_or("not graded", Grade::name)))
        .collect();
    let lines: String =
        rows.iter().map(|(card, grade)| format!("{grade}: {}\n", card.ask)).collect();
    let text = format!("{head}\n\n{lines}");
    let rows = rows.into_iter().map(|(card, grade)| {
        let link = href(&InterviewPage::Prompt(card.id));
        view! { <tr><th scope="row"><a href=link>{card.ask}</a></th><td>{grade}</td></tr> }
    });
    view! {
        <h1>"The round is over"</h1>
        <table class="result">
            <caption>{head.clone()}</caption>
            <thead><tr><th scope="col">"Prompt"</th><th scope="col">"Your grade"</th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        <p class="buttons">
            <CopyButton text what="the result" named=true/>
            <button class="btn" on:click=|_| dom::print()>"Print"</button>
            <button class="btn" on:click=move |_| again.run(())>"The same round again"</button>
            <a class="btn" href=href(&InterviewPage::List)>"Another round"</a>
        </p>
    }
}
