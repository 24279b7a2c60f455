//! One listener for many elements: which of them an event came from.

use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// The value of the attribute on the nearest element around the event's target that has it.
pub fn attribute_at(event: &Event, attribute: &str) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(&format!("[{attribute}]")).ok()??.get_attribute(attribute)
}

/// Scrolls `frame`, and nothing around it, until `inner` and `around` pixels above and below it are
/// in sight.
pub fn keep_in_view(frame: &HtmlElement, inner: &Element, around: f64) {
    let (outside, inside) = (frame.get_bounding_client_rect(), inner.get_bounding_client_rect());
    let above = outside.top() - inside.top() + around;
    let below = inside.bottom() - outside.bottom() + around;
    // What is higher than the frame is shown from its top.
    let by = if above > 0.0 || inside.height() > outside.height() {
        -above
    } else if below > 0.0 {
        below
    } else {
        return;
    };
    frame.set_scroll_top(frame.scroll_top() + by as i32);
}
