//! The key schedule of the run with names to be filled in. The formulas say which belongs where.

use super::blanks::{Blanks, Line, Spot};
use super::{Answer, Form, Grade, HINT_AND_EXPLAIN, Kind, Posed, Task};
use crate::dissect::KeyNode;
use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::html::Html;
use crate::lesson::resolve::key_called;
use crate::lesson::table::{At, Keys};
use crate::run::Run;
use crate::shuffle::shuffle;
use std::sync::Arc;

/// The kind.
pub const KIND: Kind =
    Kind { name: "schedule", keys: &["blank", "with"], needs: HINT_AND_EXPLAIN, read };

/// How many names may be missing: fewer are no tree, more are too many to fill in at once.
const FEWEST: usize = 2;
const MOST: usize = 12;

/// How many names are offered that belong elsewhere.
const DECOYS: usize = 3;

#[derive(Debug)]
struct Schedule {
    file: String,
    /// The names to be filled in.
    blank: Vec<At<String>>,
    /// Values that are shown besides those, and besides what they are computed from.
    with: Vec<At<String>>,
}

/// The tree in one run.
#[derive(Debug)]
struct Tree {
    lines: Vec<Line>,
    /// The names of the blanks, in their order.
    names: Vec<&'static str>,
    blanks: Blanks,
}

fn read(keys: &Keys<'_>) -> Result<Arc<dyn Task>, LessonError> {
    let names = |key| {
        let own = |text: At<&str>| At { line: text.line, is: text.is.to_owned() };
        Ok(keys.texts(key)?.into_iter().map(own).collect::<Vec<_>>())
    };
    let (blank, with) = (names("blank")?, names("with")?);
    if !(FEWEST..=MOST).contains(&blank.len()) {
        let fix = format!("list {FEWEST} to {MOST} values of the key schedule under `blank`");
        let trouble = Trouble::new(format!("{} names to be filled in", blank.len()), fix);
        return Err(trouble.at(keys.file, keys.line_of("blank")));
    }
    Ok(Arc::new(Schedule { file: keys.file.to_owned(), blank, with }))
}

impl Schedule {
    /// The values of these names.
    fn named<'r>(
        &self,
        run: &'r Run,
        names: &[At<String>],
    ) -> Result<Vec<&'r KeyNode>, LessonError> {
        let mut found: Vec<&KeyNode> = Vec::new();
        for At { line, is } in names {
            key_called(run, is).map_err(|trouble| trouble.at(&self.file, *line))?;
            let Some(node) = run.dissection().key(is) else { continue };
            if found.iter().any(|other| other.name == node.name) {
                let trouble = super::offered::twice(&format!("`{}`", node.name));
                return Err(trouble.at(&self.file, *line));
            }
            found.push(node);
        }
        Ok(found)
    }
}

impl Task for Schedule {
    fn is_computed(&self) -> bool {
        true
    }

    fn ask(&self, run: &Run, seed: u64) -> Result<Arc<dyn Posed>, LessonError> {
        let (blank, with) = (self.named(run, &self.blank)?, self.named(run, &self.with)?);
        let keys = &run.dissection().keys;
        let mut shown = Shown { keys, names: Vec::new(), drawn: Vec::new() };
        blank.iter().chain(&with).for_each(|node| shown.want(node));
        let drawn = shown.draw();
        let is_blank = |name: &str| blank.iter().any(|node| node.name == name);
        let names: Vec<&'static str> =
            drawn.iter().map(|(node, _)| node.name).filter(|name| is_blank(name)).collect();
        let (mut blanks, mut lines) = (Blanks::default(), Vec::new());
        for (node, depth) in &drawn {
            let about = without(&node.formula, &names, mark);
            let number = names.iter().position(|name| *name == node.name).map(|at| at + 1);
            let (given, spoken, about) = match number {
                None => (Some(node.name.to_owned()), String::new(), format!("= {about}")),
                Some(number) => {
                    let heard = without(&node.formula, &names, spoken);
                    let spoken = format!("Name {number}, computed as {heard}");
                    (None, spoken, format!("{} = {about}", mark(number)))
                }
            };
            if let Some(number) = number {
                let added = blanks.add(mark(number), node.name.to_owned());
                let line = self.blank.first().map_or(1, |name| name.line);
                added.map_err(|trouble| trouble.at(&self.file, line))?;
            }
            lines.push(Line { spot: Spot::Depth(*depth), given, about, spoken });
        }
        let is_drawn = |name: &str| drawn.iter().any(|(node, _)| node.name == name);
        let mut others: Vec<&str> =
            keys.iter().map(|node| node.name).filter(|name| !is_drawn(name)).collect();
        shuffle(&mut others, seed);
        others.into_iter().take(DECOYS).for_each(|name| _ = blanks.offer(name.to_owned()));
        blanks.sort();
        Ok(Arc::new(Tree { lines, names, blanks }))
    }
}

/// The values that are shown, each below the one that it is computed from.
struct Shown<'r> {
    keys: &'r [KeyNode],
    /// Those that are to be drawn.
    names: Vec<&'static str>,
    drawn: Vec<(&'r KeyNode, usize)>,
}

impl<'r> Shown<'r> {
    fn find(&self, name: &str) -> Option<&'r KeyNode> {
        self.keys.iter().find(|node| node.name == name)
    }

    /// Wants a value drawn, and all that it is computed from.
    fn want(&mut self, node: &'r KeyNode) {
        if self.names.contains(&node.name) {
            return;
        }
        self.names.push(node.name);
        for parent in &node.parents {
            if let Some(parent) = self.find(parent) {
                self.want(parent);
            }
        }
    }

    /// Each value with how deep it stands, in the order from top to bottom.
    fn draw(mut self) -> Vec<(&'r KeyNode, usize)> {
        for node in self.keys {
            self.place(node, 0);
        }
        self.drawn
    }

    /// Draws a value with all below it, and first what else goes in.
    fn place(&mut self, node: &'r KeyNode, depth: usize) {
        let is_drawn =
            |drawn: &[(&KeyNode, usize)]| drawn.iter().any(|(one, _)| one.name == node.name);
        if !self.names.contains(&node.name) || is_drawn(&self.drawn) {
            return;
        }
        for parent in &node.parents {
            if let Some(parent) = self.find(parent) {
                self.place(parent, depth);
            }
        }
        // A value that is computed from those just drawn stands below the first of them already.
        if is_drawn(&self.drawn) {
            return;
        }
        // What is computed from nothing here comes from outside, wherever it goes in.
        let depth = if node.parents.is_empty() { 0 } else { depth };
        self.drawn.push((node, depth));
        for child in self.keys {
            if child.parents.first() == Some(&node.name) {
                self.place(child, depth + 1);
            }
        }
    }
}

/// A formula with what `blank` says of the number of each blank in place of its name. What stands in quotes is a
/// label, and stays.
fn without(formula: &str, names: &[&str], blank: fn(usize) -> String) -> String {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut out = String::new();
    for (at, part) in formula.split('"').enumerate() {
        let is_label = at % 2 == 1;
        if at > 0 {
            out.push('"');
        }
        let mut rest = part;
        while let Some(start) = rest.find(is_name).filter(|_| !is_label) {
            let (before, from) = rest.split_at(start);
            let (word, behind) = from.split_at(from.find(|c| !is_name(c)).unwrap_or(from.len()));
            out.push_str(before);
            match names.iter().position(|name| *name == word) {
                Some(at) => out.push_str(&blank(at + 1)),
                None => out.push_str(word),
            }
            rest = behind;
        }
        out.push_str(rest);
    }
    out
}

/// What stands in the place of a missing name, and what it is called where it is heard.
fn mark(number: usize) -> String {
    format!("#{number}")
}

fn spoken(number: usize) -> String {
    format!("name {number}")
}

impl Tree {
    /// What sets the value called `chosen` apart from the one that belongs there.
    fn why(&self, run: &Run, blank: usize, chosen: &str) -> Html {
        let right = self.names.get(blank).and_then(|name| run.dissection().key(name));
        let (Some(right), Some(chosen)) = (right, run.dissection().key(chosen)) else {
            return Html::default();
        };
        let name = chosen.name;
        Html::words(&if chosen.operation != right.operation {
            format!("`{name}` comes out of {}, not of {}.", chosen.operation, right.operation)
        } else if chosen.label != right.label {
            format!("The label of `{name}` is not “{}”.", right.label)
        } else {
            format!("`{name}` is computed from another value.")
        })
    }
}

impl Posed for Tree {
    fn form(&self) -> Form {
        let choices = self.blanks.choices().to_vec();
        Form::Blanks { ends: None, lines: self.lines.clone(), choices }
    }

    fn expected(&self) -> String {
        self.blanks.expected()
    }

    fn grade(&self, run: &Run, answer: &Answer) -> Grade {
        self.blanks.grade(answer, |blank, chosen| self.why(run, blank, chosen))
    }

    fn samples(&self) -> Vec<Answer> {
        self.blanks.samples()
    }

    fn may_be_said(&self) -> bool {
        true
    }
}
