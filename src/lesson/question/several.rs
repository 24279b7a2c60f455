//! Options of which several are right. Only all of them together are the answer.

use super::offered::twice;
use super::{Answer, Form, Grade, HINT_AND_EXPLAIN, Kind, Posed, Task};
use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::html::Html;
use crate::lesson::prose::Prose;
use crate::lesson::table::Keys;
use crate::lesson::template::Template;
use crate::run::Run;
use crate::shuffle::shuffle;
use std::sync::Arc;

/// The kind.
pub const KIND: Kind = Kind { name: "several", keys: &["option"], needs: HINT_AND_EXPLAIN, read };

/// The most options: more than a person weighs at once.
const MAX_OPTIONS: usize = 12;

#[derive(Debug)]
struct Several {
    file: String,
    line: usize,
    options: Vec<Offer>,
}

#[derive(Debug)]
struct Offer {
    text: Template,
    right: bool,
    /// Why it is right or wrong; may be empty.
    why: Prose,
}

/// The options about one run.
#[derive(Debug)]
struct Options(Vec<Opt>);

#[derive(Debug)]
struct Opt {
    text: String,
    right: bool,
    why: Html,
}

fn read(keys: &Keys<'_>) -> Result<Arc<dyn Task>, LessonError> {
    let offer = |option: &Keys<'_>| {
        option.allow_only("an option of several", &["text", "right", "why"])?;
        let text = option.need("text", option.template("text"), "say what there is to choose")?;
        let (right, why) = (option.flag("right")?, option.maybe_prose("why")?);
        if !right && why.is_none() {
            let fix = "say under `why` why it is wrong";
            return Err(option.wrong(Trouble::new("a wrong option without a reason", fix)));
        }
        Ok(Offer { text, right, why: why.unwrap_or_default() })
    };
    let options = keys.tables("option", MAX_OPTIONS)?;
    let options = options.iter().map(offer).collect::<Result<Vec<_>, _>>()?;
    let right = options.iter().filter(|option| option.right).count();
    if right < 2 || right == options.len() {
        let what = format!("{right} right options of {}", options.len());
        let fix = "mark two or more with right = true, and leave one wrong; for a single one take the kind choice";
        return Err(keys.wrong(Trouble::new(what, fix)));
    }
    Ok(Arc::new(Several { file: keys.file.to_owned(), line: keys.line(), options }))
}

impl Task for Several {
    fn is_computed(&self) -> bool {
        self.options.iter().any(|offer| offer.text.has_values())
    }

    fn ask(&self, run: &Run, seed: u64) -> Result<Arc<dyn Posed>, LessonError> {
        let mut options: Vec<Opt> = Vec::new();
        for offer in &self.options {
            let text = offer.text.fill(run, &self.file)?;
            if options.iter().any(|option| option.text == text) {
                return Err(twice(&format!("the option “{text}”")).at(&self.file, self.line));
            }
            options.push(Opt { text, right: offer.right, why: offer.why.fill(run, &self.file)? });
        }
        shuffle(&mut options, seed);
        Ok(Arc::new(Options(options)))
    }
}

impl Options {
    /// The positions of the right ones.
    fn right(&self) -> Vec<usize> {
        (0..self.0.len()).filter(|at| self.0.get(*at).is_some_and(|option| option.right)).collect()
    }
}

impl Posed for Options {
    fn form(&self) -> Form {
        Form::Several(self.0.iter().map(|option| option.text.clone()).collect())
    }

    fn expected(&self) -> String {
        let right = self.0.iter().filter(|option| option.right);
        right.map(|option| option.text.as_str()).collect::<Vec<_>>().join("; ")
    }

    fn grade(&self, _: &Run, answer: &Answer) -> Grade {
        let Answer::Positions(chosen) = answer else { return Grade::wrong("") };
        let is_wrong = |option: &&Opt| !option.right;
        let chosen_options = || chosen.iter().filter_map(|at| self.0.get(*at));
        if let Some(wrong) = chosen_options().find(is_wrong) {
            let said = Html::words(&format!("Not this one: {}", wrong.text)).then(&wrong.why);
            return Grade { right: false, said };
        }
        let (found, all) = (chosen_options().count(), self.right().len());
        match all.saturating_sub(found) {
            0 => Grade::right(),
            missing => Grade::wrong(&format!(
                "What you chose is right, but {missing} more {} missing.",
                if missing == 1 { "is" } else { "are" }
            )),
        }
    }

    fn samples(&self) -> Vec<Answer> {
        let right = self.right();
        // Each option alone added or left out.
        let other = (0..self.0.len()).map(|at| {
            let mut other: Vec<usize> = right.iter().copied().filter(|one| *one != at).collect();
            if !right.contains(&at) {
                other.push(at);
            }
            other
        });
        std::iter::once(right.clone()).chain(other).map(Answer::Positions).collect()
    }

    fn may_be_said(&self) -> bool {
        true
    }
}
