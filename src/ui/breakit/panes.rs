//! What can be opened below the buttons of a fault's verdict, one at a time: cause and fix, what programs say, and
//! commands to check it oneself.

use super::host::{YourHost, hosted};
use super::remedies;
use super::said::Said;
use crate::faults::{Command, Fault, when_to_judge};
use crate::plan::Plan;
use crate::ui::parts::{later, rich};
use leptos::prelude::*;

/// One of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// Why it happens, and what to do.
    Fix,
    /// What programs say of it.
    Said,
    /// Commands that show it.
    Check,
}

/// Each with its button, and its id.
const PANES: [(Pane, &str, &str); 3] = [
    (Pane::Fix, "Cause and fix", "finding-fix"),
    (Pane::Said, "What programs say", "finding-said"),
    (Pane::Check, "Check it yourself", "finding-symptoms"),
];

/// The buttons: each opens its own and closes the others.
pub fn buttons(open: RwSignal<Option<Pane>>) -> impl IntoView {
    let button = |(pane, label, id): (Pane, &'static str, &'static str)| {
        let is_open = move || open.get() == Some(pane);
        view! {
            <button
                class="btn"
                aria-expanded=move || is_open().to_string()
                aria-controls=id
                on:click=move |_| open.update(|open| *open = (*open != Some(pane)).then_some(pane))
            >
                {label}
            </button>
        }
    };
    PANES.map(button).collect_view()
}

/// What the buttons open.
pub fn panes(
    open: RwSignal<Option<Pane>>,
    fault: &'static Fault,
    plan: &Plan,
) -> impl IntoView + use<> {
    let words = fault.words();
    // What programs say, and what to write into which, is fetched when it is first asked for.
    let ever = move |pane: Pane| {
        Memo::new(move |before: Option<&bool>| open.get() == Some(pane) || before == Some(&true))
    };
    let (fix, said) = (ever(Pane::Fix), ever(Pane::Said));
    let has_remedies = !words.remedies.is_empty();
    let inside = |pane: Pane| match pane {
        Pane::Fix => view! {
            <h3>"Cause"</h3>
            <p>{words.cause}</p>
            <h3>"Fix"</h3>
            <p>{words.fix}</p>
            {shell(words.fix_commands, plan)}
            {has_remedies.then_some(move || fix.get().then(|| later(remedies::door)))}
        }
        .into_any(),
        Pane::Said => view! {
            <h3>"What programs say"</h3>
            {move || said.get().then(|| view! { <Said fault/> })}
        }
        .into_any(),
        Pane::Check => view! {
            <h3>"Check it yourself"</h3>
            {shell(words.symptoms, plan)}
        }
        .into_any(),
    };
    let pane = |(pane, _, id): (Pane, &'static str, &'static str)| {
        view! { <div id=id hidden=move || open.get() != Some(pane)>{inside(pane)}</div> }
    };
    let has_commands = move || matches!(open.get(), Some(Pane::Fix | Pane::Check));
    view! {
        <div hidden=move || !has_commands()><YourHost/></div>
        {PANES.map(pane).collect_view()}
    }
}

/// Commands, after when they judge certificates.
fn shell(commands: &[Command], plan: &Plan) -> impl IntoView + use<> {
    let when = when_to_judge(commands, plan);
    let lines = commands.iter().map(|command| (command.what.into(), command.line_for(plan)));
    view! {
        {when.map(|when| view! { <p>{rich(&when)}</p> })}
        {hosted(lines.collect(), "the command")}
    }
}
