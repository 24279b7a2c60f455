//! What a person has read and answered, as it is kept on their device.

use super::handed::Given;
use super::renamed::Renamed;
use crate::kept::{Kept, Tally};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Progress in all lessons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    format: String,
    /// By the lesson's id.
    lessons: BTreeMap<String, LessonProgress>,
    #[serde(default)]
    forgotten: u32,
}

/// Progress in one lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonProgress {
    /// The ids of the pages that were opened.
    pub pages: BTreeSet<String>,
    /// The questions that were answered, by id.
    pub questions: BTreeMap<String, QuestionProgress>,
    /// By the seed that the lesson was run with: the first answer to each question, as [`Given::text`].
    #[serde(default)]
    first: BTreeMap<u64, BTreeMap<String, String>>,
    /// How often it was forgotten.
    #[serde(default)]
    forgotten: u32,
}

/// With how many seeds the answers to a lesson are kept.
const MOST_SEEDS: usize = 5;

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
        Progress { format: Progress::FORMAT.into(), lessons: BTreeMap::new(), forgotten: 0 }
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

    /// Keeps what was answered to a question of the lesson with this seed, where it is the first answer to it. Of too
    /// many seeds, the one with the fewest answers is forgotten.
    pub fn keep_answer(&mut self, lesson: &str, seed: u64, question: &str, given: &Given) {
        let first = &mut self.lessons.entry(lesson.to_owned()).or_default().first;
        let answers = first.entry(seed).or_default();
        answers.entry(question.to_owned()).or_insert_with(|| given.text());
        while first.len() > MOST_SEEDS {
            let others = first.iter().filter(|(other, _)| **other != seed);
            let fewest = others.min_by_key(|(_, answers)| answers.len()).map(|(other, _)| *other);
            first.remove(&fewest.unwrap_or(seed));
        }
    }

    /// What is kept of a question; `None` if it was never answered in its lesson.
    pub fn asked(&self, lesson: &str, question: &str) -> Option<QuestionProgress> {
        self.lessons.get(lesson)?.questions.get(question).copied()
    }

    /// Whether something is kept of this lesson under a name of before.
    pub fn has_former(&self, lesson: &str, renamed: &Renamed) -> bool {
        self.lessons.get(lesson).is_some_and(|lesson| {
            renamed.pages.keys().any(|old| lesson.pages.contains(old))
                || renamed.questions.keys().any(|old| lesson.questions.contains_key(old))
        })
    }

    /// Goes on under the names of today with what is kept of this lesson.
    pub fn rename(&mut self, lesson: &str, renamed: &Renamed) {
        let Some(lesson) = self.lessons.get_mut(lesson) else { return };
        for (old, new) in &renamed.pages {
            if lesson.pages.remove(old) {
                lesson.pages.insert(new.clone());
            }
        }
        for (old, new) in &renamed.questions {
            if let Some(kept) = lesson.questions.remove(old) {
                let now = lesson.questions.entry(new.clone()).or_default();
                *now = now.better(kept);
            }
            for answers in lesson.first.values_mut() {
                if let Some(given) = answers.remove(old) {
                    answers.entry(new.clone()).or_insert(given);
                }
            }
        }
    }

    /// Forgets the lesson `id`.
    pub fn reset(&mut self, lesson: &str) {
        let forgotten = self.lesson(lesson).forgotten.saturating_add(1);
        let nothing = LessonProgress { forgotten, ..LessonProgress::default() };
        self.lessons.insert(lesson.to_owned(), nothing);
    }

    /// How many pages were read, and how many questions answered rightly.
    fn sums(&self) -> (usize, usize) {
        let right = |one: &LessonProgress| one.questions.values().filter(|one| one.right).count();
        let lessons = self.lessons.values();
        lessons.fold((0, 0), |(pages, all), one| (pages + one.pages.len(), all + right(one)))
    }
}

impl Kept for Progress {
    const FORMAT: &'static str = "handshake-lab-progress/3";
    const BEFORE: &'static [&'static str] =
        &["handshake-lab-progress/1", "handshake-lab-progress/2"];
    const NAME: &'static str = "progress";
    const CALLED: &'static str = "Your progress in the lessons";

    /// Every page visited in either, and of each question the better record. Of a lesson that was forgotten
    /// in one of both, only what came after.
    fn add(&mut self, other: &Progress) {
        for (id, theirs) in &other.lessons {
            let ours = self.lessons.entry(id.clone()).or_default();
            match ours.forgotten.cmp(&theirs.forgotten) {
                Ordering::Less => ours.clone_from(theirs),
                Ordering::Equal => ours.add(theirs),
                Ordering::Greater => {}
            }
        }
    }

    fn forgotten(&mut self) -> &mut u32 {
        &mut self.forgotten
    }

    fn tally(&self) -> Vec<Tally> {
        let (pages, right) = self.sums();
        vec![
            Tally { count: pages, one: "page read", many: "pages read" },
            Tally { count: right, one: "right answer", many: "right answers" },
        ]
    }

    fn take_in(&mut self, file: &Progress) {
        for (id, theirs) in &file.lessons {
            self.lessons.entry(id.clone()).or_default().add(theirs);
        }
    }
}

impl QuestionProgress {
    /// The better of two records of a question.
    fn better(self, other: QuestionProgress) -> QuestionProgress {
        match (self.right, other.right) {
            (true, true) if other.attempts < self.attempts => other,
            (false, true) => other,
            (false, false) if other.attempts > self.attempts => other,
            _ => self,
        }
    }
}

impl LessonProgress {
    fn add(&mut self, other: &LessonProgress) {
        self.pages.extend(other.pages.iter().cloned());
        for (id, theirs) in &other.questions {
            let ours = self.questions.entry(id.clone()).or_default();
            *ours = ours.better(*theirs);
        }
        for (seed, theirs) in &other.first {
            let ours = self.first.entry(*seed).or_default();
            for (id, given) in theirs {
                ours.entry(id.clone()).or_insert_with(|| given.clone());
            }
        }
    }

    /// The seeds with which it was answered, each with to how many questions; the most first.
    pub fn seeds(&self) -> Vec<(u64, usize)> {
        let count = |(seed, answers): (&u64, &BTreeMap<String, String>)| (*seed, answers.len());
        let mut seeds: Vec<(u64, usize)> = self.first.iter().map(count).collect();
        seeds.sort_by_key(|(_, answers)| std::cmp::Reverse(*answers));
        seeds
    }

    /// The first answer to a question with this seed.
    pub fn first(&self, seed: u64, question: &str) -> Given {
        let text = self.first.get(&seed).and_then(|answers| answers.get(question));
        text.and_then(|text| Given::of_text(text)).unwrap_or(Given::Nothing)
    }

    /// How many of the questions `ids` were answered rightly.
    pub fn right<'a>(&self, ids: impl Iterator<Item = &'a str>) -> usize {
        ids.filter(|id| self.questions.get(*id).is_some_and(|question| question.right)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kept::NotOurs;
    use crate::lesson::Answer;

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
        let newer = r#"{"format":"handshake-lab-progress/4","courses":[1]}"#;
        assert!(matches!(Progress::load(newer), Err(NotOurs::Version(_))));
        for raw in [
            "{",
            "[]",
            "{}",
            r#"{"format":"x/1","lessons":{}}"#,
            r#"{"format":"handshake-lab-progress/1"}"#,
            r#"{"format":"handshake-lab-progress/2"}"#,
            r#"{"format":"handshake-lab-progress/3"}"#,
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
    fn what_was_renamed_goes_on_under_its_name_of_today() {
        let mut renamed = Renamed::default();
        renamed.pages.insert("what-is-it".into(), "what-it-is".into());
        renamed.questions.insert("suite".into(), "chosen-suite".into());
        let mut progress = progress(&[false, true]);
        progress.answer("hello", "chosen-suite", false);
        assert!(progress.has_former("hello", &renamed) && !progress.has_former("other", &renamed));
        progress.rename("hello", &renamed);
        assert!(!progress.has_former("hello", &renamed));
        let lesson = progress.lesson("hello");
        assert_eq!(lesson.pages.iter().collect::<Vec<_>>(), ["what-it-is"]);
        let kept = QuestionProgress { right: true, attempts: 2 };
        assert_eq!(lesson.questions, BTreeMap::from([("chosen-suite".to_owned(), kept)]));
    }

    fn typed(text: &str) -> Given {
        Given::Answer { answer: Answer::Typed(text.into()), asked: 7 }
    }

    #[test]
    fn of_the_answers_with_a_seed_the_first_is_kept() {
        let mut progress = Progress::default();
        for (seed, text) in [(7, "one"), (7, "two"), (8, "three")] {
            progress.keep_answer("hello", seed, "suite", &typed(text));
        }
        progress.keep_answer("hello", 8, "group", &typed("four"));
        assert_eq!(Progress::load(&progress.save()).as_ref(), Ok(&progress));
        let hello = progress.lesson("hello");
        assert_eq!(hello.seeds(), [(8, 2), (7, 1)]);
        assert_eq!(hello.first(7, "suite"), typed("one"));
        assert_eq!(hello.first(8, "suite"), typed("three"));
        assert_eq!(hello.first(7, "group"), Given::Nothing);
        assert_eq!(hello.first(9, "suite"), Given::Nothing);
    }

    #[test]
    fn of_many_seeds_the_answers_with_the_fewest_go_and_never_those_of_now() {
        let mut progress = Progress::default();
        for question in ["suite", "group"] {
            progress.keep_answer("hello", 3, question, &typed("x"));
        }
        for seed in 10..30 {
            progress.keep_answer("hello", seed, "suite", &typed("x"));
            let seeds: Vec<u64> =
                progress.lesson("hello").seeds().iter().map(|one| one.0).collect();
            assert!(seeds.len() <= MOST_SEEDS && seeds[0] == 3 && seeds.contains(&seed));
        }
    }

    #[test]
    fn answers_of_two_tabs_are_together_and_follow_names_of_today() {
        let (mut one, mut two) = (Progress::default(), Progress::default());
        one.keep_answer("hello", 7, "suite", &typed("one"));
        two.keep_answer("hello", 7, "suite", &typed("other"));
        two.keep_answer("hello", 7, "group", &typed("two"));
        one.merge(&two);
        let mut renamed = Renamed::default();
        renamed.questions.insert("suite".into(), "chosen-suite".into());
        one.answer("hello", "suite", true);
        one.rename("hello", &renamed);
        let hello = one.lesson("hello");
        assert_eq!(hello.first(7, "chosen-suite"), typed("one"));
        assert_eq!(hello.first(7, "group"), typed("two"));
        one.reset("hello");
        one.merge(&two);
        assert!(one.lesson("hello").seeds().is_empty(), "what was forgotten stays so");
    }

    #[test]
    fn resetting_forgets_one_lesson_alone() {
        let mut progress = progress(&[true]);
        progress.visit("other", "page");
        progress.reset("hello");
        let hello = progress.lesson("hello");
        assert!(hello.pages.is_empty() && hello.questions.is_empty());
        assert_eq!(progress.lesson("other").pages.len(), 1);
    }

    #[test]
    fn a_record_of_the_version_before_is_read_and_goes_on_under_that_of_today() {
        let before = r#"{"format":"handshake-lab-progress/1","lessons":{"hello":{"pages":["what-is-it"],"questions":{"suite":{"right":true,"attempts":1}}}}}"#;
        let read = Progress::load(before).unwrap();
        assert_eq!(read, progress(&[true]));
        assert!(read.save().contains(Progress::FORMAT));
    }

    #[test]
    fn what_was_forgotten_does_not_come_back_from_another_tab_but_from_a_file() {
        let before = progress(&[true]);
        type Forget = fn(&mut Progress);
        let ways: [Forget; 2] = [|one| one.forget(), |one| one.reset("hello")];
        for forget in ways {
            let mut here = before.clone();
            forget(&mut here);
            let mut other_tab = before.clone();
            other_tab.merge(&here);
            assert_eq!(other_tab.sums(), (0, 0));
            other_tab.answer("hello", "suite", true);
            here.merge(&before);
            assert_eq!(here.sums(), (0, 0));
            here.merge(&other_tab);
            assert_eq!(here.sums(), (0, 1));
            here.take_in(&before);
            assert_eq!(here.sums(), (1, 1));
        }
    }
}
