//! Name, places, the way back, and what is always at hand.

use super::share::Share;
use crate::faults::Fault;
use crate::route::{Page, Place};
use crate::ui::parts::plain_click;
use crate::ui::{dom, lab, storage};
use leptos::prelude::*;

/// The header of every screen. On a phone the places stand at the bottom of the window.
#[component]
pub fn Header() -> impl IntoView {
    let lab = lab();
    view! {
        <header class="top">
            <a class="brand" href="#/">"Handshake " <b>"Lab"</b></a>
            <nav class="places" aria-label="Main">
                {Place::ALL.map(|place| view! { <Tab place/> }).collect_view()}
            </nav>
            <Back/>
            <div class="tools">
                <button class="btn search-button" aria-label="Search" aria-keyshortcuts="/" on:click=move |_| lab.search.set(true)>
                    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
                        <path d="M11 11l4 4M12 7A5 5 0 1 1 2 7a5 5 0 0 1 10 0z" fill="none" stroke="currentColor" stroke-width="1.5"/>
                    </svg>
                    <span class="wide">"Search"</span>
                    <kbd class="wide">"/"</kbd>
                </button>
                <Share/>
                <Theme/>
                <button class="btn quiet" aria-label="Help" title="Help" on:click=move |_| lab.help.set(true)>"?"</button>
            </div>
        </header>
    }
}

/// The way to a place: to where one was in it.
#[component]
fn Tab(place: Place) -> impl IntoView {
    let lab = lab();
    let current = move || (lab.link.read().page.place() == Some(place)).then_some("page");
    let go = move |event: leptos::ev::MouseEvent| {
        if plain_click(&event) {
            let here = lab.link.get_untracked();
            let there = lab.trail.read_untracked().place(place, &here.page);
            if there != here {
                lab.follow(there);
            }
        }
    };
    view! { <a href=place.root().href() aria-current=current on:click=go>{place.label()}</a> }
}

/// The way back to the lesson or the fault that the person came from, until closed.
#[component]
fn Back() -> impl IntoView {
    let lab = lab();
    let from = Memo::new(move |_| lab.trail.read().from().cloned());
    move || {
        from.get().map(|from| {
            let label = match &from.page {
                Page::Lesson(_, page, _) => {
                    let is_end = *page > lab.lesson.with_untracked(Vec::len);
                    let place = if is_end { "the end".into() } else { format!("page {page}") };
                    format!("{}, {place}", lab.lesson_title.get_untracked())
                }
                Page::Study(study, _) => study.label().into(),
                Page::Diagnose(_) => "Diagnose".into(),
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
