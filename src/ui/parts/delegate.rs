//! One listener for many elements: which of them an event came from; and what keeps one in sight.

use super::heading::may_follow;
use crate::ui::dom;
use leptos::prelude::{request_animation_frame, set_timeout};
use std::time::Duration;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusOptions, HtmlElement};

/// The value of the attribute on the nearest element around the event's target that has it.
pub fn attribute_at(event: &Event, attribute: &str) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(&format!("[{attribute}]")).ok()??.get_attribute(attribute)
}

/// Scrolls `frame`, and nothing around it, until what `find` finds in it and `around` pixels above and
/// below that are in sight. It looks once the browser has drawn what was just written: to ask where
/// things are before makes it lay out everything on the spot.
pub fn keep_in_view(
    frame: HtmlElement,
    find: impl FnOnce(&HtmlElement) -> Option<Element> + 'static,
    around: f64,
) {
    once_drawn(move || {
        if let Some(inner) = find(&frame) {
            scroll(&frame, &inner, around);
        }
    });
}

/// Does it once the browser has drawn what was just written.
fn once_drawn(act: impl FnOnce() + 'static) {
    let _ = request_animation_frame(move || {
        let _ = set_timeout(act, Duration::ZERO);
    });
}

/// Scrolls a row of tabs until the current one is in sight. It looks once the browser has drawn.
pub fn keep_tab_in_view(tabs: HtmlElement) {
    once_drawn(move || {
        let Ok(Some(current)) = tabs.query_selector("[aria-current]") else { return };
        let (outside, inside) =
            (tabs.get_bounding_client_rect(), current.get_bounding_client_rect());
        let by =
            (inside.right() - outside.right()).max(0.0) - (outside.left() - inside.left()).max(0.0);
        tabs.set_scroll_left(tabs.scroll_left() + by.ceil() as i32);
    });
}

/// How often what is docked is moved away from what it is about.
const LOOKS: usize = 8;

/// Scrolls what scrolls around `cover` until the element that `selector` finds beside it is no longer
/// behind it. It looks once the browser has drawn.
pub fn keep_clear(cover: HtmlElement, selector: &'static str) {
    once_drawn(move || {
        let section = cover.closest("section:not(.docked)").ok().flatten();
        let inner = section.and_then(|section| section.query_selector(selector).ok().flatten());
        // What is docked may go along until it has reached its place.
        if let Some(inner) = inner {
            (0..LOOKS).take_while(|_| uncover(&cover, &inner)).count();
        }
    });
}

/// Scrolls by as much as `inner` is behind `cover`, and gives back whether it was.
fn uncover(cover: &HtmlElement, inner: &Element) -> bool {
    let (cover_box, inside) = (cover.get_bounding_client_rect(), inner.get_bounding_client_rect());
    let by = inside.bottom() - cover_box.top() + 12.0;
    // What is out of the window anyway is left there.
    let height = dom::window().inner_height().ok().and_then(|height| height.as_f64());
    let is_seen = inside.bottom() > 0.0 && height.is_none_or(|height| inside.top() < height);
    let is_beside = inside.right() <= cover_box.left() || inside.left() >= cover_box.right();
    let is_covered = by > 0.0 && inside.top() < cover_box.bottom() && is_seen && !is_beside;
    if is_covered {
        match scroller(cover) {
            Some(frame) => frame.set_scroll_top(frame.scroll_top() + by as i32),
            None => dom::window().scroll_by_with_x_and_y(0.0, by),
        }
    }
    is_covered
}

/// The nearest element around this one that scrolls; `None` where the page does.
fn scroller(element: &HtmlElement) -> Option<HtmlElement> {
    let mut next = element.parent_element();
    while let Some(parent) = next {
        let style = dom::window().get_computed_style(&parent).ok().flatten();
        let overflow = style.and_then(|style| style.get_property_value("overflow-y").ok());
        if overflow.is_some_and(|overflow| matches!(&*overflow, "auto" | "scroll")) {
            return parent.dyn_into().ok();
        }
        next = parent.parent_element();
    }
    None
}

fn scroll(frame: &HtmlElement, inner: &Element, around: f64) {
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

/// Brings the heading with this id into sight, and the focus to it, unless the person took it since it was at `from`.
pub fn go_to_heading(id: &str, from: Option<&Element>) {
    let Some(heading) = dom::document().get_element_by_id(id) else { return };
    heading.scroll_into_view();
    if let Some(heading) = heading.dyn_ref::<HtmlElement>().filter(|_| may_follow(from)) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = heading.focus_with_options(&options);
    }
}

/// Takes a plain click on a link over from the browser; one that is to open another tab or window is left to
/// it. Gives back whether it was plain.
pub fn plain_click(event: &web_sys::MouseEvent) -> bool {
    let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
    if plain {
        event.prevent_default();
    }
    plain
}
