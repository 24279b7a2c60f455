//! What is run: one control for each choice of the scenario. A change runs it at once.

mod choices;
mod perspective;

pub use perspective::PerspectiveSwitch;

use crate::route::{Page, Route, View};
use crate::scenario::{Control, Key, Place, Preset, Scenario};
use crate::ui::lab;
use crate::ui::state::Lab;
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
    // Its many menus are built when they are first asked for.
    let asked = Memo::new(move |before| before == Some(&true) || more.get());
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
            <div class="bar">
                <div class="controls" id="scenario-controls">
                    <Handshake scenario/>
                    {controls(scenario, Place::Main)}
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
                <PerspectiveSwitch/>
            </div>
            <div class="more" id="scenario-more" class:shown=more>
                {move || asked.get().then(|| view! { <More scenario/> })}
            </div>
        </div>
    }
}

/// What is seldom changed, and where else the run can be looked at.
#[component]
fn More(scenario: Memo<Scenario>) -> impl IntoView {
    view! {
        {controls(scenario, Place::More)}
        <span class="dim">"This run"</span>
        <Elsewhere label="Compare with…" page=Page::Compare scenario/>
        <Elsewhere label="Open with the stolen key…" page=Page::StolenKey scenario/>
    }
}

/// A link to another screen about the present scenario.
#[component]
fn Elsewhere(
    label: &'static str,
    page: fn(String, String) -> Page,
    scenario: Memo<Scenario>,
) -> impl IntoView {
    let href = move || {
        let page = page(scenario.read().text(), String::new());
        Route { page, view: View::default() }.to_string()
    };
    view! { <a class="btn" href=href>{label}</a> }
}

/// Runs the scenario again with the next seed.
pub fn reseed(lab: Lab) {
    if let Some(scenario) = untrack(|| lab.scenario()) {
        let seed = choices::next_seed(scenario.seed);
        lab.run_scenario(&Scenario { seed, ..scenario });
    }
}

/// Sets a key of the scenario. What cannot be together with the value gives way.
fn set(lab: Lab, scenario: &Scenario, key: &str, value: &str) {
    match scenario.choose(key, value) {
        Ok(next) => lab.run_scenario(&next),
        Err(error) => lab.notice.set(Some(error.to_string())),
    }
}

/// The controls of the keys that have theirs at this place.
fn controls(scenario: Memo<Scenario>, place: Place) -> impl IntoView {
    choices::keys(place).map(|key| control(key, scenario)).collect_view()
}

fn control(key: &'static Key, scenario: Memo<Scenario>) -> AnyView {
    match key.control {
        Control::Menu => view! { <Select key scenario/> }.into_any(),
        Control::Number { unit } => view! { <Entry key scenario mode="numeric" unit/> }.into_any(),
        Control::Text => view! { <Entry key scenario mode="text" unit=""/> }.into_any(),
    }
}

/// The preset that the scenario began as; another one starts afresh.
#[component]
fn Handshake(scenario: Memo<Scenario>) -> impl IntoView {
    let lab = lab();
    // One that was changed where the bar does not show it is a choice of its own, to go back from.
    let value = Memo::new(move |_| {
        let scenario = scenario.read();
        if choices::is_changed(&scenario) { String::new() } else { scenario.preset.to_string() }
    });
    let options = Memo::new(move |_| {
        let changed = Some(scenario.read()).filter(|scenario| choices::is_changed(scenario));
        let own = changed.map(|scenario| (String::new(), choices::title(&scenario)));
        own.into_iter().chain(choices::presets()).collect()
    });
    let choose = Callback::new(move |id: String| {
        if let Some(preset) = Preset::find(&id) {
            lab.run_scenario(&Scenario::from_preset(preset));
        }
    });
    view! { <Chip label="handshake" value options choose/> }
}

/// The menu of one key.
#[component]
fn Select(key: &'static Key, scenario: Memo<Scenario>) -> impl IntoView {
    let lab = lab();
    let value = Memo::new(move |_| scenario.read().get(key.name).unwrap_or_default());
    let options = Memo::new(move |_| {
        let values = key.menu(&scenario.read()).into_iter();
        values.map(|value| (value.id, value.label)).collect()
    });
    let choose = Callback::new(move |value: String| {
        set(lab, &scenario.read_untracked(), key.name, &value);
    });
    view! { <Chip label=key.label value options choose/> }
}

/// A list to choose from, as a chip with its label inside.
#[component]
fn Chip(
    label: &'static str,
    value: Memo<String>,
    options: Memo<Vec<(String, String)>>,
    choose: Callback<String>,
) -> impl IntoView {
    view! {
        <label class="chip" class:bad=move || label == "fault" && *value.read() != "none">
            <span>{label}</span>
            <select
                prop:value=value
                on:change:target=move |event| choose.run(event.target().value())
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

/// A field to write the value of a key into. What the key does not take is told, and the field goes back.
#[component]
fn Entry(
    key: &'static Key,
    scenario: Memo<Scenario>,
    /// Which keyboard a touch screen shows.
    mode: &'static str,
    unit: &'static str,
) -> impl IntoView {
    let lab = lab();
    let value = move || scenario.read().get(key.name).unwrap_or_default();
    view! {
        <label class="chip" title=format!("{}: {}", key.help, key.takes())>
            <span>{key.label}</span>
            <input
                type="text"
                inputmode=mode
                autocomplete="off"
                spellcheck="false"
                size=move || value().len().max(2).to_string()
                prop:value=value
                on:change:target=move |event| {
                    let before = scenario.read_untracked().clone();
                    set(lab, &before, key.name, event.target().value().trim());
                    event.target().set_value(&untrack(value));
                }
            />
            {(!unit.is_empty()).then(|| view! { <span>{unit}</span> })}
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
