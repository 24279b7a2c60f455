//! What a step can be changed in. A form changes the text of the recipe, which then fills the form: what is typed
//! and cannot be made stays where it was typed, and says why.

use super::bench::Bench;
use super::names::Names;
use crate::certificates::recipe::form::{
    Block, Control, Edit, FIELDS, Field, edited, implied, shown,
};
use crate::certificates::recipe::{Group, Recipe, Subject};
use leptos::prelude::*;
use std::sync::Arc;

/// One value of a step. Copied freely into views.
#[derive(Clone, Copy)]
pub struct Entry {
    bench: Bench,
    block: Block,
    name: StoredValue<String>,
    key: &'static str,
    /// What the recipe has.
    pub values: Memo<Vec<String>>,
    /// Why what was typed is not taken.
    pub wrong: RwSignal<Option<String>>,
}

impl Entry {
    fn new(
        block: Block,
        name: &str,
        key: &'static str,
        get: fn(&Recipe, Block, &str, &str) -> Vec<String>,
    ) -> Entry {
        let bench: Bench = expect_context();
        let own = name.to_owned();
        let values = Memo::new(move |before: Option<&Vec<String>>| match bench.recipe.get() {
            Some(recipe) => get(&recipe, block, &own, key),
            None => before.cloned().unwrap_or_default(),
        });
        let name = StoredValue::new(name.to_owned());
        Entry { bench, block, name, key, values, wrong: RwSignal::new(None) }
    }

    /// Has the recipe say this instead.
    pub fn set(self, values: &[String]) {
        let Some(recipe) = self.bench.recipe.get_untracked() else { return };
        let name = self.name.get_value();
        // What holds anyway is not written.
        let is_implied = recipe.subject(&name).is_some_and(|one| implied(self.key, one) == values);
        let written: &[String] = if is_implied { &[] } else { values };
        let edit = Edit { block: self.block, name: &name, key: self.key, values: written };
        match edited(&recipe, &edit) {
            Ok(text) => {
                self.wrong.set(None);
                if self.values.get_untracked() != values {
                    self.bench.keep(text);
                }
            }
            Err(why) => self.wrong.set(Some(format!("{why}. Nothing was changed."))),
        }
    }

    /// What its elements are called by.
    pub fn id(self, what: &str) -> String {
        format!("{what}-{:?}-{}-{}", self.block, self.name.get_value(), self.key)
    }
}

fn of_subject(recipe: &Recipe, _: Block, name: &str, key: &str) -> Vec<String> {
    let field = FIELDS.iter().find(|field| field.key == key);
    let found = recipe.subject(name).zip(field);
    found.map(|(subject, field)| shown(field, subject)).unwrap_or_default()
}

fn of_group(recipe: &Recipe, block: Block, name: &str, _: &str) -> Vec<String> {
    let groups: &[Group] = match block {
        Block::Certificate => &[],
        Block::Bundle => &recipe.bundle,
        Block::KeyStore => &recipe.key_store,
        Block::TrustStore => &recipe.trust_store,
    };
    let group = groups.iter().find(|group| group.name == name);
    group.map(|group| group.certificates.clone()).unwrap_or_default()
}

/// The form of a step.
#[component]
pub fn StepForm(block: Block, name: String) -> impl IntoView {
    if block != Block::Certificate {
        let entry = Entry::new(block, &name, "certificates", of_group);
        let help = "Names of certificates with spaces between. In a chain each is followed by its issuer; a key store starts with the one whose key is in it.";
        return view! {
            <div class="step-form">{line(entry, "Certificates, in this order", help, Control::List)}</div>
        }
        .into_any();
    }
    let bench: Bench = expect_context();
    let own = name.clone();
    let fields = Memo::new(move |before: Option<&Vec<usize>>| {
        let recipe = bench.recipe.get();
        let Some(subject) = recipe.as_ref().and_then(|recipe| recipe.subject(&own)) else {
            return before.cloned().unwrap_or_default();
        };
        let shown = FIELDS.iter().enumerate().filter(|(_, field)| (field.of)(subject));
        shown.map(|(at, _)| at).collect()
    });
    let row = move |at: usize| FIELDS.get(at).map(|field| row(block, &name, field));
    view! {
        <div class="step-form">
            <For each=move || fields.get() key=|at| *at children=row/>
        </div>
    }
    .into_any()
}

fn row(block: Block, name: &str, field: &'static Field) -> AnyView {
    let entry = Entry::new(block, name, field.key, of_subject);
    match field.control {
        Control::Text | Control::Number | Control::List => {
            line(entry, field.label, field.help, field.control)
        }
        Control::One(options) => menu(entry, field, name.to_owned(), options),
        Control::Any(options) => boxes(entry, field, name.to_owned(), options),
        Control::Names => view! { <Names entry label=field.label help=field.help/> }.into_any(),
    }
}

/// Why what was typed is not taken; it is there all the time, so that it is heard.
pub fn wrong(entry: Entry) -> impl IntoView {
    view! { <p class="bad step-wrong" role="status" id=entry.id("wrong")>{move || entry.wrong.get()}</p> }
}

/// What an input is described by.
pub fn described(entry: Entry) -> String {
    format!("{} {}", entry.id("help"), entry.id("wrong"))
}

fn line(entry: Entry, label: &'static str, help: &'static str, control: Control) -> AnyView {
    let is_number = matches!(control, Control::Number);
    let is_list = matches!(control, Control::List);
    let set = move |text: String| {
        let text = text.trim();
        let values: Vec<String> = if is_list {
            let parts = text.split([' ', ',']).filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect()
        } else {
            Some(text.to_owned()).filter(|text| !text.is_empty()).into_iter().collect()
        };
        entry.set(&values);
    };
    view! {
        <div class="step-field">
            <label for=entry.id("input")>{label}</label>
            <input
                id=entry.id("input")
                type="text"
                inputmode=if is_number { "numeric" } else { "text" }
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=described(entry)
                aria-invalid=move || entry.wrong.read().is_some().to_string()
                prop:value=move || entry.values.read().join(" ")
                on:change:target=move |event| set(event.target().value())
            />
            {wrong(entry)}
            <p class="dim" id=entry.id("help")>{help}</p>
        </div>
    }
    .into_any()
}

/// The subject of this name, and the recipe that it is in.
fn subject<T>(entry: Entry, name: &str, ask: impl Fn(&Recipe, &Subject) -> T) -> Option<T> {
    let recipe: Arc<Recipe> = entry.bench.recipe.get()?;
    Some(ask(&recipe, recipe.subject(name)?))
}

fn menu(
    entry: Entry,
    field: &'static Field,
    name: String,
    options: fn(&Recipe, &Subject) -> Vec<(String, String)>,
) -> AnyView {
    let all = Memo::new(move |before: Option<&Vec<(String, String)>>| {
        let now = subject(entry, &name, options);
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let option = move |(id, label): (String, String)| {
        let own = id.clone();
        let selected = move || entry.values.read().concat() == own;
        view! { <option value=id prop:selected=selected>{label}</option> }
    };
    view! {
        <div class="step-field">
            <label for=entry.id("input")>{field.label}</label>
            <select
                id=entry.id("input")
                aria-describedby=described(entry)
                aria-invalid=move || entry.wrong.read().is_some().to_string()
                on:change:target=move |event| {
                    let value = Some(event.target().value()).filter(|value| !value.is_empty());
                    entry.set(&value.into_iter().collect::<Vec<_>>());
                }
            >
                {move || all.get().into_iter().map(option).collect_view()}
            </select>
            {wrong(entry)}
            <p class="dim" id=entry.id("help")>{field.help}</p>
        </div>
    }
    .into_any()
}

fn boxes(
    entry: Entry,
    field: &'static Field,
    name: String,
    options: fn(&Subject) -> Vec<(&'static str, &'static str, &'static str)>,
) -> AnyView {
    let all = Memo::new(move |before: Option<&Vec<(&str, &str, &str)>>| {
        let now = subject(entry, &name, |_, one| options(one));
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let tick = move |id: &'static str, is_on: bool| {
        let mut values = entry.values.get_untracked();
        values.retain(|value| value != id);
        if is_on {
            values.push(id.to_owned());
        }
        entry.set(&values);
    };
    let row = move |(id, label, told): (&'static str, &'static str, &'static str)| {
        let checked = move || entry.values.read().iter().any(|value| value == id);
        view! {
            <label class="step-box">
                <input
                    type="checkbox"
                    prop:checked=checked
                    on:change:target=move |event| {
                        let input = event.target();
                        tick(id, input.checked());
                        // What was not taken is not ticked.
                        input.set_checked(untrack(checked));
                    }
                />
                <span>{label}{(!told.is_empty()).then(|| view! { <span class="dim">{told}</span> })}</span>
            </label>
        }
    };
    view! {
        <fieldset class="step-field wide" aria-describedby=described(entry)>
            <legend>{field.label}</legend>
            <div class="step-boxes">
                <For each=move || all.get() key=|(id, ..)| *id children=row/>
            </div>
            {wrong(entry)}
            <p class="dim" id=entry.id("help")>{field.help}</p>
        </fieldset>
    }
    .into_any()
}
