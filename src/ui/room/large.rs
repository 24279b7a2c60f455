//! Screens that are pages, shown to a room: large, without what is around them.

use super::{on_key, speaks_to};
use leptos::prelude::*;

/// The button below such a screen, which the key `p` stands for as well. The style sheet does the rest.
#[component]
pub fn Present() -> impl IntoView {
    let on = RwSignal::new(false);
    on_key(move |event| {
        let is_key = match &*event.key() {
            "p" | "P" => speaks_to(event),
            "Escape" => on.get_untracked(),
            _ => false,
        };
        if is_key {
            on.set(event.key() != "Escape" && !on.get_untracked());
        }
        is_key
    });
    let label = move || if on.get() { "End presenting" } else { "Present" };
    view! {
        <p class="to-present" class:presented=on>
            <button class="btn" aria-keyshortcuts="p" on:click=move |_| on.update(|on| *on = !*on)>{label}</button>
        </p>
    }
}
