//! Giving something to read: pasted, dropped, chosen, or made for an example.

use super::desk::Desk;
use crate::certificates::example;
use crate::certificates::read::LIMIT;
use crate::engine::{Capabilities, run};
use crate::faults::{FAULTS, Fault, Group};
use crate::scenario::{Scenario, showing};
use crate::story::format;
use crate::ui::state::Lab;
use crate::ui::{dom, lab};
use leptos::html::{Div, Textarea};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::wasm_bindgen::{JsCast, JsValue};
use web_sys::{DragEvent, File, FileList, HtmlElement};

/// The text, the files, and an example.
#[component]
pub fn Give() -> impl IntoView {
    let (lab, desk): (_, Desk) = (lab(), expect_context());
    let over = RwSignal::new(false);
    let unread = RwSignal::new(String::new());
    let text = NodeRef::<Textarea>::new();
    let drop = move |event: DragEvent| {
        over.set(false);
        if !has_files(&event) {
            return;
        }
        event.prevent_default();
        if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
            take(desk, unread, &files);
        }
    };
    view! {
        <section
            class="give"
            class:over=over
            aria-label="What is to be read"
            on:dragover=move |event: DragEvent| {
                if has_files(&event) {
                    event.prevent_default();
                    over.set(true);
                }
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
                    node_ref=text
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
                                take(desk, unread, &files);
                            }
                            // So that the same file can be chosen again.
                            input.set_value("");
                        }
                    />
                </label>
                <span class="dim">"or drop them here"</span>
                <Examples/>
                <button class="btn quiet" on:click=move |_| {
                    unread.set(String::new());
                    desk.clear(lab);
                }>"Clear"</button>
            </div>
            <p class="bad give-unread" role="status">{unread}</p>
            <Files text/>
        </section>
    }
}

/// Whether files are dragged, and not text.
fn has_files(event: &DragEvent) -> bool {
    let data = event.data_transfer();
    data.is_some_and(|data| data.types().includes(&JsValue::from_str("Files"), 0))
}

/// The files that were given, each with a way to take it away.
#[component]
fn Files(text: NodeRef<Textarea>) -> impl IntoView {
    let desk: Desk = expect_context();
    let list = NodeRef::<Div>::new();
    // The focus goes on to the next file, or the last; without any, to the text.
    let refocus = move |at: usize| async move {
        dom::next_frame().await;
        let Some(count) = desk.files.try_with_untracked(Vec::len) else { return };
        let button = format!("li:nth-child({}) button", (at + 1).min(count));
        let list = list.try_get_untracked().flatten();
        let button = list.and_then(|list| list.query_selector(&button).ok()?);
        let _ = match (button, text.try_get_untracked().flatten()) {
            (Some(button), _) => button.unchecked_ref::<HtmlElement>().focus(),
            (None, Some(text)) => text.focus(),
            (None, None) => return,
        };
    };
    let rows = move || {
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
                    spawn_local(refocus(at));
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
    };
    view! { <div class="give-files" node_ref=list>{rows}</div> }
}

/// Reads files into memory, as far as they are read at all, and tells of those that the browser does not open.
fn take(desk: Desk, unread: RwSignal<String>, files: &FileList) {
    unread.set(String::new());
    for file in (0..files.length()).filter_map(|at| files.get(at)) {
        spawn_local(async move {
            let name = file.name();
            // Both signals may be gone by then.
            let _ = match bytes(&file).await {
                Some(bytes) => desk.files.try_update(|files| add(files, name, bytes)),
                None => unread.try_update(|unread| {
                    unread.push_str(&format!(
                        "{name} is not read: the browser does not open it. Of a folder, give the files. "
                    ));
                }),
            };
        });
    }
}

/// Puts a file behind the others; the second of a name gets a number, unless it is the same.
fn add(files: &mut Vec<(String, Vec<u8>)>, name: String, bytes: Vec<u8>) {
    let is_taken = |name: &str| files.iter().any(|(known, _)| known == name);
    let numbered = (2_usize..).map(|number| format!("{name} ({number})"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| !is_taken(name));
    if let Some(free) = free
        && !files.contains(&(name, bytes.clone()))
    {
        files.push((free, bytes));
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

/// The run of a fault, whose chain is its example.
fn scenario(fault: &Fault) -> Option<Scenario> {
    showing(fault, [RUN]).next()
}

/// The faults of certificates that are seen in what is given here.
fn examples() -> impl Iterator<Item = &'static Fault> {
    FAULTS.iter().copied().filter(|fault| {
        fault.group == Group::ServerCertificate
            && scenario(fault).is_some_and(|scenario| example::has_all(&scenario.plan()))
    })
}

/// Chains of the faults: each is what a run sent of it.
#[component]
fn Examples() -> impl IntoView {
    let (lab, desk): (_, Desk) = (lab(), expect_context());
    let options = examples()
        .map(|fault| view! { <option value=fault.id>{fault.title}</option> })
        .collect_view();
    view! {
        <button class="btn" on:click=move |_| {
            if let Some(fault) = Fault::find(FIRST) {
                show(lab, desk, fault);
            }
        }>"Try an example"</button>
        <select
            aria-label="Other examples"
            on:change:target=move |event| {
                if let Some(fault) = Fault::find(&event.target().value()) {
                    show(lab, desk, fault);
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
fn show(lab: Lab, desk: Desk, fault: &Fault) {
    let Some(scenario) = scenario(fault) else { return };
    let Ok(trace) = run(&scenario, &Capabilities::all()) else { return };
    let Some(example) = example::of(&trace) else { return };
    desk.clear(lab);
    desk.text.set(example.text);
    desk.ask(example.host.as_deref(), example.at, &example.roots, example.by);
    desk.cached.set(example::met(&scenario));
}
