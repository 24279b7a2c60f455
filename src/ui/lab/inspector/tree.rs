//! The fields as a tree (the tree view pattern of WAI-ARIA): arrows move, the selected row's note
//! stands below. One listener of each kind serves all rows; a row carries its path.

use super::outline::{self, Path, Row, is_open};
use super::shown::Section;
use super::{spell, unspell};
use crate::ui::lab;
use crate::ui::parts::{attribute_at, keep_in_view};
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// The attribute that holds a row's path.
const PATH: &str = "data-path";

/// The tree of a section.
#[component]
pub fn FieldTree(section: Section, label: &'static str) -> impl IntoView {
    let lab = lab();
    let tree = NodeRef::<Div>::new();
    let section = StoredValue::new_local(section);
    let open = RwSignal::new(section.with_value(outline::first_open));
    let rows = Memo::new(move |_| {
        section.with_value(|section| open.with(|open| outline::rows(section, open)))
    });
    // The link's selection, where it leads into this section.
    let selected = Memo::new(move |_| {
        let path = &lab.link.read().view.selection;
        section.with_value(|section| section.node(path).map(|_| path.clone()))
    });
    // The row that shows what is pointed at: its own, or the closed branch that holds it.
    let lit = Memo::new(move |_| {
        let path = lab.hover.read();
        let inside = section.with_value(|section| section.node(&path).is_some());
        let shown = |length: &usize| {
            open.with(|open| (1..*length).all(|n| path.get(..n).is_some_and(|p| is_open(open, p))))
        };
        let length = (1..=path.len()).rev().find(shown);
        length.filter(|_| inside).and_then(|length| path.get(..length).map(<[usize]>::to_vec))
    });
    let entry = Memo::new(move |_| {
        let first = || rows.with(|rows| rows.first().map(|row| row.path.clone()));
        selected.get().or_else(first)
    });
    Effect::new(move |_| {
        let Some(path) = selected.get() else { return };
        let above = || (1..path.len()).filter_map(|len| path.get(..len));
        let hidden = |open: &Vec<Path>| above().any(|path| !is_open(open, path));
        if open.with_untracked(hidden) {
            open.update(|open| {
                for path in above() {
                    set(open, path, true);
                }
            });
        }
        if let Some(tree) = tree.get() {
            keep_in_view(tree.into(), move |tree| row_element(tree, &path).map(Into::into), 0.0);
        }
    });

    let select = move |path: Path| lab.look(|view| view.selection = path);
    let set_open = move |path: &Path, wanted: bool| {
        open.update(|open| set(open, path, wanted));
        let within = |selected: Path| selected.len() > path.len() && selected.starts_with(path);
        if !wanted && selected.get_untracked().is_some_and(within) {
            select(path.clone());
        }
    };
    let click = move |event: leptos::ev::MouseEvent| {
        let Some(path) = attribute_at(&event, PATH).as_deref().and_then(unspell) else { return };
        let twisty = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|element| element.class_list().contains("twisty"));
        let is_open = open.with_untracked(|open| is_open(open, &path));
        if twisty {
            set_open(&path, !is_open);
            return;
        }
        if !is_open && is_branch(rows, &path) {
            set_open(&path, true);
        }
        select(path);
    };
    let point = move |event: leptos::ev::PointerEvent| {
        let path = attribute_at(&event, PATH).as_deref().and_then(unspell).unwrap_or_default();
        if *lab.hover.read_untracked() != path {
            lab.hover.set(path);
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some(focused) = attribute_at(&event, PATH).as_deref().and_then(unspell) else { return };
        let list = rows.get_untracked();
        let is_open = open.with_untracked(|open| is_open(open, &focused));
        let Some(step) = step(&event.key(), &list, &focused, is_open) else { return };
        event.prevent_default();
        event.stop_propagation();
        match step {
            Move::Open(wanted) => set_open(&focused, wanted),
            Move::To(path) => {
                if let Some(tree) = tree.get_untracked()
                    && let Some(row) = row_element(&tree, &path)
                {
                    let _ = row.focus();
                }
                select(path);
            }
            Move::Nowhere => {}
        }
    };
    let row_view = move |row: Row| {
        let Row { path, name, display, is_branch, place, siblings } = row;
        let depth = path.len() - 1;
        let is = move |what: Memo<Option<Path>>, path: &Path| what.read().as_ref() == Some(path);
        let (p1, p2, p3, p4) = (path.clone(), path.clone(), path.clone(), path.clone());
        let expanded = move || is_branch.then(|| open.with(|open| is_open(open, &p1)).to_string());
        view! {
            <div
                role="treeitem"
                class="field"
                class:branch=is_branch
                class:lit=move || is(lit, &p2)
                data-path=spell(&path)
                data-depth=depth.min(12).to_string()
                prop:ariaLevel=(depth + 1).to_string()
                aria-posinset=place.to_string()
                aria-setsize=siblings.to_string()
                aria-expanded=expanded
                aria-selected=move || is(selected, &p3).to_string()
                tabindex=move || if is(entry, &p4) { "0" } else { "-1" }
            >
                <span class="twisty" aria-hidden="true"></span>
                <span class="name">{name}</span>
                <span class="v">{display}</span>
            </div>
        }
    };
    view! {
        <div
            class="tree"
            translate="no"
            role="tree"
            aria-label=label
            node_ref=tree
            on:click=click
            on:pointerover=point
            on:pointerleave=move |_| lab.hover.set(Vec::new())
            on:keydown=key
        >
            <For each=move || rows.get() key=|row| row.path.clone() children=row_view/>
        </div>
    }
}

/// What a key does.
enum Move {
    Open(bool),
    To(Path),
    Nowhere,
}

/// Opens or closes the branch at this place.
fn set(open: &mut Vec<Path>, path: &[usize], wanted: bool) {
    open.retain(|one| one != path);
    if wanted {
        open.push(path.to_vec());
    }
}

/// What `key` does on the row `at`; `None` for keys that a tree leaves to others.
fn step(key: &str, rows: &[Row], at: &Path, is_open: bool) -> Option<Move> {
    let place = rows.iter().position(|row| row.path == *at)?;
    let to = |place: Option<usize>| match place.and_then(|place| rows.get(place)) {
        Some(row) => Move::To(row.path.clone()),
        None => Move::Nowhere,
    };
    let branch = rows.get(place).is_some_and(|row| row.is_branch);
    let parent = at.split_last().map(|(_, parent)| parent).filter(|parent| !parent.is_empty());
    Some(match key {
        "ArrowDown" => to(place.checked_add(1)),
        "ArrowUp" => to(place.checked_sub(1)),
        "Home" => to(Some(0)),
        "End" => to(rows.len().checked_sub(1)),
        "ArrowRight" if branch && !is_open => Move::Open(true),
        "ArrowRight" if branch => to(place.checked_add(1)),
        "ArrowLeft" if branch && is_open => Move::Open(false),
        "ArrowLeft" => parent.map_or(Move::Nowhere, |parent| Move::To(parent.to_vec())),
        "ArrowRight" => Move::Nowhere,
        "Enter" | " " if branch => Move::Open(!is_open),
        "Enter" | " " => to(Some(place)),
        _ => return None,
    })
}

fn is_branch(rows: Memo<Vec<Row>>, path: &Path) -> bool {
    rows.with_untracked(|rows| rows.iter().any(|row| row.path == *path && row.is_branch))
}

fn row_element(tree: &Element, path: &[usize]) -> Option<HtmlElement> {
    let row = tree.query_selector(&format!("[{PATH}='{}']", spell(path))).ok()??;
    row.dyn_into().ok()
}
