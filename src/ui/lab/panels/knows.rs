//! Who knows what by the present step.

use crate::story::Fact;
use crate::trace::Endpoint;
use crate::ui::lab;
use crate::ui::parts::rich;
use leptos::prelude::*;

/// The panel.
#[component]
pub fn Knows() -> impl IntoView {
    let lab = lab();
    move || {
        lab.with_step(|run, step| {
            let rows = run.facts().iter().map(|fact| row(fact, step.index)).collect_view();
            view! {
                <table class="knows">
                    <thead>
                        <tr>
                            <th scope="col"><span class="sr-only">"Fact"</span></th>
                            <th scope="col" class="client">{run.name(Endpoint::Client)}</th>
                            <th scope="col" class="server">{run.name(Endpoint::Server)}</th>
                            <th scope="col" class="eavesdropper">"eavesdropper"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <p class="dim panel-legend">
                    "✓ knows it · ○ will know it later in this run · – never"
                </p>
            }
        })
    }
}

fn row(fact: &Fact, step: usize) -> impl IntoView + use<> {
    let known = |since: Option<usize>| since.is_some_and(|since| since <= step);
    let columns = [fact.client, fact.server, fact.eavesdropper];
    let anyone = columns.into_iter().any(known);
    let cells = columns
        .into_iter()
        .map(|since| {
            let (class, sign, word) = match since {
                Some(since) if since == step => ("yes fresh", "✓", "knows it from this step on"),
                Some(since) if since < step => ("yes", "✓", "knows it"),
                Some(_) => ("later", "○", "not yet"),
                None => ("never", "–", "never"),
            };
            view! {
                <td class=class>
                    <span aria-hidden="true">{sign}</span>
                    <span class="sr-only">{word}</span>
                </td>
            }
        })
        .collect_view();
    view! {
        <tr class:off=!anyone>
            <th scope="row">
                <details>
                    <summary>{fact.name.clone()}</summary>
                    <p>{rich(&fact.why)}</p>
                </details>
            </th>
            {cells}
        </tr>
    }
}
