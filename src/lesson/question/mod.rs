//! Questions: read from a lesson, asked about a run, graded.
//!
//! A kind of question is one file here, one row of [`KINDS`] and one variant of [`AskedForm`] for
//! the page to draw.

mod choice;
mod octets;
mod order;
mod raw;
mod shuffle;
mod typed;

use super::error::{LessonError, Part, Trouble};
use super::parse::is_id;
use super::template::Template;
use super::value::{Place, Value};
use crate::run::Run;
use raw::{Keys, Raw};
use std::sync::Arc;

/// A question, as the lesson has it.
#[derive(Clone, Debug)]
pub struct Question {
    /// Stands for it in progress; unique in its lesson.
    pub id: String,
    /// The line on which its block begins.
    pub line: usize,
    /// What is asked.
    pub prompt: Template,
    /// Help that does not give the answer away.
    pub hint: Template,
    /// Why the right answer is right.
    pub explain: Template,
    kind: Arc<dyn Kind>,
}

/// What sets one kind of question apart from the others.
trait Kind: std::fmt::Debug + Send + Sync {
    /// What a person is given to answer with, in this run. `seed` decides every random order.
    fn ask(&self, run: &Run, seed: u64) -> Result<AskedForm, LessonError>;
}

/// The most options of a question.
const MAX_OPTIONS: usize = 100;

/// A kind's name, the keys its block may hold besides those of every question, and its reader.
type KindRow =
    (&'static str, &'static [&'static str], fn(&Keys<'_>) -> Result<Arc<dyn Kind>, LessonError>);

const KINDS: &[KindRow] = &[
    ("choice", &["answer", "option", "limit"], choice::read),
    ("order", &["items"], order::read),
    ("byte", &["answer"], octets::read),
    ("value", &["answer", "option", "unit"], typed::read),
];

/// A question about one run: everything that is needed to show and to grade it.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// What is asked.
    pub prompt: String,
    /// Help that does not give the answer away.
    pub hint: String,
    /// Why the right answer is right.
    pub explain: String,
    /// What a person is given to answer with.
    pub form: AskedForm,
}

/// What a person is given to answer with.
#[derive(Clone, Debug, PartialEq)]
pub enum AskedForm {
    /// Options, of which one is right.
    Choice(Vec<AskedOption>),
    /// Labels in the order they are shown in, and the positions among them in the right order.
    Order {
        /// The labels, in the order shown.
        shown: Vec<String>,
        /// Positions in `shown`, in the right order.
        right: Vec<usize>,
    },
    /// Octets to be selected in the lab: any that lie in this place.
    Byte {
        /// Where they are.
        target: Place,
        /// Their hexadecimal form.
        hex: String,
    },
    /// A value to be typed.
    Typed {
        /// The right one.
        right: Value,
        /// What stands behind the number: `ms`; empty for nothing.
        unit: String,
        /// Known mistakes, each with why it is one.
        mistakes: Vec<(Value, String)>,
    },
}

/// An option of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedOption {
    /// What it says.
    pub text: String,
    /// Whether it is the right one.
    pub right: bool,
    /// Why it is right or wrong; empty where the question's explanation must do.
    pub why: String,
}

/// What a person answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Position of the chosen option.
    Choice(usize),
    /// Positions of the shown labels, in the order the person put them.
    Order(Vec<usize>),
    /// The octets the person selected.
    Byte(Place),
    /// What the person typed.
    Typed(String),
}

/// A graded answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it was right.
    pub right: bool,
    /// For a right answer why it is; for a wrong one what is wrong with it.
    pub explanation: String,
    /// The right answer.
    pub expected: String,
}

impl Question {
    /// Reads a question's block.
    ///
    /// # Errors
    /// Everything wrong with it that can be told without a run.
    pub(super) fn parse(part: Part<'_>) -> Result<Question, Vec<LessonError>> {
        let raw: Raw = part.toml().map_err(|error| vec![error])?;
        let keys = Keys::new(part, raw);
        Question::read(&keys).map_err(|error| vec![error])
    }

    fn read(keys: &Keys<'_>) -> Result<Question, LessonError> {
        let raw = &keys.raw;
        let Some((_, allowed, read)) = KINDS.iter().find(|row| row.0 == raw.kind.get_ref()) else {
            let known: Vec<&str> = KINDS.iter().map(|row| row.0).collect();
            let what = format!("no kind of question called `{}`", raw.kind.get_ref());
            let trouble = Trouble::new(what, format!("use one of: {}", known.join(", ")));
            return Err(keys.at(&raw.kind, trouble));
        };
        keys.allow_only(allowed)?;
        if let Some(option) = raw.option.iter().flatten().nth(MAX_OPTIONS) {
            let fix = format!("keep {MAX_OPTIONS} at most");
            return Err(keys.at(option, Trouble::new("too many options", fix)));
        }
        if !is_id(raw.id.get_ref()) {
            let what = format!("the id `{}`", raw.id.get_ref());
            let trouble = Trouble::new(what, "use lower-case letters, digits and hyphens");
            return Err(keys.at(&raw.id, trouble));
        }
        Ok(Question {
            id: raw.id.get_ref().clone(),
            line: keys.part.line,
            prompt: keys.template(&raw.prompt)?,
            hint: keys.template(&raw.hint)?,
            explain: keys.template(&raw.explain)?,
            kind: read(keys)?,
        })
    }

    /// The question about `run`. The same run asks the same question, in the same order.
    ///
    /// # Errors
    /// What the run does not have, or a question without exactly one right answer.
    pub fn ask(&self, run: &Run) -> Result<Asked, LessonError> {
        let seed = shuffle::seed(&self.id, run.scenario().seed);
        Ok(Asked {
            prompt: self.prompt.fill(run)?,
            hint: self.hint.fill(run)?,
            explain: self.explain.fill(run)?,
            form: self.kind.ask(run, seed)?,
        })
    }

    /// Grades `answer` to this question about `run`.
    ///
    /// # Errors
    /// As [`Question::ask`].
    pub fn grade(&self, run: &Run, answer: &Answer) -> Result<Verdict, LessonError> {
        Ok(self.ask(run)?.grade(run, answer))
    }
}

impl Asked {
    /// All that is shown of it as Markdown.
    pub(super) fn texts(&self) -> Vec<&str> {
        let whys: Vec<&str> = match &self.form {
            AskedForm::Choice(options) => options.iter().map(|option| &*option.why).collect(),
            AskedForm::Typed { mistakes, .. } => mistakes.iter().map(|(_, why)| &**why).collect(),
            AskedForm::Order { .. } | AskedForm::Byte { .. } => Vec::new(),
        };
        [&*self.prompt, &self.hint, &self.explain].into_iter().chain(whys).collect()
    }

    /// The right answer.
    pub fn expected(&self) -> String {
        match &self.form {
            AskedForm::Choice(options) => choice::expected(options),
            AskedForm::Order { shown, right } => order::expected(shown, right),
            AskedForm::Byte { hex, .. } => hex.clone(),
            AskedForm::Typed { right, unit, .. } => typed::expected(right, unit),
        }
    }

    /// Grades an answer. `run`, the one that was asked about, lends names to what was selected.
    pub fn grade(&self, run: &Run, answer: &Answer) -> Verdict {
        let (right, said) = match (&self.form, answer) {
            (AskedForm::Choice(options), Answer::Choice(chosen)) => choice::grade(options, *chosen),
            (AskedForm::Order { shown, right }, Answer::Order(order)) => {
                order::grade(shown, right, order)
            }
            (AskedForm::Byte { target, .. }, Answer::Byte(place)) => {
                octets::grade(run, target, place)
            }
            (AskedForm::Typed { right, unit, mistakes }, Answer::Typed(text)) => {
                typed::grade(right, unit, mistakes, text)
            }
            _ => (false, String::new()),
        };
        let explanation = match (right, said.is_empty()) {
            (true, true) => self.explain.clone(),
            (true, false) => format!("{said} {}", self.explain),
            (false, true) => self.hint.clone(),
            (false, false) => said,
        };
        Verdict { right, explanation, expected: self.expected() }
    }
}
