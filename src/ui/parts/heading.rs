//! The heading of what takes another's place where the address stays.

use crate::ui::dom;
use leptos::task::spawn_local;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// How many frames later a heading that was drawn anew still takes the focus along.
const SETTLES: u32 = 10;

/// Brings the top of the window, and the focus, to the heading, once it is there.
pub fn to_heading() {
    dom::scroll_to_top();
    spawn_local(async {
        // By then it is drawn.
        dom::next_task().await;
        let mut own = None;
        for _ in 0..SETTLES {
            let now = dom::document().active_element();
            let is_lost = now.as_ref().is_none_or(|now| now.tag_name() == "BODY");
            // The person moved it meanwhile.
            if own.is_some() && !is_lost && now != own {
                return;
            }
            own = focus(own, is_lost);
            dom::next_frame().await;
        }
    });
}

/// Gives the focus to the heading, unless it is the one that has it. Which it is now.
fn focus(own: Option<Element>, is_lost: bool) -> Option<Element> {
    let heading = dom::document().query_selector("#main h1").ok().flatten();
    if heading.is_none() || (heading == own && !is_lost) {
        return own;
    }
    if let Some(heading) = heading.as_ref().and_then(|one| one.dyn_ref::<HtmlElement>()) {
        heading.set_tab_index(-1);
        let _ = heading.focus();
    }
    heading
}
