//! What is run, and through whose eyes it is seen.

mod name;
mod perspective;
mod settings;

pub use name::{line, remarks, title};
pub use perspective::PerspectiveSwitch;
pub use settings::door as settings_door;

use crate::scenario::Scenario;
use crate::ui::lab;
use crate::ui::state::Lab;
use leptos::prelude::*;

/// The run's part of the row under the header.
#[component]
pub fn RunBar() -> impl IntoView {
    let lab = lab();
    let scenario = scenario(lab);
    view! {
        <div class="run-bar" role="group" aria-label="The run">
            <button
                class="btn quiet run-name"
                aria-haspopup="dialog"
                aria-expanded=move || lab.settings.get().to_string()
                title="Change what is run"
                on:click=move |_| lab.settings.set(true)
            >
                <b>{move || title(&scenario.read())}</b>
                <span class="dim">{move || remarks(&scenario.read())}</span>
                <svg class="chevron" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
                    <path d="M2 3.5 5 6.5 8 3.5" fill="none" stroke="currentColor" stroke-width="1.5"/>
                </svg>
            </button>
            <button
                class="btn quiet"
                aria-label="New random values"
                title="New random values: run again with another seed"
                on:click=move |_| reseed(lab)
            >
                "↻"
            </button>
            <PerspectiveSwitch/>
        </div>
    }
}

/// What is run; where a link's scenario is broken, the last good one.
fn scenario(lab: Lab) -> Memo<Scenario> {
    Memo::new(move |last: Option<&Scenario>| {
        lab.scenario().or_else(|| last.cloned()).unwrap_or_default()
    })
}

/// Runs the scenario again with the next seed.
pub fn reseed(lab: Lab) {
    if let Some(scenario) = untrack(|| lab.scenario()) {
        let seed = name::next_seed(scenario.seed);
        lab.run_scenario(&Scenario { seed, ..scenario });
    }
}
