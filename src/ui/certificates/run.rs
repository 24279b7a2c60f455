//! The ways from a recipe to runs of the lab.

use super::bench::Bench;
use super::object::Made;
use crate::certificates::in_lab::Wanted;
use crate::certificates::nearest;
use crate::certificates::recipe::{Recipe, Role};
use crate::route::Page;
use leptos::prelude::*;

/// The way to the run in which each end shows what this recipe has for it.
pub fn run_these(bench: Bench) -> Option<AnyView> {
    let made = bench.last.get()?;
    if made.recipe.certificate.iter().all(|one| one.role == Role::Authority) {
        return None;
    }
    let Some(wanted) = bench.wanted() else {
        let why = "This recipe is too long for an address, and so for a run in the lab.";
        return Some(view! { <p class="dim">{why}</p> }.into_any());
    };
    let href = href(&made, &wanted);
    let way = view! {
        <p class="actions"><a class="btn primary" href=href>"Run a handshake with these"</a></p>
    };
    Some(way.into_any())
}

/// The way to the run in which an end shows this certificate.
pub fn run_with(bench: Bench, made: &Made, name: &str) -> Option<AnyView> {
    let wanted = Wanted { leaves: vec![name.to_owned()], ..bench.wanted()? };
    let href = href(made, &wanted);
    Some(way(href, "Run a handshake with it", name))
}

/// The way to the fault of the lab that is the same mistake.
pub fn run_like(recipe: &Recipe, name: &str) -> Option<AnyView> {
    let page = Page::of_fault(&nearest::run(recipe, name)?)?;
    Some(way(page.href(), "Run one like it", name))
}

fn href(made: &Made, wanted: &Wanted) -> String {
    Page::Lab(wanted.scenario(&made.recipe, made.clock).text()).href()
}

fn way(href: String, label: &'static str, name: &str) -> AnyView {
    view! { <a class="btn" href=href>{label}<span class="sr-only">{format!(": {name}")}</span></a> }
        .into_any()
}
