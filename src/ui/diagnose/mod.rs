//! Diagnose: mysteries. One line of an error, commands to find out with, an answer, and what it is worth.
//!
//! | file | what is in it |
//! |---|---|
//! | `choose` | the levels |
//! | `case` | one mystery: what is known, and what was done about it |
//! | `commands` | the commands, each with what it printed |
//! | `answer` | what it is, and what to do |
//! | `judged` | what the answer was worth, and a better one |

mod answer;
mod case;
mod choose;
mod commands;
mod judged;

use super::breakit::observed;
use super::lab;
use super::parts::Behind;
use super::record::Record;
use crate::diagnose::{DiagnosePage, Level, Solved};
use crate::route::Page;
use crate::ui::dom;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// What was answered, as it is kept.
type Answers = Record<Solved>;

/// Seeds are drawn below this: short enough to say aloud.
const SEEDS: u32 = 100_000;

/// The mysteries, loaded when first shown.
#[wasm_split(diagnose, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <Diagnose/> }.into_any())
}

/// What of the mysteries the link names.
#[component]
fn Diagnose() -> impl IntoView {
    let lab = lab();
    let record = Answers::open(lab);
    let known = LocalResource::new(observed);
    let address = Memo::new(move |before: Option<&String>| match &lab.link.read().page {
        Page::Diagnose(rest) => rest.clone(),
        // While another screen takes over, this one stays what it was.
        _ => before.cloned().unwrap_or_default(),
    });
    let again = move |_| known.refetch();
    let shown = move || match DiagnosePage::parse(&address.read()) {
        Ok(DiagnosePage::Choose) => view! { <choose::Choose record/> }.into_any(),
        Err(why) => missing(why),
        Ok(DiagnosePage::Case { level, seed }) => match known.get() {
            None => waiting(),
            Some(Err(why)) => view! {
                <h1>"Diagnose"</h1>
                <p class="lesson-failed" role="alert">
                    {why}". "<button class="btn" on:click=again>"Try again"</button>
                </p>
            }
            .into_any(),
            Some(Ok(known)) => view! { <case::Drawn level seed known record/> }.into_any(),
        },
    };
    view! { <div class="page diagnose">{shown}</div> }
}

/// While something is made that takes a moment.
fn waiting() -> AnyView {
    view! { <p class="lesson-loading" role="status">"Breaking something…"</p> }.into_any()
}

/// Where the address leads nowhere: why, and the way on.
fn missing(why: String) -> AnyView {
    view! {
        <h1>"Diagnose"</h1>
        <p class="lesson-failed" role="alert">{why}</p>
        <p class="buttons"><a class="btn" href=href(DiagnosePage::Choose)>"Choose a level"</a></p>
    }
    .into_any()
}

/// The address of what is shown of the mysteries.
fn href(page: DiagnosePage) -> String {
    Page::Diagnose(page.to_string()).href()
}

/// The address of a mystery of this level that is drawn now.
fn another(level: &'static Level) -> String {
    href(DiagnosePage::Case { level, seed: u64::from(dom::random(SEEDS)) })
}
