//! The row under the header: in the lab the ways to look at its run, at a fault the way to the others; and
//! the way back to where one came from.

use crate::faults::{FAULTS, Fault};
use crate::route::{FaultList, Page, Place};
use crate::trail::Look;
use crate::ui::lab;
use leptos::prelude::*;

/// The row, on the screens that have one.
#[component]
pub fn Views() -> impl IntoView {
    let lab = lab();
    // Not the whole link: a step changes nothing here.
    let page = Memo::new(move |_| lab.link.read().page.clone());
    move || {
        let page = page.get();
        let has_run = matches!(page, Page::Lab(_) | Page::Fault(..));
        let (label, links) = match &page {
            Page::Fault(id, base) => ("The fault and its run", of_fault(&page, id, base)),
            page if page.place() == Some(Place::Lab) => ("Views of the run", of_run(page)),
            _ => return None,
        };
        Some(view! {
            <section class="views" aria-label="The run">
                <Back/>
                <nav aria-label=label>{links}</nav>
                <div class="tools">
                    {has_run.then(|| view! { <super::export::Export/> })}
                    <super::share::Share/>
                </div>
            </section>
        })
    }
}

/// A link to a look at the run of this page.
fn look(look: Look, page: &Page) -> AnyView {
    let here = lab().trail.read_untracked().look(look, page);
    let current = (Look::of(page) == Some(look)).then_some("true");
    let href = here.to_string();
    view! { <a href=href aria-current=current>{look.label()}</a> }.into_any()
}

/// The looks at the run, and the way to break it.
fn of_run(page: &Page) -> Vec<AnyView> {
    let mut links: Vec<AnyView> = Look::ALL.into_iter().map(|kind| look(kind, page)).collect();
    if let (Page::Lab(_), Some(run)) = (page, untrack(|| lab().scenario())) {
        let there = Page::of_fault(&run).unwrap_or_else(|| {
            // The usual run needs no name.
            let text = run.text();
            let run =
                if text == run.preset && run == Default::default() { String::new() } else { text };
            Page::Faults(FaultList { run, ..FaultList::default() })
        });
        let label = if run.fault.is_some() { "Its fault" } else { "Break this" };
        links.push(view! { <a href=there.href()>{label}</a> }.into_any());
    }
    links
}

/// The list that the fault is in, those before and after it in its group, and the looks at its run.
fn of_fault(page: &Page, id: &str, base: &str) -> Vec<AnyView> {
    let list = lab().trail.read_untracked().place(Place::Fix, &Page::Home);
    let list = if matches!(list.page, Page::Faults(_)) {
        list.to_string()
    } else {
        Place::Fix.root().href()
    };
    let mut links = vec![view! { <a href=list>"All faults"</a> }.into_any()];
    if let Some(fault) = Fault::find(id) {
        let group: Vec<&Fault> =
            FAULTS.iter().copied().filter(|other| other.group == fault.group).collect();
        let at = group.iter().position(|other| other.id == id).unwrap_or(0);
        let way = |label: &'static str, other: Option<&&Fault>| {
            let other = *other?;
            let href = Page::Fault(other.id.into(), base.into()).href();
            Some(view! { <a href=href title=other.title>{label}<span class="sr-only">": "{other.title}</span></a> }.into_any())
        };
        links.extend(way("← Previous", at.checked_sub(1).and_then(|at| group.get(at))));
        links.extend(way("Next →", group.get(at + 1)));
        let place = format!("{} of {}, {}", at + 1, group.len(), fault.group.label());
        links.push(view! { <span class="dim">{place}</span> }.into_any());
    }
    links.extend([Look::Compare, Look::Race, Look::StolenKey].map(|kind| look(kind, page)));
    let text = untrack(|| lab().scenario()).map(|run| run.text());
    links.extend(
        text.map(|text| view! { <a href=Page::Lab(text).href()>"In the lab"</a> }.into_any()),
    );
    links
}

/// The way back to the lesson or the fault that the person came from, until closed.
#[component]
fn Back() -> impl IntoView {
    let lab = lab();
    let from = Memo::new(move |_| lab.trail.read().from().cloned());
    move || {
        from.get().map(|from| {
            let label = match &from.page {
                Page::Lesson(_, page, _) => format!("{}, page {page}", lab.lesson_title.get_untracked()),
                Page::Fault(id, _) => Fault::find(id).map_or(id.clone(), |fault| fault.title.into()),
                _ => String::new(),
            };
            let close = move |_| lab.trail.update(|trail| trail.forget_from());
            view! {
                <p class="way-back">
                    <a href=from.to_string()>"← "{label}</a>
                    <button class="btn quiet" aria-label="Forget the way back" on:click=close>"✕"</button>
                </p>
            }
        })
    }
}
