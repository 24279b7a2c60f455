//! What each end reported, and how it finished.

use super::now::StepLink;
use crate::route::Perspective;
use crate::story::{EndEntry, EndReport, EntryKind, Step, end_report};
use crate::tls::AlertDescription;
use crate::trace::{Endpoint, Status};
use crate::ui::lab;
use crate::ui::parts::rich;
use leptos::prelude::*;

/// The panel. Unlike its neighbours it shows the end of the run from the first step on; what lies ahead of the
/// present step is dimmed.
#[component]
pub fn Errors() -> impl IntoView {
    let lab = lab();
    let listening = Memo::new(move |_| lab.eyes() == Perspective::Eavesdropper);
    move || {
        let listening = listening.get();
        lab.with_step(|run, step| {
            let (connection, dissection, story) = (run.connection(), run.dissection(), run.story());
            let ends = Endpoint::BOTH.map(|who| {
                end(&end_report(connection, dissection, story, who), step, listening)
            });
            view! {
                <div class="both-ends">{ends.collect_view()}</div>
                <p class="dim panel-legend">
                    {if listening {
                        "An eavesdropper sees what crosses the wire in the clear. What an end reports stays inside it, and an encrypted alert looks like any other record of its type."
                    } else {
                        "Paler: after the present step."
                    }}
                </p>
            }
        })
    }
}

fn end(report: &EndReport, now: &Step, listening: bool) -> impl IntoView + use<> {
    let (class, sign) = match report.status {
        Status::Established => ("ok", "✓"),
        Status::Failed => ("bad", "✕"),
        Status::Incomplete => ("dim", "…"),
    };
    let summary = (!listening).then(|| {
        view! {
            <p class="verdict">
                <span class=class aria-hidden="true">{sign} " "</span>
                {report.summary.clone()}
            </p>
        }
    });
    let entries = report.entries.iter().filter(|entry| entry.on_wire || !listening);
    let entries = entries.map(|entry| item(entry, now)).collect_view();
    let state = report.tcp_state.clone().filter(|_| !listening);
    view! {
        <section class=format!("report {}", report.who.name())>
            <h3>{report.name}</h3>
            {summary}
            <ul class="checks">{entries}</ul>
            {state.map(|state| view! { <p class="dim">"Its TCP socket ends in " {state} "."</p> })}
        </section>
    }
}

fn item(entry: &EndEntry, now: &Step) -> impl IntoView + use<> {
    let (class, sign) = match entry.kind {
        EntryKind::Error => ("bad", "✕"),
        EntryKind::Waited => ("dim", "…"),
        EntryKind::Sent(alert) | EntryKind::Received(alert)
            if alert != AlertDescription::CLOSE_NOTIFY =>
        {
            ("bad", "!")
        }
        _ => ("dim", "·"),
    };
    let is_ahead = entry.step.is_some_and(|step| step > now.index);
    view! {
        <li class:ahead=is_ahead>
            <span class=format!("sign {class}") aria-hidden="true">{sign}</span>
            <div>
                <p class="detail">{rich(&entry.what)}</p>
                {entry.step.map(|step| view! { <StepLink step text=format!("step {}", step + 1)/> })}
            </div>
        </li>
    }
}
