//! One line for someone who is here for the first time.

use crate::route::{Page, View};
use crate::scenario::Version;
use crate::ui::{lab, storage};
use leptos::prelude::*;

/// The name under which it is kept that the hint was dismissed.
const SEEN: &str = "hint-seen";

/// What this screen is and what to do first, until dismissed.
#[component]
pub fn Hint() -> impl IntoView {
    let lab = lab();
    let shown = RwSignal::new(storage::get(SEEN).is_none());
    let dismiss = move |_| {
        shown.set(false);
        storage::set(SEEN, "1");
    };
    let version = move || match lab.scenario().map(|scenario| scenario.version) {
        Some(Version::Tls12) => "TLS 1.2",
        _ => "TLS 1.3",
    };
    move || {
        shown.get().then(|| {
            view! {
                <p class="hint">
                    <span>
                        "A real " {version} " connection, just run in this tab. Step with " <kbd>"→"</kbd>
                        " or "
                        <a
                            href="#/learn"
                            on:click=move |event| {
                                event.prevent_default();
                                lab.go(Page::Lessons, View::default());
                            }
                        >
                            "take the first lesson"
                        </a> "."
                    </span>
                    <button class="btn quiet" aria-label="Dismiss this hint" on:click=dismiss>
                        "✕"
                    </button>
                </p>
            }
        })
    }
}
