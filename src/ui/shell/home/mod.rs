//! The home page: what this is, and where to go. Its words stand in index.html, where they speak before the
//! program is there, and without it; the program adds the run of a moment ago, and the way on for whoever
//! was here before.

mod ladder;

use super::title;
use crate::route::{FaultList, Page, View};
use crate::ui::state::Lab;
use crate::ui::{dom, lab};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::cell::{Cell, RefCell};
use web_sys::HtmlElement;
use web_sys::wasm_bindgen::JsCast;

thread_local! {
    /// The part of index.html, which outlives what stands around it.
    static WORDS: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
    /// Whether they have their ladder.
    static HAS_LADDER: Cell<bool> = const { Cell::new(false) };
}

/// Takes the words out of the document, before the program puts itself in the place of what shows them.
pub fn keep_words() {
    WORDS.set(Some(dom::element("home")));
}

/// The page.
#[component]
pub fn Home() -> impl IntoView {
    let lab = lab();
    let host = NodeRef::<Div>::new();
    Effect::new(move |_| {
        let (Some(host), Some(words)) = (host.get(), WORDS.with_borrow(Clone::clone)) else {
            return;
        };
        let _ = host.append_child(&words);
        spawn_local(async move {
            // Somebody may have gone on by then; the next time it is there at once.
            if let Ok(fill) = door().await
                && dom::document().get_element_by_id("home").is_some()
            {
                fill(lab);
            }
        });
    });
    let find = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let input = dom::document().query_selector("#home-error input").ok().flatten();
        let input = input.and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok());
        let words = input.map_or(String::new(), |input| input.value().trim().into());
        lab.go(Page::Faults(FaultList { words, ..FaultList::default() }), View::default());
    };
    view! { <div node_ref=host on:submit=find></div> }
}

/// What the program adds to the words; loaded when the page is first shown.
#[wasm_split(home, wasm_split_path = leptos::wasm_split, fallible)]
fn door() -> Result<fn(Lab), SplitLoaderError> {
    Ok(|lab| {
        offer_to_go_on();
        let words = WORDS.with_borrow(Clone::clone);
        if let Some(words) = words.filter(|_| !HAS_LADDER.replace(true)) {
            spawn_local(ladder::fill(words, lab));
        }
    })
}

/// Puts the last lesson and the last run in the place of what is said to those who come for the first time.
fn offer_to_go_on() {
    for (id, last) in ["home-lesson", "home-run"].into_iter().zip(title::last()) {
        let document = dom::document();
        let (Some((href, name)), Some(line)) = (last, document.get_element_by_id(id)) else {
            continue;
        };
        let Ok(link) = document.create_element("a") else { continue };
        // Going on with the lessons is what most came back for: it takes the place of the first one as the button.
        let (before, text) = if id == "home-lesson" {
            link.set_class_name("btn primary");
            if let Ok(Some(first)) = document.query_selector("#home-lesson + p > .btn") {
                first.set_class_name("");
            }
            ("", format!("Continue: {name}"))
        } else {
            ("Continue: ", name)
        };
        let _ = link.set_attribute("href", &href);
        link.set_text_content(Some(&text));
        line.set_text_content(Some(before));
        let _ = line.append_child(&link);
    }
}
