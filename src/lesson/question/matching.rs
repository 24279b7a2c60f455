//! Lines to be matched with what belongs to each: values of the run, or texts.

use super::blanks::Blanks;
use super::offered::Offered;
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
    blanks: Blanks,
    /// Of each line why that belongs to it, or a hint at it; may be empty.
    whys: Vec<Html>,
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
        let (mut blanks, mut whys) = (Blanks::default(), Vec::new());
        for pair in &self.pairs {
            let (item, belongs) =
                (pair.item.fill(run, &self.file)?, pair.belongs.one(run, &self.file)?);
            blanks.add(item, belongs).map_err(|trouble| trouble.at(&self.file, pair.line))?;
            let why = pair.why.as_ref().map(|why| why.fill(run, &self.file)).transpose()?;
            whys.push(why.unwrap_or_default());
        }
        for other in &self.others {
            blanks.offer(other.fill(run, &self.file)?);
        }
        if let [all] = blanks.choices() {
            let fix = "match what differs, or add `others` to choose from";
            let trouble = Trouble::new(format!("“{all}” belongs to every line"), fix);
            return Err(trouble.at(&self.file, self.line));
        }
        let mut order: Vec<usize> = (0..blanks.choices().len()).collect();
        shuffle(&mut order, seed);
        if order.is_sorted() {
            order.rotate_left(1);
        }
        blanks.arrange(&order);
        Ok(Arc::new(Lines { blanks, whys }))
    }
}

impl Posed for Lines {
    fn form(&self) -> Form {
        let items = self.blanks.names().cloned().collect();
        Form::Match { items, choices: self.blanks.choices().to_vec() }
    }

    fn expected(&self) -> String {
        self.blanks.expected()
    }

    fn grade(&self, _: &Run, answer: &Answer) -> Grade {
        self.blanks.grade(answer, |line, _| self.whys.get(line).cloned().unwrap_or_default())
    }

    fn samples(&self) -> Vec<Answer> {
        self.blanks.samples()
    }

    fn may_be_said(&self) -> bool {
        true
    }
}
