//! ScenarioBar of the lab screen.

use leptos::prelude::*;

/// ScenarioBar.
#[component]
pub fn ScenarioBar() -> impl IntoView {}
