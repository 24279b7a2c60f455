//! The half that makes: a recipe, its seed, and what is made of it.

use super::desk::{Desk, Recipes, typed};
use super::object::{Made, objects, run_like};
use crate::certificates::mint::{Form, ObjectKind, mint};
use crate::certificates::recipe::{BUILT_IN, BuiltIn, Recipe, Role, Subject};
use crate::plan::GeneralName;
use crate::route::{Page, RecipeLink, View};
use crate::scenario::CLOCK;
use crate::time;
use crate::trace::Endpoint;
use crate::ui::state::Lab;
use crate::ui::{dom, lab};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What there is of a recipe's objects.
#[derive(Clone)]
enum Making {
    /// They are being made.
    Now,
    /// These.
    Done(Arc<Made>),
    /// None, for this reason.
    Failed(String),
}

/// The half.
#[component]
pub fn Making(link: Memo<RecipeLink>) -> impl IntoView {
    let (lab, desk): (_, Desk) = (lab(), expect_context());
    let name = Memo::new(move |_| {
        let link = link.read();
        if link.name.is_empty() {
            BUILT_IN.first().map_or("", |one| one.name).to_owned()
        } else {
            link.name.clone()
        }
    });
    // The recipe as it is being written, and as it is made.
    let draft = Memo::new(move |_| of(desk.drafts, &name.read()));
    let text = Memo::new(move |_| of(desk.recipes, &name.read()));
    let today = desk.today;
    let clock = Memo::new(move |_| {
        let day = today.get().then(|| time::typed(&dom::today())).flatten();
        day.unwrap_or(CLOCK)
    });
    let made = RwSignal::new(Making::Now);
    // Of what was asked for one after the other, the last counts.
    let asked = StoredValue::new(0_u32);
    Effect::new(move |before: Option<()>| {
        let (text, seed, clock) = (text.get(), link.read().seed, clock.get());
        if text.is_empty() {
            return;
        }
        made.set(Making::Now);
        // What was open belongs to what was made before.
        if before.is_some() {
            desk.close(lab);
        }
        asked.update_value(|asked| *asked += 1);
        let own = asked.get_value();
        spawn_local(async move {
            // So that it is seen that it works: keys of RSA take seconds.
            dom::next_frame().await;
            dom::next_task().await;
            if asked.try_get_value() != Some(own) {
                return;
            }
            let result = make(&text, seed, clock);
            let _ =
                made.try_set(result.map_or_else(Making::Failed, |one| Making::Done(Arc::new(one))));
        });
    });
    view! {
        <p class="lead">
            "An authority of your own, step by step: root, intermediate, request, certificate, bundle, key store, trust store. Each can be read, saved, and made with openssl or keytool by the commands beside it."
        </p>
        <p class="dim private">
            "The keys protect nothing: they follow from recipe and seed, so whoever has both can make them again."
        </p>
        <p class="dim">
            "“Run one like it” leads to a run of the lab. That has a chain of its own, with the same kind of key and the same mistake, and neither these names nor these keys; RSA keys have 2048 bits there."
        </p>
        {recipes(name, link)}
        {move || BuiltIn::named(&name.read()).is_none().then(|| view! {
            <p class="note" role="alert">"There is no recipe “"{name.get()}"”. Choose one of these."</p>
        })}
        <Settings link name today made=Signal::derive(move || match made.get() {
            Making::Done(made) => Some(made.recipe.seed),
            _ => None,
        })/>
        <Editor draft text name/>
        {move || {
            BuiltIn::named(&name.read())?;
            Some(match made.get() {
                Making::Now => view! { <p class="dim" role="status">"Making the keys… (RSA takes some seconds)"</p> }.into_any(),
                Making::Failed(why) => view! { <p class="bad" role="alert">{why}</p> }.into_any(),
                Making::Done(made) => view! { {wrongs(&made)} {objects(&made)} }.into_any(),
            })
        }}
    }
}

/// The text of a recipe as it came; nothing where there is no such.
fn own(name: &str) -> &'static str {
    BuiltIn::named(name).map_or("", |one| one.text)
}

/// The text of a recipe as it was changed, or as it came.
fn of(recipes: Recipes, name: &str) -> String {
    recipes.read().get(name).cloned().unwrap_or_else(|| own(name).to_owned())
}

fn make(text: &str, seed: Option<u64>, clock: u64) -> Result<Made, String> {
    let mut recipe = Recipe::parse(text).map_err(|error| error.to_string())?;
    recipe.seed = seed.unwrap_or(recipe.seed);
    let objects = mint(&recipe, clock).map_err(|error| error.to_string())?;
    Ok(Made { recipe, objects, clock })
}

/// The recipes that come with the page.
fn recipes(name: Memo<String>, link: Memo<RecipeLink>) -> impl IntoView {
    let rows = BUILT_IN.iter().filter_map(|built_in| {
        let recipe = built_in.recipe().ok()?;
        let current = move || (*name.read() == built_in.name).then_some("true");
        let href = move || {
            let seed = link.read().seed;
            Page::Certificates(Some(RecipeLink { name: built_in.name.into(), seed })).href()
        };
        Some(view! {
            <li>
                <a href=href aria-current=current>
                    <b>{recipe.title}</b>
                    <span>{recipe.about}</span>
                </a>
            </li>
        })
    });
    view! { <ul class="recipes" aria-label="Recipes">{rows.collect_view()}</ul> }
}

/// Seed and first day.
#[component]
fn Settings(
    link: Memo<RecipeLink>,
    name: Memo<String>,
    today: RwSignal<bool>,
    made: Signal<Option<u64>>,
) -> impl IntoView {
    let lab = lab();
    let reseed = move |seed: Option<u64>| {
        let name = name.get_untracked();
        lab.refine(Page::Certificates(Some(RecipeLink { name, seed })));
    };
    let shown = move || link.read().seed.or(made.get()).map(|seed| seed.to_string());
    view! {
        <div class="make-settings">
            <label>
                "Seed"
                <input
                    type="number"
                    min="0"
                    step="1"
                    prop:value=move || shown().unwrap_or_default()
                    on:change:target=move |event| {
                        let input = event.target();
                        let (text, seed) = (input.value(), input.value().parse().ok());
                        // Empty is the recipe's own.
                        if seed.is_some() || text.is_empty() {
                            reseed(seed);
                        }
                        // What is no seed gives way to the one that things are made with.
                        if seed.is_none() {
                            input.set_value(&untrack(shown).unwrap_or_default());
                        }
                    }
                />
            </label>
            <button class="btn" on:click=move |_| reseed(Some(dom::random(1_000_000).into()))>"Another seed"</button>
            <div class="seg" role="group" aria-label="The day it is made">
                <button aria-pressed=move || (!today.get()).to_string() on:click=move |_| today.set(false)>
                    {format!("made on {}", typed(CLOCK).get(..10).unwrap_or_default())}
                </button>
                <button aria-pressed=move || today.get().to_string() on:click=move |_| today.set(true)>"made today"</button>
            </div>
        </div>
    }
}

/// The recipe as text.
#[component]
fn Editor(draft: Memo<String>, text: Memo<String>, name: Memo<String>) -> impl IntoView {
    let desk: Desk = expect_context();
    let wrong =
        Memo::new(move |_| Recipe::parse(&draft.read()).err().map(|error| error.to_string()));
    let changed = Memo::new(move |_| *draft.read() != *text.read());
    let edited = Memo::new(move |_| *draft.read() != own(&name.read()));
    let can_be_made = Memo::new(move |_| wrong.read().is_none() && changed.get());
    let keep = move |recipes: Recipes, text: String| {
        recipes.update(|recipes| {
            recipes.insert(name.get_untracked(), text);
        });
    };
    let make = move |_| {
        if can_be_made.get_untracked() {
            keep(desk.recipes, draft.get_untracked());
        }
    };
    let reset = move |_| {
        for recipes in [desk.drafts, desk.recipes] {
            recipes.update(|recipes| {
                recipes.remove(&name.get_untracked());
            });
        }
    };
    view! {
        <details class="recipe-text">
            <summary>"The recipe, to change"</summary>
            <label>
                <span class="sr-only">"The recipe, as TOML"</span>
                <textarea
                    class="mono"
                    rows="22"
                    spellcheck="false"
                    autocomplete="off"
                    translate="no"
                    aria-describedby="recipe-wrong"
                    aria-invalid=move || wrong.read().is_some().to_string()
                    prop:value=move || draft.get()
                    on:input:target=move |event| keep(desk.drafts, event.target().value())
                ></textarea>
            </label>
            <p id="recipe-wrong" class="bad" role="status">{move || wrong.get()}</p>
            <div class="actions">
                // Both stay, so that the focus is not lost.
                <button
                    class="btn primary"
                    aria-disabled=move || (!can_be_made.get()).then_some("true")
                    on:click=make
                >"Make this"</button>
                <button
                    class="btn"
                    aria-disabled=move || (!edited.get()).then_some("true")
                    on:click=reset
                >"As it came"</button>
                <span class="dim">"A changed recipe stays on this page, and is not part of the address."</span>
            </div>
        </details>
    }
}

/// What is wrong on purpose, and what that breaks.
fn wrongs(made: &Arc<Made>) -> Option<AnyView> {
    let desk: Desk = expect_context();
    let wrong = made.recipe.certificate.iter().filter(|subject| !subject.wrong.is_empty());
    let rows: Vec<AnyView> = wrong.map(|subject| row(desk, made.clone(), subject)).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="wrongs">
                <h2>"What is wrong on purpose"</h2>
                <ul>{rows}</ul>
            </section>
        }
        .into_any()
    })
}

fn row(desk: Desk, made: Arc<Made>, subject: &Subject) -> AnyView {
    let what: Vec<&str> = subject.wrong.iter().map(|wrong| wrong.label()).collect();
    let name = subject.name.clone();
    let lab = lab();
    let run = run_like(&made.recipe, &name);
    let judge = move |_| made.judge(lab, desk, &name);
    view! {
        <li>
            <b translate="no">{subject.name.clone()}</b>
            <span>{what.join(", ")}": "{subject.about.clone()}</span>
            <div class="actions">
                <button class="btn" on:click=judge>
                    "See it judged"<span class="sr-only">{format!(": {}", subject.name)}</span>
                </button>
                {run}
            </div>
        </li>
    }
    .into_any()
}

impl Made {
    /// Gives a leaf to the other half: with its chain as far as a server would send it, its key, its host, the
    /// root, and the day on which it was made.
    pub fn judge(&self, lab: Lab, desk: Desk, name: &str) {
        let Some(subject) = self.recipe.subject(name) else { return };
        let file = |kind: ObjectKind, name: &str, form: Form| {
            let object = self.objects.iter().find(|one| one.kind == kind && one.name == name)?;
            object.files.iter().find(|file| file.form == form)
        };
        let mut names = vec![name];
        while let Some(issuer) =
            names.last().and_then(|last| self.recipe.subject(last)?.issuer.as_deref())
        {
            names.push(issuer);
        }
        // One that is its own issuer is trusted by nobody.
        let root = if names.len() > 1 { names.pop() } else { None };
        let pem = names.iter().filter_map(|name| file(ObjectKind::Certificate, name, Form::Pem));
        let chain: Vec<u8> = pem.flat_map(|file| file.bytes.clone()).collect();
        let root = root.and_then(|root| file(ObjectKind::Certificate, root, Form::Der));
        let roots: Vec<Vec<u8>> = root.map(|file| file.bytes.clone()).into_iter().collect();
        let key = file(ObjectKind::Key, name, Form::Pem);
        let by = if subject.role == Role::Client { Endpoint::Server } else { Endpoint::Client };
        let host = subject.names.iter().find_map(|name| match name {
            GeneralName::Dns(name) => Some(name.as_str()),
            _ => None,
        });
        desk.clear(lab);
        desk.files.update(|files| {
            files.push((format!("{name}-chain.pem"), chain));
            files.extend(key.map(|file| (file.name.clone(), file.bytes.clone())));
        });
        desk.ask(host, self.clock, &roots, by);
        lab.go(Page::Certificates(None), View::default());
        dom::scroll_to_top();
    }
}
