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
