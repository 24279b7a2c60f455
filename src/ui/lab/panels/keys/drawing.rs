//! The key schedule as a drawing: boxes that are buttons, over lines from each value to what is
//! computed from it.

use super::layout::{self, COLUMNS, Place};
use super::{exists, is_visible};
use crate::dissect::KeyNode;
use crate::run::Run;
use crate::ui::lab;
use leptos::prelude::*;
use std::fmt::Write;

/// Height of a box, and from one box to the next, in pixels; the style sheet has the same.
const BOX: i32 = 26;
const PITCH: i32 = 38;

/// The drawing.
#[component]
pub fn Drawing() -> impl IntoView {
    let lab = lab();
    let perspective = Memo::new(move |_| lab.eyes());
    move || {
        lab.with_step(|run, step| {
            let keys = &run.dissection().keys;
            let (places, unplaced) = layout::arrange(keys);
            let rows = places.iter().map(|place| i32::from(place.row) + 1).max().unwrap_or(0);
            let height = (rows * PITCH - (PITCH - BOX)).max(0);
            let node = |name: &str| keys.iter().find(|node| node.name == name);
            let lit = |node: &KeyNode| exists(run, node, step.index);
            let lines = places
                .iter()
                .filter_map(|place| Some((place, node(place.name)?)))
                .flat_map(|(place, child)| {
                    let class = if lit(child) { "on" } else { "off" };
                    let parents = child.parents.iter();
                    parents
                        .filter_map(|name| places.iter().find(|place| place.name == *name))
                        .map(|parent| view! { <path class=class d=line(parent, place)></path> })
                        .collect::<Vec<_>>()
                })
                .collect_view();
            let button = |node: &KeyNode, label: &str, tone: &str| {
                let visible = is_visible(run, node, step.index, perspective.get());
                key_button(run, node, label, tone, lit(node), visible)
            };
            let boxes = places
                .iter()
                .filter_map(|place| {
                    let node = node(place.name)?;
                    let column = format!("{} / span {}", place.column + 1, place.span);
                    let row = (place.row + 1).to_string();
                    Some(view! {
                        <li style:grid-column=column style:grid-row=row>
                            {button(node, place.label, place.tone)}
                        </li>
                    })
                })
                .collect_view();
            let rest = (!unplaced.is_empty()).then(|| {
                let items = unplaced
                    .into_iter()
                    .map(|node| view! { <li>{button(node, node.name, "")}</li> })
                    .collect_view();
                view! { <ul class="key-rest">{items}</ul> }
            });
            view! {
                <div class="key-tree" translate="no">
                    <svg
                        viewBox=format!("0 0 {} {height}", 2 * COLUMNS)
                        preserveAspectRatio="none"
                        height=height
                        aria-hidden="true"
                    >
                        {lines}
                    </svg>
                    <ul>{boxes}</ul>
                </div>
                {rest}
            }
        })
    }
}

/// A curve from below one box to above another; past rows between, it goes straight down first.
fn line(from: &Place, to: &Place) -> String {
    // In half columns.
    let middle = |place: &Place| 2 * i32::from(place.column) + i32::from(place.span);
    let top = |row: u8| i32::from(row) * PITCH;
    let (x1, x2) = (middle(from), middle(to));
    let (mut y1, y2) = (top(from.row) + BOX, top(to.row));
    let mut path = String::new();
    if from.row == to.row {
        let y = top(from.row) + BOX / 2;
        let _ = write!(path, "M{x1} {y}H{x2}");
        return path;
    }
    let _ = write!(path, "M{x1} {y1}");
    if to.row > from.row + 1 {
        y1 = top(to.row - 1) + BOX;
        let _ = write!(path, "V{y1}");
    }
    let half = (y1 + y2) / 2;
    let _ = write!(path, "C{x1} {half} {x2} {half} {x2} {y2}");
    path
}

fn key_button(
    run: &Run,
    node: &KeyNode,
    label: &str,
    tone: &str,
    lit: bool,
    visible: bool,
) -> impl IntoView + use<> {
    let lab = lab();
    let name = node.name;
    let state = match (lit, visible) {
        (false, _) => "not yet computed",
        (true, false) => "out of reach for an eavesdropper",
        (true, true) => "computed",
    };
    // New at this step: what it completes is what the step brought.
    let fresh = node
        .after_message
        .and_then(|message| super::super::now::step_of(run, message))
        .is_some_and(|step| step == lab.step_index());
    let selected = move || lab.link.read().view.key.as_deref() == Some(name);
    view! {
        <button
            class=format!("key {tone}")
            class:off=!lit
            class:hidden-value=lit && !visible
            class:fresh=fresh
            title=name
            aria-label=format!("{label}: {name}, {state}")
            aria-pressed=move || selected().to_string()
            on:click=move |_| {
                let next = if selected() { None } else { Some(name.to_string()) };
                lab.look(|view| view.key = next);
            }
        >
            {label.to_string()}
        </button>
    }
}
