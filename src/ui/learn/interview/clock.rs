//! How much of a prompt's time is left. It only tells: nothing ends with it.

use crate::ui::dom;
use crate::ui::learn::minutes::{PACE, left_of, minutes_seconds};
use leptos::prelude::*;

/// The time left of so many minutes, from when it is started, in whole seconds.
#[component]
pub fn Clock(minutes: usize) -> impl IntoView {
    // In milliseconds: what was used before the last pause, and when it was started after it.
    let used = RwSignal::new(0.0);
    let started = RwSignal::new(None::<f64>);
    let now = RwSignal::new(0.0);
    Effect::new(move |_| {
        if started.get().is_some() {
            // Ends with this effect's present run.
            let _ = set_interval(move || now.set(dom::now()), PACE);
        }
    });
    let left = Memo::new(move |_| {
        let running = started.get().map_or(0.0, |started| (now.get() - started).max(0.0));
        left_of(minutes, used.get() + running)
    });
    let press = move |_| {
        let moment = dom::now();
        now.set(moment);
        match started.get_untracked() {
            None => started.set(Some(moment)),
            Some(since) => {
                used.update(|used| *used += moment - since);
                started.set(None);
            }
        }
    };
    let text = move || {
        let time = minutes_seconds(left.get());
        if left.get() < 0 { format!("{time} over") } else { time }
    };
    view! {
        <p class="prompt-clock">
            <span role="timer" aria-label="Time left" class:bad=move || left.get() < 0>{text}</span>
            <button class="btn" on:click=press>
                {move || match (started.get().is_some(), used.get() > 0.0) {
                    (true, _) => "Pause",
                    (false, true) => "Go on",
                    (false, false) => "Start the clock",
                }}
            </button>
        </p>
    }
}
