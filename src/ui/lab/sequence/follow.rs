//! Keeps the present row in sight where the ladder is longer than its place.

use super::RowView;
use leptos::html::Ol;
use leptos::prelude::*;
use web_sys::Element;

/// How much of the ladder to show beyond the present row, in pixels.
const AROUND: f64 = 72.0;

/// Scrolls the ladder's section, and nothing else: on a phone the page itself scrolls, and must
/// stay at the step.
pub fn keep_in_view(ladder: NodeRef<Ol>, here: Memo<usize>, rows: Memo<Vec<RowView>>) {
    Effect::new(move |_| {
        here.track();
        rows.track();
        let Some(ladder) = ladder.get() else { return };
        // After the rows have been drawn.
        request_animation_frame(move || {
            scroll(&ladder);
        });
    });
}

fn scroll(ladder: &Element) -> Option<()> {
    let row = ladder.query_selector("a.present").ok()??;
    let section = ladder.closest("section").ok()??;
    if section.scroll_height() <= section.client_height() {
        return None;
    }
    let (row, frame) = (row.get_bounding_client_rect(), section.get_bounding_client_rect());
    let above = row.top() - AROUND - frame.top();
    let below = row.bottom() + AROUND - frame.bottom();
    let by = if above < 0.0 { above } else { below.max(0.0) };
    section.set_scroll_top(section.scroll_top() + by as i32);
    Some(())
}
