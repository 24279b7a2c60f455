//! Break it: the catalogue of faults.

use leptos::prelude::*;

/// The catalogue.
#[component]
pub fn BreakIt() -> impl IntoView {
    view! { <h1>"Break it"</h1> }
}
