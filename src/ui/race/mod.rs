//! Race: scenarios side by side on one time axis, up to the first application byte, and what their
//! round trips come to over the connections of a day.
//!
//! | file | what is in it |
//! |---|---|
//! | `course` | the runs behind the lanes, measured |
//! | `controls` | which scenarios, and how far away the server is |
//! | `lane_view` | one lane with its figures |
//! | `track` | its drawing, and the axis |
//! | `clock` | the moment shown: scrubbing and playing |
//! | `fleet_view` | the fleet calculator |

mod clock;
mod controls;
mod course;
mod fleet_view;
mod lane_view;
mod track;

use super::lab;
use super::parts::{Behind, loading};
use super::room::Present;
use crate::race::words::figures;
use crate::race::{LANES, Lane};
use course::{Course, Entry};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::wasm_split;

/// The race, loaded when first shown.
#[wasm_split(race, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <Race/> }.into_any())
}

/// The race that the link names, once its runs are made.
#[component]
fn Race() -> impl IntoView {
    let lab = lab();
    let ready = RwSignal::new(false);
    spawn_local(loading(async move {
        Course::run_ahead(lab).await;
        ready.try_set(true);
    }));
    move || {
        if ready.get() {
            view! { <Lanes/> }.into_any()
        } else {
            view! { <p class="later" role="status">"Running…"</p> }.into_any()
        }
    }
}

/// All of it.
#[component]
fn Lanes() -> impl IntoView {
    let course = Course::of(lab());
    let now = RwSignal::new(None);
    let span = Memo::new(move |_| course.span_us());
    let count = Memo::new(move |_| course.entries().len());
    view! {
        <div class="page race">
            <h1>"Race"</h1>
            <p class="lead">
                "How long until the first byte of the answer? Each lane is a real run over a link of the same length, measured at the client: from its first SYN to the first application byte that it can read. A connection kept alive is open already, so there time counts from the request."
            </p>
            <controls::Controls course/>
            <p class="race-result" role="status">{move || result(&course.entries())}</p>
            <clock::Clock course span now/>
            <track::Axis course span/>
            <ol class="lanes">
                {(0..*LANES.end())
                    .map(|place| {
                        move || {
                            (place < count.get()).then(|| view! { <lane_view::LaneItem course place span now/> })
                        }
                    })
                    .collect_view()}
            </ol>
            <track::Legend/>
            <fleet_view::FleetCalculator course/>
            <Present/>
        </div>
    }
}

/// Who is first and who is last, in a sentence.
fn result(entries: &[Entry]) -> String {
    let measured = || entries.iter().filter_map(|entry| entry.as_ref().ok());
    let time = |lane: &&Lane| lane.time_us;
    let (Some(first), Some(last)) = (measured().min_by_key(time), measured().max_by_key(time))
    else {
        return String::new();
    };
    if first.time_us == last.time_us {
        return format!("All are level: {}.", figures(first));
    }
    format!(
        "First: {} ({}). Last: {} ({}).",
        first.title,
        figures(first),
        last.title,
        figures(last)
    )
}
