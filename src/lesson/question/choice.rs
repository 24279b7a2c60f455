//! One of several. Either one option is marked right, or the run says which is.

use super::offered::{Offered, twice};
use super::{Answer, Form, Grade, HINT_AND_EXPLAIN, Kind, Posed, Task};
use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::html::Html;
use crate::lesson::path::Expr;
use crate::lesson::prose::Prose;
use crate::lesson::table::{At, Keys};
use crate::run::Run;
use crate::shuffle::shuffle;
use std::sync::Arc;

/// The kind.
pub const KIND: Kind =
    Kind { name: "choice", keys: &["answer", "option", "limit"], needs: HINT_AND_EXPLAIN, read };

/// How many options are shown unless the question says otherwise.
const LIMIT: usize = 4;

/// The most options of a block.
const MAX_OPTIONS: usize = 100;

#[derive(Debug)]
struct Choice {
    file: String,
    line: usize,
    /// What the run says is right; without it an option is marked so.
    answer: Option<At<Expr>>,
    options: Vec<Offer>,
    limit: usize,
}

/// One or, through a path with `[*]`, several options.
#[derive(Debug)]
struct Offer {
    text: Offered,
    right: bool,
    why: Option<Prose>,
}

/// The options about one run.
#[derive(Debug, PartialEq, Eq)]
struct Options(Vec<Opt>);

#[derive(Debug, PartialEq, Eq)]
struct Opt {
    text: String,
    right: bool,
    /// Why it is right or wrong; empty where the question's explanation must do.
    why: Html,
}

fn read(keys: &Keys<'_>) -> Result<Arc<dyn Task>, LessonError> {
    let offer = |option: &Keys<'_>| {
        option.allow_only("an option of a choice", &["text", "from", "right", "why"])?;
        let Some(text) = Offered::read(option)? else {
            let fix = "give it either a `text` or, `from` the run, a path";
            return Err(option.wrong(Trouble::new("an option without words", fix)));
        };
        Ok(Offer { text, right: option.flag("right")?, why: option.maybe_prose("why")? })
    };
    let options = keys.tables("option", MAX_OPTIONS)?;
    let options = options.iter().map(offer).collect::<Result<Vec<_>, _>>()?;
    let answer = keys.expr("answer")?;
    let marked = options.iter().filter(|option| option.right).count();
    match (&answer, marked) {
        (Some(_), 0) | (None, 1) => {}
        (Some(_), _) => {
            let fix = "leave `right` away: the option that equals `answer` is right";
            return Err(keys.wrong(Trouble::new("`answer` beside a `right` option", fix)));
        }
        (None, _) => {
            let fix = "mark one option `right = true`, or say the `answer` as a path";
            return Err(keys.wrong(Trouble::new(format!("{marked} right options"), fix)));
        }
    }
    let limit = keys.number("limit")?.map_or(LIMIT, |limit| limit.is).max(2);
    Ok(Arc::new(Choice { file: keys.file.to_owned(), line: keys.line(), answer, options, limit }))
}

impl Task for Choice {
    fn is_computed(&self) -> bool {
        self.answer.is_some() || self.options.iter().any(|offer| offer.text.is_computed())
    }

    fn ask(&self, run: &Run, seed: u64) -> Result<Arc<dyn Posed>, LessonError> {
        let answer = self.answer.as_ref().map(|answer| answer.one(run, &self.file)).transpose()?;
        let answer = answer.map(|value| value.display);
        let mut options: Vec<Opt> = Vec::new();
        for offer in &self.options {
            let why =
                offer.why.as_ref().map_or(Ok(Html::default()), |why| why.fill(run, &self.file))?;
            for text in offer.text.all(run, &self.file)? {
                let right = answer.as_ref().map_or(offer.right, |answer| *answer == text);
                if !options.iter().any(|option| option.text == text) {
                    // With `answer`, what is said about an option is why it would be wrong.
                    let why = if right && answer.is_some() { Html::default() } else { why.clone() };
                    options.push(Opt { text, right, why });
                } else if answer.is_none() {
                    return Err(twice(&format!("the option “{text}”")).at(&self.file, self.line));
                }
            }
        }
        if let (Some(text), false) = (answer, options.iter().any(|option| option.right)) {
            options.push(Opt { text, right: true, why: Html::default() });
        }
        if options.len() < 2 {
            let fix = "add options, or a path with [*] to several values of the run";
            return Err(Trouble::new("fewer than two options", fix).at(&self.file, self.line));
        }
        shuffle(&mut options, seed);
        while options.len() > self.limit {
            let Some(wrong) = options.iter().rposition(|option| !option.right) else { break };
            options.remove(wrong);
        }
        Ok(Arc::new(Options(options)))
    }
}

impl Posed for Options {
    fn form(&self) -> Form {
        Form::Choice(self.0.iter().map(|option| option.text.clone()).collect())
    }

    fn expected(&self) -> String {
        self.0
            .iter()
            .find(|option| option.right)
            .map_or(String::new(), |option| option.text.clone())
    }

    fn grade(&self, _: &Run, answer: &Answer) -> Grade {
        let chosen = match answer {
            Answer::Positions(chosen) => match chosen.as_slice() {
                [one] => self.0.get(*one),
                _ => None,
            },
            _ => None,
        };
        chosen.map_or(Grade::wrong(""), |option| Grade {
            right: option.right,
            said: option.why.clone(),
        })
    }

    fn samples(&self) -> Vec<Answer> {
        (0..self.0.len()).map(|at| Answer::Positions(vec![at])).collect()
    }
}
