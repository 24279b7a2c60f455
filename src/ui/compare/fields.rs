//! The fields in which two steps differ, side by side.

use super::rows::address;
use crate::compare::{Comparison, Difference, Nature, Side};
use crate::story::format;
use leptos::prelude::*;
use std::sync::Arc;

/// The fields of a row: what someone chose, and folded away what is random or follows from others.
#[component]
pub fn Fields(comparison: Arc<Comparison>, row: usize) -> impl IntoView {
    let pair = comparison.pairs.get(row)?;
    let (chosen, others): (Vec<&Difference>, Vec<&Difference>) =
        pair.differences.iter().partition(|difference| difference.nature == Nature::Chosen);
    let steps = pair.seats.each_ref().map(|seat| seat.as_ref().map_or(0, |seat| seat.step));
    let caption = |what: &str| format!("{what} of {} that differ", pair.title());
    let first = (!chosen.is_empty()).then(|| table(&comparison, steps, &chosen, caption("Fields")));
    let rest = (!others.is_empty()).then(|| {
        let count = others.len();
        let more = if chosen.is_empty() { "" } else { "more " };
        let noun = if count == 1 { "field" } else { "fields" };
        let summary =
            format!("{count} {more}{noun}: random in each run, or following from other fields");
        view! {
            <details open=chosen.is_empty()>
                <summary>{summary}</summary>
                {table(&comparison, steps, &others, caption("Random and derived fields"))}
            </details>
        }
    });
    Some(view! { {first} {rest} })
}

fn table(
    comparison: &Comparison,
    steps: [usize; 2],
    differences: &[&Difference],
    caption: String,
) -> impl IntoView + use<> {
    let rows: Vec<_> = differences.iter().map(|d| row(comparison, steps, d)).collect();
    view! {
        <table class="pair-diff">
            <caption class="sr-only">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"Field"</th>
                    <th scope="col">{Side::A.name()}</th>
                    <th scope="col">{Side::B.name()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(
    comparison: &Comparison,
    steps: [usize; 2],
    difference: &Difference,
) -> impl IntoView + use<> {
    let cells = Side::BOTH.map(|side| {
        let name = view! { <b class="ab" aria-hidden="true">{side.name()}</b> };
        match side.of(difference.places.each_ref()) {
            Some(place) => {
                let href = address(comparison, side, side.of(steps), &place.path);
                let shown = shorten(&place.value);
                view! { <td>{name} <a class="mono" translate="no" href=href>{shown}</a></td> }
                    .into_any()
            }
            None => view! { <td>{name} <span class="dim">"not there"</span></td> }.into_any(),
        }
    });
    let label = difference.nature.label();
    view! {
        <tr>
            <th scope="row">
                <code translate="no">{difference.title()}</code>
                {(!label.is_empty()).then(|| view! { <span class="dim">{label}</span> })}
            </th>
            {cells}
        </tr>
    }
}

/// A long value by its beginning and its length; the lab has all of it.
fn shorten(value: &str) -> String {
    const LONGEST: usize = 400;
    let count = value.chars().count();
    if count <= LONGEST {
        return value.to_string();
    }
    let start: String = value.chars().take(LONGEST / 2).collect();
    format!("{start}… ({})", format::plural(count, "character"))
}
