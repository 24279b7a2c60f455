//! The ladder is one stop of the Tab key; in it, the arrow keys go up and down.

use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Moves the focus to the row above or below the one that has it.
pub fn move_focus(event: KeyboardEvent) {
    let beside: fn(&Element) -> Option<Element> = match &*event.key() {
        "ArrowDown" => Element::next_element_sibling,
        "ArrowUp" => Element::previous_element_sibling,
        _ => return,
    };
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    event.prevent_default();
    let focused: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let mut item = focused.and_then(|row| row.closest("li").ok().flatten());
    // What stands between rows is passed over.
    while let Some(next) = item.as_ref().and_then(beside) {
        if let Ok(Some(row)) = next.query_selector("a")
            && let Ok(row) = row.dyn_into::<HtmlElement>()
        {
            let _ = row.focus();
            return;
        }
        item = Some(next);
    }
}
