//! Which scenarios race, and how far away their servers are.

use super::course::Course;
use crate::race::{LANES, RTT_MS};
use crate::scenario::PRESETS;
use crate::ui::parts::{options, ready_made};
use leptos::prelude::*;

/// Round-trip times to choose from, in milliseconds: the same city, the same continent or an ocean
/// between, the other side of the Earth.
const DISTANCES: [usize; 3] = [20, 80, 200];

/// The race's controls.
#[component]
pub fn Controls(course: Course) -> impl IntoView {
    let count = Memo::new(move |_| course.texts.read().len());
    view! {
        <div class="race-controls" role="group" aria-label="The race">
            {(0..*LANES.end())
                .map(|place| {
                    move || (place < count.get()).then(|| view! { <Entrant course place count/> })
                })
                .collect_view()}
            {move || {
                (count.get() < *LANES.end())
                    .then(|| view! { <button class="btn" on:click=move |_| add(course)>"Add a lane"</button> })
            }}
        </div>
        <div class="race-controls" role="group" aria-label="Round-trip time">
            <label class="chip">
                <span>"round-trip time"</span>
                <input
                    type="number"
                    min=*RTT_MS.start()
                    max=*RTT_MS.end()
                    prop:value=move || course.race.read().rtt_ms.to_string()
                    on:change:target=move |event| set_rtt(course, &event.target().value())
                />
                <span>"ms"</span>
            </label>
            <div class="seg" role="group" aria-label="Common round-trip times">
                {DISTANCES
                    .map(|rtt_ms| {
                        view! {
                            <button
                                aria-pressed=move || (course.race.read().rtt_ms == rtt_ms).to_string()
                                on:click=move |_| course.change(|race| race.rtt_ms = rtt_ms)
                            >
                                {rtt_ms} " ms"
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </div>
    }
}

/// One lane's scenario.
#[component]
fn Entrant(course: Course, place: usize, count: Memo<usize>) -> impl IntoView {
    let text = Memo::new(move |_| course.texts.read().get(place).cloned().unwrap_or_default());
    let number = place + 1;
    view! {
        <div class="entrant">
            <label class="chip">
                <span>{format!("lane {number}")}</span>
                <select
                    prop:value=text
                    on:change:target=move |event| {
                        let value = event.target().value();
                        edit(course, |texts| if let Some(text) = texts.get_mut(place) { *text = value });
                    }
                >
                    {move || options(ready_made(), &text.read())}
                </select>
            </label>
            {move || {
                (count.get() > *LANES.start())
                    .then(|| {
                        view! {
                            <button
                                class="btn quiet remove"
                                aria-label=format!("Remove lane {number}")
                                title=format!("Remove lane {number}")
                                on:click=move |_| edit(course, |texts| drop(texts.remove(place)))
                            >
                                "✕"
                            </button>
                        }
                    })
            }}
        </div>
    }
}

/// Adds the first preset that does not race yet.
fn add(course: Course) {
    edit(course, |texts| {
        let new = PRESETS.iter().find(|preset| texts.iter().all(|text| text != preset.id));
        texts.push(new.unwrap_or(const { &PRESETS[0] }).id.into());
    });
}

fn edit(course: Course, change: impl FnOnce(&mut Vec<String>)) {
    let mut texts = course.texts.get_untracked();
    change(&mut texts);
    course.change(|race| race.lanes = texts.join(","));
}

/// Takes the nearest round-trip time that can be; what is no number changes nothing.
fn set_rtt(course: Course, text: &str) {
    let (least, most) = (*RTT_MS.start() as usize, *RTT_MS.end() as usize);
    let old = course.race.read_untracked().rtt_ms;
    let rtt_ms = text.trim().parse().map_or(old, |rtt_ms: usize| rtt_ms.clamp(least, most));
    course.change(|race| race.rtt_ms = rtt_ms);
}
