//! Certificates: what is wrong with some, and how to make others.
//!
//! | file | what is in it |
//! |---|---|
//! | `desk` | what was given, what is asked and what was changed, for as long as the place is open |
//! | `give` | pasting, dropping and choosing |
//! | `ask` | host, moment, roots, and who judges |
//! | `public` | the public roots, loaded when they are needed |
//! | `reading` | what was read, and what came of it |
//! | `judged` | a verdict: what to do, and the checks |
//! | `renewed` | two leaves beside each other |
//! | `thing` | one certificate, request, key or list |
//! | `making` | a recipe, and what is made of it |
//! | `bench` | the recipe that is made, in text and in the address, and as it was opened |
//! | `steps` | a step for each block of the recipe |
//! | `form`, `names` | what a step can be changed in |
//! | `changes` | what differs from the recipe as it was opened |
//! | `object` | one object of a recipe |
//! | `run` | the ways to runs of the lab |

mod ask;
mod bench;
mod changes;
mod desk;
mod form;
mod give;
mod judged;
mod making;
mod names;
mod object;
mod public;
mod reading;
mod renewed;
mod run;
mod steps;
mod thing;

use super::lab;
use super::parts::Behind;
use super::shared::shared;
use crate::route::{Page, RecipeLink};
use desk::Desk;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// The place, loaded when first shown.
#[wasm_split(certificates, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <Certificates/> }.into_any())
}

/// Both halves. What was given in one is still there after a look at the other.
#[component]
fn Certificates() -> impl IntoView {
    let lab = lab();
    let recipe =
        Memo::new(move |before: Option<&Option<RecipeLink>>| match &lab.link.read().page {
            Page::Certificates(recipe) => recipe.clone(),
            // While another screen takes over, it stays what it was.
            _ => before.cloned().flatten(),
        });
    let makes = Memo::new(move |_| recipe.read().is_some());
    provide_context(Desk::new());
    // The recipe that was made last is still there after a look at the other half.
    let link = shared(move |before: Option<&RecipeLink>| {
        recipe.get().or_else(|| before.cloned()).unwrap_or_default()
    });
    let half = move |label: &'static str, of_making: bool| {
        let href = move || Page::Certificates(of_making.then(|| link.get())).href();
        let current = move || (makes.get() == of_making).then_some("page");
        view! { <a href=href aria-current=current>{label}</a> }
    };
    view! {
        <div class="page certificates">
            <h1>"Certificates"</h1>
            <nav class="halves" aria-label="Certificates">
                {half("Read: what is wrong with it?", false)}
                {half("Make: an authority of your own", true)}
            </nav>
            {move || if makes.get() {
                view! { <making::Making link/> }.into_any()
            } else {
                view! { <reading::Read/> }.into_any()
            }}
        </div>
    }
}
