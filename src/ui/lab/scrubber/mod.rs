//! Scrubber of the lab screen.

use leptos::prelude::*;

/// Scrubber.
#[component]
pub fn Scrubber() -> impl IntoView {}
