//! The one place that reaches for the browser's window and document.

use leptos::prelude::{document as leptos_document, window as leptos_window};
use web_sys::wasm_bindgen::JsCast;

/// The document.
pub fn document() -> web_sys::Document {
    leptos_document()
}

/// The window.
pub fn window() -> web_sys::Window {
    leptos_window()
}

/// The element of index.html with this id.
///
/// # Panics
/// If index.html has no such element: the page cannot start without its frame.
pub fn element(id: &str) -> web_sys::HtmlElement {
    document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into().ok())
        .unwrap_or_else(|| panic!("index.html has no element with id {id}"))
}

/// The address's fragment, with its `#`, percent-decoded where the browser escaped it.
pub fn fragment() -> String {
    let raw = window().location().hash().unwrap_or_default();
    js_sys::decode_uri_component(&raw).map(String::from).unwrap_or(raw)
}

/// Writes the address's fragment: as a new entry of the history, or over the present one.
pub fn set_fragment(fragment: &str, new_entry: bool) {
    if let Ok(history) = window().history() {
        let null = web_sys::wasm_bindgen::JsValue::NULL;
        // Refused only where the document has no address of its own; then there is nothing to write.
        let _ = if new_entry {
            history.push_state_with_url(&null, "", Some(fragment))
        } else {
            history.replace_state_with_url(&null, "", Some(fragment))
        };
    }
}
