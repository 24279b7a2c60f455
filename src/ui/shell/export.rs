//! Exporting: the run as files that other tools read.

use crate::capture::{keylog, pcapng};
use crate::run::Run;
use crate::ui::parts::{Behind, attribute_at, later};
use crate::ui::{lab, parts};
use leptos::html::{Button, Div};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use web_sys::wasm_bindgen::JsCast;

/// A form in which a run leaves the page.
struct Form {
    label: &'static str,
    what: &'static str,
    ending: &'static str,
    media_type: &'static str,
    bytes: fn(&Run) -> Result<Vec<u8>, String>,
}

const FORMS: &[Form] = &[
    Form {
        label: "Capture (pcapng)",
        what: "Opens decrypted in Wireshark: the secrets are inside.",
        ending: "pcapng",
        media_type: "application/vnd.tcpdump.pcap",
        bytes: |run| Ok(pcapng::write(&run.trace)),
    },
    Form {
        label: "Key log",
        what: "The secrets alone, as SSLKEYLOGFILE.",
        ending: "keylog.txt",
        media_type: "text/plain",
        bytes: |run| Ok(keylog::write(&run.trace).into_bytes()),
    },
    Form {
        label: "Trace (JSON)",
        what: "Every packet and every operation of both ends.",
        ending: "trace.json",
        media_type: "application/json",
        bytes: |run| serde_json::to_vec(&run.trace).map_err(|error| error.to_string()),
    },
];

/// The button with its list of forms.
#[component]
pub fn Export() -> impl IntoView {
    let open = RwSignal::new(false);
    let asked = Memo::new(move |before| before == Some(&true) || open.get());
    let (root, button) = (NodeRef::<Div>::new(), NodeRef::<Button>::new());
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    // Leaving it by keyboard or pointer closes it.
    let leave = move |event: leptos::ev::FocusEvent| {
        let next = event.related_target().and_then(|next| next.dyn_into::<web_sys::Node>().ok());
        if root.get_untracked().is_some_and(|root| !root.contains(next.as_ref())) {
            open.set(false);
        }
    };
    view! {
        <div
            class="export"
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
                aria-expanded=move || open.get().to_string()
                aria-controls="export-forms"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                "Export"
            </button>
            <div
                class="sheet"
                id="export-forms"
                tabindex="-1"
                hidden=move || !open.get()
                on:click=move |event| {
                    if attribute_at(&event, "data-form").is_some() {
                        close();
                    }
                }
            >
                {move || asked.get().then(|| later(door))}
            </div>
        </div>
    }
}

/// The forms to choose from, with what writes them; loaded when the list is first opened.
#[wasm_split(export, wasm_split_path = leptos::wasm_split, fallible)]
fn door() -> Behind {
    Ok(|| view! { <Forms/> }.into_any())
}

#[component]
fn Forms() -> impl IntoView {
    let lab = lab();
    let save = move |form: &'static Form| {
        let file = lab.run.with_untracked(|run| {
            let run = run.as_ref().map_err(ToString::to_string)?;
            let bytes = (form.bytes)(run)?;
            let name = format!("{}.{}", run.scenario.text(), form.ending);
            parts::download(&name, form.media_type, &bytes).map_err(|error| format!("{error:?}"))
        });
        if let Err(error) = file {
            lab.notice.set(Some(format!("{} could not be saved: {error}", form.label)));
        }
    };
    view! {
        {FORMS
            .iter()
            .map(|form| {
                view! {
                    <button class="item" data-form="" on:click=move |_| save(form)>
                        <b>{form.label}</b>
                        <span class="dim">{form.what}</span>
                    </button>
                }
            })
            .collect_view()}
        <div class="item text">
            <b>"Link and scenario"</b>
            <code translate="no" class="hex-text">
                {move || lab.scenario().map(|scenario| scenario.text())}
            </code>
            <parts::CopyButton
                text=Signal::derive(move || super::share::address(lab))
                what="the link"
            />
        </div>
    }
}
