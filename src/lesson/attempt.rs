//! An attempt at a set of questions: what it asks, what was answered, and how far it is. It is kept as a text while
//! the set is open, so that loading the page again loses nothing and stops no clock.

use super::built::Card;
use super::drill::{Item, QuestionSet};
use super::handed::{Given, Handed};
use serde::{Deserialize, Serialize};

/// Milliseconds of a second and of a day.
const SECOND: u64 = 1000;
const DAY: u64 = 24 * 60 * 60 * SECOND;

/// An attempt. Moments are in milliseconds since 1970.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// When it began.
    pub began: u64,
    /// When it ended, if it did.
    pub ended: Option<u64>,
    items: Vec<Item>,
    /// The positions of the questions that are asked once more, behind all others.
    missed: Vec<usize>,
    /// Which of those asked is open, from 0; as many as there are where none is.
    at: usize,
    /// What was answered, in the order in which it was asked.
    answers: Vec<Given>,
}

/// An attempt as text: JSON, with the answers in the form that the address of an exam has.
#[derive(Serialize, Deserialize)]
struct Written {
    began: u64,
    ended: Option<u64>,
    items: Vec<Item>,
    missed: Vec<usize>,
    at: usize,
    answers: String,
}

impl Attempt {
    /// One that begins `now`.
    pub fn begin(items: Vec<Item>, now: u64) -> Attempt {
        let (missed, answers) = (Vec::new(), Vec::new());
        Attempt { began: now, ended: None, items, missed, at: 0, answers }
    }

    /// As text; `set` is the address of the set.
    pub fn write(&self, set: &str) -> String {
        let handed = Handed {
            drawn: Handed::of_drawn(&self.items),
            day: 0,
            seconds: 0,
            answers: self.answers.clone(),
        };
        let Attempt { began, ended, items, missed, at, .. } = self.clone();
        let written = Written { began, ended, items, missed, at, answers: handed.write(set) };
        // Numbers and texts under text keys: serialising them cannot fail.
        serde_json::to_string(&written).unwrap_or_default()
    }

    /// Reads what was written for the set at this address; `None` where it is no such text.
    pub fn read(text: &str, set: &str) -> Option<Attempt> {
        let Written { began, ended, items, missed, at, answers } =
            serde_json::from_str(text).ok()?;
        let Handed { drawn, answers, .. } = Handed::read(&answers, set).ok()?;
        let all = items.len() + missed.len();
        let fits = drawn == Handed::of_drawn(&items)
            && missed.iter().all(|position| *position < items.len())
            && at <= all
            && answers.len() <= all.min(at + 1)
            && (answers.len() >= at || ended.is_some());
        fits.then_some(Attempt { began, ended, items, missed, at, answers })
    }

    /// Whether the lessons still ask this: `drawn` now, or where that depends on what the person did since, whatever
    /// is still there. An exam that is over was handed in.
    pub fn is_current(&self, set: &QuestionSet, drawn: &[Item], cards: &[Card]) -> bool {
        let is_there = |item: &Item| {
            let card = cards.iter().find(|card| card.about.id == item.lesson);
            card.is_some_and(|card| card.questions.iter().any(|one| one.id == item.question))
        };
        let asks = if set.pool.is_personal() {
            self.items.iter().all(is_there)
        } else {
            self.items == drawn
        };
        asks && !(set.exam.is_some() && self.is_over())
    }

    /// What it asks.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// How many questions it has.
    pub fn count(&self) -> usize {
        self.items.len()
    }

    /// How many are asked again behind them, as far as is known.
    pub fn again(&self) -> usize {
        self.missed.len()
    }

    /// How many were asked before the open one, or at all.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The open question; `None` behind the last.
    pub fn item(&self) -> Option<&Item> {
        let position = match self.at.checked_sub(self.count()) {
            None => self.at,
            Some(again) => *self.missed.get(again)?,
        };
        self.items.get(position)
    }

    /// Whether nothing is asked any more.
    pub fn is_over(&self) -> bool {
        self.item().is_none()
    }

    /// What was answered to the open question, if it was.
    pub fn given(&self) -> Option<&Given> {
        self.answers.get(self.at)
    }

    /// Whether the open question was answered and comes again.
    pub fn comes_again(&self) -> bool {
        self.at < self.count() && self.missed.contains(&self.at)
    }

    /// Notes the answer to the open question, once. What was `missed` comes again, though not a second time.
    pub fn answer(&mut self, given: Given, missed: bool) {
        if self.given().is_some() || self.is_over() {
            return;
        }
        self.answers.push(given);
        if missed && self.at < self.count() {
            self.missed.push(self.at);
        }
    }

    /// Goes on to the next question, also where the open one cannot be asked.
    pub fn go_on(&mut self) {
        if !self.is_over() {
            self.answer(Given::Nothing, false);
            self.at += 1;
        }
    }

    /// Ends it, whatever is still to be asked. The first end counts.
    pub fn end(&mut self, now: u64) {
        self.at = self.count() + self.again();
        self.ended.get_or_insert(now);
    }

    /// Each question that was answered, with what was answered the first time.
    pub fn first_answers(&self) -> Vec<(Item, Given)> {
        let all = self.items.iter().cloned().zip(self.answers.iter().cloned());
        all.filter(|(_, given)| *given != Given::Nothing).collect()
    }

    /// As an exam is handed in at this moment.
    pub fn handed(&self, now: u64) -> Handed {
        let whole = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let mut answers = self.answers.clone();
        answers.resize(self.count(), Given::Nothing);
        Handed {
            drawn: Handed::of_drawn(&self.items),
            day: whole(now / DAY),
            seconds: whole(now.saturating_sub(self.began) / SECOND),
            answers,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::drill::tests::card;
    use super::super::{Answer, PracticePage};
    use super::*;
    use proptest::prelude::*;

    const SET: &str = "tcp/3/7";

    fn items(count: usize) -> Vec<Item> {
        let item = |at| Item { lesson: "tcp".into(), question: format!("q{at}") };
        (0..count).map(item).collect()
    }

    fn typed(text: &str) -> Given {
        Given::Answer { answer: Answer::Typed(text.into()), asked: 7 }
    }

    /// What a person does in a set.
    #[derive(Clone, Copy, Debug)]
    enum Act {
        Answer(bool),
        GoOn,
        End,
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        let act = prop_oneof![
            5 => any::<bool>().prop_map(Act::Answer),
            5 => Just(Act::GoOn),
            1 => Just(Act::End),
        ];
        prop::collection::vec(act, 0..30)
    }

    proptest! {
        #[test]
        fn whatever_was_done_an_attempt_is_read_as_it_was_written(count in 1usize..8, acts in acts()) {
            let mut attempt = Attempt::begin(items(count), 5);
            for (now, act) in (6..).zip(acts) {
                match act {
                    Act::Answer(missed) => attempt.answer(typed("x"), missed),
                    Act::GoOn => attempt.go_on(),
                    Act::End => attempt.end(now),
                }
                prop_assert_eq!(Attempt::read(&attempt.write(SET), SET), Some(attempt.clone()));
            }
            prop_assert!(attempt.again() <= count);
        }

        #[test]
        fn what_nobody_wrote_is_no_attempt(text in "\\PC{0,60}") {
            prop_assert!(Attempt::read(&text, SET).is_none());
        }
    }

    #[test]
    fn what_was_missed_comes_again_once_behind_all_others() {
        let mut attempt = Attempt::begin(items(3), 0);
        let mut asked = Vec::new();
        while let Some(item) = attempt.item().cloned() {
            let missed = item.question != "q1";
            attempt.answer(typed(&item.question), missed);
            // A second answer to the same question changes nothing.
            attempt.answer(Given::Unknown, true);
            assert_eq!(attempt.comes_again(), missed && asked.len() < 3);
            asked.push(item.question);
            attempt.go_on();
        }
        assert_eq!(asked, ["q0", "q1", "q2", "q0", "q2"]);
        let first: Vec<Given> =
            attempt.first_answers().into_iter().map(|(_, given)| given).collect();
        assert_eq!(first, [typed("q0"), typed("q1"), typed("q2")]);
    }

    #[test]
    fn an_answer_that_was_given_is_found_before_one_goes_on() {
        let mut attempt = Attempt::begin(items(2), 0);
        assert_eq!(attempt.given(), None);
        attempt.answer(typed("no"), true);
        let read = Attempt::read(&attempt.write(SET), SET).unwrap();
        assert_eq!((read.given(), read.comes_again()), (Some(&typed("no")), true));
    }

    #[test]
    fn what_cannot_be_asked_and_what_was_not_reached_have_no_answer() {
        let mut attempt = Attempt::begin(items(4), 3 * DAY);
        attempt.go_on();
        attempt.answer(Given::Unknown, true);
        attempt.end(3 * DAY + 61_500);
        attempt.end(9 * DAY);
        assert!(attempt.is_over() && attempt.item().is_none());
        assert_eq!(attempt.ended, Some(3 * DAY + 61_500));
        assert_eq!(attempt.first_answers(), [(items(2).remove(1), Given::Unknown)]);
        let handed = attempt.handed(3 * DAY + 61_500);
        assert_eq!((handed.day, handed.seconds), (3, 61));
        let nothing = Given::Nothing;
        assert_eq!(handed.answers, [nothing.clone(), Given::Unknown, nothing.clone(), nothing]);
    }

    #[test]
    fn the_text_of_another_set_and_one_that_makes_no_sense_are_no_attempt() {
        let mut attempt = Attempt::begin(items(3), 0);
        attempt.answer(typed("x"), true);
        attempt.go_on();
        let text = attempt.write(SET);
        assert!(Attempt::read(&text, "tcp/3/8").is_none());
        for (from, to) in [
            ("\"at\":1", "\"at\":3"),
            ("\"at\":1", "\"at\":0,\"at\":0"),
            ("\"missed\":[0]", "\"missed\":[3]"),
            ("\"question\":\"q2\"", "\"question\":\"q9\""),
        ] {
            let changed = text.replace(from, to);
            assert_ne!(changed, text, "{from}");
            assert!(Attempt::read(&changed, SET).is_none(), "{to}");
        }
    }

    #[test]
    fn an_attempt_goes_on_only_while_the_lessons_ask_the_same() {
        let set = |text: &str| match PracticePage::parse(text) {
            Ok(PracticePage::Set(set)) => set,
            other => panic!("{other:?}"),
        };
        let (cards, drawn) = ([card("tcp", 3)], items(3));
        let mut attempt = Attempt::begin(drawn.clone(), 0);
        for text in [SET, "weakest/3/7", "exam/tcp/3/20/7"] {
            assert!(attempt.is_current(&set(text), &drawn, &cards), "{text}");
        }
        // What was missed meanwhile would be drawn first.
        let others: Vec<Item> = drawn.iter().rev().cloned().collect();
        assert!(attempt.is_current(&set("weakest/3/7"), &others, &cards));
        assert!(!attempt.is_current(&set(SET), &others, &cards));
        assert!(!attempt.is_current(&set("weakest/3/7"), &drawn, &[card("tcp", 2)]));
        attempt.end(1);
        assert!(attempt.is_current(&set(SET), &drawn, &cards), "its result is shown again");
        assert!(!attempt.is_current(&set("exam/tcp/3/20/7"), &drawn, &cards));
    }
}
