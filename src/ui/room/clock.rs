//! How long one has been speaking.

use crate::ui::dom;
use crate::ui::learn::minutes::{PACE, minutes_seconds};
use leptos::prelude::*;

/// Minutes and seconds since the window was opened, or since it was last started again.
#[component]
pub fn Clock() -> impl IntoView {
    let started = RwSignal::new(dom::now());
    let now = RwSignal::new(dom::now());
    Effect::new(move |_| {
        // Ends with this effect's present run.
        let _ = set_interval(move || now.set(dom::now()), PACE);
    });
    // A clock that was put back is no reason to count down.
    let seconds = Memo::new(move |_| ((now.get() - started.get()).max(0.0) / 1000.0) as i64);
    let again = move |_| {
        let moment = dom::now();
        now.set(moment);
        started.set(moment);
    };
    view! {
        <p class="speaker-clock">
            <span role="timer" aria-label="Time since the start">{move || minutes_seconds(seconds.get())}</span>
            <button class="btn" on:click=again>"Start again"</button>
        </p>
    }
}
