//! Keeps the present row in sight where the ladder is longer than its place.

use super::RowView;
use crate::ui::parts::keep_in_view;
use leptos::html::Ol;
use leptos::prelude::*;
use web_sys::HtmlElement;
use web_sys::wasm_bindgen::JsCast;

/// How much of the ladder to show beyond the present row, in pixels.
const AROUND: f64 = 64.0;

/// Scrolls the ladder's section, and nothing else: on a phone the page itself scrolls, and must
/// stay at the step.
pub fn follow(ladder: NodeRef<Ol>, here: Memo<Option<usize>>, rows: Memo<Vec<RowView>>) {
    Effect::new(move |before: Option<()>| {
        let here = here.get();
        rows.read();
        // A new ladder stands at its first row. Asking where things are would cost the first layout.
        if before.is_none() && here.is_none_or(|here| here == 0) {
            return;
        }
        let Some(ladder) = ladder.get() else { return };
        let section = ladder.closest("section").ok().flatten();
        if let Some(section) = section.and_then(|section| section.dyn_into::<HtmlElement>().ok()) {
            let present =
                |section: &HtmlElement| section.query_selector("a.present").ok().flatten();
            keep_in_view(section, present, AROUND);
        }
    });
}
