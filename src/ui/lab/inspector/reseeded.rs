//! What another seed changed of the step.

use super::super::seen::is_sealed;
use crate::run::Run;
use crate::scenario::Scenario;
use crate::story::{Step, Subject, format};
use crate::ui::lab;
use crate::ui::parts::{Behind, later};
use crate::wire::Node;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// After a run with another seed: the fields of this step that have other values than before. Loaded with
/// the first such run.
#[component]
pub fn Reseeded() -> impl IntoView {
    let lab = lab();
    let wanted = Memo::new(move |_| lab.reseeded.read().is_some());
    move || wanted.get().then(|| later(door))
}

#[wasm_split(panels, wasm_split_path = leptos::wasm_split, fallible)]
fn door() -> Behind {
    Ok(|| view! { <Changes/> }.into_any())
}

#[component]
fn Changes() -> impl IntoView {
    let lab = lab();
    view! {
        <div role="status">
            {move || {
                let before = lab.reseeded.get()?;
                let eyes = lab.eyes();
                let said = lab.with_step(|run, step| {
                    (!is_sealed(step, eyes)).then(|| sentence(&before, run, step)).flatten()
                })??;
                Some(view! {
                    <p class="reseeded">
                        {said.0} <span translate="no">{said.1}</span> " "
                        <button class="link" on:click=move |_| lab.reseeded.set(None)>"Close"</button>
                    </p>
                })
            }}
        </div>
    }
}

/// The seeds, how many fields differ, and their names; `None` where the runs took other steps.
fn sentence(before: &Run, run: &Run, step: &Step) -> Option<(String, String)> {
    let (then, now) = (before.scenario(), run.scenario());
    if then.seed == now.seed || *then != (Scenario { seed: then.seed, ..now.clone() }) {
        return None;
    }
    let old = before.story().steps.get(step.index).filter(|old| old.title == step.title)?;
    let (Some(old), Some(new)) = (content(before, old), content(run, step)) else { return None };
    let (mut count, mut names) = (0, Vec::new());
    let (old_leaves, new_leaves) = (leaves(old.1), leaves(new.1));
    for (a, b) in old_leaves.iter().zip(&new_leaves) {
        if old.0.get(a.start..a.end) != new.0.get(b.start..b.end) {
            count += 1;
            if !names.contains(&b.field.name) {
                names.push(b.field.name);
            }
        }
    }
    let seeds = format!("Seed {} → {}: ", then.seed, now.seed);
    Some(match count {
        0 => (format!("{seeds}this step has the same bytes."), String::new()),
        _ => {
            let fields = format::plural(new_leaves.len(), "field");
            let other = if count == 1 { "has another value" } else { "have other values" };
            (format!("{seeds}{count} of {fields} {other}: "), format!("{}.", names.join(", ")))
        }
    })
}

/// The bytes and the tree of what the step is about.
fn content<'a>(run: &'a Run, step: &Step) -> Option<(&'a [u8], &'a [Node])> {
    let parts = run.dissection();
    match step.subject {
        Subject::Message(at) => parts.messages.get(at).map(|m| (&m.bytes[..], &m.nodes[..])),
        Subject::Packet(at) => parts.packets.get(at).map(|p| (&p.bytes[..], &p.nodes[..])),
    }
}

fn leaves(nodes: &[Node]) -> Vec<&Node> {
    let mut found = Vec::new();
    for node in nodes {
        if node.is_leaf() { found.push(node) } else { found.extend(leaves(&node.children)) }
    }
    found
}
