//! Something to tell the person, until dismissed.

use crate::ui::lab;
use leptos::prelude::*;

/// The notice, announced to screen readers as it appears.
#[component]
pub fn Notice() -> impl IntoView {
    let lab = lab();
    view! {
        <div role="status" class="notices">
            {move || {
                lab.notice.get().map(|text| {
                    view! {
                        <p class="notice-bar">
                            <span>{text}</span>
                            <button class="btn" on:click=move |_| lab.notice.set(None)>"Dismiss"</button>
                        </p>
                    }
                })
            }}
        </div>
    }
}
