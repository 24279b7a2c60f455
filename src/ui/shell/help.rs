//! The list of keys.

use crate::ui::lab;
use crate::ui::lab::keyboard::{BINDINGS, character_keys, set_character_keys};
use crate::ui::parts::Behind;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// The dialog, loaded when first asked for.
#[wasm_split(help, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <Help/> }.into_any())
}

/// The dialog that lists the keys. The browser keeps the focus in it and gives it back.
#[component]
fn Help() -> impl IntoView {
    let lab = lab();
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (lab.help.get(), dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog class="help" node_ref=dialog aria-labelledby="help-title" on:close=move |_| lab.help.set(false)>
            <div class="help-head">
                <h2 id="help-title">"Keys"</h2>
                <button class="btn" on:click=move |_| lab.help.set(false)>"Close"</button>
            </div>
            <dl class="keys">
                {BINDINGS
                    .iter()
                    .map(|binding| {
                        let keys = binding
                            .keys
                            .iter()
                            .map(|key| view! { <kbd>{key_name(key)}</kbd> " " })
                            .collect_view();
                        view! {
                            <div>
                                <dt>{keys}</dt>
                                <dd>{binding.label}</dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
            <label class="switch">
                <input
                    type="checkbox"
                    prop:checked=character_keys()
                    on:change:target=move |event| set_character_keys(event.target().checked())
                />
                " Letters, digits and “?” work as keys"
            </label>
            <p class="licences">
                <a href="./THIRD-PARTY-LICENSES.txt">"Licences of what this page is built from"</a>
            </p>
        </dialog>
    }
}

/// A key as it is written on the keyboard.
fn key_name(key: &'static str) -> &'static str {
    match key {
        "ArrowRight" => "→",
        "ArrowLeft" => "←",
        " " => "Space",
        other => other,
    }
}
