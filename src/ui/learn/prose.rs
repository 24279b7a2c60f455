//! Text of a lesson on the page.

use crate::lesson::Html;
use crate::ui::lab;
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// Text of a lesson, or words about an answer.
#[component]
pub fn Prose(html: Html) -> impl IntoView {
    view! { <div class="prose" inner_html=html.as_str().to_owned()></div> }
}

/// Text beside a run: the names in it of fields that are shown light their bytes.
#[component]
pub fn Beside(
    html: Html,
    /// Whether the field at a path is what is asked for, tracked: its name then stays a word.
    asked: Callback<Vec<usize>, bool>,
) -> impl IntoView {
    let lab = lab();
    let root = NodeRef::<Div>::new();
    // Tracked.
    let path = move |name: &str| {
        let path = lab.named.get()?.run(name.to_owned())?;
        (!asked.run(path.clone())).then_some(path)
    };
    Effect::new(move |_| {
        let Some(root) = root.get() else { return };
        for code in codes(&root) {
            let is_field = path(&code.text_content().unwrap_or_default()).is_some();
            let _ = code.class_list().toggle_with_force("field-link", is_field);
            for (name, value) in FIELD {
                let _ = if is_field {
                    code.set_attribute(name, value)
                } else {
                    code.remove_attribute(name)
                };
            }
        }
    });
    let at = move |event: &Event| {
        let target: Element = event.target()?.dyn_into().ok()?;
        let code = target.closest("code.field-link").ok()??;
        untrack(|| path(&code.text_content()?))
    };
    let light = move |event: &Event| {
        let path = at(event).unwrap_or_default();
        if *lab.hover.read_untracked() != path {
            lab.hover.set(path);
        }
    };
    let choose = move |event: &Event| {
        let path = at(event);
        let is_field = path.is_some();
        if let Some(path) = path {
            lab.look(|view| view.selection = path);
        }
        is_field
    };
    view! {
        <div
            class="prose"
            node_ref=root
            inner_html=html.as_str().to_owned()
            on:pointerover=move |event| light(&event)
            on:pointerleave=move |_| lab.hover.set(Vec::new())
            on:focusin=move |event| light(&event)
            on:focusout=move |_| lab.hover.set(Vec::new())
            on:click=move |event| {
                choose(&event);
            }
            on:keydown=move |event| {
                if matches!(&*event.key(), "Enter" | " ") && choose(&event) {
                    event.prevent_default();
                    event.stop_propagation();
                }
            }
        ></div>
    }
}

/// What makes the name of a field in a text something to press.
const FIELD: [(&str, &str); 4] = [
    ("role", "button"),
    ("tabindex", "0"),
    ("title", "Show the bytes of this field"),
    ("translate", "no"),
];

/// The elements with code in a text, those in blocks of it and in links left out.
fn codes(root: &Element) -> Vec<Element> {
    let found = root.get_elements_by_tag_name("code");
    let all = (0..found.length()).filter_map(|at| found.item(at));
    all.filter(|code| code.closest("pre, a").ok().flatten().is_none()).collect()
}
