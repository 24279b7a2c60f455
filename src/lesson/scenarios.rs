//! Which scenario each page of a lesson runs, and with which seed.

use super::model::{Lesson, LessonPage};
use crate::scenario::Scenario;

/// What a page runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageScenario {
    /// The scenario's text form.
    text: String,
    /// Whether the page names a seed: then it has no other.
    fixed: bool,
}

impl Lesson {
    /// What each page runs, in their order.
    pub fn scenarios(&self) -> Vec<PageScenario> {
        self.pages.iter().map(|page| self.scenario_of(page)).collect()
    }

    /// What `page` runs: its own scenario with the lesson's seed, or the lesson's.
    pub fn scenario_of(&self, page: &LessonPage) -> PageScenario {
        let whole = self.about.scenario.as_str();
        match page.lab.as_ref().and_then(|lab| lab.scenario.as_deref()) {
            None => PageScenario { text: whole.to_owned(), fixed: false },
            Some(own) => {
                let text = match Scenario::parse(whole) {
                    Ok(lesson) => with_lesson_seed(own, lesson.seed),
                    Err(_) => own.to_owned(),
                };
                PageScenario { text, fixed: names_seed(own) }
            }
        }
    }
}

impl PageScenario {
    /// This scenario, with the seed that it has.
    pub fn alone(text: String) -> PageScenario {
        PageScenario { text, fixed: true }
    }

    /// The text form of what the page of this number, from 1, runs with this seed; behind the last `page` that
    /// one's still. `None` where there are no pages.
    pub fn of(pages: &[PageScenario], number: usize, seed: Option<u64>) -> Option<String> {
        let page = pages.get(number.saturating_sub(1)).or(pages.last())?;
        Some(page.seeded(seed))
    }

    /// Whether it is the same with every seed of the lesson.
    pub fn is_fixed(&self) -> bool {
        self.fixed
    }

    /// The same with this seed and no other; where the page names one, that stays.
    pub fn with(&self, seed: u64) -> PageScenario {
        PageScenario { text: self.seeded(Some(seed)), fixed: true }
    }

    /// Its text form with the seed that was asked for, where one was and the page has none of its own.
    pub fn seeded(&self, seed: Option<u64>) -> String {
        with_seed(&self.text, seed.filter(|_| !self.fixed))
    }
}

/// A scenario beside the lesson's: with the seed that the lesson has, unless it names one.
pub fn with_lesson_seed(text: &str, seed: u64) -> String {
    with_seed(text, Some(seed).filter(|_| !names_seed(text)))
}

/// The scenario with this seed, if there is one. What is no scenario stays as it is, for whoever says so.
fn with_seed(text: &str, seed: Option<u64>) -> String {
    match (Scenario::parse(text), seed) {
        (Ok(scenario), Some(seed)) => Scenario { seed, ..scenario }.text(),
        _ => text.to_owned(),
    }
}

/// Whether the text form of a scenario says a seed.
fn names_seed(text: &str) -> bool {
    text.split('+').any(|word| word.starts_with("seed="))
}
