//! The row under the header: in the lab the ways to look at its run, and the run itself; at a fault the way
//! to the others; and the way back to where one came from.

use crate::faults::{FAULTS, Fault};
use crate::route::{FaultList, Page, Place};
use crate::scenario::Scenario;
use crate::trail::Look;
use crate::ui::lab;
use crate::ui::lab::RunBar;
use leptos::prelude::*;

/// The row, on the screens that have one.
#[component]
pub fn Views() -> impl IntoView {
    let lab = lab();
    // Not the whole link: a step changes nothing here.
    let page = Memo::new(move |_| lab.link.read().page.clone());
    let kind = Memo::new(move |_| match &*page.read() {
        Page::Fault(..) => Some(("The fault and its run", true)),
        page if page.place() == Some(Place::Lab) => {
            Some(("Views of the run", matches!(page, Page::Lab(_))))
        }
        _ => None,
    });
    let links = move || match &*page.read() {
        page @ Page::Fault(id, base) => of_fault(page, id, base),
        page => of_run(page),
    };
    move || {
        let (label, has_run) = kind.get()?;
        Some(view! {
            <div class="views" class:has-run=has_run>
                <Back/>
                <nav aria-label=label>{links}</nav>
                {has_run.then(|| view! { <RunBar/> })}
                <div class="tools">
                    {has_run.then(|| view! { <super::export::Export/> })}
                    <super::share::Share/>
                </div>
            </div>
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
    if let Page::Lab(_) = page {
        let (label, there) = to_break(page);
        links.push(view! { <a href=there.href()>{label}</a> }.into_any());
    }
    links
}

/// The way from a run to what can be broken in it, or to what is; from a fault to the others.
pub fn to_break(page: &Page) -> (&'static str, Page) {
    let run = match page {
        Page::Lab(text) => Scenario::parse(text).unwrap_or_default(),
        _ => return ("Break something else", Place::Fix.root()),
    };
    if let Some(fault) = Page::of_fault(&run) {
        return ("Its fault", fault);
    }
    // The usual run needs no name.
    let text = if run == Scenario::default() { String::new() } else { run.text() };
    ("Break this", Page::Faults(FaultList { run: text, ..FaultList::default() }))
}

/// The list that the fault is in, those before and after it in its group, and its run elsewhere.
fn of_fault(page: &Page, id: &str, base: &str) -> Vec<AnyView> {
    let lab = lab();
    let trail = lab.trail.read_untracked();
    let list = trail.last(|page| matches!(page, Page::Faults(_)));
    let list = list.map_or_else(|| Place::Fix.root().href(), ToString::to_string);
    let mut links = vec![view! { <a href=list>"All faults"</a> }.into_any()];
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
    links.push(look(Look::Compare, page));
    let text = untrack(|| lab.scenario()).map(|run| run.text());
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
