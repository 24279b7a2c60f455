//! The time that is left of a set with a clock.

use crate::ui::dom;
use crate::ui::learn::minutes::{PACE, left_of, minutes_seconds};
use leptos::prelude::*;

/// The time left of so many minutes from when it `began`, in milliseconds since 1970; `end` is called when there
/// is none.
#[component]
pub fn Timer(began: u64, minutes: usize, end: Callback<()>) -> impl IntoView {
    let now = RwSignal::new(dom::now());
    let left = Memo::new(move |_| left_of(minutes, now.get() - began as f64).max(0));
    let _ = set_interval(move || now.set(dom::now()), PACE);
    Effect::new(move |_| {
        if left.get() == 0 {
            end.run(());
        }
    });
    let text = move || minutes_seconds(left.get());
    view! { <span class="exam-timer" role="timer" aria-label="Time left">{text}</span> }
}
