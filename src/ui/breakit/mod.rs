//! Break it: the catalogue of faults, and in the lab what a fault did.

mod verdict;

use super::lab;
use super::parts::{Behind, later, plain_click};
use super::running::Runner;
use crate::faults::{FAULTS, Fault};
use crate::route::{Page, View};
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
    view! {
        <div class="page breakit">
            <h1>"Break it"</h1>
            <p class="lead">
                "Each is broken for real, in its own run: see where it differs from the good run, who notices, what goes over the wire, and how to fix it."
            </p>
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
            <ul class="cards">
                {FAULTS.iter().map(|fault| view! { <Card fault version/> }).collect_view()}
            </ul>
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

/// One fault, with the way into the lab.
#[component]
fn Card(fault: &'static Fault, version: RwSignal<Version>) -> impl IntoView {
    let lab = lab();
    let scenario = move || {
        let preset = if version.get() == Version::Tls12 { "tls12" } else { "tls13" };
        Scenario::parse(&format!("{preset}+fault={}", fault.id)).ok()
    };
    let page = move || scenario().map(|scenario| Page::Lab(scenario.text()));
    let href = move || page().map(Page::href);
    let open = move |event| {
        if !plain_click(&event) {
            return;
        }
        if let (Some(page), Some(scenario)) = (untrack(page), untrack(scenario)) {
            spawn_local(async move {
                let step = parting_step(lab.runner, &scenario).await;
                lab.go(page, View { step: Some(step), ..View::default() });
            });
        }
    };
    view! {
        <li class="card">
            <h2>{fault.title}</h2>
            <p>{fault.words().summary}</p>
            <a class="btn primary" href=href on:click=open>
                {move || format!("Break it in {}", version.get().label())}
                <span class="sr-only">": " {fault.title}</span>
            </a>
        </li>
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
