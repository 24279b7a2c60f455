//! A button that opens a sheet below itself.

use super::attribute_at;
use leptos::html::{Button, Div};
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;

/// The button with its sheet, which is made when it is opened. Escape closes it, as does leaving it by
/// keyboard or pointer, and pressing what has the attribute `data-closes` in it.
#[component]
pub fn Sheet(
    /// What the button says; the element around both has it, in small letters, as its class.
    name: &'static str,
    /// What is inside the sheet.
    made: fn() -> AnyView,
    /// What stands on the button.
    children: Children,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let (root, button) = (NodeRef::<Div>::new(), NodeRef::<Button>::new());
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    let leave = move |event: leptos::ev::FocusEvent| {
        let next = event.related_target().and_then(|next| next.dyn_into::<web_sys::Node>().ok());
        if root.get_untracked().is_some_and(|root| !root.contains(next.as_ref())) {
            open.set(false);
        }
    };
    let class = name.to_ascii_lowercase();
    let id = format!("{class}-sheet");
    view! {
        <div
            class=format!("opener {class}")
            node_ref=root
            on:focusout=leave
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close();
                }
            }
        >
            <button
                class="btn"
                node_ref=button
                aria-label=name
                aria-expanded=move || open.get().to_string()
                aria-controls=id.clone()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {children()}
            </button>
            <div
                class="sheet"
                id=id
                tabindex="-1"
                hidden=move || !open.get()
                on:click=move |event| {
                    if attribute_at(&event, "data-closes").is_some() {
                        close();
                    }
                }
            >
                {move || open.get().then(made)}
            </div>
        </div>
    }
}
