//! What is kept on a person's device: each record in a format of its own, with its name and version in it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A record that is kept.
pub trait Kept: Clone + Default + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its format, as `name/version`: another name is none of ours, another version is somebody's work.
    const FORMAT: &'static str;
    /// The name that it is stored under.
    const NAME: &'static str;
    /// What it is called, at the beginning of a sentence.
    const CALLED: &'static str;

    /// Adds what `other` knows: what another tab stored.
    fn merge(&mut self, other: &Self);

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

/// Why a stored text is not a record of this version of the page. It is somebody's work all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotOurs {
    /// Another version of the page wrote it, in this format.
    Version(String),
    /// It cannot be read; the reason for people.
    Unreadable(String),
}
