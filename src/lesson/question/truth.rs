//! A statement that is true or false. It may have another that is the opposite: then the run's seed says which of the
//! two is made.

use super::{Answer, Form, Grade, Kind, Posed, Task};
use crate::lesson::error::LessonError;
use crate::lesson::html::Html;
use crate::lesson::prose::Prose;
use crate::lesson::table::Keys;
use crate::run::Run;
use crate::shuffle::shuffle;
use std::sync::Arc;

/// The kind.
pub const KIND: Kind =
    Kind { name: "truth", keys: &["right", "why", "other"], needs: &["explain"], read };

/// What there is to choose from.
const OPTIONS: [(&str, bool); 2] = [("True", true), ("False", false)];

#[derive(Debug)]
struct Truth {
    file: String,
    right: bool,
    /// Why the other choice is wrong; may be empty.
    why: Prose,
    other: Option<Other>,
}

/// A statement that is true where the question's own is false, or the other way round.
#[derive(Debug)]
struct Other {
    prompt: Prose,
    why: Prose,
}

/// The same about one run.
#[derive(Debug)]
struct Statement {
    /// In place of the question's own.
    prompt: Option<Html>,
    right: bool,
    why: Html,
}

fn read(keys: &Keys<'_>) -> Result<Arc<dyn Task>, LessonError> {
    let fix = "say whether the statement is true, as right = true or right = false";
    let right = keys.need("right", keys.maybe_flag("right"), fix)?;
    let why = keys.maybe_prose("why")?.unwrap_or_default();
    let other = |other: Keys<'_>| {
        other.allow_only("the other statement", &["prompt", "why"])?;
        Ok(Other { prompt: other.prose("prompt")?, why: other.prose("why")? })
    };
    let other = keys.maybe_table("other")?.map(other).transpose()?;
    Ok(Arc::new(Truth { file: keys.file.to_owned(), right, why, other }))
}

impl Task for Truth {
    fn is_computed(&self) -> bool {
        false
    }

    fn ask(&self, run: &Run, seed: u64) -> Result<Arc<dyn Posed>, LessonError> {
        let why = self.why.fill(run, &self.file)?;
        // All are made, so that what is wrong with one of them is found whatever the seed.
        let mut statements = vec![Statement { prompt: None, right: self.right, why }];
        if let Some(Other { prompt, why }) = &self.other {
            let (prompt, why) = (prompt.fill(run, &self.file)?, why.fill(run, &self.file)?);
            statements.push(Statement { prompt: Some(prompt), right: !self.right, why });
        }
        shuffle(&mut statements, seed);
        Ok(Arc::new(statements.swap_remove(0)))
    }
}

impl Posed for Statement {
    fn prompt(&self) -> Option<Html> {
        self.prompt.clone()
    }

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

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::KIND;
    use crate::lesson::asked_in_course;

    /// With how many seeds the statements are made.
    const SEEDS: u64 = 20;

    #[test]
    fn about_as_many_statements_are_true_as_false() {
        let (mut made, mut right) = (0, 0);
        asked_in_course(KIND.name, SEEDS, |question, run| {
            made += 1;
            right += usize::from(question.ask(run).unwrap().expected() == "True");
        });
        let share = right * 100 / made;
        assert!((40..=60).contains(&share), "{share} % of {made} statements are true");
    }
}
