//! Playing: the steps advance by themselves, until the last or until the person does something.

use crate::ui::lab;
use crate::ui::state::Lab;
use leptos::prelude::*;
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

/// Advances while [`Lab::playing`], as long as the present component lives.
pub fn drive() {
    let lab = lab();
    Effect::new(move |_| {
        if !lab.playing.get() {
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
