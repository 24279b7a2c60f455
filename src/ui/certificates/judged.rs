//! A verdict: what would become of a leaf, what to do, and the checks on each path.

use super::desk::Desk;
use crate::certificates::told;
use crate::certificates::verdict::{
    Finding, Gravity, Opinion, Outcome, PathReport, Question, Verdict,
};
use crate::story::Draft;
use crate::trace::Endpoint;
use crate::ui::parts::{Commands, rich};
use leptos::prelude::*;
use web_sys::Element;

/// What stands over a verdict.
pub fn heading(verdict: &Verdict) -> &'static str {
    if verdict.is_good() { "It would be taken" } else { "It would be refused" }
}

/// The verdict on one leaf.
pub fn judged(desk: Desk, verdict: &Verdict, question: &Question) -> AnyView {
    let heading = heading(verdict);
    let class = if verdict.is_good() { "finding mended" } else { "finding broken" };
    // It is built anew for each key in the question.
    let place = verdict.place.clone();
    let open = desk.checks.with_untracked(|checks| checks.contains(&place));
    let keep = move |is_open: bool| {
        desk.checks.update(|checks| {
            if is_open {
                checks.insert(place.clone());
            } else {
                checks.remove(&place);
            }
        });
    };
    let findings = verdict.findings.iter().map(finding).collect_view();
    let opinions =
        verdict.opinions.iter().map(|one| opinion(one, verdict, question.by)).collect_view();
    let paths = verdict.paths.iter().enumerate();
    let paths = paths.map(|(at, report)| path(at, report)).collect_view();
    view! {
        <section class=class aria-label=format!("{heading}: {}", told::or_empty(&verdict.subject))>
            <h2>{heading}</h2>
            <p>{told::verdict(verdict, question)}</p>
            <ul class="remarks">{findings}</ul>
            <h3>"Who would do what with it"</h3>
            <ul class="remarks opinions">{opinions}</ul>
            <details
                prop:open=open
                on:toggle=move |event| keep(event_target::<Element>(&event).has_attribute("open"))
            >
                <summary>"The checks, and what was compared"</summary>
                {paths}
            </details>
        </section>
    }
    .into_any()
}

fn finding(finding: &Finding) -> impl IntoView + use<> {
    let class = match finding.gravity {
        Gravity::Refused => "bad",
        Gravity::Warning => "warn",
        Gravity::Note => "dim",
    };
    let fix =
        (!finding.fix.is_empty()).then(|| view! { <p><b>"To do: "</b>{finding.fix.clone()}</p> });
    let command = finding.command.clone().map(|line| {
        view! { <Commands commands=vec![(String::new(), line)]/> }
    });
    view! {
        <li>
            <span class=format!("sign {class}") aria-hidden="true">{finding.gravity.mark()}</span>
            <div>
                <p><span class="sr-only">{finding.gravity.word()}": "</span>{rich(&finding.what)}</p>
                {fix}
                {command}
            </div>
        </li>
    }
}

/// What one kind of program would do.
fn opinion(opinion: &Opinion, verdict: &Verdict, by: Endpoint) -> impl IntoView + use<> {
    let (class, mark) = match opinion.outcome {
        Outcome::Taken => ("sign ok", "✓"),
        Outcome::Refused => ("sign bad", "✕"),
        Outcome::Fetches => ("sign warn", "?"),
    };
    let (who, does) = told::opinion(opinion, verdict, by);
    view! {
        <li>
            <span class=class aria-hidden="true">{mark}</span>
            <div>
                <p><b>{who}</b>" "{rich(&does)}</p>
                <p class="dim">{opinion.profile.about}</p>
            </div>
        </li>
    }
}

fn path(at: usize, report: &PathReport) -> impl IntoView + use<> {
    let failed = report.checks.iter().position(|check| !check.holds);
    let made = failed.map_or(report.checks.len(), |at| at + 1);
    let rest = report.checks.len() - made;
    let checks = report.checks.iter().take(made).map(check).collect_view();
    view! {
        <div class="panel path">
            <h3>{format!("Path {}: {}", at + 1, report.subjects.join(" ← "))}</h3>
            <ol class="checks">{checks}</ol>
            {(rest > 0).then(|| view! { <p class="dim">{format!("{rest} more were not reached.")}</p> })}
        </div>
    }
}

fn check(check: &Draft) -> impl IntoView + use<> {
    let (class, mark, word) = if check.holds {
        ("sign ok", "✓", "holds")
    } else {
        ("sign bad", "✕", "does not hold")
    };
    view! {
        <li>
            <span class=class><span aria-hidden="true">{mark}</span><span class="sr-only">{word}</span></span>
            <div>
                <b>{rich(&check.question)}</b>
                <p class="detail">{rich(&check.detail)}</p>
                <p class="dim">{check.rfc}</p>
            </div>
        </li>
    }
}
