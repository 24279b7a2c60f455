//! The sheet of what is run: one control for each key of a scenario, with its line of help. A change runs
//! it at once.

use super::{name, scenario};
use crate::scenario::{Control, KEYS, Key, Preset, Scenario, Topic};
use crate::ui::parts::{Behind, made_by, options, ready_made};
use crate::ui::state::Lab;
use crate::ui::{dom, lab};
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// The sheet, loaded when first asked for.
#[wasm_split(settings, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <Settings/> }.into_any())
}

/// The sheet. The browser keeps the focus in it and gives it back.
#[component]
fn Settings() -> impl IntoView {
    let lab = lab();
    let scenario = scenario(lab);
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (lab.settings.get(), dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let close = move |_| lab.settings.set(false);
    // A click beside the sheet meets the dialog itself.
    let beside = move |event: leptos::ev::MouseEvent| {
        if event.target() == event.current_target() {
            lab.settings.set(false);
        }
    };
    view! {
        <dialog
            class="settings"
            node_ref=dialog
            aria-labelledby="settings-title"
            on:close=move |_| lab.settings.set(false)
            on:click=beside
        >
            <div class="settings-body">
                <div class="settings-head">
                    <h2 id="settings-title">"What is run"</h2>
                    <button class="btn" on:click=close>"Close"</button>
                </div>
                <p class="bad" role="alert">{move || lab.settings.get().then(|| lab.notice.get())}</p>
                // The order holds while the sheet is open, so that the focus stays where it is.
                {move || lab.settings.get().then(|| untrack(|| groups(lab, scenario)))}
            </div>
        </dialog>
    }
}

/// Every key once: first those that are not as in the preset, then the others by topic.
fn groups(lab: Lab, scenario: Memo<Scenario>) -> impl IntoView {
    let changed = name::changed(&scenario.read());
    let is_changed = |key: &&Key| changed.iter().any(|one| one.name == key.name);
    let others = Topic::ALL.iter().map(|topic| {
        let keys = KEYS.iter().filter(|key| key.topic == *topic && !is_changed(key));
        (topic.title(), keys.collect::<Vec<_>>())
    });
    let first = ("Changed", changed.clone());
    let sections = std::iter::once(first).chain(others).filter(|(_, keys)| !keys.is_empty());
    let sections = sections.map(|(title, keys)| {
        view! {
            <section class="settings-group">
                <h3>{title}</h3>
                {keys.into_iter().map(|key| view! { <Setting key scenario/> }).collect_view()}
            </section>
        }
    });
    let present = move |_| {
        lab.settings.set(false);
        lab.presenting.set(true);
    };
    let print = move |_| {
        lab.settings.set(false);
        dom::print();
    };
    view! {
        <Handshake scenario/>
        {move || made_by(&scenario.read())}
        {sections.collect_view()}
        <section class="settings-group">
            <h3>"For a room, and for paper"</h3>
            <div class="actions">
                <button class="btn" on:click=present>"Present"</button>
                <button class="btn" on:click=print>"Print"</button>
            </div>
            <p class="dim">"While it is presented, its foot has a button for notes in a second window."</p>
        </section>
    }
}

/// The preset that the scenario began as: another one starts afresh, and so does the same by “Reset”.
#[component]
fn Handshake(scenario: Memo<Scenario>) -> impl IntoView {
    let lab = lab();
    let value = Memo::new(move |_| scenario.read().preset.to_string());
    let start = move |id: &str| {
        if let Some(preset) = Preset::find(id) {
            lab.run_scenario(&Scenario::from_preset(preset));
        }
    };
    let is_plain = move || name::changed(&scenario.read()).is_empty();
    let reset = move |_| {
        if !untrack(is_plain) {
            start(&value.get_untracked());
        }
    };
    view! {
        <div class="setting">
            <label for="key-handshake">"handshake"</label>
            <select
                id="key-handshake"
                aria-describedby="key-handshake-help"
                prop:value=value
                on:change:target=move |event| start(&event.target().value())
            >
                {move || options(ready_made(), &value.read())}
            </select>
            <p class="dim" id="key-handshake-help">
                "what to start from; choosing another resets all below "
                <button
                    class="link"
                    aria-disabled=move || is_plain().then_some("true")
                    on:click=reset
                >
                    "Reset"
                </button>
            </p>
        </div>
    }
}

/// A key: its name, its control, its line of help.
#[component]
fn Setting(key: &'static Key, scenario: Memo<Scenario>) -> impl IntoView {
    let id = format!("key-{}", key.name);
    let control = match key.control {
        Control::Menu => view! { <Select key scenario/> }.into_any(),
        Control::Number { unit } => view! { <Entry key scenario mode="numeric" unit/> }.into_any(),
        Control::Text => view! { <Entry key scenario mode="text" unit=""/> }.into_any(),
    };
    let takes = (key.control != Control::Menu).then(|| format!(": {}", key.takes()));
    view! {
        <div class="setting">
            <label for=id.clone()>{key.label}</label>
            {control}
            <p class="dim" id=format!("{id}-help")>{key.help} {takes}</p>
        </div>
    }
}

/// Sets a key of the scenario. What cannot be together with the value gives way.
fn set(lab: Lab, scenario: &Scenario, key: &str, value: &str) {
    match scenario.choose(key, value) {
        Ok(next) => lab.run_scenario(&next),
        Err(error) => lab.notice.set(Some(error.to_string())),
    }
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
    view! { <Menu id=format!("key-{}", key.name) value options choose/> }
}

/// A list to choose from.
#[component]
fn Menu(
    id: String,
    value: Memo<String>,
    options: Memo<Vec<(String, String)>>,
    choose: Callback<String>,
) -> impl IntoView {
    view! {
        <select
            id=id.clone()
            aria-describedby=format!("{id}-help")
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
    let id = format!("key-{}", key.name);
    let value = move || scenario.read().get(key.name).unwrap_or_default();
    view! {
        <span class="entry">
            <input
                type="text"
                id=id.clone()
                aria-describedby=format!("{id}-help")
                inputmode=mode
                autocomplete="off"
                spellcheck="false"
                prop:value=value
                on:change:target=move |event| {
                    let before = scenario.read_untracked().clone();
                    set(lab, &before, key.name, event.target().value().trim());
                    event.target().set_value(&untrack(value));
                }
            />
            {(!unit.is_empty()).then(|| view! { <span class="dim">{unit}</span> })}
        </span>
    }
}
