//! The half that makes: a recipe, its seed, and what is made of it.

use super::bench::{Bench, Making, among, own};
use super::desk::{Desk, typed};
use super::object::{Made, save_all};
use super::run::{run_like, run_these, run_with};
use super::steps::Steps;
use crate::certificates::mint::{Form, ObjectKind};
use crate::certificates::recipe::{BUILT_IN, BuiltIn, Recipe, Role, Subject};
use crate::plan::GeneralName;
use crate::route::{Page, RecipeLink, View};
use crate::scenario::CLOCK;
use crate::story::format;
use crate::trace::Endpoint;
use crate::ui::parts::rich;
use crate::ui::state::Lab;
use crate::ui::{dom, lab};
use leptos::prelude::*;
use std::sync::Arc;

/// The half.
#[component]
pub fn Making(link: Signal<RecipeLink>) -> impl IntoView {
    let bench = Bench::new(lab(), expect_context(), link);
    provide_context(bench);
    let name = bench.name;
    // What is made again takes the place of what was there.
    let is_there = Memo::new(move |_| bench.last.read().is_some());
    view! {
        <p class="lead">
            "An authority of your own, step by step: root, intermediate, request, certificate, bundle, key store, trust store. Change a step, and see which fields and which words of the commands change with it."
        </p>
        <p class="dim private">
            "The keys protect nothing: they follow from recipe and seed, so whoever has both can make them again. The address holds both, and no keys."
        </p>
        <p class="dim">
            "“Run a handshake with these” leads to a run of the lab: each end shows what is made here, signs with its key, and trusts whoever issues for the other end. “Run one like it” leads to the fault of the lab that is the same mistake, with a chain of its own."
        </p>
        {recipes(name, link)}
        {move || BuiltIn::named(&name.read()).is_none().then(|| view! {
            <p class="note" role="alert">"There is no recipe “"{name.get()}"”. Choose one of these."</p>
        })}
        {move || bench.damaged.get().map(|why| view! { <p class="note" role="alert">{why}</p> })}
        <Settings/>
        <Editor/>
        <Told/>
        {move || bench.last.get().map(|made| wrongs(&made))}
        {move || is_there.get().then(|| view! {
            <section aria-label="What is made">
                <h2>"What is made, step by step"</h2>
                {move || run_these(bench)}
                {save_all(bench)}
                <Steps/>
            </section>
        })}
    }
}

/// How far it is, and what differs from the recipe as it was opened: heard as well as seen.
#[component]
fn Told() -> impl IntoView {
    let bench: Bench = expect_context();
    // Of what was opened and not changed since, nothing is to be said.
    let is_changed = move || !bench.changes.read().is_empty() || !bench.gone.read().is_empty();
    let was_changed = Memo::new(move |before| {
        bench.last.read().is_some() && (before == Some(&true) || is_changed())
    });
    let told = move || match bench.making.get() {
        Making::Now => "Making the keys… (RSA takes some seconds)".to_owned(),
        Making::Failed(_) => String::new(),
        Making::Done if !was_changed.get() => String::new(),
        Making::Done if !is_changed() => "Made again, as the recipe was opened.".to_owned(),
        Making::Done => {
            let objects = format::plural(bench.changes.read().len(), "object");
            let gone = gone(&bench.gone.read());
            format!(
                "Made again, with {objects} changed since the recipe was opened, and marked below.{gone}"
            )
        }
    };
    let failed = move || match bench.making.get() {
        Making::Failed(why) => Some(view! { <p class="bad" role="alert">{why}</p> }),
        _ => None,
    };
    view! {
        <p class="make-told dim" role="status">{told}</p>
        {failed}
        {move || was_changed.get().then(|| view! {
            // It stays when it was pressed, so that the focus is not lost.
            <p class="actions">
                <button
                    class="btn"
                    aria-disabled=move || (!is_changed()).then_some("true")
                    on:click=move |_| {
                        if untrack(is_changed) {
                            bench.put_back();
                        }
                    }
                >"Put all of it back"</button>
            </p>
        })}
    }
}

/// What is not made any more, as a sentence behind another.
fn gone(all: &[(ObjectKind, String)]) -> String {
    let each: Vec<String> =
        all.iter().map(|(kind, name)| format!("{} {name}", kind.name())).collect();
    if each.is_empty() {
        String::new()
    } else {
        format!(" Not made any more: {}.", each.join(", "))
    }
}

/// The recipes that come with the page.
fn recipes(name: Memo<String>, link: Signal<RecipeLink>) -> impl IntoView {
    let rows = BUILT_IN.iter().filter_map(|built_in| {
        let recipe = built_in.recipe().ok()?;
        let current = move || (*name.read() == built_in.name).then_some("true");
        let href = move || {
            let seed = link.read().seed;
            let name = built_in.name.into();
            Page::Certificates(Some(RecipeLink { name, seed, ..RecipeLink::default() })).href()
        };
        Some(view! {
            <li>
                <a href=href aria-current=current>
                    <b>{recipe.title}</b>
                    <span>{rich(&recipe.about)}</span>
                </a>
            </li>
        })
    });
    view! { <ul class="recipes" aria-label="Recipes">{rows.collect_view()}</ul> }
}

/// Seed and first day.
#[component]
fn Settings() -> impl IntoView {
    let bench: Bench = expect_context();
    let today = expect_context::<Desk>().today;
    let reseed = move |seed: Option<u64>| bench.reseed(seed);
    let made = move || bench.last.read().as_ref().map(|made| made.recipe.seed);
    let shown = move || bench.link.read().seed.or(made()).map(|seed| seed.to_string());
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
fn Editor() -> impl IntoView {
    let (bench, desk): (Bench, Desk) = (expect_context(), expect_context());
    let (name, text) = (bench.name, bench.text);
    // As it is being written.
    let draft = Memo::new(move |_| among(desk.drafts, &name.read()).unwrap_or_else(|| text.get()));
    let wrong =
        Memo::new(move |_| Recipe::parse(&draft.read()).err().map(|error| error.to_string()));
    let changed = Memo::new(move |_| *draft.read() != *text.read());
    let edited = Memo::new(move |_| *draft.read() != own(&name.read()));
    let can_be_made = Memo::new(move |_| wrong.read().is_none() && changed.get());
    let write = move |text: String| {
        desk.drafts.update(|drafts| {
            drafts.insert(name.get_untracked(), text);
        });
    };
    let make = move || {
        if can_be_made.get_untracked() {
            bench.keep(draft.get_untracked());
        }
    };
    let reset = move |_| bench.keep(own(&name.get_untracked()).to_owned());
    view! {
        <details class="recipe-text">
            <summary>"The recipe as text"</summary>
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
                    on:input:target=move |event| write(event.target().value())
                    on:change=move |_| make()
                ></textarea>
            </label>
            <p id="recipe-wrong" class="bad" role="status">{move || wrong.get()}</p>
            <div class="actions">
                // Both stay, so that the focus is not lost.
                <button
                    class="btn primary"
                    aria-disabled=move || (!can_be_made.get()).then_some("true")
                    on:click=move |_| make()
                >"Make this"</button>
                <button
                    class="btn"
                    aria-disabled=move || (!edited.get()).then_some("true")
                    on:click=reset
                >"As it came"</button>
                <span class="dim">"The steps below change this text, and this text changes the steps. A changed recipe is part of the address."</span>
            </div>
            <p class="note-line" role="status">{move || bench.too_long.get()}</p>
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
    let runs = (run_with(expect_context(), &made, &name), run_like(&made.recipe, &name));
    let judge = move |_| made.judge(lab, desk, &name);
    view! {
        <li>
            <b translate="no">{subject.name.clone()}</b>
            <span>{what.join(", ")}": "{rich(&subject.about)}</span>
            <div class="actions">
                <button class="btn" on:click=judge>
                    "See it judged"<span class="sr-only">{format!(": {}", subject.name)}</span>
                </button>
                {runs}
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
