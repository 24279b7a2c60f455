//! What is known of a faulty run: what a person sees of it, where it leaves the good one, what failed, what was said,
//! what is at stake, and what comes of it in the other version.

use super::symptom::Seen;
use crate::faults::Fault;
use crate::hex;
use crate::route::Page;
use crate::run::Run;
use crate::scenario::{Scenario, Version};
use crate::story::{Divergence, format};
use crate::trace::Endpoint;
use crate::ui::lab;
use crate::ui::parts::rich;
use leptos::prelude::*;

/// All of it, each with the way to its step. `parting` is where the run leaves the good one, with the title of the
/// step there that does not come.
pub fn facts(
    fault: &'static Fault,
    run: &Run,
    parting: Option<(&Divergence, Option<&str>)>,
) -> impl IntoView + use<> {
    view! {
        <dl class="facts">
            <dt>"Symptom"</dt>
            <dd><Seen fault run/></dd>
            {parting.map(|(parting, instead)| course(run, parting, instead))}
            {at_stake(fault, run)}
            {other_version(fault, run.scenario())}
        </dl>
    }
}

/// What the two runs show.
fn course(run: &Run, parting: &Divergence, instead: Option<&str>) -> impl IntoView + use<> {
    let story = run.story();
    let title =
        |step: usize| story.steps.get(step).map(|step| step.title.clone()).unwrap_or_default();
    let failed = run.findings().failed().next();
    let alert = parting.alert.and_then(|at| run.dissection().messages.get(at));
    let alert_step = parting.alert_step.unwrap_or(parting.step);
    let errors = Endpoint::BOTH.map(|who| {
        let error = who.of([&parting.client_error, &parting.server_error]).as_deref()?;
        let name = format!("The {}’s error", run.name(who));
        Some(view! { <dt>{name}</dt><dd>{rich(&format::reported(error))}</dd> })
    });
    view! {
        <dt>"Goes another way from"</dt>
        <dd>
            <StepLink step=parting.step title=title(parting.step)/>
            {instead.map(|title| format!(", instead of {title}"))}
        </dd>
        {failed
            .map(|check| {
                let from = check.step;
                view! {
                    <dt>"Failed check"</dt>
                    <dd>
                        {rich(&check.question)} " No: " {rich(&check.detail)}
                        " (read in " <StepLink step=from title=title(from)/> ")"
                    </dd>
                }
            })}
        {alert
            .map(|alert| {
                view! {
                    <dt>"Alert"</dt>
                    <dd>
                        <StepLink step=alert_step title=alert.name.clone()/> " "
                        <code translate="no">{spaced(&alert.bytes)}</code>
                        {format!(", sent by the {}", run.name(alert.from))}
                    </dd>
                }
            })}
        {errors}
    }
}

/// Which promise is at stake, and what would come of it if nobody noticed.
fn at_stake(fault: &Fault, run: &Run) -> impl IntoView + use<> {
    let unnoticed = run.scenario().expected().map(|outcome| outcome.unnoticed());
    view! {
        <dt>"At stake"</dt>
        <dd><b>{fault.promise.label()}</b> ": " {fault.promise.meaning()}</dd>
        {unnoticed.map(|unnoticed| view! { <dt>{unnoticed}</dt><dd>{fault.words().unnoticed}</dd> })}
    }
}

/// What comes of the fault in the other version, where that is not the same.
fn other_version(fault: &Fault, scenario: &Scenario) -> Option<impl IntoView + use<>> {
    let other = if scenario.sound_plan().is_tls13() { Version::Tls12 } else { Version::Tls13 };
    let name = format!("In {}", other.label());
    let Ok(there) = scenario.with(&[("version", other.id())]) else {
        // Only what the fault itself has to say of versions: the run may be set up as the other cannot be.
        let need = fault.needs.iter().find(|need| need.key == "version")?;
        let why = format!("not to be had: {}", need.reason);
        return Some(view! { <dt>{name}</dt><dd>{why}</dd> }.into_any());
    };
    let (here, comes) = (scenario.expected()?.told(), there.expected()?.told());
    let href = Page::of_fault(&there)?.href();
    (here != comes).then(|| {
        view! {
            <dt>{name}</dt>
            <dd>{rich(&comes)} ". " <a class="step-link" href=href>"See that run"</a></dd>
        }
        .into_any()
    })
}

/// Bytes with spaces between them.
fn spaced(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| hex::encode(&[*byte])).collect::<Vec<_>>().join(" ")
}

/// A link to a step of the present run.
#[component]
pub fn StepLink(step: usize, title: String) -> impl IntoView {
    let lab = lab();
    view! {
        <a
            class="step-link"
            href=move || lab.step_href(Some(step))
            on:click=move |event| {
                event.prevent_default();
                lab.step_to(step);
            }
        >
            {format!("{}. {title}", step + 1)}
        </a>
    }
}
