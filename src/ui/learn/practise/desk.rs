//! A set that is open: which question is asked, and what was answered.

use super::{Records, open_set, target};
use crate::lesson::{
    Asked, Attempt, Exam, Given, Html, Item, Lesson, LessonPage, PageScenario, PracticePage,
    Question, QuestionSet, Taken,
};
use crate::route::{Page, View};
use crate::run::Run;
use crate::ui::dom;
use crate::ui::learn::fetched::{Failure, Lessons};
use crate::ui::learn::minutes::{left_of, minutes_seconds, now};
use crate::ui::parts::to_heading;
use crate::ui::shared::shared;
use crate::ui::state::Lab;
use leptos::prelude::*;
use std::sync::Arc;

/// A question, with all that it is asked with.
#[derive(Clone)]
pub struct Ready {
    /// Which it is.
    pub item: Item,
    /// Its lesson.
    pub lesson: Arc<Lesson>,
    /// The page that it is on.
    pub page: LessonPage,
    /// The number of the page, from 1.
    pub number: usize,
    /// The question.
    pub question: Question,
    /// What is run for it.
    pub scenario: PageScenario,
}

impl Ready {
    /// Loads it; its run has this seed.
    ///
    /// # Errors
    /// Its lesson could not be loaded, or does not have it.
    pub async fn load(item: Item, seed: u64, lessons: Lessons) -> Result<Ready, Failure> {
        let lesson = lessons.one(&item.lesson).await?;
        let found = lesson.pages.iter().zip(1..).find_map(|(page, number)| {
            let question = page.questions().find(|one| one.id == item.question)?;
            Some((page.clone(), number, question.clone()))
        });
        let Some((page, number, question)) = found else {
            let what = format!("{}: has no question “{}” any more", lesson.file, item.question);
            return Err(vec![what]);
        };
        let scenario = lesson.scenario_of(&page).with(seed);
        Ok(Ready { item, lesson, page, number, question, scenario })
    }

    /// The address of its page, with the same run.
    pub fn href(&self, seed: u64) -> String {
        Page::Lesson(self.item.lesson.clone(), self.number, Some(seed)).href()
    }

    /// What a result shows of it, when it was asked about `run` and `given` was answered.
    pub fn row(&self, seed: u64, asked: &Asked, given: &Given, run: &Run) -> Row {
        let judged = match given {
            Given::Answer { answer, .. } => Some((asked.grade(run, answer), answer)),
            Given::Nothing | Given::Unknown => None,
        };
        let right = judged.as_ref().is_some_and(|(verdict, _)| verdict.right);
        let (yours, why) = match judged {
            Some((verdict, answer)) => {
                (asked.in_words(run, answer), verdict.reasons(&asked.explain))
            }
            None if *given == Given::Nothing => {
                (vec!["Not reached.".to_owned()], asked.explain.clone())
            }
            None => (vec!["“I do not know.”".to_owned()], asked.explain.clone()),
        };
        Row {
            prompt: asked.prompt.clone(),
            lesson: self.lesson.about.title.clone(),
            page: self.page.title.clone(),
            href: self.href(seed),
            yours,
            expected: asked.expected_lines(),
            why,
            right,
            reached: *given != Given::Nothing,
            changed: matches!(given, Given::Answer { asked: then, .. } if *then != asked.print()),
        }
    }
}

/// What a result shows of a question.
#[derive(Clone)]
pub struct Row {
    /// What was asked.
    pub prompt: Html,
    /// The lesson's title.
    pub lesson: String,
    /// The page's title.
    pub page: String,
    /// Where it is asked there.
    pub href: String,
    /// What was answered the first time, in lines.
    pub yours: Vec<String>,
    /// The right answer, in lines; none where it cannot be written in one.
    pub expected: Vec<String>,
    /// What is wrong with a wrong answer, and why the right one is right.
    pub why: Html,
    /// Whether it was answered rightly, the first time.
    pub right: bool,
    /// Whether it was come to at all, before the time was up.
    pub reached: bool,
    /// Whether the question, or what there is to choose from, was changed since.
    pub changed: bool,
}

/// What there is to say of an answer.
#[derive(Clone)]
pub struct Told {
    /// Whether it was right.
    pub right: bool,
    /// The right answer, in lines; none where it cannot be written in one.
    pub expected: Vec<String>,
    /// What is wrong with a wrong answer, and why the right one is right.
    pub why: Html,
    /// Whether the question comes again.
    pub again: bool,
    /// Whether it was answered aloud: then what is missing is no error.
    pub spoken: bool,
}

/// An open set. Copied freely into views.
#[derive(Clone, Copy)]
pub struct Desk {
    /// What every view shares.
    pub lab: Lab,
    records: Records,
    set: StoredValue<QuestionSet>,
    /// What it is called.
    title: StoredValue<String>,
    attempt: RwSignal<Attempt>,
    /// The question that is open, with how many were asked before it; `None` behind the last.
    pub place: Signal<Option<(usize, Item)>>,
    /// The lessons that were loaded.
    pub lessons: Lessons,
    /// What was said of the answer to the present question.
    pub told: RwSignal<Option<Told>>,
}

impl Desk {
    /// The set, as far as `attempt` is; from now on it is kept.
    pub fn open(
        lab: Lab,
        records: Records,
        set: QuestionSet,
        title: String,
        attempt: Attempt,
    ) -> Desk {
        let attempt = RwSignal::new(attempt);
        let place =
            shared(move |_| attempt.with(|attempt| Some((attempt.at(), attempt.item()?.clone()))));
        let (set, title) = (StoredValue::new(set), StoredValue::new(title));
        Effect::new(move |_| {
            attempt.with(|attempt| set.with_value(|set| open_set::keep(set, attempt)));
        });
        let (lessons, told) = (Lessons::new(), RwSignal::new(None));
        Desk { lab, records, set, title, attempt, place, lessons, told }
    }

    /// Forgets all answers, and begins at the first question.
    pub fn begin_again(self) {
        self.told.set(None);
        self.attempt.update(|attempt| *attempt = Attempt::begin(attempt.items().to_vec(), now()));
    }

    /// The seed of all its runs.
    pub fn seed(self) -> u64 {
        self.set.with_value(|set| set.seed)
    }

    /// Whether it is an exam.
    pub fn is_exam(self) -> bool {
        self.set.with_value(|set| set.exam.is_some())
    }

    /// How long it may take, and when it was begun, if a clock runs.
    pub fn clock(self) -> Option<(usize, u64)> {
        let minutes = self.set.with_value(|set| set.minutes)?;
        Some((minutes, self.attempt.with_untracked(|attempt| attempt.began)))
    }

    /// How many questions it has.
    pub fn count(self) -> usize {
        self.attempt.with_untracked(Attempt::count)
    }

    /// How many questions are behind the person, those asked again among them; tracked.
    pub fn done(self) -> usize {
        self.attempt.with(Attempt::at)
    }

    /// Which question of how many this is, in words; tracked.
    pub fn place_in_words(self) -> String {
        self.attempt.with(|attempt| {
            let (at, count) = (attempt.at(), attempt.count());
            match at.checked_sub(count) {
                None => format!("Question {} of {count}", at + 1),
                Some(again) => format!("Missed before: {} of {}", again + 1, attempt.again()),
            }
        })
    }

    /// Notes what was answered to a question about `run`, and in an exam goes on without a word.
    pub fn answered(self, ready: &Ready, asked: &Asked, given: &Given, run: &Run) {
        let row = ready.row(self.seed(), asked, given, run);
        let (right, is_exam) = (row.right, self.is_exam());
        let Item { lesson, question } = &ready.item;
        let today = dom::day();
        self.records.practice.change(|kept| kept.answer(lesson, question, right, today));
        self.attempt.update(|attempt| attempt.answer(given.clone(), !right && !is_exam));
        if is_exam {
            self.go_on();
        } else {
            self.tell(ready, given, row);
        }
    }

    /// Says once more what was said of the answer, where the set was left before the next question.
    pub fn tell_again(self, ready: &Ready, asked: &Asked, run: &Run) {
        let given = self.attempt.with_untracked(|attempt| attempt.given().cloned());
        if let Some(given) = given.filter(|_| self.told.read_untracked().is_none()) {
            self.tell(ready, &given, ready.row(self.seed(), asked, &given, run));
        }
    }

    fn tell(self, ready: &Ready, given: &Given, row: Row) {
        let Row { right, expected, why, .. } = row;
        let again = self.attempt.with_untracked(Attempt::comes_again);
        let spoken = matches!(given, Given::Answer { .. }) && ready.question.is_spoken();
        self.told.set(Some(Told { right, expected, why, again, spoken }));
    }

    /// Goes to the next question; behind the last to the result.
    pub fn go_on(self) {
        self.told.set(None);
        self.attempt.update(Attempt::go_on);
        if self.attempt.with_untracked(Attempt::is_over) {
            self.end();
        }
    }

    /// Ends the set, with whatever was answered: also when its time is over.
    pub fn end(self) {
        if self.attempt.with_untracked(|attempt| attempt.ended.is_some()) {
            return;
        }
        self.told.set(None);
        self.attempt.update(|attempt| attempt.end(now()));
        if self.is_exam() {
            self.hand_in();
        } else {
            to_heading();
        }
    }

    /// What there is to say of a set that is over besides what was right.
    pub fn remark(self) -> String {
        let open = self.count().saturating_sub(self.first_answers().len());
        let open = match open {
            0 => String::new(),
            1 => "1 question was not answered. ".to_owned(),
            open => format!("{open} questions were not answered. "),
        };
        let ended = self.attempt.with_untracked(|attempt| attempt.ended);
        let time = self.clock().map_or(String::new(), |(minutes, began)| {
            let gone = ended.unwrap_or(began).saturating_sub(began);
            let left = left_of(minutes, gone as f64).max(0);
            let all = left_of(minutes, 0.0);
            let (used, all) = (minutes_seconds(all - left), minutes_seconds(all));
            let up = if left == 0 { "Time is up. " } else { "" };
            format!("{up}It took {used} of {all} minutes.")
        });
        open + &time
    }

    /// Hands an exam in: its address then holds what was answered.
    fn hand_in(self) {
        let mut set = self.set.get_value();
        // What follows the attempt may be gone with the page before it is told.
        let handed = self.attempt.with_untracked(|attempt| {
            open_set::keep(&set, attempt);
            attempt.handed(now()).write(&set.exam_address())
        });
        set.exam = Some(Exam { handed: Some(handed) });
        let sheet = PracticePage::Set(set.clone()).to_string();
        let exam = Taken { day: dom::today(), sheet };
        self.records.practice.change(|kept| kept.take(exam));
        self.lab.look(|view| *view = View::default());
        self.lab.refine(target(&PracticePage::Set(set)));
    }

    /// The first answers, not tracked.
    pub fn first_answers(self) -> Vec<(Item, Given)> {
        self.attempt.with_untracked(Attempt::first_answers)
    }

    /// What the set is called.
    pub fn name(self) -> String {
        self.title.get_value()
    }
}
