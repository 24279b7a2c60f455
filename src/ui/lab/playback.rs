//! Playing: the steps advance by themselves, until the last or until the person does something.

use crate::ui::state::Lab;
use crate::ui::{dom, lab};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use web_sys::Element;
use web_sys::wasm_bindgen::JsCast;

/// How long a step stays.
const PACE: Duration = Duration::from_millis(1500);

/// Plays or pauses; from the last step on, plays from the beginning.
pub fn toggle(lab: Lab) {
    let playing = !lab.playing.get_untracked();
    if playing && untrack(|| lab.here() == Some(lab.last_step())) {
        lab.show_whole();
    }
    lab.playing.set(playing);
}

/// Plays by itself in a frame that asks for it, once that is in sight: public/boot.js says whether.
pub fn begin(lab: Lab) {
    spawn_local(async move {
        if let Ok(Some(body)) = dom::document().query_selector("[data-play] body") {
            dom::in_sight(&body).await;
            lab.playing.set(true);
        }
    });
}

/// Advances while [`Lab::playing`], as long as the present component lives.
pub fn drive() {
    let lab = lab();
    Effect::new(move |_| {
        // A run that is still being made has no steps yet.
        if !lab.playing.get() || lab.run.read().is_err() {
            return;
        }
        let advance = move || {
            lab.step_by(1);
            if untrack(|| lab.here() == Some(lab.last_step())) {
                lab.playing.set(false);
            }
        };
        // Ends with this effect's present run.
        let _ = set_interval(advance, PACE);
    });
    let pause = move |on_button: bool| {
        if !on_button && lab.playing.get_untracked() {
            lab.playing.set(false);
        }
    };
    let pointer = window_event_listener(leptos::ev::pointerdown, move |event| {
        let pressed: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
        pause(pressed.is_some_and(|element| element.closest(".play").ok().flatten().is_some()));
    });
    // The key that pauses is in the lab's table of keys, which would start it again.
    let key = window_event_listener(leptos::ev::keydown, move |event| {
        pause(matches!(event.key().as_str(), " " | "Enter" | "Tab" | "Shift"));
    });
    on_cleanup(move || {
        lab.playing.set(false);
        pointer.remove();
        key.remove();
    });
}
