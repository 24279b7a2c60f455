//! Where to go from the end of a connection.

use crate::route::{Page, Perspective, Place};
use crate::trail::Look;
use crate::ui::lab;
use crate::ui::shell::to_break;
use leptos::prelude::*;

/// What there is to do next, at the last step.
#[component]
pub fn AtTheEnd() -> impl IntoView {
    let lab = lab();
    let is_last = Memo::new(move |_| lab.here() == Some(lab.last_step()));
    move || is_last.get().then(|| view! { <Next lead="That was the whole connection. What now?"/> })
}

/// What there is to do with a run. Not in a lesson, nor inside another page, which say themselves what is
/// next.
#[component]
pub fn Next(lead: &'static str) -> impl IntoView {
    let lab = lab();
    // Not the whole link: a step changes nothing here.
    let page = Memo::new(move |_| {
        let page = lab.link.read().page.clone();
        (!lab.embedded && matches!(page, Page::Lab(_) | Page::Fault(..))).then_some(page)
    });
    let listening = Memo::new(move |_| lab.eyes() == Perspective::Eavesdropper);
    let look = move |eyes: Perspective| {
        lab.look(|view| view.perspective = eyes);
        lab.show_whole();
    };
    let link = move |label: &'static str, href: String| {
        view! { <li><a class="btn" href=href>{label}</a></li> }
    };
    move || {
        page.get().map(|page| {
            let trail = lab.trail.read_untracked();
            let (label, eyes) = if listening.get() {
                ("See what really happened", Perspective::Client)
            } else {
                ("See it as an eavesdropper", Perspective::Eavesdropper)
            };
            let (breaks, faults) = to_break(&page);
            view! {
                <section class="next-things" aria-label="What to do next">
                    <h2>{lead}</h2>
                    <ul>
                        <li><button class="btn" on:click=move |_| look(eyes)>{label}</button></li>
                        {link(breaks, faults.href())}
                        {link("Compare with another", trail.look(Look::Compare, &page).to_string())}
                        {link("Race it", trail.look(Look::Race, &page).to_string())}
                        {link("Take a lesson", Place::Learn.root().href())}
                    </ul>
                </section>
            }
        })
    }
}
