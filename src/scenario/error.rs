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
        ScenarioError { key: key.into(), problem: problem.into(), allowed: allowed.into() }
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.key, self.problem, self.allowed)
    }
}

impl std::error::Error for ScenarioError {}
