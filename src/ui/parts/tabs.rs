//! A row of tabs (the tabs pattern of WAI-ARIA).

use crate::ui::lab;
use crate::ui::state::Lab;
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::KeyboardEvent;
use web_sys::wasm_bindgen::JsCast;

/// A tab: what stands on it, what its id ends in, and the id of what it shows.
pub type Tab = (&'static str, &'static str, &'static str);

/// The tabs, of which one is chosen. Arrow keys go from one to the next.
#[component]
pub fn Tabs(
    class: &'static str,
    label: &'static str,
    tabs: Vec<Tab>,
    /// Which one is chosen, from 0.
    at: Memo<usize>,
    choose: fn(Lab, usize),
) -> impl IntoView {
    let lab = lab();
    let row = NodeRef::<Div>::new();
    let count = tabs.len();
    let key = move |event: KeyboardEvent| {
        let here = at.get_untracked();
        let to = match event.key().as_str() {
            "ArrowRight" => (here + 1) % count,
            "ArrowLeft" => (here + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        choose(lab, to);
        let tab = row.get_untracked().and_then(|row| row.children().item(to as u32));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = tab.focus();
        }
    };
    let tab = move |(place, (label, word, controls)): (usize, Tab)| {
        let is = move || at.get() == place;
        view! {
            <button
                role="tab"
                id=format!("tab-{word}")
                aria-controls=controls
                aria-selected=move || is().to_string()
                tabindex=move || if is() { "0" } else { "-1" }
                on:click=move |_| choose(lab, place)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class=class role="tablist" aria-label=label node_ref=row on:keydown=key>
            {tabs.into_iter().enumerate().map(tab).collect_view()}
        </div>
    }
}
