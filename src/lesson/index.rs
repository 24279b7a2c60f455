//! The list of lessons that the page fetches: `lessons/index.toml`.

use super::error::{LessonError, Part, Trouble};
use serde::Deserialize;

/// The name of the list, in the folder of the lessons.
pub const INDEX: &str = "index.toml";

/// The lessons, in the order of the list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// File names, in the folder of the list.
    pub lessons: Vec<String>,
}

impl Index {
    /// Reads the list; `file` is the name that errors give.
    ///
    /// # Errors
    /// What TOML does not allow, or a name that leads out of the folder.
    pub fn parse(text: &str, file: &str) -> Result<Index, LessonError> {
        let index: Index = Part { file, line: 1, text }.toml()?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        match index.lessons.iter().find(|name| !name.ends_with(".md") || !name.chars().all(plain)) {
            None => Ok(index),
            Some(name) => {
                let line = text.lines().position(|line| line.contains(name.as_str()));
                let fix = "name a file in this folder that ends in .md";
                Err(Trouble::new(format!("`{name}` is not a lesson's file"), fix)
                    .at(file, line.map_or(1, |line| line + 1)))
            }
        }
    }

    /// The file of the lesson `id`: its number, a hyphen and the id, as in
    /// `01-your-first-handshake.md`.
    pub fn file_of(&self, id: &str) -> Option<&String> {
        self.lessons.iter().find(|name| {
            name.strip_suffix(".md").and_then(|name| name.split_once('-')).map(|(_, id)| id)
                == Some(id)
        })
    }
}
