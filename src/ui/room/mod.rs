//! Showing the page to a room: large, with notes for whoever speaks.
//!
//! | file | what is in it |
//! |---|---|
//! | `bar` | what the foot of the lab has while it is presented |
//! | `large` | the same for screens that are pages |
//! | `open` | the button that opens the second window |
//! | `first` | the window that is presented: it tells where it is, and goes where the second one wants |
//! | `second` | the second window: the notes, what comes next, and a clock |
//! | `clock` | how long one has been speaking |
//! | `line` | what the two talk over |
//!
//! The styles are in `style.css`: presenting begins with a part that is loaded on demand.

mod bar;
mod clock;
mod first;
mod large;
mod line;
mod open;
mod second;

pub use large::Present;
pub use open::OpenNotes;

use crate::ui::lab::keyboard::character_keys;
use crate::ui::parts::Behind;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// What the foot of the lab has while it is presented, loaded then.
#[wasm_split(room, wasm_split_path = leptos::wasm_split, fallible)]
pub fn bar_door() -> Behind {
    Ok(|| view! { <bar::Bar/> }.into_any())
}

/// The button that opens the second window, loaded with the notes of a lesson's page.
#[wasm_split(room, wasm_split_path = leptos::wasm_split, fallible)]
pub fn open_door() -> Behind {
    Ok(|| view! { <OpenNotes/> }.into_any())
}

/// The second window.
#[wasm_split(notes, wasm_split_path = leptos::wasm_split, fallible)]
pub fn second_door() -> Behind {
    Ok(|| view! { <second::Second/> }.into_any())
}

/// Listens for keys as long as the present component lives. A key that did something does nothing else.
pub fn on_key(done: impl Fn(&KeyboardEvent) -> bool + 'static) {
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if !event.default_prevented() && done(&event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Whether a key of one character is meant for the page, and not for what has the focus.
pub fn speaks_to(event: &KeyboardEvent) -> bool {
    let focused: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let takes = |element: &Element| {
        let takers = "input, select, textarea, dialog, [contenteditable], [role=textbox]";
        element.closest(takers).ok().flatten().is_some()
    };
    let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
    character_keys() && !modified && !focused.is_some_and(|element| takes(&element))
}
