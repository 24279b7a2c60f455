//! Giving something to read: pasted, dropped, chosen, or made for an example.

use super::desk::Desk;
use crate::capture::pem;
use crate::certificates::read::LIMIT;
use crate::engine::{Capabilities, run};
use crate::faults::{FAULTS, Fault, Group};
use crate::scenario::showing;
use crate::story::format;
use crate::trace::Op;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File, FileList};

/// The text, the files, and an example.
#[component]
pub fn Give() -> impl IntoView {
    let desk: Desk = expect_context();
    let over = RwSignal::new(false);
    let drop = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
            take(desk, &files);
        }
    };
    view! {
        <section
            class="give"
            class:over=over
            aria-label="What is to be read"
            on:dragover=move |event: DragEvent| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=drop
        >
            <label class="give-text">
                <b>"Paste certificates, or what a program printed"</b>
                <textarea
                    class="mono"
                    rows="9"
                    spellcheck="false"
                    autocomplete="off"
                    translate="no"
                    placeholder="-----BEGIN CERTIFICATE-----"
                    prop:value=desk.text
                    on:input:target=move |event| desk.text.set(event.target().value())
                ></textarea>
            </label>
            <div class="give-ways">
                <label class="btn">
                    "Choose files…"
                    <input
                        class="sr-only"
                        type="file"
                        multiple
                        on:change:target=move |event| {
                            let input = event.target();
                            if let Some(files) = input.files() {
                                take(desk, &files);
                            }
                            // So that the same file can be chosen again.
                            input.set_value("");
                        }
                    />
                </label>
                <span class="dim">"or drop them here"</span>
                <Examples/>
                <button class="btn quiet" on:click=move |_| desk.clear()>"Clear"</button>
            </div>
            <Files/>
        </section>
    }
}

/// The files that were given, each with a way to take it away.
#[component]
fn Files() -> impl IntoView {
    let desk: Desk = expect_context();
    move || {
        let files = desk.files.read();
        let rows: Vec<AnyView> = files
            .iter()
            .enumerate()
            .map(|(at, (name, bytes))| {
                let label = format!("Take {name} away");
                let remove = move |_| {
                    desk.files.update(|files| {
                        files.remove(at);
                    });
                };
                let size = format::bytes(bytes.len());
                view! {
                    <li>
                        <code translate="no">{name.clone()}</code>
                        " "
                        <span class="dim">{size}</span>
                        <button class="btn quiet" aria-label=label on:click=remove>"✕"</button>
                    </li>
                }
                .into_any()
            })
            .collect();
        (!rows.is_empty()).then(|| view! { <ul class="given" aria-label="Files">{rows}</ul> })
    }
}

/// Reads files into memory, as far as they are read at all.
fn take(desk: Desk, files: &FileList) {
    for file in (0..files.length()).filter_map(|at| files.get(at)) {
        spawn_local(async move {
            let bytes = bytes(&file).await.unwrap_or_default();
            desk.files.update(|files| {
                files.retain(|(name, _)| *name != file.name());
                files.push((file.name(), bytes));
            });
        });
    }
}

async fn bytes(file: &File) -> Option<Vec<u8>> {
    // One byte more than is read, so that it is told.
    let part = file.slice_with_f64_and_f64(0.0, (LIMIT + 1) as f64).ok()?;
    let buffer = JsFuture::from(part.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// The run whose chain is shown as an example, broken.
const RUN: &str = "tls13";

/// Chains of the faults: each is what a run sent of it.
#[component]
fn Examples() -> impl IntoView {
    let desk: Desk = expect_context();
    let of_certificates = || FAULTS.iter().filter(|fault| fault.group == Group::ServerCertificate);
    let options = of_certificates()
        .map(|fault| view! { <option value=fault.id>{fault.title}</option> })
        .collect_view();
    let first = of_certificates().find(|fault| fault.id == FIRST).or(of_certificates().next());
    view! {
        <button class="btn" on:click=move |_| {
            if let Some(fault) = first {
                show(desk, fault);
            }
        }>"Try an example"</button>
        <select
            aria-label="Other examples"
            on:change:target=move |event| {
                let id = event.target().value();
                if let Some(fault) = of_certificates().find(|fault| fault.id == id) {
                    show(desk, fault);
                }
            }
        >
            <option value="">"other examples…"</option>
            {options}
        </select>
    }
}

/// What is most often wrong.
const FIRST: &str = "missing-intermediate";

/// Gives the chain that a run of this fault sent, with the lists of its receiver, and asks what that asked.
fn show(desk: Desk, fault: &Fault) {
    let Some(scenario) = showing(fault, [RUN]).next() else { return };
    let Ok(trace) = run(&scenario, &Capabilities::all()) else { return };
    let mut events = trace.connections.iter().flat_map(|connection| &connection.events);
    let judged = events.find_map(|event| match &event.op {
        Op::CertificatePath { chain, roots, revocation_lists, name, at, .. } => {
            Some((event.by, chain, roots, revocation_lists, name, *at))
        }
        _ => None,
    });
    let Some((by, chain, roots, lists, name, at)) = judged else { return };
    let encode = |label: &'static str| move |der: &Vec<u8>| pem::encode(label, der);
    let certificates = chain.iter().map(encode("CERTIFICATE"));
    desk.clear();
    desk.text.set(certificates.chain(lists.iter().map(encode("X509 CRL"))).collect());
    desk.ask(name.as_deref(), at, roots, by);
}
