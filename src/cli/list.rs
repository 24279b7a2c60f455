//! `handshake-lab list`.

use super::{CliError, What, output};
use crate::engine::faults::FAULTS;
use crate::scenario::PRESETS;
use serde::Serialize;

/// One line of a list.
#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    title: &'a str,
    summary: &'a str,
}

/// Prints what there is.
///
/// # Errors
/// Standard output cannot be written.
pub(super) fn list(what: What, json: bool) -> Result<(), CliError> {
    let entries: Vec<Entry> = match what {
        What::Scenarios => PRESETS
            .iter()
            .map(|preset| Entry { id: preset.id, title: preset.title, summary: preset.summary })
            .collect(),
        What::Faults => FAULTS
            .iter()
            .map(|fault| Entry { id: fault.id, title: fault.title, summary: fault.summary })
            .collect(),
    };
    let text = if json {
        serde_json::to_string_pretty(&entries)? + "\n"
    } else {
        let line = |entry: &Entry| format!("{:<20} {}\n", entry.id, entry.summary);
        entries.iter().map(line).collect()
    };
    output::print(&text)
}
