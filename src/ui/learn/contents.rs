//! The list of a lesson's pages, with what is answered.

use super::desk::Desk;
use super::player::OpenInLab;
use crate::lesson::LessonPage;
use leptos::html::Details;
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;

/// Says which page is open, and opens the list.
#[component]
pub fn Contents(desk: Desk) -> impl IntoView {
    let lesson = desk.lesson();
    let count = lesson.pages.len();
    let open = RwSignal::new(false);
    let root = NodeRef::<Details>::new();
    Effect::new(move |_| {
        desk.number.track();
        open.set(false);
    });
    // Pressing beside it closes it.
    let pressed = window_event_listener(leptos::ev::pointerdown, move |event| {
        let at = event.target().and_then(|at| at.dyn_into::<web_sys::Node>().ok());
        if root.get_untracked().is_some_and(|root| !root.contains(at.as_ref())) {
            open.set(false);
        }
    });
    on_cleanup(move || pressed.remove());
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() != "Escape" || !open.get_untracked() {
            return;
        }
        open.set(false);
        let summary = root.get_untracked().and_then(|root| root.query_selector("summary").ok());
        let summary = summary.flatten().and_then(|one| one.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(summary) = summary {
            let _ = summary.focus();
        }
    };
    let place = move || match desk.number.get() {
        page if page > count => "The end".to_string(),
        page => format!("Page {page} of {count}"),
    };
    let row = move |number: usize, title: String, state: AnyView| {
        view! {
            <li>
                <a
                    href=move || desk.href(number)
                    aria-current=move || (desk.number.get() == number).then_some("page")
                    on:click=move |_| open.set(false)
                >
                    <span>{title}</span>
                    {state}
                </a>
            </li>
        }
    };
    let rows = move || {
        let lesson = desk.lesson();
        let pages = lesson.pages.iter().zip(1..);
        let pages = pages.map(|(page, number)| row(number, page.title.clone(), state(desk, page)));
        let pages = pages.collect_view();
        let end = row(count + 1, "The end".into(), ().into_any());
        let print = move |_| {
            open.set(false);
            desk.worksheet.set(true);
        };
        view! {
            <ol>
                {pages} {end}
                <li class="to-print">
                    <button class="btn" on:click=print>"Worksheet, to print"</button>
                    <OpenInLab desk/>
                    <span class="dim">{move || desk.seed().map(|seed| format!("seed {seed}"))}</span>
                </li>
            </ol>
        }
    };
    view! {
        <details
            class="contents"
            node_ref=root
            on:keydown=escape
            prop:open=open
            on:toggle=move |event| open.set(event_target::<web_sys::Element>(&event).has_attribute("open"))
        >
            <summary>{place}</summary>
            // The rows follow every answer, so they are there only while they are seen.
            {move || open.get().then(rows)}
        </details>
    }
}

/// How far one is on a page.
fn state(desk: Desk, page: &LessonPage) -> AnyView {
    let ids: Vec<&str> = page.questions().map(|question| question.id.as_str()).collect();
    let solved = ids.iter().filter(|id| desk.is_solved(id)).count();
    let seen = desk
        .record
        .with(|progress| progress.lesson(&desk.lesson().about.id).pages.contains(&page.id));
    let (class, text) = match (ids.len(), solved) {
        (0, _) if seen => ("dim", "read".to_string()),
        (0, _) => ("dim", String::new()),
        (1, 1) => ("ok", "✓ answered".to_string()),
        (all, right) if all == right => ("ok", format!("✓ {all} answered")),
        (1, _) => ("dim", "1 question".to_string()),
        (all, right) => ("dim", format!("{right} of {all} answered")),
    };
    view! { <span class=class>{text}</span> }.into_any()
}
