//! The heading of what takes another's place where the address stays.

use crate::ui::dom;
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;

/// Brings the top of the window, and the focus, to the heading, once it is there.
pub fn to_heading() {
    dom::scroll_to_top();
    let _ = request_animation_frame(|| {
        let heading = dom::document().query_selector("#main h1").ok().flatten();
        let heading = heading.and_then(|one| one.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(heading) = heading {
            heading.set_tab_index(-1);
            let _ = heading.focus();
        }
    });
}
