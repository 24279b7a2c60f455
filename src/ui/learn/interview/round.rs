//! A round: its prompts one after the other, and at the end how each went.

use super::clock::{Clock, OF_ROUND, Ticking};
use super::prompt::PromptView;
use super::{Cards, Grades, Held, href};
use crate::lesson::{Grade, HeldRound, InterviewPage, PromptCard, Round};
use crate::route::View;
use crate::ui::learn::minutes::minutes_seconds;
use crate::ui::parts::CopyButton;
use crate::ui::parts::to_heading;
use crate::ui::{dom, lab, left};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How far a round is: found again after a look at the lab, and after the page was loaded again.
#[derive(Clone, Serialize, Deserialize)]
struct Left {
    /// Which prompt is open, from 0; behind the last, the result.
    at: usize,
    /// By the prompts' positions.
    grades: Vec<Option<Grade>>,
    /// The round's clock.
    clock: Ticking,
    /// Whether the open prompt's answer is shown.
    answered: bool,
    /// Whether the round was kept.
    kept: bool,
}

impl Left {
    /// At the first of so many prompts.
    fn new(count: usize) -> Left {
        let (grades, clock) = (vec![None; count], Ticking::from_now());
        Left { at: 0, grades, clock, answered: false, kept: false }
    }

    /// What was left at this address of a round of so many prompts.
    fn of(address: &str, count: usize) -> Option<Left> {
        let left: Left = serde_json::from_str(&left::text_at(address)?).ok()?;
        (left.grades.len() == count).then_some(left)
    }
}

/// The round that the link names.
#[component]
pub fn RoundView(round: Round, cards: Cards, record: Grades, held: Held) -> impl IntoView {
    let lab = lab();
    let drawn: Arc<[PromptCard]> = round.draw(&cards).into_iter().cloned().collect();
    let count = drawn.len();
    let page = InterviewPage::Round(round.clone());
    let (address, words) = (href(&page), page.to_string());
    let begun = Left::of(&address, count).unwrap_or_else(|| Left::new(count));
    let (at, grades) = (RwSignal::new(begun.at), RwSignal::new(begun.grades));
    let (clock, answered) = (RwSignal::new(begun.clock), RwSignal::new(begun.answered));
    let kept = RwSignal::new(begun.kept);
    Effect::new(move |_| {
        let (at, grades, clock) = (at.get(), grades.get(), clock.get());
        let left = Left { at, grades, clock, answered: answered.get(), kept: kept.get() };
        // Numbers and words under text keys: serialising them cannot fail.
        left::keep_text(&address, serde_json::to_string(&left).unwrap_or_default());
    });
    let again = Callback::new(move |()| {
        let Left { grades: none, clock: from_now, .. } = Left::new(count);
        grades.set(none);
        clock.set(from_now);
        answered.set(false);
        kept.set(false);
        at.set(0);
        to_heading();
    });
    let finish = {
        let drawn = drawn.clone();
        move || {
            clock.update(|clock| *clock = clock.paused());
            if !kept.get_untracked() {
                kept.set(true);
                let ids = drawn.iter().map(|card| card.id.clone());
                let grades = ids.zip(grades.get_untracked()).collect();
                let round = HeldRound { at: dom::this_second(), round: words.clone(), grades };
                held.change(|held| held.note(round));
            }
        }
    };
    let go_on = Callback::new(move |()| {
        // What the whiteboard showed is of this prompt.
        if lab.link.with_untracked(|link| link.view != View::default()) {
            lab.look(|view| *view = View::default());
        }
        answered.set(false);
        at.update(|at| *at += 1);
        if at.get_untracked() == count {
            finish();
        }
        to_heading();
    });
    let (name, minutes) = (round.name(), round.minutes);
    move || {
        let number = at.get();
        let Some(card) = drawn.get(number) else {
            let time = format!("{} of {}", clock.get_untracked().shown(), time_of(minutes));
            return view! { <Result name=name.clone() time drawn=drawn.clone() grades again/> }
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
        // Until then the rubric comes first.
        let is_graded = move || grades.with(|all| all.get(number).is_some_and(Option::is_some));
        let next = if number + 1 == count { "Finish the round" } else { "Next prompt →" };
        view! {
            <div class="round-head">
                <p class="round-place"><b>{format!("Prompt {} of {count}", number + 1)}</b>" "<span class="dim">{name.clone()}</span></p>
                <Clock minutes ticking=clock words=OF_ROUND/>
            </div>
            <PromptView card=card.clone() record on_grade given answered/>
            <p class="buttons">
                <button class="btn" class:primary=is_graded on:click=move |_| go_on.run(())>{next}</button>
            </p>
        }
        .into_any()
    }
}

/// So many minutes, as a clock shows them.
fn time_of(minutes: usize) -> String {
    minutes_seconds(i64::try_from(minutes).unwrap_or(i64::MAX).saturating_mul(60))
}

/// How the round went.
#[component]
fn Result(
    name: String,
    time: String,
    drawn: Arc<[PromptCard]>,
    grades: RwSignal<Vec<Option<Grade>>>,
    again: Callback<()>,
) -> impl IntoView {
    let head = format!("{name}, {}, time {time}", dom::today());
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
