//! What real programs were observed to say: of one fault, and what to run where no error is known.

use super::host::{YourHost, hosted};
use crate::faults::{Code, Fault};
use crate::observed::{FIRST, Observation, why_unasked};
use crate::ui::dom;
use leptos::prelude::*;
use std::sync::Arc;

/// Where the observations are, from the page.
const FILE: &str = "data/observed.json";

/// Whose words stand for all in a list: what most people see first.
const MOST_SEEN: &[&str] = &["curl", "openssl s_client"];

/// All observations.
pub type Known = Arc<[Observation]>;

/// Loads what was observed.
///
/// # Errors
/// Where and why it cannot be had, and what to do.
pub async fn known() -> Result<Known, String> {
    let text = dom::fetch(FILE).await?;
    let read = Observation::all_from_json(&text);
    read.map(Into::into)
        .map_err(|_| format!("{FILE} is of another version of this page; load the page again"))
}

/// What is said of a fault first: by the program that most people meet it with. One that goes on all the same has
/// only made a remark.
pub fn symptom<'a>(known: &'a [Observation], fault: &Fault) -> Option<&'a Observation> {
    let is_said = |one: &&Observation| one.error.is_some() && one.exit != 0;
    let own = || known.iter().filter(|one| one.fault == fault.id).filter(is_said);
    MOST_SEEN.iter().find_map(|program| own().find(|one| one.program == *program))
}

/// Who said something, and in which version.
pub fn speaker(one: &Observation) -> String {
    format!("{} {}", one.program, one.version)
}

/// A code and who prints it of a fault: in which version, where that was seen.
pub fn printed(known: &[Observation], fault: &Fault, code: &Code) -> String {
    let seen = known.iter().find(|one| is_seen(one, fault, code));
    format!("{}: {}", seen.map_or(code.browser.to_owned(), speaker), code.name)
}

fn is_seen(one: &Observation, fault: &Fault, code: &Code) -> bool {
    one.fault == fault.id && one.error.as_deref() == Some(code.name)
}

/// What each program says about a fault, loaded when it is shown.
#[component]
pub fn Said(fault: &'static Fault) -> impl IntoView {
    let loaded = LocalResource::new(known);
    let again = move |_| loaded.refetch();
    move || match loaded.get() {
        None => view! { <p role="status">"Loading what programs say…"</p> }.into_any(),
        Some(Err(why)) => view! {
            <p role="alert">{why}". " <button class="btn" on:click=again>"Try again"</button></p>
        }
        .into_any(),
        Some(Ok(known)) => rows(&known, fault),
    }
}

fn rows(known: &[Observation], fault: &Fault) -> AnyView {
    let own: Vec<&Observation> = known.iter().filter(|one| one.fault == fault.id).collect();
    let codes = fault.codes().filter(|code| !known.iter().any(|one| is_seen(one, fault, code)));
    let codes: Vec<&Code> = codes.collect();
    if own.is_empty() {
        return view! { <p>"No other program was asked. "{why_unasked(fault)}</p> {of_browsers(&codes)} }
            .into_any();
    }
    let row = |one: &&Observation| {
        let said = match &one.error {
            Some(error) => view! { <code translate="no">{error.clone()}</code> }.into_any(),
            None if one.is_noticed() => {
                format!("nothing in words; its exit status is {}", one.exit).into_any()
            }
            None => "nothing: it takes what comes".into_any(),
        };
        view! { <dt>{speaker(one)}</dt><dd>{said}</dd> }
    };
    view! {
        <p>
            "Each was run against " <code translate="no">{format!("handshake-lab serve {}", fault.id)}</code>
            ", set up as the fault needs it: the page whose address that command prints says how. PORT, DIR, TIME and N stand for what belongs to that one run. Other versions may say it in other words."
        </p>
        <dl class="facts said">{own.iter().map(row).collect_view()}</dl>
        {of_browsers(&codes)}
    }
    .into_any()
}

/// What browsers may print that were not asked.
fn of_browsers(codes: &[&Code]) -> Option<impl IntoView + use<>> {
    let row = |code: &&Code| {
        view! { <dt>{code.browser}</dt><dd><code translate="no">{code.name}</code></dd> }
    };
    (!codes.is_empty()).then(|| {
        view! {
            <p>"Not asked here; by its own source a browser may print:"</p>
            <dl class="facts">{codes.iter().map(row).collect_view()}</dl>
        }
    })
}

/// What to run first where an error is not known.
#[component]
pub fn First(open: bool) -> impl IntoView {
    let lines = FIRST.iter().map(|command| (command.what.into(), command.line.into()));
    view! {
        <details class="run-first" open=open>
            <summary>"An error that is not known here? Run these first"</summary>
            <YourHost/>
            {hosted(lines.collect(), "the command")}
        </details>
    }
}
