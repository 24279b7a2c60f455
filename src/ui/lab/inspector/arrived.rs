//! What arrived, where someone on the path changed what was sent: the bytes of both, with those marked
//! that differ, and the fields that they belong to.

use super::shown::{Source, leaf, shown};
use crate::dissect::{Alteration, AlteredRow};
use crate::route::Layer;
use crate::run::Run;
use crate::story::{Step, format};
use crate::ui::lab;
use crate::ui::parts::{Behind, later};
use crate::wire::Node;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// Bytes on a line.
const WIDTH: usize = 8;
/// Lines shown at most: a change of more is the same change again.
const MAX_ROWS: usize = 16;

/// What arrived of the step's records, or of the packet that is shown. Nothing where it is what was sent;
/// loaded with the first run in which something was changed.
#[component]
pub fn Arrived() -> impl IntoView {
    let lab = lab();
    let wanted = Memo::new(move |_| {
        lab.run.read().as_ref().is_ok_and(|run| {
            run.dissection().packets.iter().any(|packet| packet.received.is_some())
        })
    });
    move || wanted.get().then(|| later(door))
}

#[wasm_split(panels, wasm_split_path = leptos::wasm_split, fallible)]
fn door() -> Behind {
    Ok(|| view! { <Alterations/> }.into_any())
}

#[component]
fn Alterations() -> impl IntoView {
    let lab = lab();
    let shown = shown(lab);
    let packet = Memo::new(move |_| {
        let shown = shown.read();
        let shown = shown.as_ref().filter(|shown| shown.layer == Layer::Packet)?;
        shown.sections.first()?.of_run().map(|(_, source)| source)
    });
    move || {
        lab.with_step(|run, step| {
            let sources = packet.get().map_or_else(|| records(step), |packet| vec![packet]);
            sources.into_iter().filter_map(|source| part(run, source)).collect_view()
        })
    }
}

fn records(step: &Step) -> Vec<Source> {
    step.records.iter().map(|at| Source::Record(*at)).collect()
}

fn part(run: &Run, source: Source) -> Option<AnyView> {
    let parts = run.dissection();
    let (name, from, alteration) = match source {
        Source::Record(at) => {
            let record = parts.records.get(at)?;
            (format!("Record {}", at + 1), record.from, record.alteration()?)
        }
        Source::Packet(at) => {
            let packet = parts.packets.get(at)?;
            (format!("Packet {}", packet.number), packet.from, packet.alteration()?)
        }
        Source::Message(_) | Source::Opened(_) => return None,
    };
    let reader = run.name(from.peer());
    let changed = format::bytes(alteration.count());
    let title = format!("{name} as it arrived: {changed} changed on the path");
    let label = title.clone();
    let rows = alteration.rows(WIDTH);
    let more = rows.len().saturating_sub(MAX_ROWS);
    let more = (more > 0).then(|| {
        view! { <p class="dim">{format!("And {} like these.", format::plural(more, "line"))}</p> }
    });
    let fields = fields(&alteration, source.nodes(run));
    let fields = (!fields.is_empty()).then(|| {
        view! { <p class="dim">"Changed in: "<span translate="no">{fields.join(", ")}</span></p> }
    });
    Some(
        view! {
            <section class="arrived" aria-label=label>
                <h2>{title}</h2>
                <div class="scroll-x" tabindex="0" role="group" aria-label="Bytes as sent and as they arrived">
                    <table translate="no">
                        <thead>
                            <tr>
                                <th scope="col">"offset"</th>
                                <th scope="col">"as sent"</th>
                                <th scope="col">{format!("as the {reader} got it")}</th>
                            </tr>
                        </thead>
                        <tbody>{rows.iter().take(MAX_ROWS).map(row).collect_view()}</tbody>
                    </table>
                </div>
                {fields}
                {more}
            </section>
        }
        .into_any(),
    )
}

fn row(row: &AlteredRow) -> impl IntoView + use<> {
    view! {
        <tr>
            <th scope="row">{format!("{:04x}", row.offset)}</th>
            <td>{bytes(&row.sent)}</td>
            <td>{bytes(&row.received)}</td>
        </tr>
    }
}

fn bytes(line: &[(u8, bool)]) -> impl IntoView + use<> {
    line.iter()
        .enumerate()
        .map(|(at, (byte, changed))| {
            let (gap, text) = (if at == 0 { "" } else { " " }, format!("{byte:02x}"));
            let byte = match changed {
                true => view! { <mark>{text}</mark> }.into_any(),
                false => text.into_any(),
            };
            view! { {gap} {byte} }
        })
        .collect_view()
}

/// The names of the fields that were changed, as they were sent.
fn fields(alteration: &Alteration<'_>, nodes: &[Node]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for at in alteration.changes.iter().flat_map(|change| change.sent.clone()) {
        let name = leaf(nodes, at).map(|leaf| leaf.field.name);
        names.extend(name.filter(|name| !names.contains(name)));
    }
    names
}
