//! What was answered in an exam or in a lesson, as its address keeps it: base64url of a few bytes a question. It is
//! graded again from that, so the address says what somebody answered and never that it was right.
//!
//! | bytes | what they are |
//! |---|---|
//! | 1 | the version, [`VERSION`] |
//! | 4 | which questions were drawn: [`Handed::of_drawn`] |
//! | numbers | the day since 1970, the seconds that it took, how many questions |
//! | each question | a head, [`head`] with a count behind it, and what that says |
//! | 3 | a check over all of it and the address without it |
//!
//! Numbers have seven bits a byte, the lowest first, and a bit that says that more follow.

use super::drill::Item;
use super::question::Answer;
use super::value::{Place, Tree};
use crate::base64::{decode_url, encode_url};
use crate::shuffle::seed;
use std::fmt;

/// The version of the form. The first character of such a text is then `A`, which no mark is.
const VERSION: u8 = 1;

/// How many bytes the check has.
const CHECK: usize = 3;

/// An exam, or the answers of a lesson, that was handed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Handed {
    /// Which questions were drawn: [`Handed::of_drawn`] of them.
    pub drawn: u32,
    /// The day on which it ended, counted from 1970-01-01.
    pub day: u32,
    /// How many seconds it took; of a lesson 0, as no clock runs there.
    pub seconds: u32,
    /// What was answered, in the order of the questions.
    pub answers: Vec<Given>,
}

/// What was answered to one question.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// It was not reached, or not answered yet.
    Nothing,
    /// “I do not know.”
    Unknown,
    /// An answer.
    Answer {
        /// What was answered.
        answer: Answer,
        /// What was asked: [`Asked::print`](super::question::Asked::print).
        asked: u16,
    },
}

/// Why an address holds no answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotHanded {
    /// It is of the form of before: for each question, whether it was right.
    Marks {
        /// How many were marked right.
        right: usize,
        /// How many there are.
        of: usize,
    },
    /// A later version of the page wrote it.
    Version,
    /// Something in it was changed, or is missing.
    Damaged,
}

impl fmt::Display for NotHanded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotHanded::Marks { right, of } => write!(
                f,
                "This link was made by an earlier version of this page. It holds marks only ({right} of {of} right) and no answers, so nothing in it can be checked."
            ),
            NotHanded::Version => f.write_str(
                "This link was made by a newer version of this page. Load the page again, and open the link once more.",
            ),
            NotHanded::Damaged => f.write_str(
                "This link is damaged: a part of it is missing or was changed, so its answers cannot be read. Copy the whole link again from where you have it.",
            ),
        }
    }
}

/// The heads: what is in the lowest three bits. The count above them is that of positions or of bytes of text, or
/// which kind of tree a place is in.
mod head {
    /// The question was not reached.
    pub const NOTHING: u64 = 0;
    /// “I do not know.”
    pub const UNKNOWN: u64 = 1;
    /// Options or steps by where they stand.
    pub const POSITIONS: u64 = 2;
    /// A text.
    pub const TYPED: u64 = 3;
    /// A place in a tree.
    pub const BYTES: u64 = 4;
}

/// The kinds of trees, by their numbers.
const TREES: [fn(usize) -> Tree; 4] = [Tree::Packet, Tree::Record, Tree::Opened, Tree::Message];

impl Handed {
    /// What stands for the questions that were drawn: the same for the same ones in the same order.
    pub fn of_drawn(items: &[Item]) -> u32 {
        let ids: String =
            items.iter().map(|item| format!("{}/{}\n", item.lesson, item.question)).collect();
        folded(&ids)
    }

    /// As it stands behind `exam`, the address of the exam.
    pub fn write(&self, exam: &str) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend(self.drawn.to_be_bytes());
        for number in [self.day, self.seconds] {
            put(&mut bytes, number.into());
        }
        put(&mut bytes, self.answers.len() as u64);
        self.answers.iter().for_each(|given| given.write(&mut bytes));
        let check = check(exam, &bytes);
        bytes.extend(check);
        encode_url(&bytes)
    }

    /// Reads what stands behind `exam`, the address of the exam.
    ///
    /// # Errors
    /// Why there are no answers in it.
    pub fn read(text: &str, exam: &str) -> Result<Handed, NotHanded> {
        if text.chars().all(|mark| matches!(mark, '0' | '1')) {
            let right = text.chars().filter(|mark| *mark == '1').count();
            return Err(NotHanded::Marks { right, of: text.len() });
        }
        let bytes = decode_url(text).ok_or(NotHanded::Damaged)?;
        let (body, end) = bytes.split_last_chunk::<CHECK>().ok_or(NotHanded::Damaged)?;
        if *end != check(exam, body) {
            return Err(NotHanded::Damaged);
        }
        match body.split_first() {
            Some((&VERSION, rest)) => Handed::parse(rest).ok_or(NotHanded::Damaged),
            Some(_) => Err(NotHanded::Version),
            None => Err(NotHanded::Damaged),
        }
    }

    fn parse(bytes: &[u8]) -> Option<Handed> {
        let (drawn, mut rest) = bytes.split_first_chunk::<4>()?;
        let rest = &mut rest;
        let (day, seconds, count) = (small(rest)?, small(rest)?, take(rest)?);
        // Never more than there are bytes, whatever the count says.
        let answers = (0..count).map(|_| Given::read(rest)).collect::<Option<Vec<_>>>()?;
        let drawn = u32::from_be_bytes(*drawn);
        rest.is_empty().then_some(Handed { drawn, day, seconds, answers })
    }
}

impl Given {
    /// As text of its own, as it is kept.
    pub fn text(&self) -> String {
        let mut bytes = Vec::new();
        self.write(&mut bytes);
        encode_url(&bytes)
    }

    /// Reads what [`Given::text`] wrote; `None` where it is no such text.
    pub fn of_text(text: &str) -> Option<Given> {
        let bytes = decode_url(text)?;
        let rest = &mut bytes.as_slice();
        Given::read(rest).filter(|_| rest.is_empty())
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        let Given::Answer { answer, asked } = self else {
            put(bytes, if *self == Given::Nothing { head::NOTHING } else { head::UNKNOWN });
            return;
        };
        let mut begin = |kind, count: usize| {
            put(bytes, (count as u64) << 3 | kind);
            bytes.extend(asked.to_be_bytes());
        };
        match answer {
            Answer::Positions(positions) => {
                begin(head::POSITIONS, positions.len());
                positions.iter().for_each(|position| put(bytes, *position as u64));
            }
            Answer::Typed(text) => {
                begin(head::TYPED, text.len());
                bytes.extend(text.bytes());
            }
            Answer::Bytes(Place { tree, start, end }) => {
                let (kind, at) = match tree {
                    Tree::Packet(at) => (0, at),
                    Tree::Record(at) => (1, at),
                    Tree::Opened(at) => (2, at),
                    Tree::Message(at) => (3, at),
                };
                begin(head::BYTES, kind);
                [at, start, end].into_iter().for_each(|number| put(bytes, *number as u64));
            }
        }
    }

    fn read(rest: &mut &[u8]) -> Option<Given> {
        let first = take(rest)?;
        let (kind, count) = (first & 7, first >> 3);
        match (kind, count) {
            (head::NOTHING, 0) => return Some(Given::Nothing),
            (head::UNKNOWN, 0) => return Some(Given::Unknown),
            _ => {}
        }
        let (asked, behind) = rest.split_first_chunk::<2>()?;
        *rest = behind;
        let answer = match kind {
            head::POSITIONS => {
                Answer::Positions((0..count).map(|_| small(rest)).collect::<Option<_>>()?)
            }
            head::TYPED => {
                let (text, behind) = rest.split_at_checked(count.try_into().ok()?)?;
                *rest = behind;
                Answer::Typed(String::from_utf8(text.to_vec()).ok()?)
            }
            head::BYTES => {
                let tree = TREES.get(usize::try_from(count).ok()?)?;
                Answer::Bytes(Place {
                    tree: tree(small(rest)?),
                    start: small(rest)?,
                    end: small(rest)?,
                })
            }
            _ => return None,
        };
        Some(Given::Answer { answer, asked: u16::from_be_bytes(*asked) })
    }
}

/// Writes a number.
fn put(bytes: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        bytes.push(if number > 0 { low | 0x80 } else { low });
        if number == 0 {
            return;
        }
    }
}

/// Takes a number off the front.
fn take(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..u64::BITS).step_by(7) {
        let (&byte, behind) = rest.split_first()?;
        *rest = behind;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// Takes a number off the front that is small enough for what it counts.
fn small<T: TryFrom<u32>>(rest: &mut &[u8]) -> Option<T> {
    T::try_from(u32::try_from(take(rest)?).ok()?).ok()
}

/// What stands for a text in four bytes.
pub(super) fn folded(text: &str) -> u32 {
    let hash = seed(text, 0);
    (hash ^ (hash >> 32)) as u32
}

/// The check: it finds slips, and keeps nobody from writing another one.
fn check(exam: &str, body: &[u8]) -> [u8; CHECK] {
    let [_, check @ ..] = folded(&format!("{exam}/{}", encode_url(body))).to_be_bytes();
    check
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EXAM: &str = "exam/all/10/20/7";

    fn answer() -> impl Strategy<Value = Answer> {
        let place = (0usize..4, 0usize..300, 0usize..70_000, 0usize..70_000);
        prop_oneof![
            prop::collection::vec(0usize..200, 0..12).prop_map(Answer::Positions),
            ".{0,40}".prop_map(Answer::Typed),
            place.prop_map(|(kind, at, start, end)| {
                Answer::Bytes(Place { tree: TREES[kind](at), start, end })
            }),
        ]
    }

    fn given() -> impl Strategy<Value = Given> {
        prop_oneof![
            Just(Given::Nothing),
            Just(Given::Unknown),
            (answer(), any::<u16>()).prop_map(|(answer, asked)| Given::Answer { answer, asked }),
        ]
    }

    fn handed() -> impl Strategy<Value = Handed> {
        let answers = prop::collection::vec(given(), 0..100);
        (any::<u32>(), any::<u32>(), any::<u32>(), answers)
            .prop_map(|(drawn, day, seconds, answers)| Handed { drawn, day, seconds, answers })
    }

    proptest! {
        #[test]
        fn what_was_handed_in_is_read_as_it_was_written(handed in handed()) {
            let text = handed.write(EXAM);
            prop_assert!(text.starts_with('A'));
            prop_assert!(text.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_')));
            prop_assert_eq!(Handed::read(&text, EXAM), Ok(handed));
        }

        #[test]
        fn one_answer_is_read_as_it_was_written(given in given(), text in "\\PC{0,20}") {
            prop_assert_eq!(Given::of_text(&given.text()), Some(given));
            // What nobody wrote may be one by chance, and breaks nothing.
            if let Some(given) = Given::of_text(&text) {
                prop_assert_eq!(Given::of_text(&given.text()), Some(given));
            }
        }

        #[test]
        fn a_changed_character_is_found(handed in handed(), at in any::<prop::sample::Index>(), other in "[A-Za-z0-9_.-]") {
            let text = handed.write(EXAM);
            let at = at.index(text.len());
            prop_assume!(text[at..=at] != *other);
            let changed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
            prop_assert_eq!(Handed::read(&changed, EXAM), Err(NotHanded::Damaged));
        }

        #[test]
        fn a_cut_is_found_and_so_is_another_exam(handed in handed(), at in any::<prop::sample::Index>()) {
            let text = handed.write(EXAM);
            let at = at.index(text.len() - 1) + 1;
            prop_assert_eq!(Handed::read(&text[..at], EXAM), Err(NotHanded::Damaged));
            prop_assert_eq!(Handed::read(&text, "exam/all/10/20/8"), Err(NotHanded::Damaged));
        }

        #[test]
        fn what_nobody_wrote_is_an_error(text in "\\PC{0,60}", bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            prop_assert!(Handed::read(&text, EXAM).is_err());
            prop_assert!(Handed::read(&encode_url(&bytes), EXAM).is_err());
            // Also where the check is right.
            let mut body = vec![VERSION];
            body.extend(&bytes);
            let check = check(EXAM, &body);
            body.extend(check);
            if let Ok(handed) = Handed::read(&encode_url(&body), EXAM) {
                prop_assert_eq!(Handed::read(&handed.write(EXAM), EXAM), Ok(handed));
            }
        }
    }

    #[test]
    fn marks_of_before_and_a_later_version_say_so() {
        let marks = NotHanded::Marks { right: 2, of: 5 };
        assert!(marks.to_string().contains("2 of 5 right"));
        assert_eq!(Handed::read("01010", EXAM), Err(marks));
        let mut later = vec![VERSION + 1, 9, 9];
        let check = check(EXAM, &later);
        later.extend(check);
        assert_eq!(Handed::read(&encode_url(&later), EXAM), Err(NotHanded::Version));
        assert_eq!(Handed::read("A", EXAM), Err(NotHanded::Damaged));
    }

    #[test]
    fn an_exam_of_ten_choices_fits_into_eighty_characters() {
        let given = Given::Answer { answer: Answer::Positions(vec![3]), asked: 0xbeef };
        let handed =
            Handed { drawn: u32::MAX, day: 20_800, seconds: 1_199, answers: vec![given; 10] };
        assert!(handed.write(EXAM).len() <= 80, "{}", handed.write(EXAM).len());
    }

    #[test]
    fn other_questions_and_another_order_are_told_apart() {
        let item = |lesson: &str, question: &str| Item {
            lesson: lesson.into(),
            question: question.into(),
        };
        let drawn = |items: &[Item]| Handed::of_drawn(items);
        let (one, two) = (item("tcp", "syn"), item("tcp", "fin"));
        assert_eq!(drawn(&[one.clone(), two.clone()]), drawn(&[one.clone(), two.clone()]));
        assert_ne!(drawn(&[one.clone(), two.clone()]), drawn(&[two, one.clone()]));
        assert_ne!(drawn(std::slice::from_ref(&one)), drawn(&[item("tc", "p/syn")]));
        assert_ne!(drawn(&[one]), drawn(&[]));
    }
}
