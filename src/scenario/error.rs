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
    /// The keys that may be set back to their defaults to mend it, unless they are what was wanted:
    /// the first is tried first.
    pub(super) gives_way: Vec<&'static str>,
}

impl ScenarioError {
    pub(super) fn new(key: &str, problem: impl Into<String>, allowed: impl Into<String>) -> Self {
        let (problem, allowed) = (problem.into(), allowed.into());
        ScenarioError { key: shortened(key), problem, allowed, gives_way: Vec::new() }
    }

    /// For a value that the key does not take.
    pub(super) fn unknown(key: &str, value: &str, takes: &str) -> Self {
        let problem = format!("it cannot be {:?}", shortened(value));
        Self::new(key, problem, format!("it takes {takes}"))
    }

    /// It is between the owner of a rule and another key, if that gives way as well.
    pub(super) fn between(self, owner: &'static str, other: Option<&'static str>) -> Self {
        ScenarioError { gives_way: std::iter::once(owner).chain(other).collect(), ..self }
    }
}

/// What somebody wrote, cut to what a line of an error can show.
fn shortened(text: &str) -> String {
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
