//! Steps to be put in order. The run says which order is right.

use super::raw::Keys;
use super::shuffle::shuffle;
use super::{AskedForm, Kind};
use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::path::Segment;
use crate::lesson::resolve::step_called;
use crate::run::Run;
use std::sync::Arc;

#[derive(Debug)]
struct Order {
    file: String,
    items: Vec<(Vec<Segment>, usize)>,
}

pub fn read(keys: &Keys<'_>) -> Result<Arc<dyn Kind>, LessonError> {
    let fix = "name at least three steps under `items`";
    let items = match &keys.raw.items {
        Some(items) if items.get_ref().len() >= 3 => items.get_ref(),
        Some(items) => return Err(keys.at(items, Trouble::new("too few items", fix))),
        None => return Err(keys.at_block(Trouble::new("no items", fix))),
    };
    let item = |item: &toml::Spanned<String>| {
        Segment::parse_all(item.get_ref())
            .map(|name| (name, keys.part.line_at(item.span().start)))
            .map_err(|trouble| keys.at(item, trouble))
    };
    let items = items.iter().map(item).collect::<Result<_, _>>()?;
    Ok(Arc::new(Order { file: keys.part.file.to_owned(), items }))
}

impl Kind for Order {
    fn ask(&self, run: &Run, seed: u64) -> Result<AskedForm, LessonError> {
        let mut steps: Vec<(usize, String)> = Vec::new();
        for (name, line) in &self.items {
            let step = step_called(run, name).map_err(|trouble| trouble.at(&self.file, *line))?;
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
        Ok(AskedForm::Order { shown, right })
    }
}

pub fn expected(shown: &[String], right: &[usize]) -> String {
    let labels: Vec<&str> =
        right.iter().filter_map(|&i| shown.get(i)).map(String::as_str).collect();
    labels.join(", then ")
}

pub fn grade(shown: &[String], right: &[usize], order: &[usize]) -> (bool, String) {
    if order == right {
        return (true, String::new());
    }
    let wrong = order.iter().zip(right).position(|(given, right)| given != right);
    let label = |at: usize| order.get(at).and_then(|&i| shown.get(i)).map_or("", String::as_str);
    let said = match wrong {
        None => String::new(),
        Some(0) => format!("{} does not come first.", label(0)),
        Some(at) => {
            format!("Right as far as {}; but {} does not come next.", label(at - 1), label(at))
        }
    };
    (false, said)
}
