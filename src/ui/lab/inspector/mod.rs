//! The step in the middle of the lab screen: what happened, and the bytes that carried it.
//!
//! [`shown`] decides which bytes; the tree and the grid of bytes are two views of them, joined by
//! the link's selection and the lab's hover, which hold the path of a node.

mod arrived;
mod bytes;
mod header;
mod http;
mod layers;
mod note;
mod operations;
mod outline;
mod reseeded;
mod shown;
mod story;
mod terms;
mod tree;

use crate::ui::breakit::Verdict;
use crate::ui::lab;
use crate::ui::lab::Front;
use crate::ui::parts::Behind;
use crate::wire::Node;
use leptos::context::Provider;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use shown::{Section, Shown, Source};

/// The inspector, loaded with the first step that is shown: the lab opens on the connection as a whole.
#[wasm_split(step, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <Inspector/> }.into_any())
}

/// The inspector.
#[component]
fn Inspector() -> impl IntoView {
    let lab = lab();
    let shown = shown::shown(lab);
    let named = move |name: String| shown.read().as_ref()?.named(&name);
    lab.named.set(Some(Callback::new(named)));
    on_cleanup(move || lab.named.set(None));
    let late = lab.held(move || shown.get());
    let sections = Memo::new(move |_| {
        late.read().as_ref().map(|shown| shown.sections.clone()).unwrap_or_default()
    });
    view! {
        <header::StepHeader/>
        <story::StepStory shown=shown/>
        <reseeded::Reseeded/>
        <Verdict/>
        <super::next::AtTheEnd/>
        <div class="step-tools">
            <layers::Layers shown=shown/>
            <operations::Operations/>
        </div>
        <div class="raw">
            <arrived::Arrived/>
        </div>
        <http::HttpText shown=shown/>
        <Provider value=lab.late()>
            <div class="raw">
                {move || {
                    sections
                        .get()
                        .into_iter()
                        .map(|section| view! { <Inspect section=section/> })
                        .collect_view()
                }}
            </div>
            <note::FieldNote shown=late/>
        </Provider>
    }
}

/// A tree and its bytes beside each other.
#[component]
fn Inspect(section: Section) -> impl IntoView {
    view! {
        {lead(&section)}
        {segment(&section)}
        <Panes section/>
    }
}

/// Bytes that are of no run, beside their fields, and the note of the selected one.
#[component]
pub fn Decoded(bytes: Vec<u8>, nodes: Vec<Node>) -> impl IntoView {
    let section = Section::alone(bytes, nodes);
    let shown = Signal::stored(Some(Shown::alone(section.clone())));
    view! {
        <Panes section/>
        <note::FieldNote shown/>
    }
}

#[component]
fn Panes(section: Section) -> impl IntoView {
    let count = section.bytes().len();
    let (fields, bytes) = match section.of_run() {
        Some((_, Source::Opened(_))) => ("Fields inside", "Bytes inside"),
        _ => ("Fields", "Bytes"),
    };
    view! {
        <div class="inspect">
            <div class="inspect-panes">
                <div class="pane">
                    <h2 class="section-title">
                        {fields} <span class="dim">" · choose one, or a byte, to see what it is"</span>
                    </h2>
                    <tree::FieldTree section=section.clone() label=fields/>
                </div>
                <div class="pane">
                    <h2 class="section-title">{bytes}" "<span class="dim">{count}</span></h2>
                    <bytes::ByteGrid section=section label=bytes/>
                </div>
            </div>
        </div>
    }
}

/// What stands above the inside of a record: the key, nonce and additional data that opened it.
fn lead(section: &Section) -> Option<impl IntoView + use<>> {
    let (run, Source::Opened(record)) = section.of_run()? else { return None };
    let opened = shown::opened(run, record)?;
    let key = opened.key.clone();
    let show_key = {
        let key = key.clone();
        move |_| {
            let key = key.clone();
            lab().look(|view| {
                view.panel = Some(crate::route::Panel::Keys);
                view.key = Some(key);
            });
            lab().turn_to(Front::Panels);
        }
    };
    Some(view! {
        <div class="opened">
            <h2>"Opened"</h2>
            <dl class="pairs">
                <dt>"key"</dt>
                <dd><button class="link mono" translate="no" on:click=show_key>{key}</button></dd>
                <dt>"nonce"</dt>
                <dd class="hex-text" translate="no">{crate::ui::parts::grouped(&opened.nonce)}</dd>
                <dt>"additional data"</dt>
                <dd class="hex-text" translate="no">{crate::ui::parts::grouped(&opened.aad)}</dd>
            </dl>
        </div>
    })
}

/// What is remarkable about a packet as a TCP segment.
fn segment(section: &Section) -> Option<AnyView> {
    let (run, Source::Packet(at)) = section.of_run()? else { return None };
    let parts = run.dissection();
    let notes = crate::story::segment::notes(parts, run.connection().roles, parts.packets.get(at)?);
    (!notes.is_empty())
        .then(|| view! { <div class="story"><p>{notes.join(" ")}</p></div> }.into_any())
}

/// The path as text, for `data-path`: `0.2.1`.
fn spell(path: &[usize]) -> String {
    path.iter().map(usize::to_string).collect::<Vec<_>>().join(".")
}

/// Undoes [`spell`].
fn unspell(text: &str) -> Option<Vec<usize>> {
    text.split('.').map(|part| part.parse().ok()).collect()
}
