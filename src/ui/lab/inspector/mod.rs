//! Inspector of the lab screen.

use leptos::prelude::*;

/// Inspector.
#[component]
pub fn Inspector() -> impl IntoView {}
