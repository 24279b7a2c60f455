//! What is kept on a person's device: each record in a format of its own, with its name and version in it.
//!
//! A field that a record of before does not have makes a new version of its format: a page of before, open in
//! another tab, then leaves the record alone, and does not write it back without what it does not know. The
//! versions of before are still read.

mod file;

pub use file::{Added, KeptFile, NotTaken};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A record that is kept.
pub trait Kept:
    Clone + Default + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// Its format, as `name/version`: another name is none of ours, another version is somebody's work.
    const FORMAT: &'static str;
    /// The formats of before, which are read as well.
    const BEFORE: &'static [&'static str];
    /// The name that it is stored under.
    const NAME: &'static str;
    /// What it is called, at the beginning of a sentence.
    const CALLED: &'static str;

    /// Adds what `other` knows, where both were forgotten equally often.
    fn add(&mut self, other: &Self);

    /// How often it was forgotten as a whole.
    fn forgotten(&mut self) -> &mut u32;

    /// How much is in it, by what is counted.
    fn tally(&self) -> Vec<Tally>;

    /// Adds what another tab stored. What was forgotten in one of both stays so, however much the other still
    /// has of it.
    fn merge(&mut self, other: &Self) {
        let mut other = other.clone();
        let (ours, theirs) = (*self.forgotten(), *other.forgotten());
        if theirs > ours {
            *self = other;
        } else if theirs == ours {
            self.add(&other);
        }
    }

    /// Adds what a file has, also what was forgotten here since it was made.
    fn take_in(&mut self, file: &Self) {
        self.add(file);
    }

    /// Forgets all of it.
    fn forget(&mut self) {
        let times = self.forgotten().saturating_add(1);
        *self = Self::default();
        *self.forgotten() = times;
    }

    /// Reads what [`Kept::save`] wrote.
    ///
    /// # Errors
    /// The text is none of this version. The caller keeps it, or leaves it where it is.
    fn load(raw: &str) -> Result<Self, NotOurs> {
        // The format first: what another version stores beside it need not look like ours.
        #[derive(Deserialize)]
        struct Format {
            format: String,
        }
        let unreadable = |error: serde_json::Error| NotOurs::Unreadable(error.to_string());
        let Format { format } = serde_json::from_str(raw).map_err(unreadable)?;
        let name = |format: &str| format.split_once('/').map(|(name, _)| name.to_owned());
        match name(&format) {
            _ if format == Self::FORMAT => serde_json::from_str(raw).map_err(unreadable),
            _ if Self::BEFORE.contains(&format.as_str()) => {
                let before: Self = serde_json::from_str(raw).map_err(unreadable)?;
                // It goes on under the format of today.
                let mut renewed = Self::default();
                renewed.add(&before);
                Ok(renewed)
            }
            Some(own) if Some(&own) == name(Self::FORMAT).as_ref() => Err(NotOurs::Version(format)),
            _ => {
                let why = format!("its format is “{format}”, not “{}”", Self::FORMAT);
                Err(NotOurs::Unreadable(why))
            }
        }
    }

    /// The form in which it is stored.
    fn save(&self) -> String {
        // Strings and numbers under text keys: serialising them cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// How much of something there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// How many.
    pub count: usize,
    /// What one is called.
    pub one: &'static str,
    /// What several are called.
    pub many: &'static str,
}

/// `3 pages read`.
impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.count, if self.count == 1 { self.one } else { self.many })
    }
}

/// Why a stored text is not a record of this version of the page. It is somebody's work all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotOurs {
    /// Another version of the page wrote it, in this format.
    Version(String),
    /// It cannot be read; the reason for people.
    Unreadable(String),
}
