//! What is run: one control for each choice of the scenario. A change runs it at once.

mod choices;
mod perspective;

use crate::scenario::{PRESETS, Scenario};
use crate::ui::lab;
use crate::ui::state::Lab;
use choices::{CHOICES, Choice};
use leptos::prelude::*;

/// The scenario's controls, and through whose eyes it is seen.
#[component]
pub fn ScenarioBar() -> impl IntoView {
    let lab = lab();
    // Where a link's scenario is broken, the controls stay on the last good one.
    let scenario = Memo::new(move |last: Option<&Scenario>| {
        lab.scenario().or_else(|| last.cloned()).unwrap_or_default()
    });
    let open = RwSignal::new(false);
    let more = RwSignal::new(false);
    view! {
        <div class="scenario" class:open=open role="group" aria-label="Scenario">
            <button
                class="btn narrow summary"
                aria-expanded=move || open.get().to_string()
                aria-controls="scenario-controls"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <span class="dim">"Scenario"</span>
                <b>{move || choices::in_short(&scenario.read())}</b>
                <Chevron/>
            </button>
            <div class="controls" id="scenario-controls">
                {choices_view(scenario, true)}
                <Seed scenario/>
            </div>
            <button class="btn primary" on:click=move |_| reseed(lab) title="Run again with a new seed">
                "Run again"
            </button>
            <button
                class="btn quiet more-button"
                aria-label="More choices"
                title="More choices"
                aria-expanded=move || more.get().to_string()
                aria-controls="scenario-more"
                on:click=move |_| more.update(|more| *more = !*more)
            >
                "More" <Chevron/>
            </button>
            <perspective::PerspectiveSwitch/>
            <div class="more" id="scenario-more" class:shown=more>
                <Rtt scenario/>
                {choices_view(scenario, false)}
                <span class="dim">"Start afresh from"</span>
                {PRESETS
                    .iter()
                    .map(|preset| {
                        view! {
                            <button
                                class="btn"
                                title=preset.summary
                                on:click=move |_| lab.run_scenario(&Scenario::from_preset(preset))
                            >
                                {preset.title}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </div>
    }
}

/// Runs the scenario again with the next seed.
pub fn reseed(lab: Lab) {
    if let Some(scenario) = untrack(|| lab.scenario()) {
        let seed = choices::next_seed(scenario.seed);
        lab.run_scenario(&Scenario { seed, ..scenario });
    }
}

/// What a choice may take the place of: the first of these that makes it fit.
const GIVEN_UP: &[&[(&str, &str)]] = &[
    &[("fault", "none")],
    &[("early-data", "none")],
    &[("key-update", "none"), ("group", "default")],
    &[("key-exchange", "ecdhe"), ("ems", "yes")],
    &[
        ("fault", "none"),
        ("early-data", "none"),
        ("key-update", "none"),
        ("group", "default"),
        ("key-exchange", "ecdhe"),
        ("ems", "yes"),
    ],
];

/// Sets a key of the scenario. What cannot be together with the fault, with early data, with a
/// KeyUpdate, with the group or with the teaching endpoints takes its place.
fn set(lab: Lab, scenario: &Scenario, key: &str, value: &str) {
    let without = |given_up: &&[(&str, &str)]| {
        let pairs: Vec<_> = given_up.iter().copied().chain([(key, value)]).collect();
        scenario.with(&pairs).ok()
    };
    let next = scenario
        .with(&[(key, value)])
        .or_else(|error| GIVEN_UP.iter().find_map(without).ok_or(error));
    match next {
        Ok(next) => lab.run_scenario(&next),
        Err(error) => lab.notice.set(Some(error.to_string())),
    }
}

fn choices_view(scenario: Memo<Scenario>, main: bool) -> impl IntoView {
    CHOICES
        .iter()
        .filter(|choice| choice.main == main)
        .map(|choice| view! { <Select choice scenario/> })
        .collect_view()
}

/// One choice, as a chip with its label inside.
#[component]
fn Select(choice: &'static Choice, scenario: Memo<Scenario>) -> impl IntoView {
    let lab = lab();
    let value = Memo::new(move |_| scenario.read().get(choice.key).unwrap_or_default());
    let options = Memo::new(move |_| (choice.options)(&scenario.read()));
    view! {
        <label class="chip" class:bad=move || choice.key == "fault" && *value.read() != "none">
            <span>{choice.label}</span>
            <select
                prop:value=value
                on:change:target=move |event| {
                    set(lab, &scenario.read_untracked(), choice.key, &event.target().value());
                }
            >
                {move || {
                    options
                        .get()
                        .into_iter()
                        .map(|(id, label)| {
                            let chosen = id.clone();
                            let selected = move || *value.read() == chosen;
                            view! { <option value=id selected=selected>{label}</option> }
                        })
                        .collect_view()
                }}
            </select>
            <Chevron/>
        </label>
    }
}

/// The round-trip time of the link.
#[component]
fn Rtt(scenario: Memo<Scenario>) -> impl IntoView {
    let lab = lab();
    view! {
        <label class="chip" title="Round-trip time of the link, in milliseconds">
            <span>"RTT"</span>
            <input
                type="number"
                min="0"
                max=crate::scenario::MAX_RTT_MS
                step="10"
                prop:value=move || scenario.read().rtt_ms.to_string()
                on:change:target=move |event| {
                    set(lab, &scenario.read_untracked(), "rtt-ms", &event.target().value());
                }
            />
            <span>"ms"</span>
        </label>
    }
}

/// What all random draws come from.
#[component]
fn Seed(scenario: Memo<Scenario>) -> impl IntoView {
    let lab = lab();
    view! {
        <label class="chip" title="Seeds every random draw: the same seed gives the same bytes">
            <span>"seed"</span>
            <input
                class="seed"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                prop:value=move || scenario.read().seed.to_string()
                on:change:target=move |event| {
                    set(lab, &scenario.read_untracked(), "seed", event.target().value().trim());
                }
            />
        </label>
    }
}

#[component]
fn Chevron() -> impl IntoView {
    view! {
        <svg class="chevron" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
            <path d="M2 3.5 5 6.5 8 3.5" fill="none" stroke="currentColor" stroke-width="1.5"/>
        </svg>
    }
}
