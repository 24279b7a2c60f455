//! The frame that every screen stands in.
//!
//! | file | what is in it |
//! |---|---|
//! | `header` | name, places, the way back, search, share, theme, help |
//! | `views` | the row below it: looks at a run and what is run, or the way through the faults |
//! | `home/` | what this is, and where to go |
//! | `search/` | everything by its name |
//! | `help` | what a screen is, what colours and marks mean, keys |
//! | `notice` | something to tell, until dismissed |
//! | `export` | the run as files |
//! | `share/` | the link to what is on screen, as text, QR code and frame for another page; print |
//! | `title`, `arrive` | the document's title, and where the focus goes |

mod arrive;
mod export;
mod header;
mod help;
pub mod home;
mod notice;
mod search;
mod share;
mod title;
mod views;

pub(in crate::ui) use share::address;
pub(in crate::ui) use views::to_break;

use super::dom;
use super::parts::later;
use super::state::Lab;
use crate::route::{Page, Study};
use crate::run::Run;
use leptos::prelude::*;
use std::sync::Arc;

/// The whole page.
#[component]
pub fn App(
    /// The run that it starts with, where there is one by now.
    ahead: Option<Arc<Run>>,
) -> impl IntoView {
    let lab = Lab::new(ahead);
    provide_context(lab);
    super::lab::keyboard::listen();
    super::lab::playback::begin(lab);
    title::follow(lab);
    arrive::follow(lab);
    let screen = Memo::new(move |_| {
        let page = &lab.link.read().page;
        let study = if let Page::Study(study, _) = page { Some(*study) } else { None };
        (std::mem::discriminant(page), study)
    });
    let fills = Memo::new(move |_| matches!(lab.link.read().page, Page::Lab(_) | Page::Fault(..)));
    view! {
        <div
            class="frame"
            class:fills=fills
            class:embedded=lab.embedded
            class:presenting=move || lab.presenting.get() && fills.get()
        >
            <a
                class="skip"
                href="#main"
                on:click=move |event| {
                    // The address holds the link, so it cannot hold the place as well.
                    event.prevent_default();
                    let _ = dom::element("main").focus();
                }
            >
                "Skip to the content"
            </a>
            {if lab.embedded {
                view! { <Name/> }.into_any()
            } else {
                view! { <header::Header/> <views::Views/> }.into_any()
            }}
            <notice::Notice/>
            <main id="main" tabindex="-1">
                {move || {
                    // Read, not only tracked: a memo that was never read follows nothing.
                    screen.get();
                    match &lab.link.read_untracked().page {
                        Page::Home => view! { <home::Home/> }.into_any(),
                        Page::Lab(_) | Page::Fault(..) => view! { <super::lab::LabScreen/> }.into_any(),
                        Page::Faults(_) => later(super::breakit::door),
                        Page::Diagnose(_) => later(super::diagnose::door),
                        Page::Race(_) => later(super::race::door),
                        Page::Lessons => later(super::learn::list_door),
                        Page::Lesson(..) => later(super::learn::player_door),
                        Page::Study(Study::Glossary, _) => later(super::learn::glossary_door),
                        Page::Study(Study::Interview, _) => later(super::learn::interview_door),
                        Page::Study(Study::Practise, _) => later(super::learn::practise_door),
                        Page::Study(Study::Progress, _) => later(super::learn::progress_door),
                        Page::Compare(..) => later(super::compare::door),
                        Page::StolenKey(..) => later(super::stolen::door),
                        Page::Certificates(_) => later(super::certificates::door),
                    }
                }}
            </main>
            <p class="print-foot">{move || print_foot(lab)}</p>
            {dialog(lab.settings, || later(super::lab::settings_door))}
            {dialog(lab.help, || later(help::door))}
            {dialog(lab.search, || later(search::door))}
        </div>
    }
}

/// What stands at the foot of every printed page; a lesson has its own.
fn print_foot(lab: Lab) -> Option<String> {
    let name = match lab.link.read().page {
        Page::Lesson(..) => return None,
        Page::Lab(_) | Page::Fault(..) => lab.scenario().map(|run| super::lab::run_line(&run)),
        _ => Some(title::title(lab)),
    };
    Some(format!("{} · {}", name.unwrap_or_default(), address(lab)))
}

/// A dialog, made when it is first opened.
fn dialog(open: RwSignal<bool>, made: fn() -> AnyView) -> impl IntoView {
    let asked = Memo::new(move |before| before == Some(&true) || open.get());
    move || asked.get().then(made)
}

/// Inside another page: what this is, and the way to all of it.
#[component]
fn Name() -> impl IntoView {
    let lab = super::lab();
    let run = Memo::new(move |_| match lab.link.read().page {
        Page::Lab(_) | Page::Fault(..) => lab.scenario().map(|run| super::lab::run_title(&run)),
        _ => None,
    });
    view! {
        <header class="embed-name">
            <b>{run}</b>
            " "
            <a href=move || address(lab) target="_blank" rel="noopener">"Open in Handshake Lab ↗"</a>
        </header>
    }
}
