//! The lab's keys: one table, for doing and for the list of keys.

use crate::route::{Page, Perspective, Zoom};
use crate::ui::state::Lab;
use crate::ui::{lab, storage};
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// What some keys do.
pub struct Binding {
    /// The keys, as [`KeyboardEvent::key`] names them. Capital letters are not told apart.
    pub keys: &'static [&'static str],
    /// What they do, for the list of keys.
    pub label: &'static str,
    run: fn(Lab),
}

/// All of them, in the order of the list.
pub const BINDINGS: &[Binding] = &[
    Binding { keys: &["ArrowRight", "j"], label: "next step", run: |lab| lab.step_by(1) },
    Binding { keys: &["ArrowLeft", "k"], label: "previous step", run: |lab| lab.step_by(-1) },
    Binding { keys: &["Home"], label: "first step", run: |lab| lab.step_to(0) },
    Binding { keys: &["End"], label: "last step", run: |lab| lab.step_to(usize::MAX) },
    Binding { keys: &[" "], label: "play and pause", run: super::playback::toggle },
    Binding { keys: &["1"], label: "show TCP segments", run: |lab| zoom(lab, Zoom::Tcp) },
    Binding { keys: &["2"], label: "show TLS records", run: |lab| zoom(lab, Zoom::Records) },
    Binding { keys: &["3"], label: "show messages", run: |lab| zoom(lab, Zoom::Messages) },
    Binding { keys: &["c"], label: "see as the client", run: |lab| see(lab, Perspective::Client) },
    Binding { keys: &["s"], label: "see as the server", run: |lab| see(lab, Perspective::Server) },
    Binding {
        keys: &["e"],
        label: "see as an eavesdropper",
        run: |lab| see(lab, Perspective::Eavesdropper),
    },
    Binding { keys: &["r"], label: "run again with a new seed", run: super::run_bar::reseed },
    Binding {
        keys: &["p"],
        label: "present the lab, Compare or Race",
        run: |lab| lab.presenting.update(|on| *on = !*on),
    },
    Binding { keys: &["Escape"], label: "close a note, end presenting", run: close },
    Binding { keys: &["/"], label: "search", run: |lab| lab.search.set(true) },
    Binding { keys: &["?"], label: "this help", run: |lab| lab.help.update(|open| *open = !*open) },
];

/// The name under which it is kept that keys of one character are off.
const OFF: &str = "character-keys-off";

/// Whether keys of one character do anything: a person who speaks to the machine may want them off
/// (WCAG 2.1.4).
pub fn character_keys() -> bool {
    storage::get(OFF).is_none()
}

/// Switches keys of one character on or off, and remembers it.
pub fn set_character_keys(on: bool) {
    if on {
        storage::remove(OFF);
    } else {
        storage::set(OFF, "1");
    }
}

/// Listens for the keys as long as the present component lives.
pub fn listen() {
    let lab = lab();
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if lab.search.get_untracked() {
            type_ahead(lab, &event);
        } else if let Some(binding) = binding(lab, &event) {
            event.prevent_default();
            (binding.run)(lab);
        }
    });
    on_cleanup(move || handle.remove());
}

/// Keeps a character for the search, which takes what was typed before it was loaded.
fn type_ahead(lab: Lab, event: &KeyboardEvent) {
    let key = event.key();
    if key.chars().count() == 1 && !is_modified(event) {
        let _ = lab.typed.try_update_value(|typed| typed.push_str(&key));
    }
}

fn is_modified(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.alt_key() || event.meta_key()
}

/// What the key does here: nothing where it means something to what has the focus.
fn binding(lab: Lab, event: &KeyboardEvent) -> Option<&'static Binding> {
    let key = event.key();
    // A dialog may be open before it is loaded and has the focus.
    let covered = [lab.settings, lab.help].iter().any(|open| open.get_untracked());
    if event.default_prevented() || is_modified(event) || covered || taken(event, &key) {
        return None;
    }
    if key.chars().count() == 1 && key != " " && !character_keys() {
        return None;
    }
    let binding = BINDINGS
        .iter()
        .find(|binding| binding.keys.iter().any(|k| k.eq_ignore_ascii_case(&key)))?;
    let has_lab = matches!(lab.link.read_untracked().page, Page::Lab(_) | Page::Fault(..))
        || (stage_is_shown() && !matches!(&*key, "r" | "R" | "p" | "P"));
    (has_lab || matches!(&*key, "?" | "/")).then_some(binding)
}

fn stage_is_shown() -> bool {
    document().query_selector(".stage").ok().flatten().is_some()
}

/// Whether the focus is on something that takes this key itself.
fn taken(event: &KeyboardEvent, key: &str) -> bool {
    let takers = match key {
        " " => "a, button, summary",
        "Escape" => "[role=textbox]",
        key if key.chars().count() > 1 => {
            "[role=tree], [role=treegrid], [role=grid], [role=tablist], [role=listbox], [role=menu]"
        }
        _ => "[role=textbox]",
    };
    let focused: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    focused.is_some_and(|element| {
        [takers, "input, select, textarea, dialog, [contenteditable]"]
            .iter()
            .any(|selector| element.closest(selector).ok().flatten().is_some())
    })
}

fn zoom(lab: Lab, zoom: Zoom) {
    lab.look(|view| view.zoom = zoom);
}

fn close(lab: Lab) {
    lab.presenting.set(false);
    lab.look(|view| {
        view.selection.clear();
        view.key = None;
    });
}

fn see(lab: Lab, perspective: Perspective) {
    lab.look(|view| view.perspective = perspective);
}
