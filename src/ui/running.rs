//! Runs scenarios in the page; loads first what a rare one needs.

use crate::rare;
use crate::run::Run;
use crate::scenario::Scenario;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::fmt;
use std::sync::Arc;

/// A run that views share, or why there is none.
pub type RunResult = Result<Arc<Run>, NoRun>;

/// Why there is no run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoRun {
    /// What it needs is on its way.
    Loading,
    /// It cannot be run, in a line for a person.
    Refused(String),
}

impl fmt::Display for NoRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NoRun::Loading => "Loading what this scenario needs…",
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
            NoRun::Refused(_) => view! { <p class="note" role="alert">{text}</p> }.into_any(),
        }
    }
}

/// Runs the scenario, if everything it needs is loaded.
pub fn run(scenario: &Scenario) -> RunResult {
    if rare::is_rare(scenario) && !rare::is_loaded() {
        return Err(NoRun::Loading);
    }
    Run::new(scenario).map(Arc::new).map_err(|error| NoRun::Refused(error.to_string()))
}

/// The run of the scenario that `text` writes down. While something is still loading, it stays the
/// run before.
pub fn follow(text: Memo<String>) -> Memo<RunResult> {
    // The text for which loading ended, and whether it did well.
    let ended = RwSignal::new(None::<(String, bool)>);
    Memo::new_with_compare(
        move |before: Option<&RunResult>| {
            let text = text.read();
            let scenario = match Scenario::parse(&text) {
                Ok(scenario) => scenario,
                Err(error) => return Err(NoRun::Refused(error.to_string())),
            };
            match (run(&scenario), &*ended.read()) {
                (Err(NoRun::Loading), Some((failed, false))) if *failed == *text => {
                    let why = "A part of the page that it needs could not be loaded. Check the connection and load the page again.";
                    Err(NoRun::Refused(why.into()))
                }
                (Err(NoRun::Loading), _) => {
                    load(text.clone(), ended);
                    before.cloned().unwrap_or(Err(NoRun::Loading))
                }
                (result, _) => result,
            }
        },
        |_, _| true,
    )
}

fn load(text: String, ended: RwSignal<Option<(String, bool)>>) {
    spawn_local(async move {
        let door = door().await;
        if let Ok(load) = door {
            load();
        }
        ended.set(Some((text, door.is_ok())));
    });
}

/// What most runs do without.
#[wasm_split(rare, wasm_split_path = leptos::wasm_split, fallible)]
fn door() -> Result<fn(), SplitLoaderError> {
    Ok(rare::load)
}
