//! Why a command did not do what it was asked: one line, and the exit status.

use crate::engine::RunError;
use crate::scenario::ScenarioError;
use std::fmt;
use std::process::ExitCode;

/// What went wrong.
#[derive(Debug)]
pub(super) enum CliError {
    /// The arguments ask for something that does not exist.
    Usage(String),
    /// The scenario cannot be run.
    Run(RunError),
    /// A file cannot be written.
    Write {
        /// Its name.
        file: String,
        /// The system's words.
        error: std::io::Error,
    },
    /// The result cannot be written as JSON.
    Json(serde_json::Error),
}

impl CliError {
    /// 1 if it could not run, 2 for wrong usage.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            CliError::Usage(_) => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CliError::Usage(text) => f.write_str(text),
            CliError::Run(error) => error.fmt(f),
            CliError::Write { file, error } => {
                write!(f, "cannot write {file}: {error}; name a file that can be written, or -")
            }
            CliError::Json(error) => write!(f, "cannot write the result as JSON: {error}"),
        }
    }
}

impl From<ScenarioError> for CliError {
    fn from(error: ScenarioError) -> CliError {
        CliError::Usage(error.to_string())
    }
}

impl From<RunError> for CliError {
    fn from(error: RunError) -> CliError {
        CliError::Run(error)
    }
}

impl From<serde_json::Error> for CliError {
    fn from(error: serde_json::Error) -> CliError {
        CliError::Json(error)
    }
}
