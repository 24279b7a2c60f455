//! The bytes as a grid of hexadecimal, joined to the tree.
//!
//! A certificate message has thousands of bytes, so the grid is written as one piece of HTML, one
//! listener of each kind serves all bytes, and marking touches only bytes whose mark changes.
//! Each row holds 8 bytes; where there is room the style sheet puts two rows on one line.

use super::shown::Section;
use crate::ui::lab;
use crate::ui::parts::{attribute_at, keep_in_view};
use leptos::html::Div;
use leptos::prelude::*;
use std::fmt::Write;
use std::ops::Range;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Bytes in a row of the grid.
const ROW: usize = 8;
/// The attribute that holds a byte's offset.
const OFFSET: &str = "data-offset";

/// The bytes of a section.
#[component]
pub fn ByteGrid(section: Section, label: &'static str) -> impl IntoView {
    let lab = lab();
    let grid = NodeRef::<Div>::new();
    let html = html(section.bytes());
    let count = section.bytes().len();
    let section = StoredValue::new_local(section);
    let range = move |path: &[usize]| section.with_value(|section| section.range(path));
    let leaf = move |offset: usize| section.with_value(|section| section.leaf_at(offset));
    let selected = Memo::new(move |_| range(&lab.link.read().view.selection));
    let lit = Memo::new(move |_| range(&lab.hover.read()));
    mark(grid, selected, ["m", "first", "last"], true);
    mark(grid, lit, ["lit", "lit-first", "lit-last"], false);
    // The byte that Tab reaches and arrows move from.
    let cursor = StoredValue::new(0_usize);
    let move_to = move |offset: usize, focus: bool| {
        let Some(grid) = grid.get_untracked() else { return };
        if let Some(old) = byte(&grid, cursor.get_value()) {
            let _ = old.set_attribute("tabindex", "-1");
        }
        cursor.set_value(offset);
        let Some(new) = byte(&grid, offset) else { return };
        let _ = new.set_attribute("tabindex", "0");
        if focus {
            let name = leaf(offset).and_then(|path| {
                section.with_value(|section| section.node(&path).map(|node| node.field.name))
            });
            let value = new.text_content().unwrap_or_default();
            let label = format!("{value}, offset {offset}, {}", name.unwrap_or_default());
            let _ = new.set_attribute("aria-label", &label);
            let _ = new.focus();
        }
    };
    Effect::new(move |_| {
        if let Some(range) = selected.get() {
            let current = cursor.get_value();
            if !range.contains(&current) {
                move_to(range.start.min(count.saturating_sub(1)), false);
            }
        }
    });
    let point_at = move |offset: Option<usize>| {
        let path = offset.and_then(leaf).unwrap_or_default();
        if *lab.hover.read_untracked() != path {
            lab.hover.set(path);
        }
    };
    let select = move |offset: usize| {
        if let Some(path) = leaf(offset) {
            lab.look(|view| view.selection = path);
        }
    };
    let click = move |event: leptos::ev::MouseEvent| {
        if let Some(offset) = offset_at(&event) {
            move_to(offset, false);
            select(offset);
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || count == 0 {
            return;
        }
        let at = cursor.get_value();
        let line = grid.get_untracked().map_or(ROW, |grid| line_length(&grid));
        let to = match event.key().as_str() {
            "ArrowRight" => at + 1,
            "ArrowLeft" => at.saturating_sub(1),
            "ArrowDown" => at + line,
            "ArrowUp" => at.checked_sub(line).unwrap_or(at),
            "PageDown" => at + 8 * line,
            "PageUp" => at.saturating_sub(8 * line),
            "Home" => at / line * line,
            "End" => at / line * line + line - 1,
            "Enter" | " " => {
                select(at);
                at
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        let to = to.min(count - 1);
        move_to(to, true);
        point_at(Some(to));
    };
    view! {
        <div
            class="hex"
            translate="no"
            role="grid"
            aria-label=label
            node_ref=grid
            inner_html=html
            on:click=click
            on:pointerover=move |event| point_at(offset_at(&event))
            on:pointerleave=move |_| point_at(None)
            on:focusout=move |_| point_at(None)
            on:keydown=key
        ></div>
    }
}

/// The grid's rows. Everything in it is computed here, or escaped.
fn html(bytes: &[u8]) -> String {
    let mut html = String::with_capacity(bytes.len() * 72);
    for (row, chunk) in bytes.chunks(ROW).enumerate() {
        let start = row * ROW;
        let _ = write!(
            html,
            r#"<div role="row"><span class="o" role="rowheader">{start:04x}</span><span class="b" role="presentation">"#
        );
        for (column, byte) in chunk.iter().enumerate() {
            let offset = start + column;
            let tab = if offset == 0 { 0 } else { -1 };
            let _ = write!(
                html,
                r#"<i role="gridcell" tabindex="{tab}" {OFFSET}="{offset}">{byte:02x}</i>"#
            );
        }
        html.push_str(r#"</span><span class="a" aria-hidden="true">"#);
        for byte in chunk {
            match byte {
                b'<' => html.push_str("&lt;"),
                b'&' => html.push_str("&amp;"),
                b'!'..=b'~' => html.push(char::from(*byte)),
                _ => html.push('·'),
            }
        }
        html.push_str("</span></div>");
    }
    html
}

/// Keeps the classes for a range (all, its first, its last byte) on the bytes of `range`, and the
/// range in sight where `follow`.
fn mark(
    grid: NodeRef<Div>,
    range: Memo<Option<Range<usize>>>,
    classes: [&'static str; 3],
    follow: bool,
) {
    Effect::new(move |old: Option<Range<usize>>| {
        let new = range.get().unwrap_or(0..0);
        let Some(grid) = grid.get() else { return 0..0 };
        let old = old.unwrap_or(0..0);
        let [all, first, last] = classes;
        let set = |offset: usize, class: &str, on: bool| {
            if let Some(byte) = byte(&grid, offset) {
                let _ = byte.class_list().toggle_with_force(class, on);
            }
        };
        for offset in old.clone().filter(|offset| !new.contains(offset)) {
            set(offset, all, false);
        }
        for offset in new.clone().filter(|offset| !old.contains(offset)) {
            set(offset, all, true);
        }
        for (range, on) in [(&old, false), (&new, true)] {
            if !range.is_empty() {
                set(range.start, first, on);
                set(range.end - 1, last, on);
            }
        }
        if follow
            && !new.is_empty()
            && let Some(byte) = byte(&grid, new.start)
        {
            keep_in_view(&grid, &byte, 0.0);
        }
        new
    });
}

/// The element of the byte at `offset`.
fn byte(grid: &Element, offset: usize) -> Option<HtmlElement> {
    let row = grid.children().item(u32::try_from(offset / ROW).ok()?)?;
    let cells = row.children().item(1)?;
    cells.children().item(u32::try_from(offset % ROW).ok()?)?.dyn_into().ok()
}

/// How many bytes stand on a line: the style sheet hides every second offset where two rows share one.
fn line_length(grid: &Element) -> usize {
    let second = grid.children().item(1).and_then(|row| row.first_element_child());
    let hidden = second.is_some_and(|offset| offset.get_bounding_client_rect().width() == 0.0);
    if hidden { 2 * ROW } else { ROW }
}

fn offset_at(event: &web_sys::Event) -> Option<usize> {
    attribute_at(event, OFFSET)?.parse().ok()
}
