//! Choosing a scenario from a list, by its text form.

use crate::compare::pairs::canonical;
use crate::faults::{self, FAULTS};
use crate::scenario::{Preset, Scenario, Topic};
use crate::ui::lab::run_line;
use leptos::prelude::*;

/// Scenarios under a heading: text form and title of each.
pub type Group = (String, Vec<(String, &'static str)>);

/// Every ready-made scenario, by topic.
pub fn ready_made() -> Vec<Group> {
    let of = |topic: &Topic| {
        let presets = Preset::of(*topic).map(|preset| (preset.id.to_string(), preset.title));
        (topic.title().to_string(), presets.collect::<Vec<_>>())
    };
    Topic::ALL.iter().map(of).filter(|(_, presets)| !presets.is_empty()).collect()
}

/// Every ready-made scenario, and every fault.
pub fn all_scenarios() -> Vec<Group> {
    let broken = faults::Group::ALL.iter().map(|group| {
        let faults = FAULTS.iter().filter(|fault| fault.group == *group);
        let faults = faults.map(|fault| (canonical(fault.id), fault.title));
        (format!("Broken: {}", group.label()), faults.collect())
    });
    ready_made().into_iter().chain(broken).collect()
}

/// What there is to choose from in a list, of which `present` is chosen. One that is not there is shown
/// by what the lab calls it.
pub fn options(groups: Vec<Group>, present: &str) -> impl IntoView + use<> {
    let listed = groups.iter().flat_map(|group| &group.1).any(|(text, _)| *text == present);
    let own = (!listed).then(|| {
        let name = Scenario::parse(present).map_or(present.to_owned(), |run| run_line(&run));
        view! { <option value=present.to_owned() selected=true>{name}</option> }
    });
    let groups = groups.into_iter().map(|(heading, items)| {
        let items = items.into_iter().map(|(text, title)| {
            let selected = text == present;
            view! { <option value=text selected=selected>{title}</option> }
        });
        view! { <optgroup label=heading>{items.collect_view()}</optgroup> }
    });
    (own, groups.collect_view())
}

/// A list of scenarios.
#[component]
pub fn ChooseScenario(
    /// What stands before it.
    label: &'static str,
    /// The text form of the present one.
    value: Memo<String>,
    /// What there is to choose from.
    groups: fn() -> Vec<Group>,
    /// What to do with the text form of another.
    choose: Callback<String>,
) -> impl IntoView {
    view! {
        <label class="choose">
            <span>{label}</span>
            <select prop:value=value on:change:target=move |event| choose.run(event.target().value())>
                {move || options(groups(), &value.read())}
            </select>
        </label>
    }
}
