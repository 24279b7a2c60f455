//! What each end checked up to the present step.

use super::now::StepLink;
use crate::route::Perspective;
use crate::story::{Check, CheckResult, format};
use crate::ui::lab;
use crate::ui::parts::rich;
use leptos::prelude::*;

/// The panel.
#[component]
pub fn Checks() -> impl IntoView {
    let lab = lab();
    let perspective = Memo::new(move |_| lab.eyes());
    move || {
        if perspective.get() == Perspective::Eavesdropper {
            let text = "Checks happen inside each end: an eavesdropper learns of a check only by what is sent after it.";
            return Some(super::empty(text));
        }
        lab.with_step(|run, step| {
            let (story, findings) = (run.story(), run.findings());
            // With its place in the order in which they are made.
            let in_order = findings.checks.iter().zip(1..);
            let done: Vec<(&Check, usize)> =
                in_order.filter(|(check, _)| check.step <= step.index).collect();
            if done.is_empty() {
                let first = findings.checks.first().map(|check| check.step);
                let first = first.map_or(String::new(), |first| {
                    format!(": the first check is at {}", super::now::name_of(run, first))
                });
                return super::empty(format!("Nothing was checked yet{first}."));
            }
            // What failed stands first, then the newest step: it is what the person is looking at.
            let mut groups: Vec<(usize, Vec<(&Check, usize)>)> = Vec::new();
            for check in done {
                match groups.last_mut() {
                    Some((at, group)) if *at == check.0.step => group.push(check),
                    _ => groups.push((check.0.step, vec![check])),
                }
            }
            groups.reverse();
            let failed = |(check, _): &(&Check, usize)| check.result == CheckResult::Failed;
            groups.sort_by_key(|(_, group)| !group.iter().any(failed));
            for (_, group) in &mut groups {
                group.sort_by_key(|check| !failed(check));
            }
            let count = findings.checks.len();
            groups
                .into_iter()
                .map(|(at, group)| {
                    let title = story.steps.get(at).map(|step| step.title.clone());
                    view! {
                        <section class="check-group" class:now=at == step.index>
                            <h3>
                                <StepLink step=at text=format!("{}", at + 1)/>
                                " "
                                {title}
                            </h3>
                            <ul class="checks">
                                {group
                                    .into_iter()
                                    .map(|(check, place)| {
                                        item(check, &format!("{place} of {count}"), story.roles.tls(check.by).name())
                                    })
                                    .collect_view()}
                            </ul>
                        </section>
                    }
                })
                .collect_view()
                .into_any()
        })
    }
}

fn item(check: &Check, place: &str, by: &'static str) -> impl IntoView + use<> {
    let (class, sign, word) = match check.result {
        CheckResult::Passed => ("ok", "✓", "passed"),
        CheckResult::Failed => ("bad", "✕", "failed"),
        CheckResult::NotReached => ("dim", "–", "not reached"),
        CheckResult::SwitchedOff => ("dim", "○", "switched off"),
    };
    let said = check.said.as_deref().map(|said| {
        let said = format::shortened(said).into_owned();
        view! { <p class="detail">"The "{by}"’s own words: "<code translate="no">{said}</code></p> }
    });
    view! {
        <li>
            <span class=format!("sign {class}") aria-hidden="true">{sign}</span>
            <div>
                <p>
                    <b>{rich(&check.question)}</b>
                    <span class=format!("sr-only")>" "{word}</span>
                </p>
                <p class="detail">{rich(&check.detail)}</p>
                {said}
                <p class="dim">
                    {format!("Check {place}, by the {by}")} {(word != "passed").then(|| format!(" · {word}"))}
                    {(!check.rfc.is_empty()).then(|| format!(" · {}", check.rfc))}
                </p>
            </div>
        </li>
    }
}
