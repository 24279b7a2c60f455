//! Sets of questions out of all lessons: which, from an address. It holds what they are drawn from, how many, and
//! the seed of their runs, so whoever opens it is asked the same; of an exam its minutes too, and behind its end
//! what was answered.

use super::built::Card;
use super::practice::Practice;
use super::progress::Progress;
use crate::shuffle::{seed, shuffle};
use std::fmt;

/// What of the practice is shown: the rest of the address, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PracticePage {
    /// The choice of a set.
    Choose,
    /// A set.
    Set(QuestionSet),
}

/// A set of questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionSet {
    /// What they are drawn from.
    pub pool: Pool,
    /// How many, at most.
    pub count: usize,
    /// What they are drawn with, and the seed of their runs.
    pub seed: u64,
    /// The exam that they make, if they do.
    pub exam: Option<Exam>,
}

/// What makes a set an exam: nothing is said before its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exam {
    /// How long it may take.
    pub minutes: usize,
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
    /// One lesson, by its id.
    Lesson(String),
}

/// One question of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its lesson's id.
    pub lesson: String,
    /// Its own.
    pub question: String,
}

const EXAM: &str = "exam";
const ALL: &str = "all";
const WEAKEST: &str = "weakest";

/// Words of addresses that no lesson can have as its id.
#[cfg(not(target_arch = "wasm32"))]
pub const RESERVED: [&str; 3] = [EXAM, ALL, WEAKEST];

/// The most questions of a set.
const MOST: usize = 100;

/// The most minutes of an exam: a day.
const MOST_MINUTES: usize = 24 * 60;

impl PracticePage {
    /// Reads it.
    ///
    /// # Errors
    /// What the address must hold, in a sentence.
    pub fn parse(text: &str) -> Result<PracticePage, String> {
        let parts: Vec<&str> = text.split('/').collect();
        let found = match parts.as_slice() {
            [""] => return Ok(PracticePage::Choose),
            [EXAM, pool, count, minutes, seed, handed @ ..] => exam(minutes, handed)
                .filter(|_| *pool != WEAKEST)
                .and_then(|exam| QuestionSet::read(pool, count, seed, Some(exam))),
            [pool, count, seed] => QuestionSet::read(pool, count, seed, None),
            _ => None,
        };
        found.map(PracticePage::Set).ok_or_else(|| {
            format!(
                "The address of a set holds a lesson or “{ALL}”, how many questions (1 to {MOST}) and a seed, as in {ALL}/10/7; that of an exam minutes (1 to {MOST_MINUTES}) as well, as in {EXAM}/{ALL}/10/20/7."
            )
        })
    }
}

fn exam(minutes: &str, handed: &[&str]) -> Option<Exam> {
    let handed = match handed {
        [] => None,
        [handed] if !handed.is_empty() => Some((*handed).to_owned()),
        _ => return None,
    };
    let minutes = minutes.parse().ok().filter(|minutes| (1..=MOST_MINUTES).contains(minutes))?;
    Some(Exam { minutes, handed })
}

/// As in the address.
impl fmt::Display for PracticePage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PracticePage::Set(QuestionSet { pool, count, seed, exam }) = self else {
            return Ok(());
        };
        let Some(Exam { minutes, handed }) = exam else {
            return write!(f, "{}/{count}/{seed}", pool.word());
        };
        write!(f, "{EXAM}/{}/{count}/{minutes}/{seed}", pool.word())?;
        handed.iter().try_for_each(|handed| write!(f, "/{handed}"))
    }
}

impl Pool {
    /// As in the address.
    fn word(&self) -> &str {
        match self {
            Pool::All => ALL,
            Pool::Weakest => WEAKEST,
            Pool::Lesson(id) => id,
        }
    }
}

impl QuestionSet {
    /// The address of the exam that it is, without what was answered in it.
    pub fn exam_address(&self) -> String {
        let exam = self.exam.clone().map(|exam| Exam { handed: None, ..exam });
        PracticePage::Set(QuestionSet { exam, ..self.clone() }).to_string()
    }

    fn read(pool: &str, count: &str, seed: &str, exam: Option<Exam>) -> Option<QuestionSet> {
        let pool = match pool {
            ALL => Pool::All,
            WEAKEST => Pool::Weakest,
            "" => return None,
            id => Pool::Lesson(id.to_owned()),
        };
        let count = count.parse().ok().filter(|count| (1..=MOST).contains(count))?;
        Some(QuestionSet { pool, count, seed: seed.parse().ok()?, exam })
    }

    /// Its questions, of those of the lessons. Only [`Pool::Weakest`] depends on what the person did. An exam has
    /// none that are said aloud, which the person alone can judge.
    pub fn draw(&self, cards: &[Card], practice: &Practice, progress: &Progress) -> Vec<Item> {
        let is_in = |card: &&Card| match &self.pool {
            Pool::All | Pool::Weakest => true,
            Pool::Lesson(id) => card.about.id == *id,
        };
        let is_asked = |card: &Card, id: &String| self.exam.is_none() || !card.spoken.contains(id);
        let of = |card: &Card| -> Vec<Item> {
            let ids = card.questions.iter().filter(|id| is_asked(card, id));
            let lesson = &card.about.id;
            ids.map(|id| Item { lesson: lesson.clone(), question: id.clone() }).collect()
        };
        let mut items: Vec<Item> = cards.iter().filter(is_in).flat_map(of).collect();
        shuffle(&mut items, seed(self.pool.word(), self.seed));
        if self.pool == Pool::Weakest {
            items.sort_by_key(|item| weakness(item, practice, progress));
        }
        items.truncate(self.count);
        items
    }
}

/// In which order a person's questions come: what was missed, what they were never asked, then box after box.
fn weakness(item: &Item, practice: &Practice, progress: &Progress) -> u8 {
    let asked = progress.lesson(&item.lesson).questions.get(&item.question).copied();
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
mod tests {
    use super::*;
    use crate::lesson::model::{About, Level};

    fn card(id: &str, questions: usize) -> Card {
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
        let questions: Vec<String> = (0..questions).map(|at| format!("q{at}")).collect();
        Card {
            file: String::new(),
            about,
            pages: Vec::new(),
            spoken: questions[..1].to_vec(),
            questions,
        }
    }

    fn set(text: &str) -> QuestionSet {
        match PracticePage::parse(text) {
            Ok(PracticePage::Set(set)) => set,
            other => panic!("{other:?}"),
        }
    }

    fn draw(text: &str, practice: &Practice) -> Vec<Item> {
        set(text).draw(&[card("tcp", 12), card("keys", 8)], practice, &Progress::default())
    }

    #[test]
    fn an_address_is_read_as_it_is_written() {
        for text in
            ["", "all/10/7", "weakest/5/0", "tcp/20/7", "exam/all/10/20/7", "exam/tcp/3/20/7/AQ-_x"]
        {
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
            "exam/all/10/20/7/1/1",
        ];
        for text in wrong {
            assert!(PracticePage::parse(text).unwrap_err().contains("all/10/7"), "{text}");
        }
    }

    #[test]
    fn a_set_is_the_same_for_whoever_opens_its_address() {
        let mut practised = Practice::default();
        practised.answer("tcp", "q3", false);
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
        practice.answer("tcp", "q3", false);
        practice.answer("keys", "q5", true);
        practice.answer("keys", "q5", true);
        practice.answer("tcp", "q7", true);
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
        let drawn = set("weakest/20/7").draw(&[card("tcp", 6)], &Practice::default(), &progress);
        let ids: Vec<&str> = drawn.iter().map(|item| item.question.as_str()).collect();
        assert_eq!((ids[0], ids[5]), ("q3", "q4"));
    }

    #[test]
    fn an_exam_asks_nothing_that_the_person_alone_can_judge() {
        let spoken = |items: &[Item]| items.iter().filter(|item| item.question == "q0").count();
        assert_eq!(spoken(&draw("all/100/7", &Practice::default())), 2);
        assert_eq!(spoken(&draw("exam/all/100/20/7", &Practice::default())), 0);
    }
}
