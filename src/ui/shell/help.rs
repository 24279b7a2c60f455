//! The list of keys of the keyboard, and the words that texts about TLS have two of.

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
            <h3>"Names and standards"</h3>
            <dl class="names">
                {NAMES
                    .iter()
                    .map(|(name, meaning)| view! { <dt>{*name}</dt> <dd>{*meaning}</dd> })
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

/// What a reader of older texts may look for.
const NAMES: &[(&str, &str)] = &[
    (
        "main secret",
        "RFC 9846's name for what RFC 8446, RFC 5246 and most tools call the master secret. The labels \
         that go into the derivation keep the old word: the bytes are the same.",
    ),
    ("preliminary secret", "what RFC 5246 calls the pre-master secret, in TLS 1.2."),
    (
        "extended_main_secret",
        "the extension that RFC 7627 and Wireshark call extended_master_secret.",
    ),
    (
        "exporter secret, resumption secret",
        "exporter_master_secret and resumption_master_secret in RFC 8446.",
    ),
    (
        "RFC 9846",
        "TLS 1.3 of July 2026. It made RFC 8446 obsolete, and RFC 5246, the text of TLS 1.2, with RFC \
         5077, RFC 7627 and RFC 8422. They are still cited here for what TLS 1.2 does, since nothing else \
         says it. TLS 1.2 gets no new features (RFC 9851); TLS 1.0 and 1.1 must not be used (RFC 8996).",
    ),
];

/// A key as it is written on the keyboard.
fn key_name(key: &'static str) -> &'static str {
    match key {
        "ArrowRight" => "→",
        "ArrowLeft" => "←",
        " " => "Space",
        other => other,
    }
}
