//! What the selected field is: docked at the foot of the step, always in the window.

use super::shown::Shown;
use super::terms::Terms;
use crate::hex;
use crate::story::format;
use crate::ui::lab;
use crate::ui::parts::{CopyButton, grouped, keep_clear, rich_with};
use crate::wire::Node;
use leptos::html;
use leptos::prelude::*;

/// Values longer than this many bytes are shown in part; the rest is in the bytes above.
const SHOWN_BYTES: usize = 512;

/// The card over the end of the fields and bytes, where a field is selected.
#[component]
pub fn FieldNote(shown: Signal<Option<Shown>>) -> impl IntoView {
    let lab = lab();
    let selection = Memo::new(move |_| lab.link.read().view.selection.clone());
    let note = NodeRef::<html::Section>::new();
    Effect::new(move |_| {
        selection.track();
        if let Some(note) = note.get() {
            keep_clear(note.clone(), ".tree [aria-selected=true]");
            keep_clear(note, ".hex [role=gridcell]:focus");
        }
    });
    move || {
        let path = selection.get();
        let shown = shown.read();
        let (section, node) = shown.as_ref()?.find(&path)?;
        let card = card(node, section.bytes());
        let close = move |_| lab.look(|view| view.selection.clear());
        Some(view! {
            <section class="note docked field-note" aria-label="Selected field" tabindex="0" node_ref=note>
                <button class="btn quiet close" aria-label="Close this note" on:click=close>"✕"</button>
                {card}
            </section>
        })
    }
}

fn card(node: &Node, bytes: &[u8]) -> impl IntoView + use<> {
    let field = node.field;
    let place = match node.len() {
        0 => format!("at offset {}", node.start),
        1 => format!("offset {}", node.start),
        _ => format!("offsets {} to {}", node.start, node.end - 1),
    };
    let filter = field.wireshark.map(|filter| {
        view! {
            <p class="filter">
                <span class="dim">"Wireshark: "</span>
                <code translate="no">{filter}</code>
                " "
                <CopyButton text=filter.to_string() what="Wireshark filter"/>
            </p>
        }
    });
    let terms = Terms::new();
    let told = || rich_with(field.note, &|_| None, &|text| terms.linked(text));
    let note = (!field.note.is_empty()).then(|| view! { <p>{told()}</p> });
    let octets = bytes.get(node.start..node.end).unwrap_or_default();
    let repeats = node.display.contains('…') || node.display == hex::encode(octets);
    let said = (!node.display.is_empty() && !repeats)
        .then(|| view! { <p class="value" translate="no">{node.display.clone()}</p> });
    let part = octets.get(..SHOWN_BYTES).unwrap_or(octets);
    let rest = octets.len() - part.len();
    let hex = (node.is_leaf() && !octets.is_empty()).then(|| {
        let more = (rest > 0).then(|| format!(" … and {}", format::bytes(rest)));
        view! { <p class="hex-text" translate="no">{grouped(part)} {more}</p> }
    });
    view! {
        <p>
            <b translate="no">{field.name}</b>
            {format!(" · {} · {place}", format::bytes(node.len()))}
        </p>
        {said}
        {hex}
        {note}
        {filter}
    }
}
