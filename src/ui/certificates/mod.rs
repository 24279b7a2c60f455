//! Certificates: what is wrong with some, and how to make others.
//!
//! | file | what is in it |
//! |---|---|
//! | `desk` | what was given and what is asked, for as long as the place is open |
//! | `give` | pasting, dropping and choosing |
//! | `ask` | host, moment, roots, and who judges |
//! | `reading` | what was read, and what came of it |
//! | `judged` | a verdict: what to do, and the checks |
//! | `thing` | one certificate, request, key or list |
//! | `making` | a recipe, and what is made of it |
//! | `object` | one object of a recipe |

mod ask;
mod desk;
mod give;
mod judged;
mod making;
mod object;
mod reading;
mod thing;

use super::lab;
use super::parts::Behind;
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
    let half = move |label: &'static str, page: Option<RecipeLink>| {
        let makes_too = page.is_some();
        let current = move || (makes.get() == makes_too).then_some("page");
        view! { <a href=Page::Certificates(page).href() aria-current=current>{label}</a> }
    };
    view! {
        <div class="page certificates">
            <h1>"Certificates"</h1>
            <nav class="halves" aria-label="Certificates">
                {half("Read: what is wrong with it?", None)}
                {half("Make: an authority of your own", Some(RecipeLink::default()))}
            </nav>
            {move || match makes.get() {
                true => view! { <making::Making recipe/> }.into_any(),
                false => view! { <reading::Read/> }.into_any(),
            }}
        </div>
    }
}
