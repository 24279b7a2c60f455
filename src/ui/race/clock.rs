//! The moment that the lanes show: moved by hand, or by itself.

use super::course::{Course, NOTHING};
use crate::race;
use crate::story::format::moment;
use crate::ui::dom;
use leptos::prelude::*;
use std::time::Duration;

/// How often the moment moves on while playing, and in how many steps from start to end.
const PACE: Duration = Duration::from_millis(40);
const STEPS: u64 = 100;

/// The moment's slider, and playing: once by itself. Who wants no motion goes from event to event. `now` is
/// in microseconds; `None` for the end.
#[component]
pub fn Clock(course: Course, span: Memo<u64>, now: RwSignal<Option<u64>>) -> impl IntoView {
    let playing = RwSignal::new(false);
    // Another race has another axis. The first one plays, from its start again with each lane that
    // arrives while it does.
    let fresh = StoredValue::new(!dom::wants_no_motion());
    Effect::new(move |_| {
        let plays = span.get() > NOTHING && fresh.get_value();
        now.set(plays.then_some(0));
        playing.set(plays);
    });
    Effect::new(move |_| {
        if !playing.get() {
            return;
        }
        // Ends with this effect's present run.
        let _ = set_interval(
            move || {
                advance(span, now, playing);
                if !playing.get_untracked() {
                    fresh.set_value(false);
                }
            },
            PACE,
        );
    });
    let next_event = move |_| {
        let at = now.get_untracked();
        let moments = untrack(|| race::moments(&course.lanes()));
        let next = moments.into_iter().find(|moment| at.is_none_or(|at| *moment > at));
        now.set(next.filter(|next| *next < span.get_untracked()));
    };
    let at = move || now.get().unwrap_or_else(|| span.get());
    let play = move |_| {
        fresh.set_value(false);
        if !playing.get_untracked() && now.get_untracked().is_none() {
            now.set(Some(0));
        }
        playing.update(|playing| *playing = !*playing);
    };
    view! {
        <div class="race-clock">
            <button class="btn moves" on:click=play>
                {move || if playing.get() { "Pause" } else { "Play" }}
            </button>
            <button class="btn events" on:click=next_event>"Next event"</button>
            <label>
                <span class="dim">"moment"</span>
                <input
                    type="range"
                    min="0"
                    max=STEPS
                    prop:value=move || (at() * STEPS).div_ceil(span.get()).to_string()
                    aria-valuetext=move || moment(at())
                    on:input:target=move |event| {
                        fresh.set_value(false);
                        playing.set(false);
                        let step: u64 = event.target().value().parse().unwrap_or(STEPS);
                        now.set((step < STEPS).then(|| step * span.get_untracked() / STEPS));
                    }
                />
            </label>
            <output>{move || moment(at())}</output>
        </div>
    }
}

/// One step on; at the end, the playing ends.
fn advance(span: Memo<u64>, now: RwSignal<Option<u64>>, playing: RwSignal<bool>) {
    let span = span.get_untracked();
    let next = now.get_untracked().unwrap_or(0) + (span / STEPS).max(1);
    if next < span {
        now.set(Some(next));
    } else {
        now.set(None);
        playing.set(false);
    }
}
