//! Steps to be put in order. The run says which order is right.

use super::{Answer, Form, Grade, HINT_AND_EXPLAIN, Kind, Posed, Task};
use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::path::Segment;
use crate::lesson::resolve::step_called;
use crate::lesson::table::{At, Keys};
use crate::run::Run;
use crate::shuffle::shuffle;
use std::sync::Arc;

/// The kind.
pub const KIND: Kind = Kind { name: "order", keys: &["items"], needs: HINT_AND_EXPLAIN, read };

#[derive(Debug)]
struct Order {
    file: String,
    items: Vec<At<Vec<Segment>>>,
}

/// The steps of one run.
#[derive(Debug)]
struct Steps {
    /// Their labels, in the order shown.
    shown: Vec<String>,
    /// Positions among them, in the right order.
    right: Vec<usize>,
}

fn read(keys: &Keys<'_>) -> Result<Arc<dyn Task>, LessonError> {
    let fix = "name at least three steps under `items`";
    let items = match keys.texts("items")? {
        none if none.is_empty() => return Err(keys.wrong(Trouble::new("no `items`", fix))),
        few if few.len() < 3 => {
            return Err(Trouble::new("too few items", fix).at(keys.file, few[0].line));
        }
        items => items,
    };
    let item = |At { line, is }: &At<&str>| {
        let name = Segment::parse_all(is).map_err(|trouble| trouble.at(keys.file, *line))?;
        Ok(At { line: *line, is: name })
    };
    let items = items.iter().map(item).collect::<Result<_, _>>()?;
    Ok(Arc::new(Order { file: keys.file.to_owned(), items }))
}

impl Task for Order {
    fn is_computed(&self) -> bool {
        true
    }

    fn ask(&self, run: &Run, seed: u64) -> Result<Arc<dyn Posed>, LessonError> {
        let mut steps: Vec<(usize, String)> = Vec::new();
        for At { line, is } in &self.items {
            let step = step_called(run, is).map_err(|trouble| trouble.at(&self.file, *line))?;
            if steps.iter().any(|(index, _)| *index == step.index) {
                let what = format!("{} from the {} occurs twice", step.title, step.from.name());
                let fix = "name each step once, with client. or server. where both send it";
                return Err(Trouble::new(what, fix).at(&self.file, *line));
            }
            let (from, to) = (step.from.name(), step.from.peer().name());
            steps.push((step.index, format!("{} ({from} → {to})", step.title)));
        }
        shuffle(&mut steps, seed);
        if steps.is_sorted() {
            steps.rotate_left(1);
        }
        let mut right: Vec<usize> = (0..steps.len()).collect();
        right.sort_by_key(|&position| steps[position].0);
        let shown = steps.into_iter().map(|(_, label)| label).collect();
        Ok(Arc::new(Steps { shown, right }))
    }
}

impl Posed for Steps {
    fn form(&self) -> Form {
        Form::Order(self.shown.clone())
    }

    fn expected(&self) -> String {
        let labels = self.right.iter().filter_map(|&at| self.shown.get(at));
        labels.map(String::as_str).collect::<Vec<_>>().join(", then ")
    }

    fn grade(&self, _: &Run, answer: &Answer) -> Grade {
        let Answer::Positions(order) = answer else { return Grade::wrong("") };
        if *order == self.right {
            return Grade::right();
        }
        let label = |at: usize| {
            order.get(at).and_then(|&position| self.shown.get(position)).map_or("", String::as_str)
        };
        let differs = order.iter().zip(&self.right).position(|(given, right)| given != right);
        Grade::wrong(&match differs {
            None => String::new(),
            Some(0) => format!("{} does not come first.", label(0)),
            Some(at) => {
                format!("Right as far as {}; but {} does not come next.", label(at - 1), label(at))
            }
        })
    }

    fn samples(&self) -> Vec<Answer> {
        let shown = (0..self.shown.len()).collect();
        vec![Answer::Positions(self.right.clone()), Answer::Positions(shown)]
    }

    fn may_be_said(&self) -> bool {
        true
    }
}
