//! The button that opens the second window.

use super::first::First;
use super::{on_key, speaks_to};
use crate::ui::lab;
use leptos::prelude::*;

/// The button. Where the browser opened no window, a link.
#[component]
pub fn OpenNotes() -> impl IntoView {
    let first = First::new(lab());
    let refused = RwSignal::new(None::<String>);
    let open = move || refused.set(first.open().err());
    let by_key = open.clone();
    on_key(move |event| {
        let is_key = speaks_to(event) && event.key().eq_ignore_ascii_case("n");
        if is_key {
            by_key();
        }
        is_key
    });
    view! {
        <button class="btn quiet" aria-keyshortcuts="n" on:click=move |_| open()>
            "Notes in a second window"
        </button>
        <span class="notes-refused" role="status">
            {move || {
                refused.get().map(|address| {
                    view! {
                        "The browser opened no window. "
                        <a href=address target="_blank">"Open the notes"</a>
                    }
                })
            }}
        </span>
    }
}
