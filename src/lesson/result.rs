//! The result of a lesson as an address: which lesson, the seed that it was run with, and the first answer to each
//! question. It is graded again from that, as an exam is.

use super::drill::Item;
use super::handed::{Given, Handed};
use super::model::Lesson;
use super::progress::LessonProgress;

/// The result of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonResult {
    /// The lesson's id.
    pub lesson: String,
    /// The seed that it was run with.
    pub seed: u64,
    /// What was answered, as [`Handed`] reads it.
    pub handed: String,
}

impl LessonResult {
    /// That of `lesson`, with the first answers that are kept for this seed; `day` is counted from 1970.
    pub fn of(lesson: &Lesson, seed: u64, kept: &LessonProgress, day: u32) -> LessonResult {
        let id = &lesson.about.id;
        let item = |question: &str| Item { lesson: id.clone(), question: question.to_owned() };
        let items: Vec<Item> = lesson.questions().map(|one| item(&one.id)).collect();
        let answers = lesson.questions().map(|one| kept.first(seed, &one.id)).collect();
        let handed = Handed { drawn: Handed::of_drawn(&items), day, seconds: 0, answers };
        let mut result = LessonResult { lesson: id.clone(), seed, handed: String::new() };
        result.handed = handed.write(&result.address());
        result
    }

    /// Its address without the answers, which they are checked with.
    pub fn address(&self) -> String {
        format!("{LESSON}/{}/{}", self.lesson, self.seed)
    }

    /// Reads the words of an address; `None` where they are none of a result.
    pub(super) fn read(words: &[&str]) -> Option<LessonResult> {
        match words {
            [LESSON, lesson, seed, handed] if !lesson.is_empty() && !handed.is_empty() => {
                let (lesson, handed) = ((*lesson).to_owned(), (*handed).to_owned());
                Some(LessonResult { lesson, seed: seed.parse().ok()?, handed })
            }
            _ => None,
        }
    }

    /// How many questions of a lesson were answered, of how many there are, with this seed.
    pub fn answered(lesson: &Lesson, seed: u64, kept: &LessonProgress) -> (usize, usize) {
        let given = lesson.questions().map(|one| kept.first(seed, &one.id));
        let given: Vec<Given> = given.collect();
        let answered = given.iter().filter(|given| **given != Given::Nothing).count();
        (answered, given.len())
    }
}

/// What such an address begins with. No lesson can be called so.
pub(super) const LESSON: &str = "lesson";

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::lesson::built::Card;
    use crate::lesson::check::run;
    use crate::lesson::{Answer, NotHanded, PracticePage, Progress, course};

    const SEED: u64 = 7;

    /// Of each answer whether it is right, graded as whoever opens the link does.
    fn graded(lesson: &Lesson, given: &[Given]) -> Vec<bool> {
        let asked =
            lesson.pages.iter().flat_map(|page| page.questions().map(move |one| (page, one)));
        let graded = asked.zip(given).map(|((page, question), given)| {
            let Given::Answer { answer, asked: then } = given else { return false };
            let run = run(&lesson.scenario_of(page).with(SEED).seeded(None)).unwrap();
            let asked = question.ask(&run).unwrap();
            assert_eq!(*then, asked.print(), "{}", question.id);
            asked.grade(&run, answer).right
        });
        graded.collect()
    }

    /// The lesson as somebody answered it who is `right` first and then wrong, or the other way round: what is kept of
    /// it, and the first answers with whether they were right.
    fn answered(lesson: &Lesson, right: bool) -> (Progress, Vec<(Given, bool)>) {
        let (mut progress, mut first) = (Progress::default(), Vec::new());
        for page in &lesson.pages {
            let run = run(&lesson.scenario_of(page).seeded(Some(SEED))).unwrap();
            for question in page.questions() {
                let asked = question.ask(&run).unwrap();
                let samples = asked.samples();
                let one = |wanted: bool| {
                    let is = |answer: &&Answer| asked.grade(&run, answer).right == wanted;
                    let answer = samples.iter().find(is).unwrap_or(&samples[0]).clone();
                    let is_right = asked.grade(&run, &answer).right;
                    (Given::Answer { answer, asked: asked.print() }, is_right)
                };
                for (given, _) in [one(right), one(!right)] {
                    progress.keep_answer(&lesson.about.id, SEED, &question.id, &given);
                }
                first.push(one(right));
            }
        }
        (progress, first)
    }

    #[test]
    fn the_link_of_every_lesson_holds_the_first_answers_and_grades_them_as_they_were() {
        for lesson in course() {
            let items: Vec<Item> = Card::of(&lesson, "")
                .question_ids()
                .map(|(lesson, question)| Item { lesson: lesson.into(), question: question.into() })
                .collect();
            for wanted in [true, false] {
                let (progress, first) = answered(&lesson, wanted);
                let (given, right): (Vec<Given>, Vec<bool>) = first.into_iter().unzip();
                assert!(!wanted || right.iter().all(|right| *right));
                let kept = progress.lesson(&lesson.about.id);
                let result = LessonResult::of(&lesson, SEED, &kept, 20_000);
                let text = PracticePage::Lesson(result.clone()).to_string();
                assert_eq!(PracticePage::parse(&text), Ok(PracticePage::Lesson(result.clone())));
                let read = Handed::read(&result.handed, &result.address()).unwrap();
                assert_eq!((read.day, read.seconds), (20_000, 0));
                assert_eq!(read.drawn, Handed::of_drawn(&items), "{text}");
                assert_eq!(read.answers, given, "{text}");
                assert_eq!(graded(&lesson, &read.answers), right, "{text}");
            }
        }
    }

    #[test]
    fn what_was_not_answered_with_this_seed_stands_open_in_the_link() {
        let lesson = course().remove(0);
        let (progress, first) = answered(&lesson, true);
        let kept = progress.lesson(&lesson.about.id);
        assert_eq!(LessonResult::answered(&lesson, SEED, &kept), (first.len(), first.len()));
        assert_eq!(LessonResult::answered(&lesson, SEED + 1, &kept), (0, first.len()));
        let other = LessonResult::of(&lesson, SEED + 1, &kept, 1);
        let read = Handed::read(&other.handed, &other.address()).unwrap();
        assert!(read.answers.iter().all(|given| *given == Given::Nothing));
    }

    #[test]
    fn a_link_with_another_lesson_or_seed_and_a_cut_one_are_damaged() {
        let lesson = course().remove(0);
        let (progress, _) = answered(&lesson, true);
        let kept = progress.lesson(&lesson.about.id);
        let result = LessonResult::of(&lesson, SEED, &kept, 1);
        let cut = result.handed[..result.handed.len() - 1].to_owned();
        for damaged in [
            LessonResult { seed: SEED + 1, ..result.clone() },
            LessonResult { lesson: "another".into(), ..result.clone() },
            LessonResult { handed: cut, ..result.clone() },
        ] {
            let read = Handed::read(&damaged.handed, &damaged.address());
            assert_eq!(read, Err(NotHanded::Damaged), "{damaged:?}");
        }
        for text in ["lesson", "lesson/tcp/7/", "lesson//7/A", "lesson/tcp/x/A", "lesson/tcp/7/A/B"]
        {
            assert!(PracticePage::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_long_answer_is_kept_whole() {
        let lesson = course().remove(0);
        let id = &lesson.questions().next().unwrap().id;
        let answer = Answer::Typed("ß".repeat(300));
        let given = Given::Answer { answer, asked: 1 };
        let mut progress = Progress::default();
        progress.keep_answer(&lesson.about.id, SEED, id, &given);
        let kept = progress.lesson(&lesson.about.id);
        let result = LessonResult::of(&lesson, SEED, &kept, 1);
        let read = Handed::read(&result.handed, &result.address()).unwrap();
        assert_eq!(read.answers.first(), Some(&given));
    }
}
