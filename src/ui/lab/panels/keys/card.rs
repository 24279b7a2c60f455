//! One value of the key schedule: how it is computed, from what, and how to do it again outside.

use super::super::now::{StepLink, name_of, step_of};
use super::is_visible;
use crate::dissect::{KeyNode, as_computed_by};
use crate::keys::{formerly, roots};
use crate::route::Perspective;
use crate::run::Run;
use crate::ui::lab;
use crate::ui::parts::{CopyButton, grouped, keep_clear};
use leptos::html::Section;
use leptos::prelude::*;

/// The card of the selected value.
#[component]
pub fn KeyCard() -> impl IntoView {
    let lab = lab();
    let wanted = Memo::new(move |_| {
        let eyes = lab.eyes();
        (lab.link.read().view.key.clone(), eyes)
    });
    let note = NodeRef::<Section>::new();
    Effect::new(move |_| {
        wanted.track();
        if let Some(note) = note.get() {
            keep_clear(note, ".key[aria-pressed=true]");
        }
    });
    move || {
        let (name, perspective) = wanted.get();
        lab.with_step(|run, step| {
            let node = name.as_deref().and_then(|name| run.dissection().key(name));
            node.map(|node| card(run, node, step.index, perspective, note))
        })
    }
}

fn card(
    run: &Run,
    node: &KeyNode,
    step: usize,
    perspective: Perspective,
    note: NodeRef<Section>,
) -> impl IntoView + use<> {
    let own = perspective.end().map(|who| as_computed_by(run.connection(), node, who));
    let node = own.as_ref().unwrap_or(node);
    let roots = roots(&run.dissection().keys, node);
    let value = match is_visible(run, node, step, perspective) {
        true => value(node).into_any(),
        false if perspective == Perspective::Eavesdropper && !roots.is_empty() => {
            out_of_reach(node, &roots).into_any()
        }
        _ => {
            let at = node.after_message.and_then(|message| step_of(run, message)).unwrap_or(0);
            view! {
                <p class="dim">
                    "Not computed yet. What goes in is complete at "
                    <StepLink step=at text=name_of(run, at)/> "."
                </p>
            }
            .into_any()
        }
    };
    let pair = |name: &'static str, value: &str| {
        (!value.is_empty()).then(|| {
            view! {
                <dt>{name}</dt>
                <dd><code translate="no">{value.to_string()}</code></dd>
            }
        })
    };
    let close = move |_| lab().look(|view| view.key = None);
    view! {
        <section class="note docked key-card" aria-label="Selected value" tabindex="0" node_ref=note>
            <button class="btn quiet close" aria-label="Close this note" on:click=close>"✕"</button>
            <h3 class="mono" translate="no">{node.name}</h3>
            {formerly(node.name).map(|old| view! {
                <p class="dim">
                    "Called "<code translate="no">{old}</code>" in RFC 8446 and RFC 5246, and by most tools."
                </p>
            })}
            <p class="formula"><code translate="no">{breakable(&node.formula)}</code></p>
            <dl class="pairs">
                {pair("operation", node.operation)}
                {pair("label", node.label)}
                {pair("context", &node.context)}
            </dl>
            {value}
        </section>
    }
}

/// The formula with places where a line may break.
fn breakable(formula: &str) -> String {
    formula.replace('_', "_\u{200b}").replace('(', "(\u{200b}")
}

fn value(node: &KeyNode) -> impl IntoView + use<> {
    let inputs = node
        .inputs
        .iter()
        .map(|input| {
            let octets =
                if input.value.is_empty() { "empty".into() } else { grouped(&input.value) };
            view! {
                <dt>{input.name.replace('_', " ")}</dt>
                <dd>
                    <span class="dim">{input.from.clone()}</span>
                    <br/>
                    <span class="hex-text" translate="no">{octets}</span>
                </dd>
            }
        })
        .collect_view();
    let output = crate::hex::encode(&node.output);
    let command = node.command();
    let has_command = !command.is_empty();
    view! {
        {(!node.inputs.is_empty()).then(|| view! {
            <h4>"Inputs"</h4>
            <dl class="pairs">{inputs}</dl>
        })}
        <h4>"Output" <span class="dim">{format!(" {} bytes", node.output.len())}</span></h4>
        <p class="hex-text output" translate="no">{grouped(&node.output)}</p>
        <div class="actions">
            {has_command.then(|| view! { <CopyButton text=command.clone() what="openssl command" named=true/> })}
            <CopyButton text=output what="value" named=true/>
        </div>
        {has_command.then(|| view! {
            <details>
                <summary>"The command"</summary>
                <pre translate="no" class="key-command">{command}</pre>
            </details>
        })}
    }
}

fn out_of_reach(node: &KeyNode, roots: &[&KeyNode]) -> impl IntoView + use<> {
    let why = roots
        .iter()
        .filter_map(|root| {
            let takes = root.takes()?;
            let text = if root.name == node.name {
                format!("It takes {takes}.")
            } else {
                format!("It follows from {}, which takes {takes}.", root.name)
            };
            Some(view! { <p>{text}</p> })
        })
        .collect_view();
    let missing: Vec<_> = roots.iter().map(|root| root.name).collect();
    view! {
        <p><b>"An eavesdropper cannot compute this."</b></p>
        {why}
        <p class="dim">"Missing: "<code translate="no">{missing.join(", ")}</code></p>
    }
}
