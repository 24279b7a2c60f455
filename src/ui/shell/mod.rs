//! The frame that every screen stands in.

mod header;
mod notice;

use super::state::Lab;
use crate::link::Page;
use leptos::prelude::*;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let lab = Lab::new();
    provide_context(lab);
    let screen = Memo::new(move |_| std::mem::discriminant(&lab.link.read().page));
    view! {
        <a class="skip" href="#main">"Skip to the content"</a>
        <header::Header/>
        <notice::Notice/>
        <main id="main" tabindex="-1">
            {move || {
                screen.track();
                match &lab.link.read_untracked().page {
                    Page::Lab(_) => view! { <super::lab::LabScreen/> }.into_any(),
                    Page::BreakIt => view! { <super::breakit::BreakIt/> }.into_any(),
                    Page::Lessons => view! { <super::learn::Lessons/> }.into_any(),
                    Page::Lesson(..) => view! { <super::learn::LessonPlayer/> }.into_any(),
                }
            }}
        </main>
    }
}
