//! The focus goes along to what takes another's place, unless the person took it meanwhile.

use crate::ui::dom;
use leptos::task::spawn_local;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// How many frames later a heading that was drawn anew still takes the focus along.
const SETTLES: u32 = 10;

/// What has the focus; `None` where nothing has.
pub fn focused() -> Option<Element> {
    dom::document().active_element().filter(|now| now.tag_name() != "BODY")
}

/// Whether the person took the focus since it was at `from`: to something else, or by opening something there, which
/// would close without it. What is gone, and had it, lost it.
pub fn is_taken(from: Option<&Element>) -> bool {
    let is_open = |now: &Element| now.matches("[aria-expanded=true]") == Ok(true);
    focused().is_some_and(|now| Some(&now) != from || is_open(&now))
}

/// Whether the focus may go to a heading that was waited for since it was at `from`. The title of the screen may have
/// it by then, from the page itself.
pub fn may_follow(from: Option<&Element>) -> bool {
    focused().is_some_and(|now| now.matches("#main h1") == Ok(true)) || !is_taken(from)
}

/// Gives the focus to such a heading, unless the person took it.
pub fn follow_to(from: Option<&Element>, heading: &HtmlElement) {
    if may_follow(from) {
        let _ = heading.focus();
    }
}

/// Brings the top of the window, and the focus, to the heading, once it is there.
pub fn to_heading() {
    dom::scroll_to_top();
    let mut from = focused();
    spawn_local(async move {
        // By then it is drawn.
        dom::next_task().await;
        let mut own = None;
        for _ in 0..SETTLES {
            if is_taken(from.as_ref()) {
                return;
            }
            let heading = dom::document().query_selector("#main h1").ok().flatten();
            if heading.is_some() && (heading != own || focused().is_none()) {
                if let Some(heading) = heading.as_ref().and_then(|one| one.dyn_ref::<HtmlElement>())
                {
                    heading.set_tab_index(-1);
                    let _ = heading.focus();
                }
                own.clone_from(&heading);
                from = heading;
            }
            dom::next_frame().await;
        }
    });
}
