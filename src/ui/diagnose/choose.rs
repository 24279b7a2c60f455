//! The choice of a level.

use super::{Answers, another};
use crate::diagnose::{LEVELS, Level};
use leptos::prelude::*;

/// The levels, each with a mystery that was drawn for it, and how the person did.
#[component]
pub fn Choose(record: Answers) -> impl IntoView {
    view! {
        <h1>"Diagnose"</h1>
        <p class="lead">
            "Something fails, and one line of an error is all you have. Run commands on the client’s machine, find the cause, and say what to do. Every answer is computed from a run of real handshakes."
        </p>
        <ol class="levels">{LEVELS.iter().map(|level| row(level, record)).collect_view()}</ol>
        <p class="note">
            "The address of a mystery holds its level and its seed, so a class can share one. For teachers, "
            <code translate="no">"handshake-lab diagnose SEED --level LEVEL --answer-key"</code>
            " prints the cause, the fix and the commands that tell it; “Tell me” on the page shows the same."
        </p>
    }
}

fn row(level: &'static Level, record: Answers) -> impl IntoView {
    let so_far = move || match record.with(|solved| solved.of(level)) {
        (0, _) => String::new(),
        (1, points) => format!("1 answered, {points} points"),
        (count, points) => {
            let average = points / u32::try_from(count).unwrap_or(u32::MAX);
            format!("{count} answered, {average} points on average")
        }
    };
    view! {
        <li>
            <div>
                <h2>{level.title}</h2>
                <p>{level.about}</p>
                <p class="dim">{so_far}</p>
            </div>
            <a class="btn primary" href=another(level) aria-label=format!("Draw a mystery: {}", level.title)>
                "Draw a mystery →"
            </a>
        </li>
    }
}
