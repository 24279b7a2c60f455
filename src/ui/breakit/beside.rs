//! The steps around where a run leaves the good one, of both beside each other, each the way to its step.

use super::facts::StepLink;
use crate::route::{Page, Route, View};
use crate::run::Run;
use crate::story::{Divergence, Step};
use crate::ui::lab;
use leptos::prelude::*;

/// How many steps of each run are shown; the first is one that both have.
const SHOWN: usize = 4;

/// The two columns.
pub fn beside(run: &Run, good: &Run, parting: &Divergence) -> impl IntoView + use<> {
    let common = parting.instead_of.unwrap_or(good.story().steps.len());
    let connection = lab().link.read_untracked().view.connection;
    let page = Page::Lab(good.scenario().text());
    let of_good = |step: &Step| {
        let view = View { connection, step: Some(step.index), ..View::default() };
        let href = Route { page: page.clone(), view }.to_string();
        let name = format!("{}. {}", step.index + 1, step.title);
        view! { <a class="step-link" href=href>{name}</a> }.into_any()
    };
    let of_this =
        |step: &Step| view! { <StepLink step=step.index title=step.title.clone()/> }.into_any();
    view! {
        <div class="beside">
            {column("The good run", good, common, &of_good)}
            {column("This run", run, common, &of_this)}
        </div>
    }
}

/// Some steps of one run: the last that both have, and what comes after it.
fn column(
    title: &'static str,
    run: &Run,
    common: usize,
    link: &dyn Fn(&Step) -> AnyView,
) -> impl IntoView + use<> {
    let steps = &run.story().steps;
    let row = |step: &Step| {
        let from = format!(" from the {}", run.name(step.from));
        view! {
            <li class:parts={step.index == common}>
                {link(step)} <span class="dim">{from}</span>
            </li>
        }
    };
    let rows = steps.iter().skip(common.saturating_sub(1)).take(SHOWN).map(row).collect_view();
    let is_over = (steps.len() <= common).then(|| view! { <li class="parts">"no more steps"</li> });
    view! {
        <div>
            <h3>{title}</h3>
            <ul>{rows}{is_over}</ul>
        </div>
    }
}
