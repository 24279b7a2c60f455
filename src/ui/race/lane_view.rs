//! One lane: what runs in it, the drawing, and its figures.

use super::course::Course;
use super::track::Track;
use crate::race::words::{figures, parts};
use crate::race::{Flight, Lane};
use crate::story::format::moment;
use leptos::prelude::*;

/// The lane at this place of the race.
#[component]
pub fn LaneItem(
    course: Course,
    place: usize,
    span: Memo<u64>,
    now: RwSignal<Option<u64>>,
) -> impl IntoView {
    let shown = move || match course.entry(place)? {
        Ok(lane) => Some(measured(lane, course, span, now).into_any()),
        Err(why) => {
            let text = course.texts.read().get(place).cloned().unwrap_or_default();
            let view = view! {
                <h2><code translate="no">{text}</code></h2>
                <p class="lane-failed">{why}</p>
            };
            Some(view.into_any())
        }
    };
    view! { <li class="lane">{shown}</li> }
}

fn measured(
    lane: Lane,
    course: Course,
    span: Memo<u64>,
    now: RwSignal<Option<u64>>,
) -> impl IntoView {
    let about = format!("{} ({}), from {}", figures(&lane), parts(&lane), lane.counted_from.name());
    let sentence = format!("{}: {about}.", lane.title);
    let time_us = lane.time_us;
    // Shown once the moment is past its arrival, and on paper; the sentence above the lanes tells a listener.
    let comes = move || now.get().is_some_and(|now| now < time_us);
    let place = move || place(time_us, course.lanes().iter().map(|lane| lane.time_us));
    view! {
        <div class="lane-head">
            <h2>{lane.title}</h2>
            <code translate="no" class="dim">{lane.scenario.clone()}</code>
            <span class="lane-figures">
                <b class="tag lane-place" class:comes=comes aria-hidden="true">{place}</b> " " <strong>{figures(&lane)}</strong>
            </span>
        </div>
        <Track lane=lane.clone() course span now sentence/>
        <div class="lane-foot">
            <span>{parts(&lane)} ", from " {lane.counted_from.name()}</span>
            <a href=Course::href(&lane)>
                "See it in the lab" <span class="sr-only">": " {lane.title}</span>
            </a>
        </div>
        <details class="flights">
            <summary>"Packets until then"<span class="sr-only">": " {lane.title}</span></summary>
            <ol>{lane.flights.iter().map(flight).collect_view()}</ol>
        </details>
    }
}

/// The place of a time among all, as words; equals share one.
fn place(time_us: u64, all: impl Iterator<Item = u64>) -> String {
    match all.filter(|one| *one < time_us).count() + 1 {
        1 => "1st".into(),
        2 => "2nd".into(),
        3 => "3rd".into(),
        n => format!("{n}th"),
    }
}

fn flight(flight: &Flight) -> impl IntoView + use<> {
    let arrives = match flight.received_us {
        Some(at) => format!("{} → {}", moment(flight.sent_us), moment(at)),
        None => format!("{}, lost", moment(flight.sent_us)),
    };
    let class = format!("tag {}", flight.epoch.name());
    view! {
        <li>
            <span class="flight-time">{arrives}</span>
            <span class=format!("flight-from {}", flight.from.name())>{flight.from.name()}</span>
            <span>{flight.carries.join(", ")}</span>
            <span class=class>{flight.keys}</span>
        </li>
    }
}
