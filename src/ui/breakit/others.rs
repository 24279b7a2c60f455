//! The way from a fault to the list that it is in, to those before and after it in its group, and to its run
//! elsewhere.

use crate::faults::{FAULTS, Fault};
use crate::route::{Page, Place};
use crate::trail::Look;
use crate::ui::lab;
use leptos::prelude::*;

/// The links.
#[component]
pub fn Others() -> impl IntoView {
    let lab = lab();
    // Not the whole link: a step changes nothing here.
    let page = Memo::new(move |_| lab.link.read().page.clone());
    move || match &*page.read() {
        page @ Page::Fault(id, base) => links(page, id, base),
        // While another screen takes over.
        _ => Vec::new(),
    }
}

fn links(page: &Page, id: &str, base: &str) -> Vec<AnyView> {
    let lab = lab();
    let trail = lab.trail.read_untracked();
    let list = trail.last(|page| matches!(page, Page::Faults(_)));
    let list = list.map_or_else(|| Place::Fix.root().href(), ToString::to_string);
    let link = |label: &'static str, href: String| view! { <a href=href>{label}</a> }.into_any();
    let mut links = vec![link("All faults", list)];
    if let Some(fault) = Fault::find(id) {
        let group: Vec<&Fault> =
            FAULTS.iter().copied().filter(|other| other.group == fault.group).collect();
        let at = group.iter().position(|other| other.id == id).unwrap_or(0);
        let way = |arrow: &'static str, label: &'static str, other: Option<&&Fault>| {
            let other = *other?;
            let href = Page::Fault(other.id.into(), base.into()).href();
            let label = format!("{label}: {}", other.title);
            let title = label.clone();
            Some(view! { <a href=href title=title aria-label=label>{arrow}</a> }.into_any())
        };
        links.extend(way("←", "Previous", at.checked_sub(1).and_then(|at| group.get(at))));
        links.extend(way("→", "Next", group.get(at + 1)));
        let place = format!("{} of {}, {}", at + 1, group.len(), fault.group.label());
        links.push(view! { <span class="dim">{place}</span> }.into_any());
    }
    links.push(link("Compare", trail.look(Look::Compare, page).to_string()));
    let run = untrack(|| lab.scenario());
    links.extend(run.map(|run| link("In the lab", Page::Lab(run.text()).href())));
    links
}
