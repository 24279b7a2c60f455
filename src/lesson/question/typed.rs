//! A value to be typed. The run says which is right, and which mistakes are known.

use super::raw::Keys;
use super::{AskedForm, Kind};
use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::path::Expr;
use crate::lesson::template::Template;
use crate::lesson::value::{FORM, Said, Value};
use crate::run::Run;
use std::sync::Arc;

#[derive(Debug)]
struct Typed {
    file: String,
    answer: Expr,
    line: usize,
    unit: String,
    mistakes: Vec<(Expr, usize, Template)>,
}

pub fn read(keys: &Keys<'_>) -> Result<Arc<dyn Kind>, LessonError> {
    let (answer, line) = keys.answer()?;
    let mut mistakes = Vec::new();
    for option in keys.raw.option.iter().flatten() {
        let known = option.get_ref();
        let (Some(from), Some(why), None, false) =
            (&known.from, &known.why, &known.text, known.right)
        else {
            let fix = "give it `from`, a path to the wrong value, and `why`";
            return Err(keys.at(option, Trouble::new("not a known mistake", fix)));
        };
        let (expr, line) = keys.expr(from)?;
        mistakes.push((expr, line, keys.template(why)?));
    }
    let unit = keys.raw.unit.as_ref().map_or(String::new(), |unit| unit.get_ref().clone());
    Ok(Arc::new(Typed { file: keys.part.file.to_owned(), answer, line, unit, mistakes }))
}

impl Kind for Typed {
    fn ask(&self, run: &Run, _seed: u64) -> Result<AskedForm, LessonError> {
        let one = |expr: &Expr, line: usize| {
            expr.one(run).map_err(|trouble| trouble.at(&self.file, line))
        };
        let right = one(&self.answer, self.line)?;
        if right.display.is_empty() {
            let what = format!("`{}` is empty", self.answer);
            let fix = "ask for a value that the run has";
            return Err(Trouble::new(what, fix).at(&self.file, self.line));
        }
        let mut mistakes = Vec::new();
        for (expr, line, why) in &self.mistakes {
            let value = one(expr, *line)?;
            // A mistake that happens to be right in this run is none.
            if value.display != right.display {
                mistakes.push((value, why.fill(run)?));
            }
        }
        Ok(AskedForm::Typed { right, unit: self.unit.clone(), mistakes })
    }
}

pub fn expected(right: &Value, unit: &str) -> String {
    format!("{} {unit}", right.display).trim_end().to_owned()
}

pub fn grade(
    right: &Value,
    unit: &str,
    mistakes: &[(Value, String)],
    text: &str,
) -> (bool, String) {
    match right.said_by(text, unit) {
        Said::Right => (true, String::new()),
        Said::Unclear => (false, FORM.to_owned()),
        Said::Wrong => {
            let is_said = |value: &Value| value.said_by(text, unit) == Said::Right;
            let known = mistakes.iter().find(|(value, _)| is_said(value));
            (false, known.map_or(String::new(), |(_, why)| why.clone()))
        }
    }
}
