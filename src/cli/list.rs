//! `handshake-lab list`.

use super::{CliError, What, faults, lessons, output};
use crate::faults::FAULTS;
use crate::scenario::{KEYS, Key, PRESETS};
use serde::Serialize;

/// One line of a list.
#[derive(Serialize)]
struct Entry {
    id: String,
    title: String,
    summary: String,
    /// How long a lesson takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<usize>,
    /// What a key takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    takes: Option<String>,
    /// What a key is where nothing is said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<String>,
}

/// An entry that is part of the program.
fn fixed(id: &str, title: &str, summary: &str) -> Entry {
    Entry {
        id: id.into(),
        title: title.into(),
        summary: summary.into(),
        minutes: None,
        takes: None,
        default: None,
    }
}

/// The line of a key without its name: for help.
pub(super) fn key_in_a_line(key: &Key) -> String {
    key_entry(key).words()
}

fn key_entry(key: &Key) -> Entry {
    Entry {
        takes: Some(key.takes()),
        default: Some(key.default_value()),
        ..fixed(key.name, key.label, key.help)
    }
}

impl Entry {
    /// The summary, and of a key which values it takes.
    fn words(&self) -> String {
        let more = self.takes.iter().zip(&self.default);
        let more = more.map(|(takes, default)| format!(": {takes} (default {default})"));
        self.summary.clone() + &more.collect::<String>()
    }
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
            FAULTS.iter().map(|fault| fixed(fault.id, fault.title, fault.words().summary)).collect()
        }
        What::Keys => KEYS.iter().map(key_entry).collect(),
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
        let line = |entry: &Entry| format!("{:<22} {}\n", entry.id, entry.words());
        entries.iter().map(line).collect()
    };
    output::print(&text)
}
