//! Name, navigation and what is always at hand.

use crate::route::{Page, Race, View};
use crate::ui::{dom, lab, storage};
use leptos::prelude::*;

/// The header of every screen.
#[component]
pub fn Header() -> impl IntoView {
    let lab = lab();
    view! {
        <header class="top">
            <a class="brand" href="#/">"Handshake " <b>"Lab"</b></a>
            <nav aria-label="Main">
                <Tab label="Learn" page=Page::Lessons/>
                <Tab label="Lab" page=Page::Lab("tls13".into())/>
                <Tab label="Break it" page=Page::BreakIt/>
                <Tab label="Compare" page=Page::Compare(String::new(), String::new())/>
                <Tab label="Race" page=Page::Race(Race::default())/>
            </nav>
            <div class="tools">
                <Theme/>
                <button
                    class="btn wide"
                    aria-label="Keyboard help"
                    title="Keyboard help"
                    on:click=move |_| lab.help.set(true)
                >
                    "?"
                </button>
            </div>
        </header>
    }
}

/// A link to a screen, marked while that screen (or a part of it) is shown.
#[component]
fn Tab(label: &'static str, page: Page) -> impl IntoView {
    let lab = lab();
    let target = page.clone();
    let current = move || {
        let here = &lab.link.read().page;
        matches!(
            (here, &target),
            (Page::Lab(_), Page::Lab(_))
                | (Page::BreakIt | Page::StolenKey(..), Page::BreakIt)
                | (Page::Compare(..), Page::Compare(..))
                | (Page::Race(_), Page::Race(_))
                | (Page::Lessons | Page::Lesson(..), Page::Lessons)
        )
        .then_some("page")
    };
    let href = page.clone().href();
    view! {
        <a
            href=href
            aria-current=current
            on:click=move |event| {
                event.prevent_default();
                lab.go(page.clone(), View::default());
            }
        >
            {label}
        </a>
    }
}

/// Switches between dark and light, and remembers it.
#[component]
fn Theme() -> impl IntoView {
    let root = || dom::document().document_element();
    let dark = RwSignal::new(
        root().and_then(|root| root.get_attribute("data-theme")).as_deref() == Some("dark"),
    );
    let switch = move |_| {
        dark.update(|dark| *dark = !*dark);
        let theme = if dark.get_untracked() { "dark" } else { "light" };
        if let Some(root) = root() {
            let _ = root.set_attribute("data-theme", theme);
        }
        storage::set("theme", theme);
    };
    view! {
        <button class="btn quiet" on:click=switch title="Dark theme" aria-label="Dark theme" aria-pressed=move || dark.get().to_string()>
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
                <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5"/>
                <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/>
            </svg>
        </button>
    }
}
