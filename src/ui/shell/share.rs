//! Sharing: the link to exactly what is on screen.

use crate::ui::{dom, lab, parts};
use leptos::html::Input;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen_futures::spawn_local;

/// The address of what is on screen, whole, and not as a part of another page; tracked.
pub fn address(lab: crate::ui::state::Lab) -> String {
    let here = dom::window().location().href().unwrap_or_default();
    let base = here.split(['?', '#']).next().unwrap_or_default();
    format!("{base}{}", lab.link.read())
}

/// Copies the link. Where the browser does not let it, shows the link to be copied by hand.
#[component]
pub fn Share() -> impl IntoView {
    let lab = lab();
    let told = RwSignal::new("");
    let by_hand = RwSignal::new(false);
    let field = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
            field.select();
        }
    });
    let share = move |_| {
        spawn_local(async move {
            let text = untrack(|| address(lab));
            if !parts::copy(&text).await {
                by_hand.set(true);
                return;
            }
            told.set("Link copied");
            let _ = set_timeout(move || told.set(""), Duration::from_secs(2));
        });
    };
    view! {
        <div class="share">
            <button class="btn" on:click=share title="Copy the link to this step">
                {move || if told.read().is_empty() { "Share" } else { "Copied" }}
            </button>
            <span class="sr-only" role="status">{told}</span>
            {move || {
                by_hand
                    .get()
                    .then(|| {
                        view! {
                            <div class="sheet">
                                <label>
                                    "Copy this link"
                                    <input
                                        node_ref=field
                                        readonly
                                        prop:value=move || address(lab)
                                        on:blur=move |_| by_hand.set(false)
                                    />
                                </label>
                            </div>
                        }
                    })
            }}
        </div>
    }
}
