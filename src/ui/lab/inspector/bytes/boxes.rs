//! What is laid over bytes.

use crate::dump::{BLOCKS, NARROW, WIDE, blocks};
use leptos::html::Div;
use leptos::prelude::*;
use std::fmt::Write;
use std::ops::Range;
use web_sys::HtmlElement;
use web_sys::wasm_bindgen::JsCast;

/// The boxes that mark a range of bytes.
#[component]
pub fn Boxes(range: Memo<Range<usize>>, class: &'static str) -> impl IntoView {
    let layer = NodeRef::<Div>::new();
    Effect::new(move |_| {
        let styles = style(&range.read());
        let Some(layer) = layer.get() else { return };
        for (at, style) in (0..).zip(styles) {
            let element = layer.children().item(at);
            if let Some(element) =
                element.and_then(|element| element.dyn_into::<HtmlElement>().ok())
            {
                element.style().set_css_text(&style);
            }
        }
    });
    view! {
        <div class="boxes" aria-hidden="true" node_ref=layer>
            {(0..BLOCKS).map(|_| view! { <i class=class></i> }).collect_view()}
        </div>
    }
}

/// The style of each box of a range: its place with 8 and with 16 bytes in a line, as properties of
/// which the style sheet takes those that fit. A box that is not needed has no place.
pub fn style(range: &Range<usize>) -> [String; BLOCKS] {
    let mut styles = <[String; BLOCKS]>::default();
    for line in [NARROW, WIDE] {
        let blocks = blocks(range, line);
        for (at, (block, style)) in blocks.iter().zip(&mut styles).enumerate() {
            let (lines, columns) = (&block.lines, &block.columns);
            let corner = |round: bool| if round { "3px" } else { "0" };
            let (start, end) = (corner(at == 0), corner(at + 1 == blocks.len()));
            // Past the middle of a line there is a gap.
            let before = columns.start / NARROW;
            let within = (columns.end - 1) / NARROW - before;
            let _ = write!(
                style,
                "--top-{line}:calc({}*var(--lh));--height-{line}:calc({}*var(--lh));\
                 --left-{line}:calc({}*var(--cell) + {before}*var(--gap));\
                 --width-{line}:calc({}*var(--cell) + {within}*var(--gap));\
                 --corners-{line}:{start} {end} {end} {start};",
                lines.start,
                lines.len(),
                columns.start,
                columns.len(),
            );
        }
    }
    styles
}
