//! What the page remembers on this device: the one place that reads and writes local storage.
//! Everything still works where storage is forbidden; it is then forgotten with the tab.

use super::dom;

fn storage() -> Option<web_sys::Storage> {
    dom::window().local_storage().ok().flatten()
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

/// Forgets what is kept under `name`.
pub fn remove(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&key(name));
    }
}
