//! Where to go from the end of a connection.

use crate::route::{Page, Perspective, Race};
use crate::ui::lab;
use leptos::prelude::*;

/// What there is to do next, at the last step.
#[component]
pub fn AtTheEnd() -> impl IntoView {
    let lab = lab();
    let is_last = Memo::new(move |_| lab.here() == Some(lab.last_step()));
    move || is_last.get().then(|| view! { <Next lead="That was the whole connection. What now?"/> })
}

/// What there is to do with a run. Not inside another page, which says itself what is next.
#[component]
pub fn Next(lead: &'static str) -> impl IntoView {
    let lab = lab();
    let shown = Memo::new(move |_| {
        let link = lab.link.read();
        !link.view.embed && matches!(link.page, Page::Lab(_))
    });
    let listening = Memo::new(move |_| lab.eyes() == Perspective::Eavesdropper);
    let look = move |eyes: Perspective| {
        lab.look(|view| view.perspective = eyes);
        lab.show_whole();
    };
    let link = move |label: &'static str, page: Page| {
        view! { <li><a class="btn" href=page.href()>{label}</a></li> }
    };
    move || {
        shown.get().then(|| {
            let text = lab.scenario().map(|scenario| scenario.text()).unwrap_or_default();
            let (label, eyes) = if listening.get() {
                ("See what really happened", Perspective::Client)
            } else {
                ("See it as an eavesdropper", Perspective::Eavesdropper)
            };
            view! {
                <section class="next-things" aria-label="What to do next">
                    <h2>{lead}</h2>
                    <ul>
                        <li><button class="btn" on:click=move |_| look(eyes)>{label}</button></li>
                        {link("Break it", Page::BreakIt)}
                        {link("Compare with another", Page::Compare(text, String::new()))}
                        {link("Race it", Page::Race(Race::default()))}
                        {link("Take a lesson", Page::Lessons)}
                    </ul>
                </section>
            }
        })
    }
}
