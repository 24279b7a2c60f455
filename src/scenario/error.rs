//! What can be wrong with a scenario's text form.

use std::fmt;

/// A scenario that cannot be run as asked: which key, what is wrong with it, and what it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    /// The key at fault, or `preset` for the first word.
    pub key: String,
    /// What is wrong.
    pub problem: String,
    /// What would be right.
    pub allowed: String,
}

impl ScenarioError {
    pub(super) fn new(key: &str, problem: impl Into<String>, allowed: impl Into<String>) -> Self {
        ScenarioError { key: shortened(key), problem: problem.into(), allowed: allowed.into() }
    }
}

/// What somebody wrote, cut to what a line of an error can show.
pub(super) fn shortened(text: &str) -> String {
    const MAX_CHARACTERS: usize = 60;
    match text.char_indices().nth(MAX_CHARACTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.key, self.problem, self.allowed)
    }
}

impl std::error::Error for ScenarioError {}
