//! Lines, to each of which one of a list of choices belongs: what answering and grading them takes.

use super::offered::twice;
use super::{Answer, Grade};
use crate::lesson::error::Trouble;
use crate::lesson::html::Html;
use crate::trace::Endpoint;

/// The lines to be filled in, and the right choice of each.
#[derive(Debug, Default)]
pub struct Blanks {
    /// What each line is called, and the position of what belongs to it.
    lines: Vec<(String, usize)>,
    /// What there is to choose from, each once.
    choices: Vec<String>,
}

impl Blanks {
    /// Adds a line and what belongs to it. What belongs to several lines is offered once, for all of them.
    ///
    /// # Errors
    /// There is a line of this name.
    pub fn add(&mut self, name: String, right: String) -> Result<(), Trouble> {
        if self.lines.iter().any(|(known, _)| *known == name) {
            return Err(twice(&format!("the item “{name}”")));
        }
        let right = self.offer(right);
        self.lines.push((name, right));
        Ok(())
    }

    /// Offers a choice, and gives back where it stands.
    pub fn offer(&mut self, choice: String) -> usize {
        self.choices.iter().position(|known| *known == choice).unwrap_or_else(|| {
            self.choices.push(choice);
            self.choices.len() - 1
        })
    }

    /// Puts the choices in this order: their positions, each once.
    pub fn arrange(&mut self, order: &[usize]) {
        let place = |choice: usize| order.iter().position(|one| *one == choice).unwrap_or(choice);
        self.lines.iter_mut().for_each(|(_, right)| *right = place(*right));
        let choice = |at: &usize| self.choices.get(*at).cloned().unwrap_or_default();
        self.choices = order.iter().map(choice).collect();
    }

    /// Puts the choices in the order of the alphabet, which tells nothing of the lines.
    pub fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.choices.len()).collect();
        order.sort_by_key(|at| self.choices.get(*at).map(|choice| choice.to_lowercase()));
        self.arrange(&order);
    }

    /// What there is to choose from.
    pub fn choices(&self) -> &[String] {
        &self.choices
    }

    /// What each line is called.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.lines.iter().map(|(name, _)| name)
    }

    /// What belongs to each line, as one line of text.
    pub fn expected(&self) -> String {
        let line = |(name, right): &(String, usize)| format!("{name}: {}", self.choice(*right));
        self.lines.iter().map(line).collect::<Vec<_>>().join("; ")
    }

    /// Grades the positions of what was chosen for each line. `why` has what there is to say of the first wrong
    /// line: which it is, and what was chosen for it.
    pub fn grade(&self, answer: &Answer, why: impl Fn(usize, &str) -> Html) -> Grade {
        let Answer::Positions(chosen) = answer else { return Grade::wrong("") };
        if chosen.len() != self.lines.len() {
            return Grade::wrong("");
        }
        let lines = self.lines.iter().zip(chosen).enumerate();
        let wrong: Vec<_> = lines.filter(|(_, ((_, right), chosen))| right != *chosen).collect();
        let Some((at, ((name, _), chosen))) = wrong.first() else { return Grade::right() };
        let (count, right) = (self.lines.len(), self.lines.len() - wrong.len());
        let said =
            Html::words(&format!("{right} of {count} are right. The first that is wrong: {name}."));
        Grade { right: false, said: said.then(&why(*at, self.choice(**chosen))) }
    }

    /// The right answer, and each line alone with another choice.
    pub fn samples(&self) -> Vec<Answer> {
        let right: Vec<usize> = self.lines.iter().map(|(_, right)| *right).collect();
        let wrong = (0..right.len()).map(|wrong| {
            let other = |(at, right): (usize, &usize)| {
                if at == wrong { (right + 1) % self.choices.len().max(1) } else { *right }
            };
            right.iter().enumerate().map(other).collect()
        });
        std::iter::once(right.clone()).chain(wrong).map(Answer::Positions).collect()
    }

    fn choice(&self, at: usize) -> &str {
        self.choices.get(at).map_or("", String::as_str)
    }
}

/// A line of a drawing with names to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands.
    pub spot: Spot,
    /// The name that stands there; `None` where it is to be filled in.
    pub given: Option<String>,
    /// What is seen beside the name.
    pub about: String,
    /// What the blank is called for whoever hears it alone.
    pub spoken: String,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// It is an arrow that starts at this end.
    From(Endpoint),
    /// It is a value below so many others.
    Depth(usize),
}
