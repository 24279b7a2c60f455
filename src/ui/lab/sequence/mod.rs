//! Sequence of the lab screen.

use leptos::prelude::*;

/// Sequence.
#[component]
pub fn Sequence() -> impl IntoView {}
