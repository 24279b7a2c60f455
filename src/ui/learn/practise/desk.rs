//! A set that is open: which question is asked, and what was answered.

use super::open_exam::OpenExam;
use super::{Records, href, target};
use crate::lesson::{
    Asked, Exam, Given, Html, Item, Lesson, LessonPage, PageScenario, PracticePage, Question,
    QuestionSet, Taken,
};
use crate::route::{Page, View};
use crate::run::Run;
use crate::ui::learn::fetched::{Failure, Lessons};
use crate::ui::learn::minutes::{left_of, minutes_seconds, now};
use crate::ui::parts::to_heading;
use crate::ui::state::Lab;
use crate::ui::{dom, left};
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

/// How far a set was when it was left.
#[derive(Clone)]
struct Left {
    items: Vec<Item>,
    queue: Vec<usize>,
    at: usize,
    results: Vec<Option<Row>>,
    told: Option<Told>,
    began: u64,
    ended: Option<u64>,
}

/// The questions of a set that was left in the middle or at its end, in this tab.
pub fn left_items(set: &QuestionSet) -> Option<Vec<Item>> {
    let address = href(&PracticePage::Set(set.clone()));
    left::at(&address).map(|left: Left| left.items)
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
    items: StoredValue<Vec<Item>>,
    /// The positions of the questions in the order in which they are asked; what was missed stands there twice.
    queue: RwSignal<Vec<usize>>,
    at: RwSignal<usize>,
    /// The question there, with its place in the queue; `None` behind the last.
    pub place: Memo<Option<(usize, Item)>>,
    /// When it was begun, in milliseconds since 1970.
    began: StoredValue<u64>,
    /// When it was over.
    ended: StoredValue<Option<u64>>,
    /// The exam that it is, if it is one: what was answered, and when it began.
    pub open_exam: Option<OpenExam>,
    /// The lessons that were loaded.
    pub lessons: Lessons,
    /// By the questions' positions: the first answers; of an exam none, since its sheet grades them.
    results: RwSignal<Vec<Option<Row>>>,
    /// What was said of the answer to the present question.
    pub told: RwSignal<Option<Told>>,
}

impl Desk {
    /// The set where it was left, or at its first question.
    pub fn open(
        lab: Lab,
        records: Records,
        set: QuestionSet,
        title: String,
        items: Vec<Item>,
    ) -> Desk {
        let count = items.len();
        let address = href(&PracticePage::Set(set.clone()));
        let open_exam = set.exam.is_some().then(|| OpenExam::open(&set, &items));
        let left = left::at(&address).filter(|left: &Left| left.items == items);
        let Left { queue, at, results, told, began, ended, .. } = left.unwrap_or_else(|| Left {
            items: items.clone(),
            queue: (0..count).collect(),
            at: open_exam.map_or(0, OpenExam::reached),
            results: vec![None; count],
            told: None,
            began: open_exam.map_or_else(now, |open| open.began),
            ended: None,
        });
        let items = StoredValue::new(items);
        let (queue, at) = (RwSignal::new(queue), RwSignal::new(at));
        let (results, told) = (RwSignal::new(results), RwSignal::new(told));
        let (began, ended) = (StoredValue::new(began), StoredValue::new(ended));
        let place = Memo::new(move |_| {
            let (place, queue) = (at.get(), queue.read());
            let item = items.with_value(|items| items.get(*queue.get(place)?).cloned())?;
            Some((place, item))
        });
        if open_exam.is_none() {
            Effect::new(move |_| {
                let (queue, at, results, told) = (queue.get(), at.get(), results.get(), told.get());
                let (began, ended) = (began.get_value(), ended.get_value());
                let items = items.get_value();
                left::keep(&address, Left { items, queue, at, results, told, began, ended });
            });
        }
        let lessons = Lessons::new();
        let (set, title) = (StoredValue::new(set), StoredValue::new(title));
        Desk {
            lab,
            records,
            set,
            title,
            items,
            queue,
            at,
            place,
            began,
            ended,
            open_exam,
            lessons,
            results,
            told,
        }
    }

    /// Forgets all answers, and begins at the first question.
    pub fn begin_again(self) {
        self.began.set_value(now());
        self.ended.set_value(None);
        self.told.set(None);
        self.results.set(vec![None; self.count()]);
        self.queue.set((0..self.count()).collect());
        self.at.set(0);
    }

    /// The seed of all its runs.
    pub fn seed(self) -> u64 {
        self.set.with_value(|set| set.seed)
    }

    /// The exam that it is, if it is one.
    pub fn exam(self) -> Option<Exam> {
        self.set.with_value(|set| set.exam.clone())
    }

    /// How long it may take, and when it was begun, if a clock runs.
    pub fn clock(self) -> Option<(usize, u64)> {
        Some((self.set.with_value(|set| set.minutes)?, self.began.get_value()))
    }

    /// How many questions it has.
    pub fn count(self) -> usize {
        self.items.with_value(Vec::len)
    }

    /// How many questions are behind the person, those asked again among them; tracked.
    pub fn done(self) -> usize {
        self.at.get()
    }

    /// Which question of how many this is, in words; tracked.
    pub fn place_in_words(self) -> String {
        let (at, count, all) = (self.at.get(), self.count(), self.queue.read().len());
        match at.checked_sub(count) {
            None => format!("Question {} of {count}", at + 1),
            Some(again) => format!("Missed before: {} of {}", again + 1, all - count),
        }
    }

    /// Notes what was answered to a question about `run`, and in an exam goes on without a word.
    pub fn answered(self, ready: &Ready, asked: &Asked, given: &Given, run: &Run) {
        let row = ready.row(self.seed(), asked, given, run);
        let (at, right) = (self.at.get_untracked(), row.right);
        let Item { lesson, question } = &ready.item;
        let today = dom::day();
        self.records.practice.change(|kept| kept.answer(lesson, question, right, today));
        if let Some(exam) = self.open_exam {
            exam.answered(at, given.clone());
            self.go_on();
            return;
        }
        let (why, expected) = (row.why.clone(), row.expected.clone());
        if at < self.count() {
            self.results.update(|results| {
                if let Some(slot) = results.get_mut(at) {
                    *slot = Some(row);
                }
            });
        }
        let again = !right && at < self.count();
        if again {
            self.queue.update(|queue| queue.push(at));
        }
        let answered = matches!(given, Given::Answer { .. });
        let spoken = answered && ready.question.is_spoken();
        self.told.set(Some(Told { right, expected, why, again, spoken }));
    }

    /// Goes to the next question; behind the last of an exam to its sheet.
    pub fn go_on(self) {
        let next = self.at.get_untracked() + 1;
        if next < self.queue.read_untracked().len() {
            self.told.set(None);
            self.at.set(next);
        } else {
            self.end();
        }
    }

    /// Ends the set, with whatever was answered: also when its time is over.
    pub fn end(self) {
        if let Some(open) = self.open_exam {
            self.hand_in(open);
        } else if self.ended.get_value().is_none() {
            self.ended.set_value(Some(now()));
            self.told.set(None);
            self.at.set(self.queue.read_untracked().len());
            to_heading();
        }
    }

    /// What there is to say of a set that is over besides what was right.
    pub fn remark(self) -> String {
        let open =
            self.results.with_untracked(|all| all.iter().filter(|one| one.is_none()).count());
        let open = match open {
            0 => String::new(),
            1 => "1 question was not answered. ".to_owned(),
            open => format!("{open} questions were not answered. "),
        };
        let time = self.clock().map_or(String::new(), |(minutes, began)| {
            let gone = self.ended.get_value().unwrap_or(began).saturating_sub(began);
            let left = left_of(minutes, gone as f64).max(0);
            let all = left_of(minutes, 0.0);
            let (used, all) = (minutes_seconds(all - left), minutes_seconds(all));
            let up = if left == 0 { "Time is up. " } else { "" };
            format!("{up}It took {used} of {all} minutes.")
        });
        open + &time
    }

    /// Ends an exam: its address then holds what was answered.
    fn hand_in(self, open: OpenExam) {
        let mut set = self.set.get_value();
        let handed = open.hand_in(&set);
        if let Some(exam) = &mut set.exam {
            exam.handed = Some(handed);
        }
        let sheet = PracticePage::Set(set.clone()).to_string();
        let exam = Taken { day: dom::today(), sheet };
        self.records.practice.change(|kept| kept.take(exam));
        self.lab.look(|view| *view = View::default());
        self.lab.refine(target(&PracticePage::Set(set)));
    }

    /// The first answers, not tracked.
    pub fn rows(self) -> Vec<Row> {
        self.results.with_untracked(|all| all.iter().flatten().cloned().collect())
    }

    /// What the set is called.
    pub fn name(self) -> String {
        self.title.get_value()
    }
}
