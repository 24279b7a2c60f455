//! Which faults were opened on this device.

use crate::ui::storage;
use std::collections::BTreeSet;

/// The name under which their ids are kept.
pub const KEPT: &str = "faults-seen";

/// Their ids.
pub fn all() -> BTreeSet<String> {
    let kept = storage::get(KEPT).unwrap_or_default();
    kept.split_whitespace().map(str::to_owned).collect()
}

/// Notes one, beside what another tab noted meanwhile.
pub fn note(id: &str) {
    let mut seen = all();
    if seen.insert(id.to_owned()) {
        let ids: Vec<String> = seen.into_iter().collect();
        storage::set(KEPT, &ids.join(" "));
    }
}

/// Forgets them.
pub fn forget() {
    storage::remove(KEPT);
}
