//! Why a command did not do what it was asked: one line, and the exit status.

use crate::certificates::mint::MintError;
use crate::certificates::recipe::RecipeError;
use crate::engine::RunError;
use crate::lesson::LessonError;
use crate::scenario::ScenarioError;
use std::fmt;
use std::process::ExitCode;

/// What stands before an error that has no file and line of its own.
const NAME: &str = "handshake-lab";

/// What went wrong.
#[derive(Debug)]
pub(super) enum CliError {
    /// The arguments ask for something that does not exist.
    Usage(String),
    /// The scenario cannot be run.
    Run(RunError),
    /// What is asked for cannot be done: what, where, what to do.
    Cannot(String),
    /// A file cannot be read.
    Read {
        /// Its name.
        file: String,
        /// The system's words.
        error: std::io::Error,
    },
    /// Nothing could be read.
    Unreadable(String),
    /// A recipe is wrong.
    Recipe {
        /// What it is called.
        name: String,
        /// What is wrong.
        error: RecipeError,
    },
    /// A recipe cannot be made.
    Mint(MintError),
    /// There is no folder of lessons.
    NoLessons,
    /// Lessons are wrong.
    Lessons(Vec<LessonError>),
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
            CliError::Usage(text) | CliError::Cannot(text) => write!(f, "{NAME}: {text}"),
            CliError::Run(error) => write!(f, "{NAME}: {error}"),
            CliError::Read { file, error } => {
                write!(f, "{NAME}: cannot read {file}: {error}; name a file that can be read")
            }
            CliError::Unreadable(what) => write!(f, "{NAME}: {what}"),
            CliError::Recipe { name, error } => {
                write!(f, "{NAME}: {name}: {error}; docs/recipes.md has what a recipe can say")
            }
            CliError::Mint(error) => write!(f, "{NAME}: the recipe cannot be made: {error}"),
            CliError::NoLessons => {
                write!(f, "{NAME}: there is no folder lessons here; go to where it is")
            }
            CliError::Lessons(errors) => {
                let lines: Vec<String> = errors.iter().map(LessonError::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
            CliError::Write { file, error } => {
                write!(
                    f,
                    "{NAME}: cannot write {file}: {error}; name a file that can be written, or -"
                )
            }
            CliError::Json(error) => write!(f, "{NAME}: cannot write the result as JSON: {error}"),
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

impl From<MintError> for CliError {
    fn from(error: MintError) -> CliError {
        CliError::Mint(error)
    }
}

impl From<serde_json::Error> for CliError {
    fn from(error: serde_json::Error) -> CliError {
        CliError::Json(error)
    }
}
