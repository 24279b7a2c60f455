//! Choosing a scenario from a list, by its text form.

use crate::compare::pairs::canonical;
use crate::faults::FAULTS;
use crate::scenario::PRESETS;
use leptos::prelude::*;

/// Scenarios under a heading: text form and title of each.
pub type Group = (&'static str, Vec<(String, &'static str)>);

/// Every ready-made scenario, and every fault.
pub fn all_scenarios() -> Vec<Group> {
    let presets = PRESETS.iter().map(|preset| (preset.id.to_string(), preset.title)).collect();
    let faults = FAULTS.iter().map(|fault| (canonical(fault.id), fault.title)).collect();
    vec![("Ready-made", presets), ("Broken", faults)]
}

/// A list of scenarios. One that is not in it is shown by its text form.
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
    let options = move || {
        let present = value.get();
        let groups = groups();
        let listed = groups.iter().flat_map(|group| &group.1).any(|(text, _)| *text == present);
        let own = (!listed).then(|| {
            view! { <option value=present.clone() selected=true>{present.clone()}</option> }
        });
        let groups = groups.into_iter().map(|(heading, items)| {
            let items = items.into_iter().map(|(text, title)| {
                let selected = text == present;
                view! { <option value=text selected=selected>{title}</option> }
            });
            view! { <optgroup label=heading>{items.collect_view()}</optgroup> }
        });
        (own, groups.collect_view())
    };
    view! {
        <label class="choose">
            <span>{label}</span>
            <select prop:value=value on:change:target=move |event| choose.run(event.target().value())>
                {options}
            </select>
        </label>
    }
}
