//! What is wrong with a lesson, where, and what to do.

use std::fmt;

/// Something wrong in a lesson file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonError {
    /// The file, as it was named by whoever loaded it.
    pub file: String,
    /// The line in it, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub fix: String,
}

/// `file:line: what; what to do`
impl fmt::Display for LessonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; {}", self.file, self.line, self.what, self.fix)
    }
}

impl std::error::Error for LessonError {}

/// Something wrong, before it is known where: the part of a [`LessonError`] that a function which
/// sees no file can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub fix: String,
}

impl Trouble {
    /// A trouble in words.
    pub fn new(what: impl Into<String>, fix: impl Into<String>) -> Trouble {
        Trouble { what: what.into(), fix: fix.into() }
    }

    /// The same, with its place.
    pub fn at(self, file: &str, line: usize) -> LessonError {
        LessonError { file: file.to_owned(), line, what: self.what, fix: self.fix }
    }
}

/// Without a place: `what; what to do`
impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.what, self.fix)
    }
}

/// A part of a lesson file that is read on its own: front matter or a fenced block. Turns offsets
/// inside it into lines of the file.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The file's name.
    pub file: &'a str,
    /// The line of the file on which `text` begins.
    pub line: usize,
    /// The part itself.
    pub text: &'a str,
}

impl<'a> Part<'a> {
    /// The line of the file that holds the octet at `offset`.
    pub fn line_at(&self, offset: usize) -> usize {
        self.line + self.text.bytes().take(offset).filter(|&b| b == b'\n').count()
    }

    /// Reads the part as TOML.
    ///
    /// # Errors
    /// The first thing that TOML or the structure of `T` does not allow, with its line.
    pub fn toml<T: serde::de::DeserializeOwned>(&self) -> Result<T, LessonError> {
        toml::from_str(self.text).map_err(|error| {
            let line = self.line_at(error.span().map_or(0, |span| span.start));
            let fix = "see lessons/README.md for the keys and write the value as TOML";
            Trouble::new(error.message().trim().replace('\n', " "), fix).at(self.file, line)
        })
    }
}
