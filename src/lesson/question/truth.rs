//! A statement that is true or false.

use super::{Answer, Form, Grade, Kind, Posed, Task};
use crate::lesson::error::LessonError;
use crate::lesson::html::Html;
use crate::lesson::prose::Prose;
use crate::lesson::table::Keys;
use crate::run::Run;
use std::sync::Arc;

/// The kind.
pub const KIND: Kind = Kind { name: "truth", keys: &["right", "why"], needs: &["explain"], read };

/// What there is to choose from.
const OPTIONS: [(&str, bool); 2] = [("True", true), ("False", false)];

#[derive(Debug)]
struct Truth {
    file: String,
    right: bool,
    /// Why the other choice is wrong; may be empty.
    why: Prose,
}

/// The same about one run.
#[derive(Debug)]
struct Statement {
    right: bool,
    why: Html,
}

fn read(keys: &Keys<'_>) -> Result<Arc<dyn Task>, LessonError> {
    let fix = "say whether the statement is true, as right = true or right = false";
    let right = keys.need("right", keys.maybe_flag("right"), fix)?;
    let why = keys.maybe_prose("why")?.unwrap_or_default();
    Ok(Arc::new(Truth { file: keys.file.to_owned(), right, why }))
}

impl Task for Truth {
    fn is_computed(&self) -> bool {
        false
    }

    fn ask(&self, run: &Run, _: u64) -> Result<Arc<dyn Posed>, LessonError> {
        Ok(Arc::new(Statement { right: self.right, why: self.why.fill(run, &self.file)? }))
    }
}

impl Posed for Statement {
    fn form(&self) -> Form {
        Form::Choice(OPTIONS.map(|(word, _)| word.to_owned()).into())
    }

    fn expected(&self) -> String {
        OPTIONS.into_iter().filter(|(_, is)| *is == self.right).map(|(word, _)| word).collect()
    }

    fn grade(&self, _: &Run, answer: &Answer) -> Grade {
        let chosen = match answer {
            Answer::Positions(chosen) => chosen.first().and_then(|at| OPTIONS.get(*at)),
            _ => None,
        };
        match chosen {
            Some((_, is)) if *is == self.right => Grade::right(),
            Some(_) => Grade { right: false, said: self.why.clone() },
            None => Grade::wrong(""),
        }
    }

    fn samples(&self) -> Vec<Answer> {
        (0..OPTIONS.len()).map(|at| Answer::Positions(vec![at])).collect()
    }

    fn may_be_said(&self) -> bool {
        true
    }
}
