//! To be said aloud. The person compares with a good answer and ticks the points that they made.

use super::{Answer, Form, Grade, Kind, Posed, Task};
use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::html::Html;
use crate::lesson::prose::Prose;
use crate::lesson::table::Keys;
use crate::run::Run;
use std::sync::Arc;

/// The kind.
pub const KIND: Kind = Kind { name: "say", keys: &["points", "answer"], needs: &[], read };

#[derive(Debug)]
struct Say {
    file: String,
    points: Vec<Prose>,
    answer: Prose,
}

/// The same about one run.
#[derive(Debug)]
struct Speech {
    points: Vec<Html>,
    answer: Html,
}

fn read(keys: &Keys<'_>) -> Result<Arc<dyn Task>, LessonError> {
    let points = keys.proses("points")?;
    if points.is_empty() {
        let fix = "list under `points` what a strong answer has";
        return Err(keys.wrong(Trouble::new("no `points`", fix)));
    }
    Ok(Arc::new(Say { file: keys.file.to_owned(), points, answer: keys.prose("answer")? }))
}

impl Task for Say {
    fn is_computed(&self) -> bool {
        false
    }

    fn ask(&self, run: &Run, _: u64) -> Result<Arc<dyn Posed>, LessonError> {
        let points = self.points.iter().map(|point| point.fill(run, &self.file));
        Ok(Arc::new(Speech {
            points: points.collect::<Result<_, _>>()?,
            answer: self.answer.fill(run, &self.file)?,
        }))
    }
}

impl Posed for Speech {
    fn form(&self) -> Form {
        Form::Said { points: self.points.clone(), answer: self.answer.clone() }
    }

    fn expected(&self) -> String {
        String::new()
    }

    fn grade(&self, _: &Run, answer: &Answer) -> Grade {
        let Answer::Positions(said) = answer else { return Grade::wrong("") };
        let missing = |at: &usize| !said.contains(at);
        let Some(first) = (0..self.points.len()).find(missing) else { return Grade::right() };
        let made = self.points.len() - (0..self.points.len()).filter(missing).count();
        let words =
            format!("{made} of {} points. Say it again, with this as well:", self.points.len());
        let point = self.points.get(first).cloned().unwrap_or_default();
        Grade { right: false, said: Html::words(&words).then(&point) }
    }

    fn samples(&self) -> Vec<Answer> {
        let all: Vec<usize> = (0..self.points.len()).collect();
        // Each point alone left out.
        let without = all.iter().map(|out| all.iter().copied().filter(|at| at != out).collect());
        std::iter::once(all.clone()).chain(without).map(Answer::Positions).collect()
    }

    fn may_be_said(&self) -> bool {
        true
    }
}
