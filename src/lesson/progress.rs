//! What a person has read and answered, as it is kept on their device.

use crate::kept::Kept;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Progress in all lessons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    format: String,
    /// By the lesson's id.
    lessons: BTreeMap<String, LessonProgress>,
}

/// Progress in one lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonProgress {
    /// The ids of the pages that were opened.
    pub pages: BTreeSet<String>,
    /// The questions that were answered, by id.
    pub questions: BTreeMap<String, QuestionProgress>,
}

/// Progress in one question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionProgress {
    /// Whether it was ever answered rightly.
    pub right: bool,
    /// How many answers were given up to and including the first right one.
    pub attempts: u32,
}

impl Default for Progress {
    fn default() -> Progress {
        Progress { format: Progress::FORMAT.into(), lessons: BTreeMap::new() }
    }
}

impl Progress {
    /// Progress in the lesson `id`.
    pub fn lesson(&self, id: &str) -> LessonProgress {
        self.lessons.get(id).cloned().unwrap_or_default()
    }

    /// Notes that a page was opened.
    pub fn visit(&mut self, lesson: &str, page: &str) {
        self.lessons.entry(lesson.to_owned()).or_default().pages.insert(page.to_owned());
    }

    /// Notes an answer. Once right, a question stays right and its attempts are no longer counted.
    pub fn answer(&mut self, lesson: &str, question: &str, right: bool) {
        let questions = &mut self.lessons.entry(lesson.to_owned()).or_default().questions;
        let question = questions.entry(question.to_owned()).or_default();
        if !question.right {
            question.attempts = question.attempts.saturating_add(1);
            question.right = right;
        }
    }

    /// Forgets the lesson `id`.
    pub fn reset(&mut self, lesson: &str) {
        self.lessons.remove(lesson);
    }
}

impl Kept for Progress {
    const FORMAT: &'static str = "handshake-lab-progress/1";
    const NAME: &'static str = "progress";
    const CALLED: &'static str = "Your progress in the lessons";

    /// Every page visited in either, and of each
    /// question the better record.
    fn merge(&mut self, other: &Progress) {
        for (id, theirs) in &other.lessons {
            let ours = self.lessons.entry(id.clone()).or_default();
            ours.pages.extend(theirs.pages.iter().cloned());
            for (id, theirs) in &theirs.questions {
                let ours = ours.questions.entry(id.clone()).or_default();
                *ours = match (ours.right, theirs.right) {
                    (true, true) if theirs.attempts < ours.attempts => *theirs,
                    (false, true) => *theirs,
                    (false, false) if theirs.attempts > ours.attempts => *theirs,
                    _ => *ours,
                };
            }
        }
    }
}

impl LessonProgress {
    /// How many of the questions `ids` were answered rightly.
    pub fn right<'a>(&self, ids: impl Iterator<Item = &'a str>) -> usize {
        ids.filter(|id| self.questions.get(*id).is_some_and(|question| question.right)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kept::NotOurs;

    fn progress(answers: &[bool]) -> Progress {
        let mut progress = Progress::default();
        progress.visit("hello", "what-is-it");
        answers.iter().for_each(|&right| progress.answer("hello", "suite", right));
        progress
    }

    #[test]
    fn loading_undoes_saving() {
        let saved = progress(&[false, true]);
        assert_eq!(Progress::load(&saved.save()), Ok(saved));
    }

    #[test]
    fn another_version_is_told_from_what_cannot_be_read_whatever_else_it_holds() {
        let newer = r#"{"format":"handshake-lab-progress/2","courses":[1]}"#;
        assert!(matches!(Progress::load(newer), Err(NotOurs::Version(_))));
        for raw in [
            "{",
            "[]",
            "{}",
            r#"{"format":"x/1","lessons":{}}"#,
            r#"{"format":"handshake-lab-progress/1"}"#,
        ] {
            assert!(matches!(Progress::load(raw), Err(NotOurs::Unreadable(_))), "{raw}");
        }
    }

    #[test]
    fn a_right_answer_stays_right_and_stops_the_count() {
        let lesson = progress(&[false, true, false, false]).lesson("hello");
        assert_eq!(lesson.questions["suite"], QuestionProgress { right: true, attempts: 2 });
        assert_eq!(lesson.right(["suite", "other"].into_iter()), 1);
    }

    #[test]
    fn merging_keeps_the_better_record_whichever_way_round() {
        let (one, two) = (progress(&[false, false, true]), progress(&[false, true]));
        for (mut into, from) in [(one.clone(), two.clone()), (two.clone(), one.clone())] {
            into.merge(&from);
            assert_eq!(into.lesson("hello").questions["suite"].attempts, 2);
        }
        let mut one = progress(&[false]);
        one.merge(&two);
        assert!(one.lesson("hello").questions["suite"].right);
    }

    #[test]
    fn resetting_forgets_one_lesson_alone() {
        let mut progress = progress(&[true]);
        progress.visit("other", "page");
        progress.reset("hello");
        assert_eq!(progress.lesson("hello"), LessonProgress::default());
        assert_eq!(progress.lesson("other").pages.len(), 1);
    }
}
