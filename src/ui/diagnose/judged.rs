//! The end of a mystery: what the answer was worth, and what a good one says.

use super::case::{Case, Tried};
use super::{another, href};
use crate::diagnose::{DiagnosePage, Part, Score};
use crate::faults::Fault;
use crate::route::Page;
use crate::ui::parts::CopyButton;
use crate::ui::shell::address;
use crate::ui::{dom, lab};
use leptos::html::H2;
use leptos::prelude::*;

/// The points, the cause, the commands that would have told it, and the way on.
#[component]
pub fn Judged(case: Case) -> impl IntoView {
    let heading = NodeRef::<H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
    let score = case.score();
    let level = case.with(|mystery| mystery.level);
    let head =
        score.as_ref().map_or("The answer".into(), |score| format!("{} of 100", score.points));
    let text = score.as_ref().map(|score| told(case, score));
    let (title, words, fault, run) = case.with(|mystery| {
        let cause = mystery.cause();
        let fault = Page::Fault(cause.fault.id.into(), String::new()).href();
        let run = Page::Lab(cause.scenario.text()).href();
        (cause.fault.title, cause.fault.words(), fault, run)
    });
    let wrong = score.is_some().then(|| case.mistaken()).flatten().map(|(title, telling)| {
        let telling = telling.iter().map(|one| one.id).collect::<Vec<_>>().join(", ");
        view! {
            <p>
                "You said: "{title}". These commands rule it out: "
                <code translate="no">{telling}</code>"."
            </p>
        }
    });
    let fewest = case.with(|mystery| mystery.fewest()).unwrap_or_default();
    let fewest: Vec<AnyView> = fewest
        .iter()
        .map(|one| {
            view! { <li><code translate="no">{one.id}</code>": "{one.hopes}</li> }.into_any()
        })
        .collect();
    view! {
        <section class="judged" aria-label="What came of it">
            <h2 tabindex="-1" node_ref=heading>{head}</h2>
            {score.map(|score| view! { <Points score/> })}
            <p class="buttons">
                <a class="btn primary" href=another(level)>"Another one →"</a>
                {text.map(|text| view! { <CopyButton text what="the result" named=true/> })}
            </p>
            {wrong}
            <h3>"What it is: "{title}</h3>
            <p>{words.summary}</p>
            <p>{words.cause}</p>
            <h3>"What to do"</h3>
            <p>{words.fix}</p>
            <h3>"The fewest commands that tell it from the other causes"</h3>
            <ul>{fewest}</ul>
            <p class="dim">
                "Lines that most of the other causes would not print are marked in what each command printed. You can run the others now."
            </p>
            <p class="buttons">
                <a class="btn" href=run>"See its run in the lab"</a>
                <a class="btn" href=fault>"The fault"</a>
                <a class="btn" href=href(DiagnosePage::Choose)>"All levels"</a>
            </p>
        </section>
    }
}

/// The points by part.
#[component]
fn Points(score: Score) -> impl IntoView {
    let rows = score.parts.into_iter().map(|Part { what, points, of, why }| {
        // Said below, in full.
        let why = if ["cause", "fix"].contains(&what) { "See below.".into() } else { why };
        let mark = if points == of { "ok" } else { "bad" };
        view! {
            <tr>
                <th scope="row">{what}</th>
                <td class=mark>{format!("{points} of {of}")}</td>
                <td>{why}</td>
            </tr>
        }
    });
    view! {
        <table class="result">
            <thead><tr><th scope="col">"Part"</th><th scope="col">"Points"</th><th scope="col">"Why"</th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// The result as text, to hand in: what was answered, by which commands, and what that was worth.
fn told(case: Case, score: &Score) -> String {
    let Tried { used, cause, fix, .. } = case.tried.get_untracked();
    let (level, seed) = case.with(|mystery| (mystery.level, mystery.seed));
    let cause = cause.and_then(Fault::find).map_or("", |fault| fault.title);
    let parts = score.parts.iter();
    let parts: String =
        parts.map(|part| format!("{}: {} of {}\n", part.what, part.points, part.of)).collect();
    format!(
        "{}, mystery {seed}, {}\n{} of 100\n{parts}Cause: {cause}\nTo do: {}\nCommands: {}\n{}\n",
        level.title,
        dom::today(),
        score.points,
        fix.unwrap_or_default(),
        if used.is_empty() { "none".into() } else { used.join(", ") },
        address(lab()),
    )
}
