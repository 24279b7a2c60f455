//! One value of the key schedule: how it is computed, from what, and how to do it again outside.

use super::super::now::{StepLink, name_of, step_of};
use super::{is_visible, lacking};
use crate::dissect::KeyNode;
use crate::link::Perspective;
use crate::run::Run;
use crate::ui::lab;
use crate::ui::parts::{Behind, CopyButton, grouped};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// The card, loaded behind the drawing.
#[wasm_split(panels, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <KeyCard/> }.into_any())
}

/// The card of the selected value.
#[component]
fn KeyCard() -> impl IntoView {
    let lab = lab();
    let wanted = Memo::new(move |_| {
        let eyes = lab.eyes();
        (lab.link.read().view.key.clone(), eyes)
    });
    move || {
        let (name, perspective) = wanted.get();
        lab.with_step(|run, step| {
            let node = name.as_deref().and_then(|name| run.dissection().key(name));
            node.map(|node| card(run, node, step.index, perspective))
        })
    }
}

fn card(run: &Run, node: &KeyNode, step: usize, perspective: Perspective) -> impl IntoView + use<> {
    let value = match (is_visible(run, node, step, perspective), lacking(run, node)) {
        (true, _) => value(node).into_any(),
        (false, Some(lacking)) if perspective == Perspective::Eavesdropper => {
            out_of_reach(node, lacking).into_any()
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
    view! {
        <section class="note key-card" aria-label="Selected value">
            <h3 class="mono" translate="no">{node.name}</h3>
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
    let output = crate::trace::hex::encode(&node.output);
    let command = node.command();
    let has_command = !command.is_empty();
    view! {
        <h4>"Inputs"</h4>
        <dl class="pairs">{inputs}</dl>
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

fn out_of_reach(node: &KeyNode, lacking: &KeyNode) -> impl IntoView + use<> {
    let why = if node.name == lacking.name {
        "It takes one of the two private keys, and neither was ever sent.".to_string()
    } else {
        format!(
            "It follows from {}, which takes one of the two private keys; neither was ever sent.",
            lacking.name
        )
    };
    view! {
        <p><b>"A listener cannot compute this."</b> " " {why}</p>
        <p class="dim">"Missing: "<code translate="no">{lacking.name}</code></p>
    }
}
