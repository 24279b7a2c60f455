//! Sets of questions out of all lessons: which, from an address. It holds what they are drawn from, how many, and
//! the seed of their runs, so whoever opens it is asked the same; where a clock runs its minutes too, and of an exam
//! behind its end what was answered.

use super::built::{Asks, Card};
use super::practice::{Boxed, Practice};
use super::progress::Progress;
use super::result::LessonResult;
use super::sets::NamedSet;
use super::skill::DIFFICULTIES;
use crate::shuffle::{seed, shuffle};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// What of the practice is shown: the rest of the address, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PracticePage {
    /// The choice of a set.
    Choose,
    /// A set.
    Set(QuestionSet),
    /// The result of a lesson.
    Lesson(LessonResult),
}

/// A set of questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionSet {
    /// What they are drawn from.
    pub pool: Pool,
    /// How hard they are, if only such are wanted.
    pub difficulty: Option<u8>,
    /// How many, at most.
    pub count: usize,
    /// What they are drawn with, and the seed of their runs.
    pub seed: u64,
    /// How long it may take, if a clock runs; that of an exam always does.
    pub minutes: Option<usize>,
    /// The exam that they make, if they do.
    pub exam: Option<Exam>,
}

/// What makes a set an exam: nothing is said before its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exam {
    /// Behind its end: what was answered, as [`Handed`](super::Handed) reads it.
    pub handed: Option<String>,
}

/// What questions are drawn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pool {
    /// All lessons.
    All,
    /// All lessons: first what this person missed, then what they were never asked. Others get other questions.
    Weakest,
    /// What this person is to review today. Others get other questions.
    Due,
    /// One lesson, by its id.
    Lesson(String),
    /// One skill, by its id.
    Skill(String),
    /// A set that has a name, by its id: its questions in their order.
    Set(String),
}

/// One question of a set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its lesson's id.
    pub lesson: String,
    /// Its own.
    pub question: String,
}

const EXAM: &str = "exam";
const TIMED: &str = "timed";
const ALL: &str = "all";
const WEAKEST: &str = "weakest";
const DUE: &str = "due";
const SKILL: &str = "skill";
const SET: &str = "set";

/// Words of addresses that no lesson can have as its id.
#[cfg(not(target_arch = "wasm32"))]
pub const RESERVED: [&str; 8] = [EXAM, TIMED, ALL, WEAKEST, DUE, SKILL, SET, super::result::LESSON];

/// The most questions of a set.
const MOST: usize = 100;

/// The most minutes of a set: a day.
const MOST_MINUTES: usize = 24 * 60;

impl PracticePage {
    /// Reads it.
    ///
    /// # Errors
    /// What the address must hold, in a sentence.
    pub fn parse(text: &str) -> Result<PracticePage, String> {
        let parts = words(text);
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        if let Some(result) = LessonResult::read(&parts) {
            return Ok(PracticePage::Lesson(result));
        }
        let found = match parts.as_slice() {
            [""] => return Ok(PracticePage::Choose),
            [EXAM, pool, count, minutes, seed, handed @ ..] => exam(handed)
                .zip(self::minutes(minutes))
                .and_then(|(exam, minutes)| {
                    QuestionSet::read(pool, count, seed, Some(minutes), Some(exam))
                })
                .filter(|set| !set.pool.is_personal()),
            [TIMED, pool, count, minutes, seed] => self::minutes(minutes)
                .and_then(|minutes| QuestionSet::read(pool, count, seed, Some(minutes), None)),
            [pool, count, seed] => QuestionSet::read(pool, count, seed, None, None),
            _ => None,
        };
        found.map(PracticePage::Set).ok_or_else(|| {
            format!(
                "The address of a set holds a lesson, “{SKILL}” and a skill, or “{ALL}”, how many questions (1 to {MOST}) and a seed, as in {ALL}/10/7; with a clock, minutes (1 to {MOST_MINUTES}) as well, as in {TIMED}/{ALL}/10/20/7, and an exam in {EXAM}/{ALL}/10/20/7."
            )
        })
    }
}

/// The words of an address. What questions are drawn from is one, with all that belongs to it: `skill/records/hard`.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for part in text.split('/') {
        match words.last_mut() {
            Some(word)
                if matches!(word.as_str(), SKILL | SET)
                    || (![EXAM, TIMED].contains(&word.as_str()) && is_hard(part)) =>
            {
                word.extend(["/", part]);
            }
            _ => words.push(part.to_owned()),
        }
    }
    words
}

/// Whether `word` says how hard questions are.
fn is_hard(word: &str) -> bool {
    DIFFICULTIES.iter().any(|(_, one)| *one == word)
}

fn exam(handed: &[&str]) -> Option<Exam> {
    let handed = match handed {
        [] => None,
        [handed] if !handed.is_empty() => Some((*handed).to_owned()),
        _ => return None,
    };
    Some(Exam { handed })
}

fn minutes(text: &str) -> Option<usize> {
    text.parse().ok().filter(|minutes| (1..=MOST_MINUTES).contains(minutes))
}

/// As in the address.
impl fmt::Display for PracticePage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = match self {
            PracticePage::Choose => return Ok(()),
            PracticePage::Lesson(result) => {
                return write!(f, "{}/{}", result.address(), result.handed);
            }
            PracticePage::Set(set) => set,
        };
        let QuestionSet { count, seed, minutes, exam, .. } = set;
        let kind = if exam.is_some() { EXAM } else { TIMED };
        let from = set.from();
        match minutes {
            Some(minutes) => write!(f, "{kind}/{from}/{count}/{minutes}/{seed}")?,
            None => write!(f, "{from}/{count}/{seed}")?,
        }
        let handed = exam.iter().flat_map(|exam| &exam.handed);
        handed.into_iter().try_for_each(|handed| write!(f, "/{handed}"))
    }
}

impl Pool {
    /// As in the address.
    pub fn word(&self) -> Cow<'_, str> {
        match self {
            Pool::All => ALL.into(),
            Pool::Weakest => WEAKEST.into(),
            Pool::Due => DUE.into(),
            Pool::Lesson(id) => id.into(),
            Pool::Skill(id) => format!("{SKILL}/{id}").into(),
            Pool::Set(id) => format!("{SET}/{id}").into(),
        }
    }

    /// That of a word; `None` if it says nothing.
    pub fn of(word: &str) -> Option<Pool> {
        let named = |id: &str| Some(id.to_owned()).filter(|id| !id.is_empty());
        match word.split_once('/') {
            Some((SKILL, id)) => named(id).map(Pool::Skill),
            Some((SET, id)) => named(id).map(Pool::Set),
            Some(_) => None,
            None => match word {
                ALL => Some(Pool::All),
                WEAKEST => Some(Pool::Weakest),
                DUE => Some(Pool::Due),
                id => named(id).map(Pool::Lesson),
            },
        }
    }

    /// Whether it depends on what a person did: no exam can be drawn from it.
    pub(super) fn is_personal(&self) -> bool {
        matches!(self, Pool::Weakest | Pool::Due)
    }
}

impl QuestionSet {
    /// The address of the exam that it is, without what was answered in it.
    pub fn exam_address(&self) -> String {
        let exam = self.exam.is_some().then(Exam::default);
        PracticePage::Set(QuestionSet { exam, ..self.clone() }).to_string()
    }

    fn read(
        pool: &str,
        count: &str,
        seed: &str,
        minutes: Option<usize>,
        exam: Option<Exam>,
    ) -> Option<QuestionSet> {
        let parts = pool.rsplit_once('/').filter(|(pool, _)| ![SKILL, SET].contains(pool));
        let hard = parts.and_then(|(pool, word)| {
            Some((pool, DIFFICULTIES.iter().find(|(_, one)| *one == word)?.0))
        });
        let (pool, difficulty) = hard.map_or((pool, None), |(pool, number)| (pool, Some(number)));
        let pool = Pool::of(pool)?;
        let count = count.parse().ok().filter(|count| (1..=MOST).contains(count))?;
        Some(QuestionSet { pool, difficulty, count, seed: seed.parse().ok()?, minutes, exam })
    }

    /// What they are drawn from and how hard they are, as in the address.
    fn from(&self) -> String {
        let hard = DIFFICULTIES.iter().find(|(number, _)| Some(*number) == self.difficulty);
        let hard = hard.map_or(String::new(), |(_, word)| format!("/{word}"));
        format!("{}{hard}", self.pool.word())
    }

    /// Its questions, those of a named set among `sets` and all others among those of the lessons, on a day counted
    /// from 1970. Only [`Pool::Weakest`] and [`Pool::Due`] depend on what the person did. An exam has none that are
    /// said aloud, which the person alone can judge.
    pub fn draw(
        &self,
        cards: &[Card],
        sets: &[NamedSet],
        practice: &Practice,
        progress: &Progress,
        today: u32,
    ) -> Vec<Item> {
        let listed = match &self.pool {
            Pool::Set(id) => sets.iter().find(|set| set.id == *id).map(|set| &set.questions),
            _ => None,
        };
        let is_in = |item: &Item, asks: &Asks| match &self.pool {
            Pool::All | Pool::Weakest | Pool::Due => true,
            Pool::Lesson(id) => item.lesson == *id,
            Pool::Skill(id) => asks.skill.as_ref() == Some(id),
            Pool::Set(_) => listed.is_some_and(|listed| listed.contains(item)),
        };
        let is_asked = |asks: &&Asks| {
            (self.exam.is_none() || !asks.spoken)
                && self.difficulty.is_none_or(|difficulty| difficulty == asks.difficulty)
        };
        let of = |card: &Card| -> Vec<Item> {
            let lesson = &card.about.id;
            let item = |asks: &Asks| {
                let item = Item { lesson: lesson.clone(), question: asks.id.clone() };
                is_in(&item, asks).then_some(item)
            };
            card.questions.iter().filter(is_asked).filter_map(item).collect()
        };
        let mut items: Vec<Item> = cards.iter().flat_map(of).collect();
        match listed {
            Some(listed) => items.sort_by_key(|item| listed.iter().position(|one| one == item)),
            None => shuffle(&mut items, seed(&self.pool.word(), self.seed)),
        }
        match self.pool {
            Pool::Weakest => items.sort_by_key(|item| weakness(item, practice, progress)),
            Pool::Due => {
                let boxed = |item: &Item| practice.boxed(&item.lesson, &item.question);
                items.retain(|item| boxed(item).is_some_and(|boxed| boxed.is_due(today)));
                // What waits the longest comes first.
                items.sort_by_key(|item| boxed(item).map(Boxed::due));
            }
            Pool::All | Pool::Lesson(_) | Pool::Skill(_) | Pool::Set(_) => {}
        }
        items.truncate(self.count);
        items
    }
}

/// In which order a person's questions come: what was missed, what they were never asked, then box after box.
fn weakness(item: &Item, practice: &Practice, progress: &Progress) -> u8 {
    let asked = progress.asked(&item.lesson, &item.question);
    match (practice.place(&item.lesson, &item.question), asked) {
        (Some(1), _) => 0,
        (Some(number), _) => number + 1,
        // In its lesson it was right later, or not yet.
        (None, Some(asked)) if asked.attempts > 1 || !asked.right => 1,
        (None, None) => 2,
        (None, Some(_)) => 3,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::lesson::Renamed;
    use crate::lesson::model::{About, Level};

    /// A lesson with so many questions, `q0` and so on, the first of them spoken.
    pub fn card(id: &str, questions: usize) -> Card {
        let about = About {
            id: id.into(),
            title: id.into(),
            minutes: 5,
            level: Level::Beginner,
            summary: String::new(),
            scenario: "tls13".into(),
            objectives: Vec::new(),
            prerequisites: Vec::new(),
            sources: Vec::new(),
        };
        let asks = |at: usize| Asks {
            id: format!("q{at}"),
            skill: (at > 1).then(|| ["ports", "loss"][at % 2].to_owned()),
            difficulty: [1, 2, 3][at % 3],
            spoken: at == 0,
        };
        let questions = (0..questions).map(asks).collect();
        Card {
            file: String::new(),
            about,
            pages: Vec::new(),
            renamed: Renamed::default(),
            questions,
        }
    }

    fn set(text: &str) -> QuestionSet {
        match PracticePage::parse(text) {
            Ok(PracticePage::Set(set)) => set,
            other => panic!("{other:?}"),
        }
    }

    /// The day on which everything here is done.
    pub const DAY: u32 = 20_000;

    fn draw(text: &str, practice: &Practice) -> Vec<Item> {
        let questions = [("keys", "q3"), ("tcp", "q0"), ("tcp", "q4")];
        let item = |(lesson, question): (&str, &str)| Item {
            lesson: lesson.into(),
            question: question.into(),
        };
        let named = NamedSet {
            id: "check".into(),
            name: String::new(),
            about: String::new(),
            questions: questions.map(item).into(),
        };
        let cards = [card("tcp", 12), card("keys", 8)];
        set(text).draw(&cards, &[named], practice, &Progress::default(), DAY)
    }

    #[test]
    fn an_address_is_read_as_it_is_written() {
        for text in [
            "",
            "all/10/7",
            "weakest/5/0",
            "due/20/7",
            "due/hard/20/7",
            "timed/all/10/20/7",
            "timed/due/10/20/7",
            "timed/skill/ports/hard/10/20/7",
            "tcp/20/7",
            "exam/all/10/20/7",
            "exam/tcp/3/20/7/AQ-_x",
            "skill/ports/10/7",
            "set/check/3/7",
            "lesson/tcp/7/AQ-_x",
            "all/hard/10/7",
            "tcp/easy/10/7",
            "skill/ports/medium/10/7",
            "skill/hard/10/7",
            "exam/skill/ports/hard/10/20/7/AQ",
        ] {
            assert_eq!(PracticePage::parse(text).unwrap().to_string(), text);
        }
        let wrong = [
            "all",
            "all/0/7",
            "all/101/7",
            "all/10/x",
            "/10/7",
            "all/10/7/8",
            "exam",
            "exam/all/10/7/",
            "exam/all/10/0/7",
            "exam/all/10/1441/7",
            "exam/all/10/20/7/",
            "exam/weakest/10/20/7",
            "exam/due/10/20/7",
            "timed",
            "timed/all/10/7",
            "timed/all/10/0/7",
            "timed/all/10/20/7/10",
            "exam/weakest/hard/10/20/7",
            "skill/10/7",
            "skill//10/7",
            "set/10/7",
            "hard/10/7/8",
            "all/hard/hard/10/7",
            "exam/all/10/20/7/1/1",
        ];
        for text in wrong {
            assert!(PracticePage::parse(text).unwrap_err().contains("all/10/7"), "{text}");
        }
    }

    #[test]
    fn a_set_is_the_same_for_whoever_opens_its_address() {
        let mut practised = Practice::default();
        practised.answer("tcp", "q3", false, DAY);
        let mut others = 0;
        for seed in 0..20 {
            let text = format!("all/10/{seed}");
            let drawn = draw(&text, &Practice::default());
            assert_eq!(drawn, draw(&text, &practised));
            assert_eq!(drawn.len(), 10);
            assert!(drawn.iter().zip(1..).all(|(item, next)| !drawn[next..].contains(item)));
            others += usize::from(drawn != draw(&format!("all/10/{}", seed + 1), &practised));
        }
        assert!(others > 15);
        let of_one = draw("keys/100/7", &practised);
        assert!(of_one.len() == 8 && of_one.iter().all(|item| item.lesson == "keys"));
        assert!(draw("banana/10/7", &practised).is_empty());
    }

    #[test]
    fn what_was_missed_comes_first_and_what_was_often_right_last() {
        let mut practice = Practice::default();
        practice.answer("tcp", "q3", false, DAY);
        practice.answer("keys", "q5", true, DAY);
        practice.answer("keys", "q5", true, DAY + 3);
        practice.answer("tcp", "q7", true, DAY);
        let drawn = draw("weakest/20/7", &practice);
        let at = |lesson: &str, question: &str| {
            let item = Item { lesson: lesson.into(), question: question.into() };
            drawn.iter().position(|other| *other == item).unwrap()
        };
        assert_eq!((at("tcp", "q3"), at("tcp", "q7"), at("keys", "q5")), (0, 18, 19));
    }

    #[test]
    fn what_went_wrong_in_a_lesson_comes_before_what_was_never_asked() {
        let mut progress = Progress::default();
        progress.answer("tcp", "q3", false);
        progress.answer("tcp", "q4", true);
        let cards = [card("tcp", 6)];
        let drawn = set("weakest/20/7").draw(&cards, &[], &Practice::default(), &progress, DAY);
        let ids: Vec<&str> = drawn.iter().map(|item| item.question.as_str()).collect();
        assert_eq!((ids[0], ids[5]), ("q3", "q4"));
    }

    #[test]
    fn what_is_due_is_asked_the_longest_overdue_first_and_nothing_else() {
        let mut practice = Practice::default();
        practice.answer("tcp", "q3", false, DAY - 1);
        practice.answer("tcp", "q4", false, DAY);
        practice.answer("tcp", "q5", true, DAY - 2);
        practice.answer("keys", "q6", true, DAY - 10);
        practice.answer("keys", "gone", false, DAY - 10);
        let drawn = draw("due/20/7", &practice);
        let ids: Vec<&str> = drawn.iter().map(|item| item.question.as_str()).collect();
        assert_eq!(ids, ["q6", "q3"]);
        assert_eq!(draw("timed/due/1/5/8", &practice)[0].question, "q6");
        assert!(draw("due/20/7", &Practice::default()).is_empty());
    }

    #[test]
    fn a_set_can_be_of_one_skill_and_of_one_difficulty() {
        let none = Practice::default();
        let of = |text: &str| {
            let mut ids: Vec<String> = draw(text, &none)
                .iter()
                .map(|item| format!("{}/{}", item.lesson, item.question))
                .collect();
            ids.sort();
            ids
        };
        let ports =
            ["keys/q2", "keys/q4", "keys/q6", "tcp/q10", "tcp/q2", "tcp/q4", "tcp/q6", "tcp/q8"];
        assert_eq!(of("skill/ports/100/7"), ports);
        assert_eq!(of("skill/ports/hard/100/7"), ["keys/q2", "tcp/q2", "tcp/q8"]);
        assert_eq!(of("keys/easy/100/7"), ["keys/q0", "keys/q3", "keys/q6"]);
        assert_eq!(of("all/medium/100/7").len(), 7);
        assert_eq!(of("weakest/hard/2/7").len(), 2);
        assert_eq!(of("skill/banana/100/7"), [""; 0]);
    }

    #[test]
    fn a_named_set_is_asked_in_its_order_whatever_the_seed() {
        for seed in 0..5 {
            let drawn = draw(&format!("set/check/3/{seed}"), &Practice::default());
            let ids: Vec<&str> = drawn.iter().map(|item| item.question.as_str()).collect();
            assert_eq!(ids, ["q3", "q0", "q4"]);
        }
        assert_eq!(draw("set/check/2/7", &Practice::default()).len(), 2);
        assert_eq!(draw("exam/set/check/3/20/7", &Practice::default()).len(), 2);
        assert!(draw("set/banana/3/7", &Practice::default()).is_empty());
    }

    #[test]
    fn an_exam_asks_nothing_that_the_person_alone_can_judge() {
        let spoken = |items: &[Item]| items.iter().filter(|item| item.question == "q0").count();
        assert_eq!(spoken(&draw("all/100/7", &Practice::default())), 2);
        assert_eq!(spoken(&draw("exam/all/100/20/7", &Practice::default())), 0);
    }
}
