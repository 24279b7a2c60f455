//! A bar: a picture of numbers that stand beside it, so that nobody has to see it.

use leptos::prelude::*;

/// Parts side by side, each with the name of its look, out of `whole`.
pub fn bar(parts: &[(usize, &'static str)], whole: usize) -> AnyView {
    let mut at = 0;
    let parts = parts.iter().filter(|(wide, _)| *wide > 0).map(|(wide, look)| {
        let from = at;
        at += wide;
        view! { <rect class=*look x=from width=*wide height="1"/> }
    });
    let parts = parts.collect_view();
    let view_box = format!("0 0 {} 1", whole.max(1));
    view! {
        <svg class="bar" viewBox=view_box preserveAspectRatio="none" aria-hidden="true">{parts}</svg>
    }
    .into_any()
}
