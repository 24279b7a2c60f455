//! A panic is a bug; a person still gets a readable message and a way on.
//!
//! What stops the program without a panic, such as a stack that is full, is a
//! `WebAssembly.RuntimeError`, for which public/initializer.js shows the same message.

use super::dom;

/// Shows `#crashed` of index.html, with what happened and where, when the page panics.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        let text = info.to_string();
        web_sys::console::error_1(&text.clone().into());
        let document = dom::document();
        if let Some(detail) = document.get_element_by_id("crashed-detail") {
            detail.set_text_content(Some(&format!("{text}\nat {}", dom::fragment())));
        }
        if let Some(crashed) = document.get_element_by_id("crashed") {
            let _ = crashed.remove_attribute("hidden");
        }
    }));
}
