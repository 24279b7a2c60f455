//! One of several. Either one option is marked right, or the run says which is.

use super::raw::{Keys, RawOption};
use super::shuffle::shuffle;
use super::{AskedForm, AskedOption, Kind};
use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::path::Expr;
use crate::lesson::template::Template;
use crate::run::Run;
use std::sync::Arc;

/// How many options are shown unless the question says otherwise.
const LIMIT: usize = 4;

#[derive(Debug)]
struct Choice {
    file: String,
    line: usize,
    /// What the run says is right; without it an option is marked so.
    answer: Option<(Expr, usize)>,
    options: Vec<Offer>,
    limit: usize,
}

/// One or, through a path with `[*]`, several options.
#[derive(Debug)]
struct Offer {
    text: Text,
    right: bool,
    why: Option<Template>,
}

#[derive(Debug)]
enum Text {
    Written(Template),
    Run(Expr, usize),
}

pub fn read(keys: &Keys<'_>) -> Result<Arc<dyn Kind>, LessonError> {
    let raw = &keys.raw;
    let mut options = Vec::new();
    for option in raw.option.iter().flatten() {
        let RawOption { text, from, right, why } = option.get_ref();
        let text = match (text, from) {
            (Some(text), None) => Text::Written(keys.template(text)?),
            (None, Some(from)) => keys.expr(from).map(|(expr, line)| Text::Run(expr, line))?,
            _ => {
                let fix = "give it either a `text` or, `from` the run, a path";
                return Err(keys.at(option, Trouble::new("an option without words", fix)));
            }
        };
        options.push(Offer { text, right: *right, why: keys.maybe(why)? });
    }
    let answer = raw.answer.as_ref().map(|answer| keys.expr(answer)).transpose()?;
    let marked = options.iter().filter(|option| option.right).count();
    match (&answer, marked) {
        (Some(_), 0) | (None, 1) => {}
        (Some(_), _) => {
            let fix = "leave `right` away: the option that equals `answer` is right";
            return Err(keys.at_block(Trouble::new("`answer` beside a `right` option", fix)));
        }
        (None, _) => {
            let fix = "mark one option `right = true`, or say the `answer` as a path";
            return Err(keys.at_block(Trouble::new(format!("{marked} right options"), fix)));
        }
    }
    Ok(Arc::new(Choice {
        file: keys.part.file.to_owned(),
        line: keys.part.line,
        answer,
        options,
        limit: raw.limit.as_ref().map_or(LIMIT, |limit| *limit.get_ref()).max(2),
    }))
}

impl Kind for Choice {
    fn ask(&self, run: &Run, seed: u64) -> Result<AskedForm, LessonError> {
        let answer = match &self.answer {
            None => None,
            Some((expr, line)) => {
                Some(expr.one(run).map_err(|trouble| trouble.at(&self.file, *line))?.display)
            }
        };
        let mut options: Vec<AskedOption> = Vec::new();
        for offer in &self.options {
            let why = offer.why.as_ref().map_or(Ok(String::new()), |why| why.fill(run))?;
            for text in self.texts(&offer.text, run)? {
                let right = answer.as_ref().map_or(offer.right, |answer| *answer == text);
                if !options.iter().any(|option| option.text == text) {
                    // With `answer`, what is said about an option is why it would be wrong.
                    let why = if right && answer.is_some() { String::new() } else { why.clone() };
                    options.push(AskedOption { text, right, why });
                } else if answer.is_none() {
                    let fix = "change one of them so that both can be told apart";
                    let what = format!("the option “{text}” occurs twice");
                    return Err(Trouble::new(what, fix).at(&self.file, self.line));
                }
            }
        }
        if let (Some(text), false) = (answer, options.iter().any(|option| option.right)) {
            options.push(AskedOption { text, right: true, why: String::new() });
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
        Ok(AskedForm::Choice(options))
    }
}

impl Choice {
    fn texts(&self, text: &Text, run: &Run) -> Result<Vec<String>, LessonError> {
        match text {
            Text::Written(template) => Ok(vec![template.fill(run)?]),
            Text::Run(expr, line) => expr
                .all(run)
                .map(|values| values.into_iter().map(|value| value.display).collect())
                .map_err(|trouble| trouble.at(&self.file, *line)),
        }
    }
}

pub fn expected(options: &[AskedOption]) -> String {
    options.iter().find(|option| option.right).map_or(String::new(), |option| option.text.clone())
}

pub fn grade(options: &[AskedOption], chosen: usize) -> (bool, String) {
    options.get(chosen).map_or((false, String::new()), |option| (option.right, option.why.clone()))
}
