//! A lesson's file, read as far as it goes without knowing what its blocks mean.
//!
//! This is what a built page fetches: [`source`](super::source) reads the Markdown and TOML that authors write,
//! [`Lesson::read`](super::Lesson::read) goes on from here, wherever the file came from.

use super::prose::Prose;
use super::table::Table;
use serde::{Deserialize, Serialize};

/// A lesson's file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LessonFile {
    /// Its name, as errors give it.
    pub file: String,
    /// The front matter.
    pub about: Table,
    /// The text before the first page, without its `# ` line.
    pub intro: Prose,
    /// The pages, in order.
    pub pages: Vec<FilePage>,
    /// The line behind the last.
    pub end: usize,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FilePage {
    /// Its heading.
    pub title: String,
    /// The line of the heading.
    pub line: usize,
    /// Its `lab` block.
    pub lab: Option<Table>,
    /// Its `notes` block.
    pub notes: Option<Prose>,
    /// Text and questions, in order.
    pub blocks: Vec<FileBlock>,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FileBlock {
    /// Text.
    Text(Prose),
    /// A question's block.
    Question(Table),
}

impl LessonFile {
    /// Reads what [`LessonFile::to_json`] wrote; `None` if another version of the program did.
    pub fn from_json(json: &str) -> Option<LessonFile> {
        serde_json::from_str(json).ok()
    }

    /// The form in which a built page has it.
    pub fn to_json(&self) -> String {
        // Texts and numbers under text keys: serialising them cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}
