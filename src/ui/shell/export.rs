//! Exporting: the run as files that other tools read.

use crate::capture::{file_stem, keylog, pcapng};
use crate::run::Run;
use crate::ui::parts::{Behind, Sheet, later};
use crate::ui::{lab, parts};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

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
    view! { <Sheet name="Export" made=|| later(door)>"Export"</Sheet> }
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
            let name = file_stem(&run.scenario().text());
            let bytes = (form.bytes)(run)?;
            let name = format!("{name}.{}", form.ending);
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
                    <button class="item" data-closes="" on:click=move |_| save(form)>
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
