//! What a question offers to choose from: words of its author, or values of the run.

use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::path::Expr;
use crate::lesson::table::{At, Keys};
use crate::lesson::template::Template;
use crate::run::Run;

/// What is offered.
#[derive(Debug)]
pub enum Offered {
    /// Under `text`.
    Written(Template),
    /// Under `from`, as a path.
    Run(At<Expr>),
}

impl Offered {
    /// Reads it; `None` without either key, or with both.
    ///
    /// # Errors
    /// What is wrong with its words or its path.
    pub fn read(keys: &Keys<'_>) -> Result<Option<Offered>, LessonError> {
        Ok(match (keys.template("text")?, keys.expr("from")?) {
            (Some(text), None) => Some(Offered::Written(text)),
            (None, Some(from)) => Some(Offered::Run(from)),
            _ => None,
        })
    }

    /// Whether values of the run stand in it.
    pub fn is_computed(&self) -> bool {
        match self {
            Offered::Written(text) => text.has_values(),
            Offered::Run(_) => true,
        }
    }

    /// Its one text.
    ///
    /// # Errors
    /// What the run does not have, and a path with several values.
    pub fn one(&self, run: &Run, file: &str) -> Result<String, LessonError> {
        match self {
            Offered::Written(text) => text.fill(run, file),
            Offered::Run(from) => Ok(from.one(run, file)?.display),
        }
    }

    /// Its texts: several where the path has `[*]`.
    ///
    /// # Errors
    /// What the run does not have.
    pub fn all(&self, run: &Run, file: &str) -> Result<Vec<String>, LessonError> {
        match self {
            Offered::Written(text) => Ok(vec![text.fill(run, file)?]),
            Offered::Run(At { line, is }) => {
                let values = is.all(run).map_err(|trouble| trouble.at(file, *line))?;
                Ok(values.into_iter().map(|value| value.display).collect())
            }
        }
    }
}

/// That `what` is offered a second time.
pub fn twice(what: &str) -> Trouble {
    let fix = "change one of them so that both can be told apart";
    Trouble::new(format!("{what} occurs twice"), fix)
}
