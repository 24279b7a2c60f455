//! What the end through whose eyes we look computed at this step.

use crate::run::Run;
use crate::story::Step;
use crate::story::operation::{self, Operation, Value};
use crate::trace::{Endpoint, Event};
use crate::ui::lab;
use crate::ui::parts::{Behind, grouped, later, rich};
use crate::ui::state::Lab;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// A list of operations, folded away, and loaded, until wanted. An end sees its own doings only, and an
/// eavesdropper sees none.
#[component]
pub fn Operations() -> impl IntoView {
    let lab = lab();
    let open = RwSignal::new(false);
    let found = Memo::new(move |_| {
        let who = who(lab)?;
        lab.with_step(|run, step| (step.from == who, !events(run, step, who).is_empty()))
            .filter(|(_, any)| *any)
            .map(|(sent, _)| (who, sent))
    });
    move || {
        found.get().map(|(who, sent)| {
            let did = if sent { "made" } else { "read" };
            view! {
                <div class="operations">
                    <button
                        class="disclosure"
                        aria-expanded=move || open.get().to_string()
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        {format!("How the {} {did} it", lab.name(who))}
                    </button>
                    {move || open.get().then(|| later(door))}
                </div>
            }
        })
    }
}

/// Whose doings are shown, tracked.
fn who(lab: Lab) -> Option<Endpoint> {
    lab.link.read().view.perspective.end()
}

/// What `who` did at this step, as recorded.
fn events<'a>(run: &'a Run, step: &Step, who: Endpoint) -> Vec<&'a Event> {
    let events = if step.from == who { &step.made_by } else { &step.read_by };
    let events = events.iter().filter_map(|at| run.connection().events.get(*at));
    events.filter(|event| event.by == who && operation::is_told(&event.op)).collect()
}

/// The list, loaded when it is first unfolded.
#[wasm_split(panels, wasm_split_path = leptos::wasm_split, fallible)]
fn door() -> Behind {
    Ok(|| view! { <List/> }.into_any())
}

#[component]
fn List() -> impl IntoView {
    let lab = lab();
    move || {
        let who = who(lab)?;
        lab.with_step(|run, step| {
            let events = events(run, step, who).into_iter();
            let items = events.filter_map(|event| operation::describe(&event.op));
            let items = items.map(|operation| item(&operation)).collect_view();
            view! { <ol>{items}</ol> }
        })
    }
}

fn item(operation: &Operation) -> impl IntoView + use<> {
    let verdict = operation.held.map(|held| {
        if held {
            view! { <span class="ok">" ✓"<span class="sr-only">" it held"</span></span> }
        } else {
            view! { <span class="bad">" ✕"<span class="sr-only">" it failed"</span></span> }
        }
    });
    let sentence = view! { {rich(&operation.sentence)} {verdict} };
    if operation.values.is_empty() {
        return view! { <li><p>{sentence}</p></li> }.into_any();
    }
    let values = operation
        .values
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Value::Text(text) => view! { <dd>{text.clone()}</dd> }.into_any(),
                Value::Octets(octets) if octets.is_empty() => {
                    view! { <dd class="dim">"empty"</dd> }.into_any()
                }
                Value::Octets(octets) => {
                    view! { <dd class="hex-text" translate="no">{grouped(octets)}</dd> }.into_any()
                }
            };
            view! { <dt>{*name}</dt> {value} }
        })
        .collect_view();
    view! {
        <li>
            <details>
                <summary>{sentence}</summary>
                <dl class="pairs">{values}</dl>
            </details>
        </li>
    }
    .into_any()
}
