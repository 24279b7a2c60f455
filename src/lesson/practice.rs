//! What a person has practised: in which box each question is (Leitner) and when it comes again, how they graded
//! themselves in interviews, and which exams they took. It is a record beside that of the lessons.
//!
//! What is missed goes into box 1, and comes again the next day. What is right when it is due goes a box on, and
//! comes again after the days of that box. What is right before it is due stays where it is: to say the same
//! thing again a minute later is not to remember it.

use super::renamed::Renamed;
use crate::kept::{Kept, Tally};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// After how many days what is in a box comes again, from box 1 to the last.
pub const DAYS: [u32; 5] = [1, 3, 7, 16, 35];

/// The last box: what is in it was right often enough.
pub const LAST_BOX: u8 = DAYS.len() as u8;

/// How many exams are kept.
const MOST_EXAMS: usize = 50;

/// What was practised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Practice {
    format: String,
    /// By lesson and question, as `lesson/question`.
    #[serde(default)]
    boxes: BTreeMap<String, Boxed>,
    /// By the prompt's id, the latest last.
    #[serde(default)]
    grades: BTreeMap<String, Vec<Graded>>,
    /// The latest last.
    #[serde(default)]
    exams: Vec<Taken>,
    #[serde(default)]
    forgotten: u32,
}

/// Where a question is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boxed {
    /// From 1, where what was missed is, to [`LAST_BOX`].
    pub number: u8,
    /// How many answers were given.
    pub answers: u32,
    /// The day on which it came into its box, counted from 1970; 0 in records of before.
    #[serde(default)]
    pub day: u32,
}

impl Boxed {
    /// The day on which it comes again.
    pub fn due(self) -> u32 {
        let place = usize::from(self.number).checked_sub(1);
        let days = place.map_or(0, |place| DAYS.get(place).copied().unwrap_or_default());
        self.day.saturating_add(days)
    }

    /// Whether it comes again on this day. What a wrong clock put into the future does not wait for it.
    pub fn is_due(self, today: u32) -> bool {
        self.due() <= today || self.day > today
    }

    /// The later of two records of a question.
    fn later(self, other: Boxed) -> Boxed {
        let age = |boxed: &Boxed| (boxed.day, boxed.answers, Reverse(boxed.number));
        if age(&other) > age(&self) { other } else { self }
    }
}

/// An exam that was taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Taken {
    /// The day, as `2026-11-29`.
    pub day: String,
    /// The address of its sheet, as [`PracticePage`](super::PracticePage) is written.
    pub sheet: String,
}

/// How somebody graded themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Graded {
    /// The day, as `2026-11-29`.
    pub day: String,
    /// The grade.
    pub grade: Grade,
}

/// What an answer in an interview was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// As the rubric says.
    Weak,
    /// As the rubric says.
    Fair,
    /// As the rubric says.
    Strong,
}

impl Grade {
    /// All, in the order of the rubric.
    pub const ALL: [Grade; 3] = [Grade::Weak, Grade::Fair, Grade::Strong];

    /// `weak`, `fair`, `strong`.
    pub fn name(self) -> &'static str {
        match self {
            Grade::Weak => "weak",
            Grade::Fair => "fair",
            Grade::Strong => "strong",
        }
    }
}

impl Default for Practice {
    fn default() -> Practice {
        Practice {
            format: Practice::FORMAT.into(),
            boxes: BTreeMap::new(),
            grades: BTreeMap::new(),
            exams: Vec::new(),
            forgotten: 0,
        }
    }
}

impl Kept for Practice {
    const FORMAT: &'static str = "handshake-lab-practice/2";
    const BEFORE: &'static [&'static str] = &["handshake-lab-practice/1"];
    const NAME: &'static str = "practice";
    const CALLED: &'static str = "What you practised";

    /// Of each question the later record, and every grade and exam that either has.
    fn add(&mut self, other: &Practice) {
        for (id, theirs) in &other.boxes {
            let ours = self.boxes.entry(id.clone()).or_default();
            *ours = ours.later(*theirs);
        }
        for (id, theirs) in &other.grades {
            let ours = self.grades.entry(id.clone()).or_default();
            let own = std::mem::replace(ours, theirs.clone());
            let (long, short) =
                if own.len() > theirs.len() { (&own, theirs) } else { (theirs, &own) };
            *ours = united(long, short);
            ours.sort_by(|a, b| a.day.cmp(&b.day));
        }
        self.exams = united(&self.exams, &other.exams);
        self.exams.sort_by(|a, b| a.day.cmp(&b.day));
        self.exams.drain(..self.exams.len().saturating_sub(MOST_EXAMS));
    }

    fn forgotten(&mut self) -> &mut u32 {
        &mut self.forgotten
    }

    fn tally(&self) -> Vec<Tally> {
        let grades = self.grades.values().map(Vec::len).sum();
        vec![
            Tally {
                count: self.boxes.len(),
                one: "practised question",
                many: "practised questions",
            },
            Tally { count: grades, one: "interview grade", many: "interview grades" },
            Tally { count: self.exams.len(), one: "exam", many: "exams" },
        ]
    }
}

/// All of one list, and behind it what another has more often.
fn united<T: Clone + PartialEq>(list: &[T], other: &[T]) -> Vec<T> {
    let mut rest = list.to_vec();
    let mut all = list.to_vec();
    for one in other {
        match rest.iter().position(|known| known == one) {
            Some(at) => drop(rest.swap_remove(at)),
            None => all.push(one.clone()),
        }
    }
    all
}

impl Practice {
    /// Where a question is; `None` if it was never asked here.
    pub fn boxed(&self, lesson: &str, question: &str) -> Option<Boxed> {
        self.boxes.get(&key(lesson, question)).copied()
    }

    /// The box of a question; `None` if it was never asked here.
    pub fn place(&self, lesson: &str, question: &str) -> Option<u8> {
        self.boxed(lesson, question).map(|boxed| boxed.number)
    }

    /// Notes an answer of this day, counted from 1970: what is right goes one box on where it is due, what is
    /// wrong back to the first.
    pub fn answer(&mut self, lesson: &str, question: &str, right: bool, today: u32) {
        let boxed = self.boxes.entry(key(lesson, question)).or_default();
        boxed.answers = boxed.answers.saturating_add(1);
        if !right {
            (boxed.number, boxed.day) = (1, today);
        } else if boxed.is_due(today) {
            let next = boxed.number.max(1).saturating_add(1).min(LAST_BOX);
            (boxed.number, boxed.day) = (next, today);
        }
    }

    /// Whether something is kept of this lesson's questions under a name of before.
    pub fn has_former(&self, lesson: &str, renamed: &Renamed) -> bool {
        renamed.questions.keys().any(|old| self.boxes.contains_key(&key(lesson, old)))
    }

    /// Goes on under the names of today with what is kept of this lesson's questions.
    pub fn rename(&mut self, lesson: &str, renamed: &Renamed) {
        for (old, new) in &renamed.questions {
            if let Some(kept) = self.boxes.remove(&key(lesson, old)) {
                let now = self.boxes.entry(key(lesson, new)).or_default();
                *now = now.later(kept);
            }
        }
    }

    /// How the person graded their answers to a prompt, the latest last.
    pub fn grades(&self, prompt: &str) -> &[Graded] {
        self.grades.get(prompt).map_or(&[], Vec::as_slice)
    }

    /// Notes a grade.
    pub fn grade(&mut self, prompt: &str, graded: Graded) {
        self.grades.entry(prompt.to_owned()).or_default().push(graded);
    }

    /// The exams that were taken, the latest last.
    pub fn exams(&self) -> &[Taken] {
        &self.exams
    }

    /// Notes an exam.
    pub fn take(&mut self, exam: Taken) {
        // Handed in twice, it is one.
        if self.exams.last() != Some(&exam) {
            self.exams.push(exam);
        }
        self.exams.drain(..self.exams.len().saturating_sub(MOST_EXAMS));
    }
}

fn key(lesson: &str, question: &str) -> String {
    format!("{lesson}/{question}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kept::NotOurs;

    /// The day on which the first answer is given.
    const DAY: u32 = 20_000;

    /// Answers to one question, each on its day.
    fn on_days(answers: &[(bool, u32)]) -> Practice {
        let mut practice = Practice::default();
        for (right, day) in answers {
            practice.answer("tcp", "syn", *right, DAY + day);
        }
        practice
    }

    fn practised(answers: &[bool]) -> Practice {
        on_days(&answers.iter().map(|right| (*right, 0)).collect::<Vec<_>>())
    }

    #[test]
    fn what_is_right_when_it_is_due_goes_a_box_on_and_what_is_wrong_back_to_the_first() {
        assert_eq!(Practice::default().place("tcp", "syn"), None);
        for (answers, number, due) in [
            (&[(true, 0)][..], 2, 3),
            (&[(false, 0)], 1, 1),
            (&[(true, 0), (true, 0), (true, 2)], 2, 3),
            (&[(true, 0), (true, 3), (true, 10)], 4, 26),
            (&[(true, 0), (true, 3), (false, 4)], 1, 5),
            (&[(false, 0), (true, 0)], 1, 1),
            (&[(false, 0), (true, 1)], 2, 4),
            (&[(true, 0), (true, 5), (true, 50), (true, 90), (true, 150)], LAST_BOX, 185),
        ] {
            let boxed = on_days(answers).boxed("tcp", "syn").unwrap();
            assert_eq!((boxed.number, boxed.due() - DAY), (number, due), "{answers:?}");
            assert!(boxed.is_due(DAY + due) && !boxed.is_due(DAY + due - 1), "{answers:?}");
        }
        assert_eq!(practised(&[true]).place("tcp", "fin"), None);
    }

    #[test]
    fn a_record_of_the_version_before_is_read_and_all_of_it_is_due() {
        let before = r#"{"format":"handshake-lab-practice/1","boxes":{"tcp/syn":{"number":5,"answers":9}},"grades":{"why-tcp":[{"day":"2026-11-29","grade":"fair"}]}}"#;
        let read = Practice::load(before).unwrap();
        let boxed = read.boxed("tcp", "syn").unwrap();
        assert_eq!((boxed.number, boxed.answers), (5, 9));
        assert!(boxed.is_due(DAY));
        assert_eq!(read.grades("why-tcp").len(), 1);
        assert!(read.save().contains(Practice::FORMAT));
    }

    #[test]
    fn what_a_wrong_clock_put_into_the_future_is_due() {
        assert!(on_days(&[(true, 9000)]).boxed("tcp", "syn").unwrap().is_due(DAY));
    }

    #[test]
    fn loading_undoes_saving_and_another_version_is_not_ours() {
        let mut practice = practised(&[true, false]);
        practice.grade("why-tcp", Graded { day: "2026-11-29".into(), grade: Grade::Fair });
        practice.take(taken("2026-11-29"));
        assert_eq!(Practice::load(&practice.save()), Ok(practice));
        let newer = r#"{"format":"handshake-lab-practice/3","boxes":[]}"#;
        assert!(matches!(Practice::load(newer), Err(NotOurs::Version(_))));
        let progress = crate::lesson::Progress::default().save();
        assert!(matches!(Practice::load(&progress), Err(NotOurs::Unreadable(_))));
    }

    fn taken(day: &str) -> Taken {
        Taken { day: day.into(), sheet: "exam/all/2/5/7/01".into() }
    }

    #[test]
    fn merging_keeps_the_later_record_and_every_grade_and_exam_whichever_way_round() {
        let graded = |grades: &[(&str, Grade)]| {
            let mut practice = practised(&[true; 2]);
            for (day, grade) in grades {
                practice.grade("why-tcp", Graded { day: (*day).into(), grade: *grade });
            }
            practice
        };
        let mut long = graded(&[("2026-11-29", Grade::Weak), ("2026-12-02", Grade::Strong)]);
        long.take(taken("2026-12-03"));
        let mut short = graded(&[("2026-11-29", Grade::Weak)]);
        short.answer("tcp", "syn", false, DAY);
        short.take(taken("2026-12-01"));
        let mut elsewhere = graded(&[("2026-12-01", Grade::Weak)]);
        elsewhere.answer("tcp", "syn", true, DAY + 3);
        for (mut into, from) in [(long.clone(), short.clone()), (short, long)] {
            into.merge(&from);
            into.merge(&from);
            assert_eq!(into.grades("why-tcp").len(), 2);
            assert_eq!(into.place("tcp", "syn"), Some(1));
            let days: Vec<&str> = into.exams().iter().map(|exam| exam.day.as_str()).collect();
            assert_eq!(days, ["2026-12-01", "2026-12-03"]);
            for (mut into, from) in [(into.clone(), elsewhere.clone()), (elsewhere.clone(), into)] {
                into.take_in(&from);
                let days = into.grades("why-tcp").iter().map(|graded| graded.day.as_str());
                let days: Vec<&str> = days.collect();
                assert_eq!(days, ["2026-11-29", "2026-12-01", "2026-12-02"]);
                assert_eq!(into.place("tcp", "syn"), Some(3));
            }
        }
    }

    #[test]
    fn a_question_that_was_renamed_stays_in_its_box() {
        let renamed = Renamed {
            questions: [("syn".to_owned(), "first-packet".to_owned())].into(),
            ..Renamed::default()
        };
        let mut practice = practised(&[true]);
        assert!(practice.has_former("tcp", &renamed) && !practice.has_former("keys", &renamed));
        practice.rename("tcp", &renamed);
        assert!(!practice.has_former("tcp", &renamed));
        assert_eq!(practice.place("tcp", "first-packet"), Some(2));
        assert_eq!(practice.place("tcp", "syn"), None);
    }

    #[test]
    fn what_was_forgotten_does_not_come_back_from_another_tab() {
        let mut here = practised(&[true]);
        let mut other_tab = here.clone();
        here.forget();
        other_tab.merge(&here);
        assert_eq!(other_tab, here);
        other_tab.answer("tcp", "fin", true, DAY);
        here.merge(&practised(&[true]));
        here.merge(&other_tab);
        assert_eq!((here.place("tcp", "syn"), here.place("tcp", "fin")), (None, Some(2)));
    }
}
