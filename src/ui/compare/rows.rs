//! The aligned steps: a row each, which opens to the fields that differ.

use super::fields;
use crate::compare::{Comparison, Mark, Pair, Side};
use crate::route::{Page, Route, View};
use crate::story::format;
use crate::trace::Endpoint;
use crate::ui::lab;
use leptos::prelude::*;
use std::sync::Arc;

/// All rows, or `only` those that are not the same. Which are open stands in the link.
#[component]
pub fn Rows(comparison: Arc<Comparison>, only: RwSignal<bool>) -> impl IntoView {
    let rows = (0..comparison.pairs.len())
        .map(|row| view! { <Row comparison=comparison.clone() row/> })
        .collect_view();
    view! {
        <section aria-labelledby="compare-steps">
            <div class="pair-head">
                <h2 id="compare-steps">"Steps"</h2>
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=only
                        on:change:target=move |event| only.set(event.target().checked())
                    />
                    "only differences"
                </label>
                <Legend comparison=comparison.clone()/>
            </div>
            <p class="dim">
                "Paired by what is sent and by whom. Open one to see which of its fields differ."
            </p>
            <div class="pair-line pair-ends" aria-hidden="true">
                {ends(Side::A)}
                <span></span>
                {ends(Side::B)}
            </div>
            <ol class="pair-list" class:only-differences=only>{rows}</ol>
        </section>
    }
}

/// What stands above the two lifelines of one side.
fn ends(side: Side) -> impl IntoView {
    let [client, server] = Endpoint::BOTH.map(Endpoint::name);
    view! {
        <p class="pair-end">
            <span class="end client">{client}</span>
            <b class="ab">{side.name()}</b>
            <span class="end server">{server}</span>
        </p>
    }
}

/// The marks, with how many steps have each.
#[component]
fn Legend(comparison: Arc<Comparison>) -> impl IntoView {
    let marks = Mark::ALL.into_iter().filter_map(|mark| {
        let count = comparison.count(mark);
        (count > 0).then(|| {
            view! {
                <li class=class(mark)>
                    <b aria-hidden="true">{mark.symbol()}</b>
                    {format!(" {count} {}", mark.label())}
                </li>
            }
        })
    });
    view! { <ul class="pair-marks" aria-label="Marks">{marks.collect_view()}</ul> }
}

/// One step of A, of B, or of both.
#[component]
fn Row(comparison: Arc<Comparison>, row: usize) -> impl IntoView {
    let lab = lab();
    let pair = comparison.pairs.get(row)?;
    let mark = pair.mark;
    let id = format!("compare-{row}");
    let count = pair.differences.len();
    // A link may name a row that has nothing to open.
    let open = Memo::new(move |_| count > 0 && lab.link.read().view.selection.contains(&row));
    let toggle = move |_| {
        lab.look(|view| match view.selection.iter().position(|open| *open == row) {
            Some(at) => {
                view.selection.remove(at);
            }
            None => view.selection.push(row),
        });
    };
    let word = match mark {
        Mark::OnlyA | Mark::OnlyB | Mark::Same => mark.label().to_string(),
        Mark::Random => format::plural(count, "field"),
        Mark::Differs => {
            let chosen = pair.differences.iter().filter(|d| d.nature.label().is_empty()).count();
            format::plural(chosen, "field")
        }
    };
    let of = format!(" of {}, {}", pair.title(), mark.label());
    let button = match count {
        0 => view! {
            <span class="pair-mark"><b aria-hidden="true">{mark.symbol()}</b>" "{word}</span>
        }
        .into_any(),
        _ => view! {
            <button
                class="pair-mark"
                aria-expanded=move || open.get().to_string()
                aria-controls=id.clone()
                on:click=toggle
            >
                <b aria-hidden="true">{mark.symbol()}</b>
                " "
                {word}
                <span class="sr-only">{of}</span>
                <i class="fold" aria-hidden="true"></i>
            </button>
        }
        .into_any(),
    };
    let [a, b] = Side::BOTH.map(|side| cell(&comparison, pair, side));
    let detail =
        move || open.get().then(|| view! { <fields::Fields comparison=comparison.clone() row/> });
    Some(view! {
        <li class=format!("pair {}", class(mark))>
            <div class="pair-line">{a} {button} {b}</div>
            <div id=id class="pair-fields" hidden=move || !open.get()>{detail}</div>
        </li>
    })
}

/// The name of a mark in the style sheet.
fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Same => "is-same",
        Mark::Random => "is-random",
        Mark::Differs => "is-different",
        Mark::OnlyA => "is-a",
        Mark::OnlyB => "is-b",
    }
}

/// The address of a step of one side in the lab, with a field selected.
pub fn address(comparison: &Comparison, side: Side, step: usize, selection: &[usize]) -> String {
    let page = Page::Lab(side.of(comparison.figures.each_ref()).scenario.clone());
    let view = View { step: Some(step), selection: selection.to_vec(), ..View::default() };
    Route { page, view }.to_string()
}

/// The step of one side, as a link into the lab.
fn cell(comparison: &Comparison, pair: &Pair, side: Side) -> AnyView {
    let name = view! { <b class="ab" aria-hidden="true">{side.name()}</b> };
    let Some(seat) = side.of(pair.seats.each_ref()) else {
        let elsewhere = pair.elsewhere.map(|step| {
            let href = address(comparison, side, step, &[]);
            view! { ", but as " <a href=href>"step " {step + 1}</a> }
        });
        return view! { <p class="seat none">{name} <span>"not here" {elsewhere}</span></p> }
            .into_any();
    };
    let arrow = if pair.from == Endpoint::Client { "→" } else { "←" };
    let spoken =
        format!("{}, step {}, from the {}: ", side.name(), seat.step + 1, pair.from.name());
    view! {
        <p class=format!("seat {} {}", pair.from.name(), seat.epoch.name())>
            {name}
            <span class="nth mono" translate="no" aria-hidden="true">{seat.step + 1}</span>
            <span class="way" aria-hidden="true">{arrow}</span>
            <a href=address(comparison, side, seat.step, &[])>
                <span class="sr-only">{spoken}</span>
                {seat.title.clone()}
            </a>
            <span class="seat-note">
                {format::moment(seat.sent_us)}
                <span class="seat-epoch">", " {seat.keys}</span>
            </span>
        </p>
    }
    .into_any()
}
