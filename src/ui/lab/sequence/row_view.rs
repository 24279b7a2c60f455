//! A row of the ladder, drawn.

use super::row::RowView;
use crate::route::Layer;
use crate::story::format;
use crate::story::sequence::Part;
use crate::trace::Endpoint;
use crate::ui::lab;
use crate::ui::lab::Front;
use crate::ui::parts::plain_click;
use leptos::prelude::*;

/// Where the arrow starts and ends, in pixels from the row's top.
const START: u32 = 19;
const SLANT: u32 = 9;

/// One row: a link to its step.
#[component]
pub fn RowItem(
    row: RowView,
    /// Which row it is, from 0.
    at: usize,
    here: Memo<Option<usize>>,
    /// The row that the Tab key leads to.
    entry: Memo<usize>,
    first_of_moment: bool,
) -> impl IntoView {
    let lab = lab();
    let step = row.step;
    let (part, position) = (row.part, row.position);
    let steps = row.steps.clone();
    let present = Memo::new(move |_| here.get().is_some_and(|here| steps.contains(&here)));
    let moment = format::moment(row.sent_us);
    // The unit stands at the first row alone.
    let moment = match row.sent_us {
        0 => moment,
        _ => moment.strip_suffix(" ms").unwrap_or(&moment).to_string(),
    };
    let choose = move |event| {
        if !plain_click(&event) {
            return;
        }
        lab.step_to(step);
        lab.look(|view| {
            let layer = match part {
                Part::Packet(_) => Layer::Packet,
                Part::Record(_) => Layer::Record,
                Part::Message(_) => Layer::Message,
            };
            if (view.layer, view.part) != (layer, position) {
                view.selection.clear();
            }
            (view.layer, view.part) = (layer, position);
        });
        lab.turn_to(Front::Step);
    };
    view! {
        <li class:later=first_of_moment>
            <a
                class=format!("row {}", row.mark.class())
                class:present=present
                class:ahead=move || here.get().is_some_and(|here| here < step)
                href=move || lab.step_href(Some(step))
                tabindex=move || if entry.get() == at { "0" } else { "-1" }
                aria-current=move || present.get().then_some("step")
                on:click=choose
            >
                <span class="moment mono" translate="no" aria-hidden="true">{first_of_moment.then_some(moment)}</span>
                <span class=way(&row)>
                    <span class="label">
                        <i aria-hidden="true">{row.mark.symbol()}</i>
                        {(!row.mark.symbol().is_empty()).then_some(" ")}
                        {row.label.clone()}
                    </span>
                    <span class="sr-only">{row.spoken()}</span>
                    <Arrow from=row.from slanted=row.slanted arrived=row.arrived/>
                </span>
            </a>
        </li>
    }
}

/// The way that is gone when the row is the present one: all of it, or half where it never arrives.
fn way(row: &RowView) -> &'static str {
    match (row.from, row.arrived) {
        (Endpoint::Client, true) => "wire to-server",
        (Endpoint::Server, true) => "wire to-client",
        (Endpoint::Client, false) => "wire to-server half",
        (Endpoint::Server, false) => "wire to-client half",
    }
}

/// The arrow. One that never arrives ends halfway, with a cross.
#[component]
fn Arrow(from: Endpoint, slanted: bool, arrived: bool) -> impl IntoView {
    let fall = if slanted { SLANT } else { 0 };
    let fall = if arrived { fall } else { fall / 2 };
    let (x1, x2, tip) = match (from, arrived) {
        (Endpoint::Client, true) => ("0", "100%", "M0 0-9-4.5v9z"),
        (Endpoint::Server, true) => ("100%", "0", "M0 0 9-4.5v9z"),
        (Endpoint::Client, false) => ("0", "50%", "M-4-4 4 4M4-4-4 4"),
        (Endpoint::Server, false) => ("100%", "50%", "M-4-4 4 4M4-4-4 4"),
    };
    let end = START + fall;
    view! {
        <svg class="arrow" width="100%" height="33" aria-hidden="true">
            <line x1=x1 y1=START x2=x2 y2=end/>
            <svg x=x2 y=end overflow="visible">
                <path class="tip" class:lost=!arrived d=tip/>
            </svg>
        </svg>
    }
}
