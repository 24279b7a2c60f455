//! Break it: the catalogue of faults, and in the lab what a fault did.

mod verdict;

use super::lab;
use super::parts::{Behind, later};
use super::running::Runner;
use crate::faults::{FAULTS, Fault, Group};
use crate::route::{Page, Route, View};
use crate::scenario::{Scenario, Version};
use crate::story::first_difference;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::wasm_split;

/// The versions that a fault is shown in.
const VERSIONS: [Version; 2] = [Version::Tls13, Version::Tls12];

/// In the lab, what a fault did; loaded with the first fault.
#[component]
pub fn Verdict() -> impl IntoView {
    let lab = lab();
    let wanted = Memo::new(move |_| {
        let faulty = lab.run.read().as_ref().is_ok_and(|run| run.scenario().fault.is_some());
        faulty || lab.fixed.read().is_some()
    });
    move || wanted.get().then(|| later(verdict_door))
}

#[wasm_split(breakit, wasm_split_path = leptos::wasm_split, fallible)]
fn verdict_door() -> Behind {
    Ok(|| view! { <verdict::Verdict/> }.into_any())
}

/// The catalogue, loaded when first shown.
#[wasm_split(breakit, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <BreakIt/> }.into_any())
}

/// The catalogue.
#[component]
fn BreakIt() -> impl IntoView {
    let version = RwSignal::new(Version::Tls13);
    let words = RwSignal::new(String::new());
    let shown = move |fault: &Fault| has(fault, &words.read());
    let count = move || FAULTS.iter().filter(|fault| shown(fault)).count();
    view! {
        <div class="page breakit">
            <h1>"Break it"</h1>
            <p class="lead">
                "Each is broken for real, in its own run: see where it differs from the good run, who notices, what goes over the wire, and how to fix it."
            </p>
            <div class="breakit-bar" role="search">
                <input
                    type="search"
                    aria-label="Find a fault"
                    placeholder="Find: expired, hostname, RST…"
                    autocomplete="off"
                    spellcheck="false"
                    on:input:target=move |event| words.set(event.target().value())
                />
                <div class="seg" role="group" aria-label="Version">
                    {VERSIONS
                        .map(|choice| {
                            view! {
                                <button
                                    aria-pressed=move || (version.get() == choice).to_string()
                                    on:click=move |_| version.set(choice)
                                >
                                    {choice.label()}
                                </button>
                            }
                        })
                        .collect_view()}
                </div>
                <p class="dim" role="status">{move || format!("{} of {} faults", count(), FAULTS.len())}</p>
            </div>
            {Group::ALL
                .iter()
                .map(|group| {
                    let own = || FAULTS.iter().filter(|fault| fault.group == *group);
                    view! {
                        <section hidden=move || !own().any(|fault| shown(fault))>
                            <h2>{group.label()}</h2>
                            <ul class="cards">
                                {own()
                                    .map(|fault| {
                                        view! {
                                            <li class="card" hidden=move || !shown(fault)>
                                                <Card fault version/>
                                            </li>
                                        }
                                    })
                                    .collect_view()}
                            </ul>
                        </section>
                    }
                })
                .collect_view()}
            <section class="card wide">
                <h2>"The stolen key"</h2>
                <p>
                    "Someone has recorded connections, and one day steals the server’s private key. Which of the recordings can they read? Try it on both kinds of key exchange."
                </p>
                <a class="btn primary" href="#/stolen-key">"Try the stolen key"</a>
            </section>
        </div>
    }
}

/// Whether all of these words are in what is told of a fault.
fn has(fault: &Fault, words: &str) -> bool {
    let told = fault.words();
    let parts = [fault.id, fault.title, fault.group.label(), fault.promise.label()];
    let text = [&parts[..], &[told.summary, told.cause]].concat().join(" ").to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// One fault, with the way into the lab. What one version does not have is shown in the other.
#[component]
fn Card(fault: &'static Fault, version: RwSignal<Version>) -> impl IntoView {
    let lab = lab();
    let scenario = move || {
        let mut presets = ["tls13", "tls12"];
        if version.get() == Version::Tls12 {
            presets.reverse();
        }
        presets
            .iter()
            .find_map(|preset| Scenario::parse(&format!("{preset}+fault={}", fault.id)).ok())
    };
    let shown_in = move || {
        let tls13 = scenario().is_none_or(|scenario| mended(&scenario).plan().is_tls13());
        if tls13 { Version::Tls13 } else { Version::Tls12 }
    };
    let page = move || scenario().map(|scenario| Page::Lab(scenario.text()));
    let href = move || page().map(|page| Route { page, view: View::default() }.to_string());
    let open = move |event: leptos::ev::MouseEvent| {
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        if let (Some(page), Some(scenario)) = (untrack(page), untrack(scenario)) {
            spawn_local(async move {
                let step = parting_step(lab.runner, &scenario).await;
                lab.go(page, View { step: Some(step), ..View::default() });
            });
        }
    };
    view! {
        <h3>{fault.title}</h3>
        <p>{fault.words().summary}</p>
        <a class="btn" href=href on:click=open>
            {move || format!("Break it in {}", shown_in().label())}
            <span class="sr-only">": " {fault.title}</span>
        </a>
    }
}

/// The scenario without what is broken in it.
pub fn mended(scenario: &Scenario) -> Scenario {
    Scenario { fault: None, ..scenario.clone() }
}

/// The step at which a faulty run leaves the good one; the first where it does not, or where the runs
/// cannot be had, which the lab then tells.
async fn parting_step(runner: Runner, scenario: &Scenario) -> usize {
    let good = runner.run_loaded(&mended(scenario)).await;
    let bad = runner.run_loaded(scenario).await;
    let (Ok(good), Ok(bad)) = (good, bad) else { return 0 };
    first_difference(good.story(), bad.story()).map_or(0, |parting| parting.step)
}
