//! The bytes as text, joined to the tree.
//!
//! A certificate message has thousands of bytes, so no byte has an element of its own: each column is
//! one text, and marks and the cursor are boxes laid over it. Which byte is pointed at follows from
//! where the pointer is. The style sheet breaks the lines after 8 or 16 bytes, as there is room.

mod boxes;

use super::shown::Section;
use crate::dump::{Columns, Metrics, NARROW, columns};
use crate::ui::parts::keep_in_view;
use crate::ui::{dom, lab};
use boxes::{Boxes, style};
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent};

/// The width of a byte with the space around it, and what stands between two eights beside that, in the
/// widths of a digit; the style sheet has the same.
const CELL: f64 = 2.56;
const GAP: f64 = 0.56;

/// The bytes of a section.
#[component]
pub fn ByteGrid(section: Section, label: &'static str) -> impl IntoView {
    let lab = lab();
    let frame = NodeRef::<Div>::new();
    let text = NodeRef::<Div>::new();
    let row = NodeRef::<Div>::new();
    let Columns { offsets, octets, characters } = columns(section.bytes());
    let count = section.bytes().len();
    let section = StoredValue::new_local(section);
    let range = move |path: &[usize]| section.with_value(|section| section.range(path));
    let leaf = move |offset: usize| section.with_value(|section| section.leaf_at(offset));
    let selected = Memo::new(move |_| range(&lab.link.read().view.selection).unwrap_or_default());
    let lit = Memo::new(move |_| range(&lab.hover.read()).unwrap_or_default());

    // The byte that Tab reaches and arrows move from. It alone is a cell, a new one at each place, so
    // that a screen reader says where the focus has come.
    let cursor = StoredValue::new(0_usize);
    let move_to = move |offset: usize, focus: bool| {
        let Some(row) = row.get_untracked().filter(|_| offset < count) else { return };
        cursor.set_value(offset);
        let name = section.with_value(|section| {
            let path = section.leaf_at(offset)?;
            Some(section.node(&path)?.field.name)
        });
        let value = section.with_value(|section| section.bytes().get(offset).copied().unwrap_or(0));
        let label = format!("{value:02x}, offset {offset}, {}", name.unwrap_or_default());
        let old = row.first_element_child();
        if let Some(cell) = cell(&row, offset, &label)
            && focus
        {
            let _ = cell.focus();
        }
        if let Some(old) = old {
            old.remove();
        }
    };
    Effect::new(move |_| {
        let range = selected.get();
        let current = cursor.get_value();
        let entered = row.get().is_some_and(|row| row.first_element_child().is_some());
        if !entered || (!range.is_empty() && !range.contains(&current)) {
            move_to(range.start.min(count.saturating_sub(1)), false);
        }
    });
    Effect::new(move |_| {
        if !selected.read().is_empty()
            && let Some(frame) = frame.get()
        {
            let first = |frame: &HtmlElement| frame.query_selector(".m").ok().flatten();
            keep_in_view(frame.into(), first, 0.0);
        }
    });

    let metrics = move || {
        let line = frame.get_untracked().map_or(NARROW, |frame| line_length(&frame));
        Metrics { count, line, cell: CELL, gap: GAP }
    };
    let byte_at = move |event: &MouseEvent| {
        let place = text.get_untracked()?.get_bounding_client_rect();
        let x = (f64::from(event.client_x()) - place.left()) / place.width();
        let y = (f64::from(event.client_y()) - place.top()) / place.height();
        metrics().byte_at(x, y)
    };
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
    let click = move |event: MouseEvent| {
        // Dragging over the text selects it, to be copied.
        if let Some(offset) = byte_at(&event).filter(|_| !text_is_selected()) {
            move_to(offset, true);
            select(offset);
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || count == 0 {
            return;
        }
        let at = cursor.get_value();
        let line = metrics().line;
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
        <div class="hex" translate="no" node_ref=frame>
            <div class="o" aria-hidden="true">{offsets}</div>
            <div
                class="b"
                node_ref=text
                on:click=click
                on:pointermove=move |event| point_at(byte_at(&event))
                on:pointerleave=move |_| point_at(None)
            >
                {octets}
            </div>
            <div class="a" aria-hidden="true">{characters}</div>
            <Boxes range=lit class="lit"/>
            <Boxes range=selected class="m"/>
            <div
                class="boxes"
                role="grid"
                aria-label=label
                aria-colcount=count.to_string()
                on:keydown=key
                on:focusout=move |_| point_at(None)
            >
                <div role="row" node_ref=row></div>
            </div>
        </div>
    }
}

/// Puts the cell of the byte at `offset` into the row. To whom it is read, all bytes are one line.
fn cell(row: &Element, offset: usize, label: &str) -> Option<HtmlElement> {
    let cell: HtmlElement = dom::document().create_element("i").ok()?.dyn_into().ok()?;
    let column = (offset + 1).to_string();
    let attributes = [
        ("role", "gridcell"),
        ("tabindex", "0"),
        ("aria-colindex", &column),
        ("aria-label", label),
    ];
    for (name, value) in attributes {
        let _ = cell.set_attribute(name, value);
    }
    let [style, ..] = style(&(offset..offset + 1));
    cell.style().set_css_text(&style);
    row.append_child(&cell).ok()?;
    Some(cell)
}

/// How many bytes stand on a line, which the style sheet decides.
fn line_length(frame: &Element) -> usize {
    let style = dom::window().get_computed_style(frame).ok().flatten();
    let line = style.and_then(|style| style.get_property_value("--line").ok());
    line.and_then(|line| line.trim().parse().ok()).unwrap_or(NARROW)
}

/// Whether the person has selected some text.
fn text_is_selected() -> bool {
    dom::window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed())
}
