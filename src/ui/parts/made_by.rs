//! The way from a run back to the recipe whose certificates its ends show.

use crate::certificates::in_lab::Wanted;
use crate::route::{Page, RecipeLink};
use crate::scenario::Scenario;
use leptos::prelude::*;

/// A line with the recipe's name and the way to it; nothing where the certificates are the lab's own.
pub fn made_by(scenario: &Scenario) -> Option<AnyView> {
    let wanted = Wanted::of(scenario)?;
    let changed = wanted.changed();
    let Wanted { name, own, seed, .. } = wanted;
    let href = Page::Certificates(Some(RecipeLink { name: name.clone(), seed, own })).href();
    let line = view! {
        <p class="dim">
            "Certificates by the recipe "<a href=href translate="no">{name}</a>{changed}", which makes them for the clock of the run."
        </p>
    };
    Some(line.into_any())
}
