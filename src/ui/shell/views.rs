//! The row under the header: in the lab the ways to look at its run, and the run itself; at a fault the way
//! to the others; in the lists of faults and of lessons what stands beside them.

use crate::route::{FaultList, Page, Place, Study};
use crate::scenario::Scenario;
use crate::trail::Look;
use crate::ui::lab::RunBar;
use crate::ui::parts::{keep_tab_in_view, later};
use crate::ui::{breakit, lab};
use leptos::html::Nav;
use leptos::prelude::*;

/// The row, on the screens that have one.
#[component]
pub fn Views() -> impl IntoView {
    let lab = lab();
    // Not the whole link: a step changes nothing here.
    let page = Memo::new(move |_| lab.link.read().page.clone());
    let kind = Memo::new(move |_| match &*page.read() {
        Page::Lab(_) => Some(Kind::Run),
        Page::Fault(..) => Some(Kind::Fault),
        Page::Faults(_) | Page::Diagnose(_) => Some(Kind::Fix),
        Page::Lessons | Page::Study(..) => Some(Kind::Learn),
        page if page.place() == Some(Place::Lab) => Some(Kind::Runs),
        _ => None,
    });
    let tabs = NodeRef::<Nav>::new();
    // On a phone they have no room beside each other.
    Effect::new(move |_| {
        page.track();
        if let Some(tabs) = tabs.get() {
            keep_tab_in_view(tabs);
        }
    });
    move || {
        let kind = kind.get()?;
        let (label, links) = match kind {
            Kind::Fault => ("The fault and its run", later(breakit::others_door)),
            Kind::Fix => ("Ways to break and fix", (move || fixes(&page.read())).into_any()),
            Kind::Learn => ("Ways to learn", (move || ways(&page.read())).into_any()),
            _ => ("Views of the run", (move || looks(&page.read())).into_any()),
        };
        let has_run = matches!(kind, Kind::Run | Kind::Fault);
        Some(view! {
            <section class="views" aria-label="What is shown, and how" class:has-run=has_run>
                <nav aria-label=label node_ref=tabs>{links}</nav>
                {has_run.then(|| view! { <RunBar/> })}
                {has_run.then(|| view! { <div class="tools"><super::export::Export/></div> })}
            </section>
        })
    }
}

/// What the row is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A run.
    Run,
    /// Several beside each other.
    Runs,
    /// A fault, and its run.
    Fault,
    /// The list of faults, and what stands beside it.
    Fix,
    /// The course, and what stands beside it.
    Learn,
}

/// The looks at the run, and the way to break it.
fn looks(page: &Page) -> Vec<AnyView> {
    let trail = lab().trail.read_untracked();
    let looks = Look::ALL.map(|look| {
        let current = (Look::of(page) == Some(look)).then_some("true");
        (look.label(), trail.look(look, page).to_string(), current)
    });
    let (label, faults) = to_break(page);
    let faults = matches!(page, Page::Lab(_)).then(|| (label, faults.href(), None));
    looks.into_iter().chain(faults).map(link).collect()
}

/// The list of faults, and the mysteries: the other as it was left.
fn fixes(page: &Page) -> Vec<AnyView> {
    let trail = lab().trail.read_untracked();
    let is_list = |page: &Page| matches!(page, Page::Faults(_));
    let is_mystery = |page: &Page| matches!(page, Page::Diagnose(_));
    let tab = |label: &'static str, root: Page, is: fn(&Page) -> bool| {
        let left = trail.last(is).filter(|_| !is(page));
        let href = left.map_or_else(|| root.href(), ToString::to_string);
        link((label, href, is(page).then_some("true")))
    };
    vec![
        tab("Faults", Place::Fix.root(), is_list),
        tab("Diagnose", Page::Diagnose(String::new()), is_mystery),
    ]
}

/// The course, and what stands beside it.
fn ways(page: &Page) -> Vec<AnyView> {
    let current = |is: bool| is.then_some("true");
    let course = ("Course", Page::Lessons.href(), current(*page == Page::Lessons));
    let others = Study::ALL.iter().map(|study| {
        let is = matches!(page, Page::Study(shown, _) if shown == study);
        (study.label(), Page::Study(*study, String::new()).href(), current(is))
    });
    std::iter::once(course).chain(others).map(link).collect()
}

fn link((label, href, current): (&'static str, String, Option<&'static str>)) -> AnyView {
    view! { <a href=href aria-current=current>{label}</a> }.into_any()
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
