//! `handshake-lab list`.

use super::{CliError, What, faults, lessons, output};
use crate::faults::FAULTS;
use crate::scenario::PRESETS;
use serde::Serialize;

/// One line of a list.
#[derive(Serialize)]
struct Entry {
    id: String,
    title: String,
    summary: String,
    /// How long a lesson takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<u32>,
}

/// An entry that is part of the program.
fn fixed(id: &str, title: &str, summary: &str) -> Entry {
    Entry { id: id.into(), title: title.into(), summary: summary.into(), minutes: None }
}

/// Prints what there is.
///
/// # Errors
/// Lessons cannot be read, or standard output cannot be written.
pub(super) fn list(what: What, json: bool) -> Result<(), CliError> {
    if json && matches!(what, What::Faults) {
        return output::print(&(serde_json::to_string_pretty(&faults::entries())? + "\n"));
    }
    let entries: Vec<Entry> = match what {
        What::Scenarios => {
            PRESETS.iter().map(|preset| fixed(preset.id, preset.title, preset.summary)).collect()
        }
        What::Faults => {
            FAULTS.iter().map(|fault| fixed(fault.id, fault.title, fault.words.summary)).collect()
        }
        What::Lessons => lessons::about()?
            .into_iter()
            .map(|lesson| Entry {
                minutes: Some(lesson.minutes),
                ..fixed(&lesson.id, &lesson.title, &lesson.summary)
            })
            .collect(),
    };
    let text = if json {
        serde_json::to_string_pretty(&entries)? + "\n"
    } else {
        let line = |entry: &Entry| format!("{:<22} {}\n", entry.id, entry.summary);
        entries.iter().map(line).collect()
    };
    output::print(&text)
}
