//! All that is kept, as one file: a copy to keep, and to be taken to another device.

use super::{Kept, NotOurs, Tally};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The format without its version.
const KIND: &str = "handshake-lab-kept/";

/// The version that is written.
const VERSION: u32 = 1;

/// Such a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptFile {
    format: String,
    /// The day on which it was made, as `2026-11-29`.
    #[serde(default)]
    pub made: String,
    /// Each as it is stored, by its name.
    #[serde(default)]
    records: BTreeMap<String, Value>,
    /// What is kept as a plain list, by its name.
    #[serde(default)]
    lists: BTreeMap<String, BTreeSet<String>>,
}

/// Why nothing is taken from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// It is something else.
    Other,
    /// A newer version of the page made it, in this format.
    Newer(String),
    /// Something in it cannot be read: what, and the reason for people.
    Unreadable(&'static str, String),
}

impl fmt::Display for NotTaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotTaken::Other => f.write_str("This is not a progress file saved by this page."),
            NotTaken::Newer(format) => write!(
                f,
                "Another version of this page saved this file (“{format}”), probably a newer one. Load the page again, then open the file once more."
            ),
            NotTaken::Unreadable(what, why) => {
                write!(f, "{what} cannot be read from this file: {why}.")
            }
        }
    }
}

impl KeptFile {
    /// One with nothing in it, made on this day.
    pub fn new(made: &str) -> KeptFile {
        KeptFile {
            format: format!("{KIND}{VERSION}"),
            made: made.to_owned(),
            records: BTreeMap::new(),
            lists: BTreeMap::new(),
        }
    }

    /// Reads what [`KeptFile::text`] wrote.
    ///
    /// # Errors
    /// It is something else, or of a newer version.
    pub fn read(text: &str) -> Result<KeptFile, NotTaken> {
        let other = |_: serde_json::Error| NotTaken::Other;
        let text = text.trim_start_matches('\u{feff}');
        let value: Value = serde_json::from_str(text).map_err(other)?;
        let format = value.get("format").and_then(Value::as_str).unwrap_or_default();
        let Some(version) = format.strip_prefix(KIND) else { return Err(NotTaken::Other) };
        if version != VERSION.to_string() {
            return Err(NotTaken::Newer(format.to_owned()));
        }
        serde_json::from_value(value).map_err(other)
    }

    /// The file.
    pub fn text(&self) -> String {
        // Texts and numbers under text keys: serialising them cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Puts a record into it.
    pub fn put<T: Kept>(&mut self, record: &T) {
        // As above.
        let record = serde_json::to_value(record).unwrap_or_default();
        self.records.insert(T::NAME.to_owned(), record);
    }

    /// The record of this kind that is in it; an empty one where there is none.
    ///
    /// # Errors
    /// It is of another version, or cannot be read.
    pub fn get<T: Kept>(&self) -> Result<T, NotTaken> {
        let Some(record) = self.records.get(T::NAME) else { return Ok(T::default()) };
        T::load(&record.to_string()).map_err(|why| match why {
            NotOurs::Version(format) => NotTaken::Newer(format),
            NotOurs::Unreadable(why) => NotTaken::Unreadable(T::CALLED, why),
        })
    }

    /// Puts a list into it.
    pub fn put_list(&mut self, name: &str, list: BTreeSet<String>) {
        self.lists.insert(name.to_owned(), list);
    }

    /// The list of this name; an empty one where there is none.
    pub fn list(&self, name: &str) -> BTreeSet<String> {
        self.lists.get(name).cloned().unwrap_or_default()
    }
}

/// What a file added to what was there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    more: Vec<Tally>,
    is_changed: bool,
}

impl Added {
    /// Takes a record of a file into the one that is there.
    pub fn take_in<T: Kept>(&mut self, kept: &mut T, file: &T) {
        let before = kept.clone();
        kept.take_in(file);
        self.is_changed |= *kept != before;
        for (now, then) in kept.tally().into_iter().zip(before.tally()) {
            self.more(Tally { count: now.count.saturating_sub(then.count), ..now });
        }
    }

    /// Notes what came to it otherwise.
    pub fn more(&mut self, tally: Tally) {
        if tally.count > 0 {
            self.is_changed = true;
            self.more.push(tally);
        }
    }
}

/// In a sentence.
impl fmt::Display for Added {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more: Vec<String> = self.more.iter().map(Tally::to_string).collect();
        match (more.as_slice(), self.is_changed) {
            ([], false) => f.write_str("Nothing was added: all of it is here already."),
            ([], true) => {
                f.write_str("Nothing is new, but of some questions the file had the later record.")
            }
            (more, _) => write!(f, "Added: {}.", more.join(", ")),
        }
    }
}
