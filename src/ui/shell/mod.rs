//! The frame that every screen stands in.

mod export;
mod header;
mod help;
mod notice;
mod share;

pub(in crate::ui) use export::Export;
pub(in crate::ui) use share::{Share, address};

use super::parts::later;
use super::state::Lab;
use crate::route::Page;
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
    let screen = Memo::new(move |_| std::mem::discriminant(&lab.link.read().page));
    let embedded = Memo::new(move |_| lab.link.read().view.embed);
    let fills = Memo::new(move |_| matches!(lab.link.read().page, Page::Lab(_)));
    let helped = Memo::new(move |before| before == Some(&true) || lab.help.get());
    view! {
        <div class="frame" class:fills=fills class:presenting=move || lab.presenting.get() && fills.get()>
            <a
                class="skip"
                href="#main"
                on:click=move |event| {
                    // The address holds the link, so it cannot hold the place as well.
                    event.prevent_default();
                    let _ = super::dom::element("main").focus();
                }
            >
                "Skip to the content"
            </a>
            {move || (!embedded.get()).then(|| view! { <header::Header/> })}
            <notice::Notice/>
            <main id="main" tabindex="-1">
                {move || {
                    // Read, not only tracked: a memo that was never read follows nothing.
                    screen.get();
                    match &lab.link.read_untracked().page {
                        Page::Lab(_) => view! { <super::lab::LabScreen/> }.into_any(),
                        Page::BreakIt => later(super::breakit::door),
                        Page::Race(_) => later(super::race::door),
                        Page::Lessons => later(super::learn::list_door),
                        Page::Lesson(..) => later(super::learn::player_door),
                        Page::Compare(..) => later(super::compare::door),
                        Page::StolenKey(..) => later(super::stolen::door),
                    }
                }}
            </main>
            {move || helped.get().then(|| later(help::door))}
        </div>
    }
}
