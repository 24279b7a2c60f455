//! Runs scenarios in the page, and loads what a run turns out to need.

use super::dom;
use crate::certificates::in_lab;
use crate::engine::{self, Capabilities, PutCertificates, RECIPES, RunError};
use crate::route::{Page, Route};
use crate::run::{Origin, Run};
use crate::scenario::Scenario;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

/// A run that views share, or why there is none.
pub type RunResult = Result<Arc<Run>, NoRun>;

/// Why there is no run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoRun {
    /// What it needs is on its way.
    Loading,
    /// What it needs could not be loaded.
    NotLoaded,
    /// It cannot be run, in a line for a person.
    Refused(String),
}

impl fmt::Display for NoRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NoRun::Loading => "Loading what this scenario needs…",
            NoRun::NotLoaded => {
                "A part of the page that this scenario needs could not be loaded. Check the connection and try again."
            }
            NoRun::Refused(why) => why,
        })
    }
}

impl NoRun {
    /// What stands in the run's place on a screen.
    pub fn view(self) -> AnyView {
        let text = self.to_string();
        match self {
            NoRun::Loading => view! { <p class="later" role="status">{text}</p> }.into_any(),
            NoRun::NotLoaded => {
                let runner = super::lab().runner;
                view! {
                    <div class="later" role="alert">
                        <p>{text}</p>
                        <button class="btn" on:click=move |_| runner.load()>"Try again"</button>
                    </div>
                }
                .into_any()
            }
            NoRun::Refused(why) => {
                view! { <div class="note" role="alert">{refusal(&why)}</div> }.into_any()
            }
        }
    }
}

/// So many characters of what would be right can be read at a glance.
const A_GLANCE: usize = 200;

/// Why a scenario cannot be run: the sentence, and behind it what would be right, where that is a long list.
pub fn refusal(why: &str) -> AnyView {
    match why.split_once("; ") {
        Some((wrong, right)) if right.len() > A_GLANCE => view! {
            <p class="hex-text">{wrong.to_owned()}</p>
            <details>
                <summary>"What would be right"</summary>
                <p class="hex-text" tabindex="0">{right.to_owned()}</p>
            </details>
        }
        .into_any(),
        _ => view! { <p class="hex-text" tabindex="0">{why.to_owned()}</p> }.into_any(),
    }
}

/// What the page can run by now.
#[derive(Clone, Copy)]
enum Loaded {
    First,
    Loading,
    Failed,
    All(Capabilities),
}

/// How many runs are made ahead at once: those of a race, and of its calculator.
const AHEAD: usize = 8;

/// Runs scenarios with what the page has loaded. Copied freely into views.
#[derive(Clone, Copy)]
pub struct Runner {
    loaded: RwSignal<Loaded>,
    /// Whether a run asked for what makes certificates by recipes: it is loaded from then on, with the rest.
    recipes: RwSignal<bool>,
    /// Runs made before anything asked for them, each until something does; no more than [`AHEAD`], the last ones.
    ahead: StoredValue<Vec<Arc<Run>>>,
}

impl Runner {
    /// One that can do what the page starts with, and need not make the run `ahead` again.
    pub fn new(ahead: Option<Arc<Run>>) -> Runner {
        Runner {
            loaded: RwSignal::new(Loaded::First),
            recipes: RwSignal::new(false),
            ahead: StoredValue::new(ahead.into_iter().collect()),
        }
    }

    /// Keeps a run for whoever asks for it.
    pub fn keep(self, run: Arc<Run>) {
        self.ahead.update_value(|ahead| {
            if ahead.len() == AHEAD {
                ahead.remove(0);
            }
            ahead.push(run);
        });
    }

    /// What the page can run at this moment.
    pub fn capabilities(self) -> Capabilities {
        match self.loaded.get_untracked() {
            Loaded::All(all) => all,
            _ => Capabilities::first(),
        }
    }

    /// Runs the scenario with what is there. Where that is not enough, loading is tracked: the caller
    /// is run again as it goes on.
    pub fn run(self, scenario: &Scenario) -> RunResult {
        let ahead = self.ahead.try_update_value(|ahead| {
            let place = ahead.iter().position(|run| run.scenario() == scenario)?;
            Some(ahead.remove(place))
        });
        if let Some(run) = ahead.flatten() {
            return Ok(run);
        }
        match Run::new(scenario, &self.capabilities()) {
            Ok(run) => Ok(Arc::new(run)),
            Err(RunError::NotLoaded(what)) => {
                if what == RECIPES {
                    self.recipes.set(true);
                }
                Err(match self.loaded.get() {
                    Loaded::Failed => NoRun::NotLoaded,
                    _ => NoRun::Loading,
                })
            }
            Err(error) => Err(NoRun::Refused(error.to_string())),
        }
    }

    /// Runs the scenario, and loads before what it needs. Not tracked.
    pub async fn run_loaded(self, scenario: &Scenario) -> RunResult {
        match untrack(|| self.run(scenario)) {
            Err(NoRun::Loading | NoRun::NotLoaded) => {
                self.fetch(Some(scenario.clone())).await;
                untrack(|| self.run(scenario))
            }
            result => result,
        }
    }

    /// The run of the scenario that `text` writes down. While something is still loading, it stays the
    /// run before.
    pub fn follow(self, text: Memo<String>) -> Memo<RunResult> {
        self.follow_when(text, Signal::derive(|| true))
    }

    /// The same, made when it is `due`, or somebody reads it.
    pub fn follow_when(self, text: Memo<String>, due: Signal<bool>) -> Memo<RunResult> {
        let run = Memo::new_with_compare(
            move |_| match Scenario::parse(&text.read()) {
                Ok(scenario) => self.run(&scenario),
                Err(error) => Err(NoRun::Refused(error.to_string())),
            },
            |_, _| true,
        );
        // Each scenario tries anew, also after one that could not be loaded.
        Effect::new(move |_| {
            text.track();
            if due.get()
                && let Err(NoRun::Loading | NoRun::NotLoaded) = run.get_untracked()
            {
                spawn_local(self.fetch(Scenario::parse(&text.read_untracked()).ok()));
            }
        });
        Memo::new_with_compare(
            move |before: Option<&RunResult>| match run.get() {
                Err(NoRun::Loading) => before.cloned().unwrap_or(Err(NoRun::Loading)),
                result => result,
            },
            |_, _| true,
        )
    }

    /// Loads what runs turned out to need. What is there or on its way is not fetched again.
    pub fn load(self) {
        spawn_local(self.fetch(None));
    }

    /// Loads it for a run of this scenario, which is made ahead of those who ask for it.
    async fn fetch(self, scenario: Option<Scenario>) {
        self.loaded.set(Loaded::Loading);
        let all = match everything(self.recipes.get_untracked()).await {
            Ok(coming) => coming.await,
            Err(error) => Err(error),
        };
        if let (Ok(all), Some(scenario)) = (&all, scenario)
            && let Some(run) = in_tasks(scenario, *all).await
        {
            self.keep(run);
        }
        self.loaded.set(all.map_or(Loaded::Failed, Loaded::All));
    }
}

/// The run that the screen at this fragment of the address shows first, made before the page is built. `None`
/// where another screen is asked for, or the page has to say why there is no run.
pub async fn ahead(fragment: &str) -> Option<Arc<Run>> {
    let route = match Route::parse(fragment) {
        Ok(route) => route,
        Err(error) => *error.rest?,
    };
    let page = matches!(route.page, Page::Lab(_) | Page::Fault(..)).then_some(route.page)?;
    let scenario = Scenario::parse(page.scenarios().first()?).ok()?;
    in_tasks(scenario, Capabilities::first()).await
}

/// A run, made in several tasks: together with compiling the program, which browsers do function by function as
/// they are first called, it is half of the work of a start. `None` where it needs more than these capabilities, or
/// cannot be run.
pub async fn in_tasks(scenario: Scenario, capabilities: Capabilities) -> Option<Arc<Run>> {
    dom::next_task().await;
    engine::prepare(&scenario, &capabilities).ok()?;
    dom::next_task().await;
    let trace = engine::run(&scenario, &capabilities).ok()?;
    dom::next_task().await;
    let run = Run::of(Origin::Scenario(scenario), trace, &capabilities).ok()?;
    dom::next_task().await;
    Some(Arc::new(run))
}

/// What comes of loading.
type Coming = Pin<Box<dyn Future<Output = Result<Capabilities, SplitLoaderError>>>>;

/// The chunk `capabilities`: what is reached through [`Capabilities::all`] alone.
#[wasm_split(capabilities, wasm_split_path = leptos::wasm_split, fallible)]
fn everything(recipes: bool) -> Result<Coming, SplitLoaderError> {
    Ok(Box::pin(all(recipes)))
}

async fn all(recipes: bool) -> Result<Capabilities, SplitLoaderError> {
    let all = Capabilities::all();
    if recipes { Ok(all.and_recipes(put_certificates().await?)) } else { Ok(all) }
}

/// The chunk `recipes`: what reads recipes, and makes their keys and certificates.
#[wasm_split(recipes, wasm_split_path = leptos::wasm_split, fallible)]
fn put_certificates() -> Result<PutCertificates, SplitLoaderError> {
    Ok(in_lab::put)
}
