//! A step to be found among all steps of the run, by its name or by what holds of it in this run.

use super::{Answer, Form, Grade, HINT_AND_EXPLAIN, Kind, Posed, Task};
use crate::dissect::Epoch;
use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::html::Html;
use crate::lesson::path::Segment;
use crate::lesson::prose::Prose;
use crate::lesson::resolve::step_called;
use crate::lesson::table::{At, Keys};
use crate::run::Run;
use crate::story::{Step, Subject, Told};
use std::sync::Arc;

/// The kind.
pub const KIND: Kind =
    Kind { name: "step", keys: &["answer", "which", "option"], needs: HINT_AND_EXPLAIN, read };

/// The most steps that a list is read through.
const MOST: usize = 30;

/// The most known mistakes.
const MAX_MISTAKES: usize = 30;

/// What can hold of one step of a run, by the names that lessons use.
const RULES: &[(&str, Rule)] = &[
    ("first-encrypted", |run| run.story().steps.iter().position(|step| step.epoch != Epoch::Plain)),
    ("largest", |run| {
        let mut sizes: Vec<(usize, usize)> =
            run.story().steps.iter().map(|step| (size(run, step), step.index)).collect();
        sizes.sort_unstable();
        match sizes.as_slice() {
            // Of two that are as large neither is the largest.
            [.., (second, _), (most, at)] if second < most => Some(*at),
            _ => None,
        }
    }),
    ("noticed", |run| run.story().noticed_at),
];

type Rule = fn(&Run) -> Option<usize>;

/// How many bytes its message has; none for a packet.
fn size(run: &Run, step: &Step) -> usize {
    match step.subject {
        Subject::Message(at) => {
            run.dissection().messages.get(at).map_or(0, |message| message.bytes.len())
        }
        Subject::Packet(_) => 0,
    }
}

#[derive(Debug)]
struct Find {
    file: String,
    line: usize,
    wanted: Wanted,
    mistakes: Vec<(At<Vec<Segment>>, Prose)>,
}

#[derive(Debug)]
enum Wanted {
    /// The step of this name.
    Called(At<Vec<Segment>>),
    /// The one of which this holds.
    Which(At<&'static (&'static str, Rule)>),
}

/// The steps of one run.
#[derive(Debug)]
struct Steps {
    shown: Vec<String>,
    right: usize,
    /// Known mistakes, each with why it is one.
    mistakes: Vec<(usize, Html)>,
}

fn read(keys: &Keys<'_>) -> Result<Arc<dyn Task>, LessonError> {
    let which = keys.parsed("which", |text| {
        RULES.iter().find(|(name, _)| *name == text).ok_or_else(|| {
            let names: Vec<&str> = RULES.iter().map(|(name, _)| *name).collect();
            let fix = format!("use one of: {}", names.join(", "));
            Trouble::new(format!("no step is called `{text}` by what holds of it"), fix)
        })
    });
    let wanted = match (keys.segments("answer")?, which?) {
        (Some(name), None) => Wanted::Called(name),
        (None, Some(rule)) => Wanted::Which(rule),
        (one, _) => {
            let what = if one.is_some() { "both `answer` and `which`" } else { "no `answer`" };
            let fix = "name the step under `answer`, or say under `which` what holds of it";
            return Err(keys.wrong(Trouble::new(what, fix)));
        }
    };
    let mistake = |option: &Keys<'_>| {
        option.allow_only("a known mistake", &["step", "why"])?;
        match (option.segments("step")?, option.maybe_prose("why")?) {
            (Some(step), Some(why)) => Ok((step, why)),
            _ => {
                let fix = "give it `step`, the name of the wrong step, and `why`";
                Err(option.wrong(Trouble::new("not a known mistake", fix)))
            }
        }
    };
    let mistakes = keys.tables("option", MAX_MISTAKES)?;
    let mistakes = mistakes.iter().map(mistake).collect::<Result<_, _>>()?;
    Ok(Arc::new(Find { file: keys.file.to_owned(), line: keys.line(), wanted, mistakes }))
}

impl Find {
    fn place(&self, run: &Run, name: &At<Vec<Segment>>) -> Result<usize, LessonError> {
        let step = step_called(run, &name.is);
        Ok(step.map_err(|trouble| trouble.at(&self.file, name.line))?.index)
    }
}

impl Task for Find {
    fn is_computed(&self) -> bool {
        true
    }

    fn ask(&self, run: &Run, _: u64) -> Result<Arc<dyn Posed>, LessonError> {
        let steps = &run.story().steps;
        if steps.len() > MOST {
            let fix = format!("ask about a run of {MOST} steps at most");
            let trouble = Trouble::new(format!("{} steps to choose from", steps.len()), fix);
            return Err(trouble.at(&self.file, self.line));
        }
        let right = match &self.wanted {
            Wanted::Called(name) => self.place(run, name)?,
            Wanted::Which(At { line, is: (name, rule) }) => rule(run).ok_or_else(|| {
                let what = format!("a run without one step that is `{name}`");
                Trouble::new(what, "choose another scenario, or name the step under `answer`")
                    .at(&self.file, *line)
            })?,
        };
        let mut mistakes = Vec::new();
        for (name, why) in &self.mistakes {
            let at = self.place(run, name)?;
            // A mistake that happens to be right in this run is none.
            if at != right {
                mistakes.push((at, why.fill(run, &self.file)?));
            }
        }
        let label = |step: &Step| {
            let [from, to] = [step.from, step.from.peer()].map(|end| run.name(end));
            format!("{}. {} ({from} → {to})", step.index + 1, step.title)
        };
        Ok(Arc::new(Steps { shown: steps.iter().map(label).collect(), right, mistakes }))
    }
}

impl Posed for Steps {
    fn form(&self) -> Form {
        Form::Choice(self.shown.clone())
    }

    fn expected(&self) -> String {
        self.shown.get(self.right).cloned().unwrap_or_default()
    }

    fn grade(&self, run: &Run, answer: &Answer) -> Grade {
        let chosen = match answer {
            Answer::Positions(chosen) => match chosen.as_slice() {
                [one] => Some(*one),
                _ => None,
            },
            _ => None,
        };
        let Some(told) = chosen.and_then(|at| run.told_at(at)) else {
            return Grade::wrong("");
        };
        let step = told.step;
        if step.index == self.right {
            return Grade::right();
        }
        let known = self.mistakes.iter().find(|(at, _)| *at == step.index);
        let said = known.map_or_else(|| about(told), |(_, why)| why.clone());
        Grade { right: false, said }
    }

    fn samples(&self) -> Vec<Answer> {
        (0..self.shown.len()).map(|at| Answer::Positions(vec![at])).collect()
    }
}

/// What a step is, in the first sentence that is told of it.
fn about(Told { step, words }: Told<'_>) -> Html {
    let what = words.what.replace("**", "");
    let sentence = what.split_once(". ").map_or(what.as_str(), |(first, _)| first);
    Html::words(&format!("You chose {}. {}.", step.title, sentence.trim_end_matches('.')))
}
