//! Copying to the clipboard.

use crate::ui::dom;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Copies `text`. Gives back whether the browser let it: it may refuse, and has no clipboard at all
/// where the page did not come over HTTPS or from this machine.
async fn copy(text: &str) -> bool {
    let clipboard = dom::window().navigator().clipboard();
    let exists = !AsRef::<js_sys::Object>::as_ref(&clipboard).is_undefined();
    exists && JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// A button that copies a text and says so.
#[component]
pub fn CopyButton(
    /// What it copies.
    #[prop(into)]
    text: Signal<String>,
    /// What is copied, for people who do not see what the button stands beside.
    #[prop(into)]
    what: String,
    /// Whether everyone is told what is copied.
    #[prop(optional)]
    named: bool,
) -> impl IntoView {
    let told = RwSignal::new("Copy");
    let click = move |_| {
        spawn_local(async move {
            let text = text.get_untracked();
            told.set(if copy(&text).await { "Copied" } else { "Select it to copy" });
            // The button may be gone by then.
            let reset = move || {
                let _ = told.try_set("Copy");
            };
            let _ = set_timeout(reset, Duration::from_secs(2));
        });
    };
    view! {
        <button class="btn copy" on:click=click>
            <span aria-live="polite">{told}</span>
            <span class:sr-only=!named>" "{what}</span>
        </button>
    }
}
