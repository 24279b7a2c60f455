//! Lines to be matched with what belongs to each: values of the run, or texts.

use super::offered::{Offered, twice};
use super::{Answer, Form, Grade, HINT_AND_EXPLAIN, Kind, Posed, Task};
use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::html::Html;
use crate::lesson::prose::Prose;
use crate::lesson::table::{At, Keys};
use crate::lesson::template::Template;
use crate::run::Run;
use crate::shuffle::shuffle;
use std::sync::Arc;

/// The kind.
pub const KIND: Kind =
    Kind { name: "match", keys: &["pair", "others"], needs: HINT_AND_EXPLAIN, read };

/// The most lines: more than a person can match at once.
const MAX_PAIRS: usize = 12;

#[derive(Debug)]
struct Match {
    file: String,
    line: usize,
    pairs: Vec<Pair>,
    /// What belongs to no line.
    others: Vec<Template>,
}

#[derive(Debug)]
struct Pair {
    line: usize,
    item: Template,
    belongs: Offered,
    why: Option<Prose>,
}

/// The lines about one run.
#[derive(Debug)]
struct Lines {
    lines: Vec<Line>,
    /// What there is to choose from, each once.
    choices: Vec<String>,
}

#[derive(Debug)]
struct Line {
    item: String,
    /// Position of what belongs to it.
    right: usize,
    /// Why that belongs to it, or a hint at it; may be empty.
    why: Html,
}

fn read(keys: &Keys<'_>) -> Result<Arc<dyn Task>, LessonError> {
    let pair = |pair: &Keys<'_>| {
        pair.allow_only("a pair", &["item", "from", "text", "why"])?;
        let Some(belongs) = Offered::read(pair)? else {
            let fix = "say what belongs to it: a `text` or, `from` the run, a path";
            return Err(pair.wrong(Trouble::new("half a pair", fix)));
        };
        let item =
            pair.need("item", pair.template("item"), "say what it is that something belongs to")?;
        let why = pair.maybe_prose("why")?;
        Ok(Pair { line: pair.line(), item, belongs, why })
    };
    let pairs = keys.tables("pair", MAX_PAIRS)?;
    if pairs.len() < 2 {
        let fix = "write at least two, each as [[pair]]";
        return Err(keys.wrong(Trouble::new("too few pairs", fix)));
    }
    let other = |text: &At<&str>| Template::parse(text.is, keys.file, text.line);
    Ok(Arc::new(Match {
        file: keys.file.to_owned(),
        line: keys.line(),
        pairs: pairs.iter().map(pair).collect::<Result<_, _>>()?,
        others: keys.texts("others")?.iter().map(other).collect::<Result<_, _>>()?,
    }))
}

impl Task for Match {
    fn is_computed(&self) -> bool {
        self.pairs.iter().any(|pair| pair.belongs.is_computed())
    }

    fn ask(&self, run: &Run, seed: u64) -> Result<Arc<dyn Posed>, LessonError> {
        let (mut lines, mut choices) = (Vec::<Line>::new(), Vec::<String>::new());
        for pair in &self.pairs {
            let item = pair.item.fill(run, &self.file)?;
            if lines.iter().any(|line| line.item == item) {
                return Err(twice(&format!("the item “{item}”")).at(&self.file, pair.line));
            }
            let belongs = pair.belongs.one(run, &self.file)?;
            // Two lines may have the same value in this run: then it is offered once, for both.
            let known = choices.iter().position(|choice| *choice == belongs);
            let right = known.unwrap_or(choices.len());
            if known.is_none() {
                choices.push(belongs);
            }
            let why =
                pair.why.as_ref().map_or(Ok(Html::default()), |why| why.fill(run, &self.file))?;
            lines.push(Line { item, right, why });
        }
        for other in &self.others {
            let other = other.fill(run, &self.file)?;
            if !choices.contains(&other) {
                choices.push(other);
            }
        }
        if choices.len() < 2 {
            let fix = "match what differs, or add `others` to choose from";
            let trouble = Trouble::new(format!("“{}” belongs to every line", choices[0]), fix);
            return Err(trouble.at(&self.file, self.line));
        }
        // Where each choice goes.
        let mut order: Vec<usize> = (0..choices.len()).collect();
        shuffle(&mut order, seed);
        if order.is_sorted() {
            order.rotate_left(1);
        }
        let place = |choice: usize| order.iter().position(|one| *one == choice).unwrap_or(choice);
        for line in &mut lines {
            line.right = place(line.right);
        }
        let choices = order.iter().map(|choice| choices[*choice].clone()).collect();
        Ok(Arc::new(Lines { lines, choices }))
    }
}

impl Posed for Lines {
    fn form(&self) -> Form {
        let items = self.lines.iter().map(|line| line.item.clone()).collect();
        Form::Match { items, choices: self.choices.clone() }
    }

    fn expected(&self) -> String {
        let line = |line: &Line| {
            let choice = self.choices.get(line.right).map_or("", String::as_str);
            format!("{}: {choice}", line.item)
        };
        self.lines.iter().map(line).collect::<Vec<_>>().join("; ")
    }

    fn grade(&self, _: &Run, answer: &Answer) -> Grade {
        let Answer::Positions(chosen) = answer else { return Grade::wrong("") };
        if chosen.len() != self.lines.len() {
            return Grade::wrong("");
        }
        let is_wrong = |(line, chosen): &(&Line, &usize)| line.right != **chosen;
        let wrong: Vec<_> = self.lines.iter().zip(chosen).filter(is_wrong).collect();
        let Some((first, _)) = wrong.first() else { return Grade::right() };
        let (count, right) = (self.lines.len(), self.lines.len() - wrong.len());
        let said = Html::words(&format!("{right} of {count} are right. Not yet: {}.", first.item));
        Grade { right: false, said: said.then(&first.why) }
    }

    fn samples(&self) -> Vec<Answer> {
        let right: Vec<usize> = self.lines.iter().map(|line| line.right).collect();
        // Each line alone with another choice.
        let wrong = (0..right.len()).map(|at| {
            let mut wrong = right.clone();
            wrong[at] = (wrong[at] + 1) % self.choices.len();
            wrong
        });
        std::iter::once(right.clone()).chain(wrong).map(Answer::Positions).collect()
    }

    fn may_be_said(&self) -> bool {
        true
    }
}
