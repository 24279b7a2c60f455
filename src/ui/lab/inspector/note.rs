//! What the selected field is.

use super::shown::Shown;
use crate::hex;
use crate::story::format;
use crate::ui::lab;
use crate::ui::parts::{CopyButton, grouped, rich};
use crate::wire::Node;
use leptos::prelude::*;

/// Values longer than this many octets are shown in part; the rest is in the bytes above.
const SHOWN_BYTES: usize = 512;

/// The card below the fields and bytes.
#[component]
pub fn FieldNote(shown: Memo<Option<Shown>>) -> impl IntoView {
    let lab = lab();
    let selection = Memo::new(move |_| lab.link.read().view.selection.clone());
    move || {
        let path = selection.get();
        let shown = shown.read();
        let found = shown.as_ref().and_then(|shown| shown.find(&path));
        let card = match found {
            Some((section, node)) => card(node, section.bytes()).into_any(),
            None => view! { <p class="dim">"Choose a field or a byte to see what it is."</p> }
                .into_any(),
        };
        view! { <section class="note field-note" aria-label="Selected field">{card}</section> }
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
    let note = (!field.note.is_empty()).then(|| view! { <p>{rich(field.note)}</p> });
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
