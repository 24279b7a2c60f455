//! Which mystery: the rest of the page's address, read. Whoever opens it gets the same one.

use super::level::{LEVELS, Level};
use std::fmt;

/// What of the mysteries is shown.
#[derive(Clone, Copy, Debug)]
pub enum DiagnosePage {
    /// The choice of a level.
    Choose,
    /// A mystery.
    Case {
        /// Its level.
        level: &'static Level,
        /// Its seed.
        seed: u64,
    },
}

impl DiagnosePage {
    /// Reads it.
    ///
    /// # Errors
    /// What the address of a mystery must hold, in a sentence.
    pub fn parse(text: &str) -> Result<DiagnosePage, String> {
        if text.is_empty() {
            return Ok(DiagnosePage::Choose);
        }
        let case = text.split_once('/').and_then(|(level, seed)| {
            Some(DiagnosePage::Case { level: Level::find(level)?, seed: seed.parse().ok()? })
        });
        case.ok_or_else(|| {
            let levels: Vec<&str> = LEVELS.iter().map(|level| level.id).collect();
            let first = levels.first().copied().unwrap_or_default();
            format!(
                "The address of a mystery holds its level ({}) and its seed, as in {first}/7.",
                levels.join(", ")
            )
        })
    }
}

/// As in the address.
impl fmt::Display for DiagnosePage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DiagnosePage::Choose => Ok(()),
            DiagnosePage::Case { level, seed } => write!(f, "{}/{seed}", level.id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_is_written_and_a_wrong_one_says_what_it_must_hold() {
        let levels = LEVELS.iter().map(|level| format!("{}/7", level.id));
        for text in levels.chain([String::new()]) {
            assert_eq!(DiagnosePage::parse(&text).unwrap().to_string(), text);
        }
        for text in ["one-line", "one-line/", "one-line/x", "one-line/-1", "king/7", "one-line/7/8"]
        {
            let why = DiagnosePage::parse(text).unwrap_err();
            assert!(why.contains("misleading") && why.contains("one-line/7"), "{why}");
        }
    }
}
