//! Panels of the lab screen.

use leptos::prelude::*;

/// Panels.
#[component]
pub fn Panels() -> impl IntoView {}
