//! The rounds that were taken on this device.

use super::{Held, href, title};
use crate::lesson::{Grade, HeldRound, InterviewPage};
use leptos::prelude::*;

/// How many are listed at once.
const FIRST: usize = 10;

/// The rounds, the latest first; nothing where there are none.
#[component]
pub fn History(held: Held) -> impl IntoView {
    move || {
        let rounds: Vec<HeldRound> = held.with(|held| held.latest().cloned().collect());
        let (first, rest) = rounds.split_at(rounds.len().min(FIRST));
        let earlier = (!rest.is_empty()).then(|| {
            view! {
                <details>
                    <summary>{format!("{} earlier rounds", rest.len())}</summary>
                    {table("Earlier", rest)}
                </details>
            }
        });
        (!first.is_empty()).then(|| {
            view! {
                <section class="unit held-rounds" aria-labelledby="held-rounds">
                    <h2 id="held-rounds">"Your rounds"</h2>
                    {table("The latest first, kept on this device", first)}
                    {earlier}
                </section>
            }
        })
    }
}

fn table(caption: &'static str, rounds: &[HeldRound]) -> AnyView {
    let rows = rounds.iter().map(|round| {
        let day = round.at.split('T').next().unwrap_or_default().to_owned();
        view! {
            <tr><td>{day}</td><th scope="row">{name(round)}</th><td>{grades(round)}</td></tr>
        }
    });
    view! {
        <table class="result">
            <caption>{caption}</caption>
            <thead><tr><th scope="col">"Day"</th><th scope="col">"Round"</th><th scope="col">"Your grades"</th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// What the round is called; a way to it, where its address still leads to one.
fn name(held: &HeldRound) -> AnyView {
    match InterviewPage::parse(&held.round) {
        Ok(InterviewPage::Round(round)) => {
            let name = title(&round.name());
            view! { <a href=href(&InterviewPage::Round(round))>{name}</a> }.into_any()
        }
        _ => held.round.clone().into_any(),
    }
}

/// How many of each grade, the best first.
fn grades(held: &HeldRound) -> String {
    let best = Grade::ALL.into_iter().rev().map(Some);
    let counted = best.chain([None]).filter_map(|grade| {
        let name = grade.map_or("not graded", Grade::name);
        Some(held.count(grade)).filter(|count| *count > 0).map(|count| format!("{count} {name}"))
    });
    counted.collect::<Vec<_>>().join(", ")
}
