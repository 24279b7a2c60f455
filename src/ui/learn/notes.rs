//! What a page has for whoever teaches it: folded away, since it may hold answers.

use super::desk::Desk;
use super::prose::Prose;
use crate::lesson::LessonPage;
use crate::ui::parts::later;
use crate::ui::room::{on_key, open_door, speaks_to};
use leptos::html::Details;
use leptos::prelude::*;

/// The notes of the page, and the way to a second window with them. The key `n` unfolds them.
#[component]
pub fn Notes(desk: Desk, page: LessonPage) -> impl IntoView {
    let open = RwSignal::new(false);
    let root = NodeRef::<Details>::new();
    on_key(move |event| {
        let is_key =
            !open.get_untracked() && speaks_to(event) && event.key().eq_ignore_ascii_case("n");
        if let (true, Some(root)) = (is_key, root.get_untracked()) {
            root.set_attribute("open", "").is_ok_and(|()| {
                root.scroll_into_view();
                true
            })
        } else {
            false
        }
    });
    let inside = move || {
        let lesson = desk.lesson();
        let text = page.notes.as_ref().map(|notes| {
            let run = desk.run.get().ok()?;
            Some(match notes.fill(&run, &lesson.file) {
                Ok(html) => view! { <Prose html/> }.into_any(),
                Err(error) => view! { <p class="lesson-failed">{error.to_string()}</p> }.into_any(),
            })
        });
        text.unwrap_or_else(|| Some(view! { <p class="dim">"This page has none."</p> }.into_any()))
    };
    view! {
        <details
            class="page-notes"
            node_ref=root
            on:toggle=move |event| open.set(event_target::<web_sys::Element>(&event).has_attribute("open"))
        >
            <summary>"Notes for teachers"</summary>
            {move || {
                open.get().then(|| view! {
                    {inside.clone()}
                    <div class="buttons">{later(open_door)}</div>
                })
            }}
        </details>
    }
}
