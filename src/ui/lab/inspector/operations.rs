//! What the end through whose eyes we look computed at this step.

use crate::route::Perspective;
use crate::run::Run;
use crate::story::operation::{self, Operation, Value};
use crate::story::{Step, format};
use crate::trace::Endpoint;
use crate::ui::lab;
use crate::ui::parts::{grouped, rich};
use leptos::prelude::*;

/// A list of operations, folded away until wanted. An end sees its own doings only, and an
/// eavesdropper sees none.
#[component]
pub fn Operations() -> impl IntoView {
    let lab = lab();
    let open = RwSignal::new(false);
    let who = Memo::new(move |_| match lab.link.read().view.perspective {
        Perspective::Client => Some(Endpoint::Client),
        Perspective::Server => Some(Endpoint::Server),
        Perspective::Eavesdropper => None,
    });
    let found = move || {
        let who = who.get()?;
        lab.with_step(|run, step| (step.from == who, operations(run, step, who)))
            .filter(|(_, operations)| !operations.is_empty())
            .map(|(sent, operations)| (who, sent, operations))
    };
    move || {
        found().map(|(who, sent, operations)| {
            let name = lab.name(who);
            let title = if sent {
                format!("How the {name} made it")
            } else {
                format!("How the {name} read it")
            };
            let count = format::plural(operations.len(), "operation");
            view! {
                <div class="operations">
                    <button
                        class="disclosure"
                        aria-expanded=move || open.get().to_string()
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        {title}
                        " "
                        <span class="dim">{count}</span>
                    </button>
                    {move || {
                        open.get()
                            .then(|| {
                                view! { <ol>{operations.iter().map(item).collect_view()}</ol> }
                            })
                    }}
                </div>
            }
        })
    }
}

fn operations(run: &Run, step: &Step, who: Endpoint) -> Vec<Operation> {
    let events = if step.from == who { &step.made_by } else { &step.read_by };
    let events = events.iter().filter_map(|at| run.connection().events.get(*at));
    events.filter(|event| event.by == who).filter_map(|e| operation::describe(&e.op)).collect()
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
