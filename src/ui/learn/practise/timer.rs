//! The time that is left of an exam.

use crate::ui::dom;
use leptos::prelude::*;
use std::time::Duration;

/// How often it is looked at.
const PACE: Duration = Duration::from_millis(250);

/// The time left of so many minutes, from now on; `end` is called when there is none.
#[component]
pub fn Timer(minutes: usize, end: Callback<()>) -> impl IntoView {
    // More minutes than this holds are not left either way.
    let until = dom::now() + f64::from(u32::try_from(minutes * 60).unwrap_or(u32::MAX)) * 1000.0;
    let now = RwSignal::new(dom::now());
    let left = Memo::new(move |_| ((until - now.get()).max(0.0) / 1000.0).ceil() as u64);
    let _ = set_interval(move || now.set(dom::now()), PACE);
    Effect::new(move |_| {
        if left.get() == 0 {
            end.run(());
        }
    });
    let text = move || format!("{}:{:02}", left.get() / 60, left.get() % 60);
    view! { <span class="exam-timer" role="timer" aria-label="Time left">{text}</span> }
}
