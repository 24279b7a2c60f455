//! What the foot of the lab has while it is presented.

use super::open::OpenNotes;
use crate::ui::lab;
use leptos::prelude::*;

/// The ways to the notes, and back to the lab.
#[component]
pub fn Bar() -> impl IntoView {
    let lab = lab();
    view! {
        <OpenNotes/>
        <button class="btn quiet" on:click=move |_| lab.presenting.set(false)>"End presenting"</button>
    }
}
