//! Questions: read from a lesson, asked about a run, graded.
//!
//! A kind of question is one file here, which says all about it, and one row of [`KINDS`]. The page draws
//! a [`Form`]; several kinds may share one. A kind with a form of its own adds it to `Form` and
//! [`Answer`] below, and its view to `src/ui/learn/question/forms.rs`.

mod alike;
mod answered;
mod blanks;
mod byte;
mod choice;
mod label;
mod matching;
mod offered;
mod order;
mod say;
mod schedule;
mod several;
mod step;
mod truth;
mod value;

use super::error::{LessonError, Trouble};
use super::html::Html;
use super::prose::Prose;
use super::skill::difficulty;
use super::table::{At, Keys};
use super::value::Place;
use crate::run::Run;
use crate::shuffle;
use std::fmt::Debug;
use std::sync::Arc;

pub use blanks::{Line, Spot};

/// All kinds of questions.
pub const KINDS: &[&Kind] = &[
    &choice::KIND,
    &several::KIND,
    &truth::KIND,
    &order::KIND,
    &matching::KIND,
    &label::KIND,
    &step::KIND,
    &schedule::KIND,
    &byte::KIND,
    &value::KIND,
    &say::KIND,
];

/// A kind of question.
#[derive(Debug)]
pub struct Kind {
    /// Its name in a lesson.
    pub name: &'static str,
    /// The keys of its block besides those of every question.
    pub keys: &'static [&'static str],
    /// Which of the texts that every question may have it must have.
    needs: &'static [&'static str],
    /// Reads a block.
    read: fn(&Keys<'_>) -> Result<Arc<dyn Task>, LessonError>,
}

/// The keys of every question's block.
const COMMON: [&str; 9] =
    ["id", "formerly", "kind", "skill", "difficulty", "prompt", "shown", "hint", "explain"];

/// The texts that a question needs where its form says nothing of its own.
const HINT_AND_EXPLAIN: &[&str] = &["hint", "explain"];

/// What sets a question apart from others of its lesson, read from its block.
trait Task: Debug + Send + Sync {
    /// What is asked about `run`. `seed` decides every random order.
    ///
    /// # Errors
    /// What the run does not have, or that the question has no sense for it.
    fn ask(&self, run: &Run, seed: u64) -> Result<Arc<dyn Posed>, LessonError>;

    /// Whether the right answer, or an option, is taken from the run.
    fn is_computed(&self) -> bool;
}

/// The same about one run.
trait Posed: Debug + Send + Sync {
    /// What is asked, where that is not what the question's block has.
    fn prompt(&self) -> Option<Html> {
        None
    }

    /// What a person is given to answer with.
    fn form(&self) -> Form;

    /// The right answer, in words; empty where it cannot be written in a line.
    fn expected(&self) -> String;

    /// Grades an answer. `run`, the one that was asked about, lends names to what was selected.
    fn grade(&self, run: &Run, answer: &Answer) -> Grade;

    /// Answers that a check tries: exactly one must be right.
    fn samples(&self) -> Vec<Answer>;

    /// Whether prompt and hint may hold the words of the right answer.
    fn may_be_said(&self) -> bool {
        false
    }
}

/// What a person is given to answer with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Options, one of which is to be chosen; answered by its position.
    Choice(Vec<String>),
    /// Lines to be put in order; answered by their positions in that order.
    Order(Vec<String>),
    /// Lines, to each of which one of the choices belongs; answered by the choice's position for each line.
    Match {
        /// The lines.
        items: Vec<String>,
        /// What there is to choose from.
        choices: Vec<String>,
    },
    /// A ladder or a tree with names to be filled in; answered by the name's position for each blank.
    Blanks {
        /// Between whom the arrows of a ladder go; `None` for a tree.
        ends: Option<[&'static str; 2]>,
        /// Its lines, the blanks among them.
        lines: Vec<Line>,
        /// What there is to choose from.
        choices: Vec<String>,
    },
    /// Bytes to be selected in the lab.
    Bytes,
    /// A line to type in.
    Typed {
        /// What stands behind it: `ms`; empty for nothing.
        unit: String,
    },
    /// Options of which several may be right; answered by the positions of those.
    Several(Vec<String>),
    /// To be said aloud, then held against a good answer; answered by the positions of the points that were
    /// said.
    Said {
        /// What a strong answer has.
        points: Vec<Html>,
        /// Such an answer.
        answer: Html,
    },
}

/// What a person answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Positions in what the form shows.
    Positions(Vec<usize>),
    /// Bytes of the run.
    Bytes(Place),
    /// A text.
    Typed(String),
}

/// What a kind says of an answer.
struct Grade {
    right: bool,
    /// What there is to say about this answer in particular; may be empty.
    said: Html,
}

impl Grade {
    fn right() -> Grade {
        Grade { right: true, said: Html::default() }
    }

    /// A wrong answer, with our own words for what is wrong; empty for none.
    fn wrong(said: &str) -> Grade {
        Grade { right: false, said: Html::words(said) }
    }
}

/// What would answer a question if it stood beside it; each hides what the one before hides, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hidden {
    /// What is told of the step.
    #[default]
    Story,
    /// Everything but the sequence of steps.
    Lab,
    /// The names of the steps as well.
    Names,
}

/// A question, as the lesson has it.
#[derive(Clone, Debug)]
pub struct Question {
    /// Stands for it in progress; unique in its lesson.
    pub id: String,
    /// Its ids of before: see [`Renamed`](super::Renamed).
    pub formerly: Vec<String>,
    /// The line on which its block begins.
    pub line: usize,
    /// What is asked.
    pub prompt: Prose,
    /// What it is asked about, where that is no part of the lab; may be empty.
    pub shown: Prose,
    /// Help that does not give the answer away; may be empty.
    pub hint: Prose,
    /// Why the right answer is right; may be empty.
    pub explain: Prose,
    /// Its kind.
    pub kind: &'static Kind,
    /// The id of the skill that it practises, if its author says which.
    pub skill: Option<At<String>>,
    /// How hard it is: one of [`DIFFICULTIES`](super::DIFFICULTIES).
    pub difficulty: u8,
    /// The file it is in, as errors name it.
    file: String,
    task: Arc<dyn Task>,
}

/// A question about one run: everything that is needed to show and to grade it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What is asked.
    pub prompt: Html,
    /// What it is asked about, where that is no part of the lab; may be empty.
    pub shown: Html,
    /// Help that does not give the answer away.
    pub hint: Html,
    /// Why the right answer is right.
    pub explain: Html,
    posed: Arc<dyn Posed>,
}

/// A graded answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it was right.
    pub right: bool,
    /// For a right answer why it is; for a wrong one what is wrong with it.
    pub explanation: Html,
    /// The right answer.
    pub expected: String,
}

impl Verdict {
    /// What is wrong with a wrong answer, and then why the right one is right, which `explain` says.
    pub fn reasons(&self, explain: &Html) -> Html {
        if self.right { self.explanation.clone() } else { self.explanation.then(explain) }
    }
}

impl Question {
    /// Whether it is answered with bytes of the lab.
    pub fn wants_bytes(&self) -> bool {
        self.kind.name == byte::KIND.name
    }

    /// Whether things are to be put in order.
    pub fn is_ordering(&self) -> bool {
        self.kind.name == order::KIND.name
    }

    /// Whether it is answered aloud, so that the person alone can judge.
    pub fn is_spoken(&self) -> bool {
        self.kind.name == say::KIND.name
    }

    /// The id of the skill that it practises.
    pub fn skill_id(&self) -> Option<&str> {
        self.skill.as_ref().map(|skill| skill.is.as_str())
    }

    /// What is not to be seen of the run while it is open.
    pub fn hides(&self) -> Hidden {
        let hides = [(label::KIND.name, Hidden::Names), (schedule::KIND.name, Hidden::Lab)];
        let found = hides.into_iter().find(|(kind, _)| *kind == self.kind.name);
        found.map_or(Hidden::Story, |(_, hidden)| hidden)
    }

    /// Whether its right answer, or one of its options, is taken from the run.
    pub fn is_computed(&self) -> bool {
        self.task.is_computed()
    }

    /// Reads a question's block.
    ///
    /// # Errors
    /// What is wrong with it that can be told without a run.
    pub(super) fn read(keys: &Keys<'_>) -> Result<Question, LessonError> {
        let fix = format!("write `kind` as one of: {}", names().join(", "));
        let kind = keys.need("kind", keys.parsed("kind", find), &fix)?.is;
        let whole = format!("a question of kind {}", kind.name);
        keys.allow_only(&whole, &[&COMMON, kind.keys].concat())?;
        let text = |name| {
            if kind.needs.contains(&name) {
                keys.prose(name)
            } else {
                Ok(keys.maybe_prose(name)?.unwrap_or_default())
            }
        };
        let skill = keys.text("skill")?;
        Ok(Question {
            id: keys.id()?,
            formerly: keys.lines("formerly")?,
            line: keys.line(),
            prompt: keys.prose("prompt")?,
            shown: text("shown")?,
            hint: text("hint")?,
            explain: text("explain")?,
            kind,
            skill: skill.map(|At { line, is }| At { line, is: is.to_owned() }),
            difficulty: difficulty(keys)?,
            file: keys.file.to_owned(),
            task: (kind.read)(keys)?,
        })
    }

    /// The question about `run`. The same run asks the same question, in the same order.
    ///
    /// # Errors
    /// What the run does not have, or a question without exactly one right answer.
    pub fn ask(&self, run: &Run) -> Result<Asked, LessonError> {
        let seed = shuffle::seed(&self.id, run.scenario().seed);
        let (prompt, posed) = (self.prompt.fill(run, &self.file)?, self.task.ask(run, seed)?);
        Ok(Asked {
            prompt: posed.prompt().unwrap_or(prompt),
            shown: self.shown.fill(run, &self.file)?,
            hint: self.hint.fill(run, &self.file)?,
            explain: self.explain.fill(run, &self.file)?,
            posed,
        })
    }
}

fn names() -> Vec<&'static str> {
    KINDS.iter().map(|kind| kind.name).collect()
}

/// The kind called `name`.
fn find(name: &str) -> Result<&'static Kind, Trouble> {
    KINDS.iter().copied().find(|kind| kind.name == name).ok_or_else(|| {
        let what = format!("no kind of question called `{name}`");
        Trouble::new(what, format!("use one of: {}", names().join(", ")))
    })
}

impl Asked {
    /// What a person is given to answer with.
    pub fn form(&self) -> Form {
        self.posed.form()
    }

    /// The right answer; empty where it cannot be written in a line.
    pub fn expected(&self) -> String {
        self.posed.expected()
    }

    /// The same, a line for each of its parts; none where it is empty.
    pub fn expected_lines(&self) -> Vec<String> {
        let expected = self.expected();
        match self.form() {
            _ if expected.is_empty() => Vec::new(),
            Form::Match { .. } | Form::Blanks { .. } | Form::Several(_) => {
                expected.split("; ").map(str::to_owned).collect()
            }
            _ => vec![expected],
        }
    }

    /// Grades an answer. `run` is the one that was asked about.
    pub fn grade(&self, run: &Run, answer: &Answer) -> Verdict {
        let Grade { right, said } = self.posed.grade(run, answer);
        let explanation = match (right, said.is_empty()) {
            (true, true) => self.explain.clone(),
            (true, false) => said.then(&self.explain),
            (false, true) => self.hint.clone(),
            (false, false) => said,
        };
        Verdict { right, explanation, expected: self.expected() }
    }

    /// The places of a right answer: of the right options, of lines in their order, or of what belongs to each line.
    /// None where it is of another form.
    pub fn right_places(&self, run: &Run) -> Vec<usize> {
        let right = |answer: &Answer| self.posed.grade(run, answer).right;
        match self.posed.samples().into_iter().find(right) {
            Some(Answer::Positions(places)) => places,
            _ => Vec::new(),
        }
    }

    /// Answers, of which one is right.
    #[cfg(test)]
    pub(super) fn samples(&self) -> Vec<Answer> {
        self.posed.samples()
    }

    /// What does not hold for a question about `run`: it must have one right answer, which grading accepts,
    /// its prompt and hint must not say it, nor its options show it.
    pub(super) fn trouble(&self, run: &Run) -> Option<Trouble> {
        let samples = self.posed.samples();
        let right = samples.iter().filter(|answer| self.posed.grade(run, answer).right).count();
        if right != 1 {
            return Some(Trouble::new(
                format!("{right} right answers"),
                "make exactly one answer right",
            ));
        }
        let options = match self.form() {
            Form::Choice(options) | Form::Several(options) => {
                alike::trouble(&options, &self.right_places(run))
            }
            Form::Match { choices, .. } => alike::trouble(&choices, &[]),
            _ => None,
        };
        if options.is_some() {
            return options;
        }
        let expected = self.expected();
        let says = |text: &Html| expected.len() > 2 && text.shows(&expected);
        (!self.posed.may_be_said() && (says(&self.prompt) || says(&self.hint))).then(|| {
            let what = format!("the prompt or the hint says “{expected}”");
            Trouble::new(what, "ask without saying the answer")
        })
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
