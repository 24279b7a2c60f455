//! What the page remembers on this device, for good or for a visit: the one place that reads and writes the
//! browser's storage. Everything still works where storage is forbidden; it is then forgotten with the tab.

use super::dom;

fn storage() -> Option<web_sys::Storage> {
    dom::window().local_storage().ok().flatten()
}

fn visit() -> Option<web_sys::Storage> {
    dom::window().session_storage().ok().flatten()
}

fn key(name: &str) -> String {
    format!("handshake-lab/{name}")
}

/// The text kept under `name`.
pub fn get(name: &str) -> Option<String> {
    storage()?.get_item(&key(name)).ok().flatten()
}

/// Keeps `text` under `name`. Gives back whether the browser kept it.
pub fn set(name: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&key(name), text).is_ok())
}

/// The text kept under `name` for this visit: until the tab is closed.
pub fn get_for_visit(name: &str) -> Option<String> {
    visit()?.get_item(&key(name)).ok().flatten()
}

/// Keeps `text` under `name` for this visit, where the browser does.
pub fn set_for_visit(name: &str, text: &str) {
    if let Some(storage) = visit() {
        let _ = storage.set_item(&key(name), text);
    }
}

/// Forgets what is kept under `name` for this visit.
pub fn remove_for_visit(name: &str) {
    if let Some(storage) = visit() {
        let _ = storage.remove_item(&key(name));
    }
}

/// Forgets what is kept under `name`.
pub fn remove(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&key(name));
    }
}
