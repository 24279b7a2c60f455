//! A value to be typed. The run says which is right, and which mistakes are known.

use super::{Answer, Form, Grade, HINT_AND_EXPLAIN, Kind, Posed, Task};
use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::html::Html;
use crate::lesson::path::Expr;
use crate::lesson::prose::Prose;
use crate::lesson::table::{At, Keys};
use crate::lesson::value::{FORM, Said, Value};
use crate::run::Run;
use std::sync::Arc;

/// The kind.
pub const KIND: Kind =
    Kind { name: "value", keys: &["answer", "option", "unit"], needs: HINT_AND_EXPLAIN, read };

/// The most known mistakes.
const MAX_MISTAKES: usize = 100;

#[derive(Debug)]
struct Typed {
    file: String,
    answer: At<Expr>,
    unit: String,
    mistakes: Vec<(At<Expr>, Prose)>,
}

/// The value in one run.
#[derive(Debug)]
struct Wanted {
    right: Value,
    unit: String,
    /// Known mistakes, each with why it is one.
    mistakes: Vec<(Value, Html)>,
}

fn read(keys: &Keys<'_>) -> Result<Arc<dyn Task>, LessonError> {
    let mistake = |option: &Keys<'_>| {
        option.allow_only("a known mistake", &["from", "why"])?;
        match (option.expr("from")?, option.maybe_prose("why")?) {
            (Some(from), Some(why)) => Ok((from, why)),
            _ => {
                let fix = "give it `from`, a path to the wrong value, and `why`";
                Err(option.wrong(Trouble::new("not a known mistake", fix)))
            }
        }
    };
    let mistakes = keys.tables("option", MAX_MISTAKES)?;
    Ok(Arc::new(Typed {
        file: keys.file.to_owned(),
        answer: keys.answer()?,
        unit: keys.text("unit")?.map_or(String::new(), |unit| unit.is.to_owned()),
        mistakes: mistakes.iter().map(mistake).collect::<Result<_, _>>()?,
    }))
}

impl Task for Typed {
    fn is_computed(&self) -> bool {
        true
    }

    fn ask(&self, run: &Run, _: u64) -> Result<Arc<dyn Posed>, LessonError> {
        let right = self.answer.one(run, &self.file)?;
        if right.display.is_empty() {
            let what = format!("`{}` is empty", self.answer.is);
            let fix = "ask for a value that the run has";
            return Err(Trouble::new(what, fix).at(&self.file, self.answer.line));
        }
        let mut mistakes = Vec::new();
        for (from, why) in &self.mistakes {
            let value = from.one(run, &self.file)?;
            // A mistake that happens to be right in this run is none.
            if value.display != right.display {
                mistakes.push((value, why.fill(run, &self.file)?));
            }
        }
        Ok(Arc::new(Wanted { right, unit: self.unit.clone(), mistakes }))
    }
}

impl Posed for Wanted {
    fn form(&self) -> Form {
        Form::Typed { unit: self.unit.clone() }
    }

    fn expected(&self) -> String {
        format!("{} {}", self.right.display, self.unit).trim_end().to_owned()
    }

    fn grade(&self, _: &Run, answer: &Answer) -> Grade {
        let Answer::Typed(text) = answer else { return Grade::wrong("") };
        match self.right.said_by(text, &self.unit) {
            Said::Right => Grade::right(),
            Said::Unclear => Grade::wrong(FORM),
            Said::Wrong => {
                let is_said = |value: &Value| value.said_by(text, &self.unit) == Said::Right;
                let known = self.mistakes.iter().find(|(value, _)| is_said(value));
                Grade { right: false, said: known.map_or(Html::default(), |(_, why)| why.clone()) }
            }
        }
    }

    fn samples(&self) -> Vec<Answer> {
        let values =
            std::iter::once(&self.right).chain(self.mistakes.iter().map(|(value, _)| value));
        values.map(|value| Answer::Typed(value.display.clone())).collect()
    }
}
