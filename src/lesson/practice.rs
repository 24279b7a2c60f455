//! What a person has practised: in which box each question is (Leitner), and how they graded themselves in
//! interviews. It is a record beside that of the lessons, so that what an older version of the page stores
//! there takes nothing away.

use crate::kept::Kept;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The last box: what is in it was right often enough.
pub const LAST_BOX: u8 = 5;

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
}

/// Where a question is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boxed {
    /// From 1, where what was missed is, to [`LAST_BOX`].
    pub number: u8,
    /// How many answers were given.
    pub answers: u32,
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
        let format = Practice::FORMAT.into();
        Practice { format, boxes: BTreeMap::new(), grades: BTreeMap::new() }
    }
}

impl Kept for Practice {
    const FORMAT: &'static str = "handshake-lab-practice/1";
    const NAME: &'static str = "practice";
    const CALLED: &'static str = "What you practised";

    /// Of each question the record with more answers, of each prompt the longer list.
    fn merge(&mut self, other: &Practice) {
        for (id, theirs) in &other.boxes {
            let ours = self.boxes.entry(id.clone()).or_default();
            if theirs.answers > ours.answers {
                *ours = *theirs;
            }
        }
        for (id, theirs) in &other.grades {
            let ours = self.grades.entry(id.clone()).or_default();
            if theirs.len() > ours.len() {
                ours.clone_from(theirs);
            }
        }
    }
}

impl Practice {
    /// The box of a question; `None` if it was never asked here.
    pub fn place(&self, lesson: &str, question: &str) -> Option<u8> {
        self.boxes.get(&key(lesson, question)).map(|boxed| boxed.number)
    }

    /// Notes an answer: what is right goes one box on, what is wrong back to the first.
    pub fn answer(&mut self, lesson: &str, question: &str, right: bool) {
        let boxed = self.boxes.entry(key(lesson, question)).or_default();
        boxed.answers = boxed.answers.saturating_add(1);
        boxed.number = if right { boxed.number.max(1).saturating_add(1).min(LAST_BOX) } else { 1 };
    }

    /// How the person graded their answers to a prompt, the latest last.
    pub fn grades(&self, prompt: &str) -> &[Graded] {
        self.grades.get(prompt).map_or(&[], Vec::as_slice)
    }

    /// Notes a grade.
    pub fn grade(&mut self, prompt: &str, graded: Graded) {
        self.grades.entry(prompt.to_owned()).or_default().push(graded);
    }
}

fn key(lesson: &str, question: &str) -> String {
    format!("{lesson}/{question}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kept::NotOurs;

    fn practised(answers: &[bool]) -> Practice {
        let mut practice = Practice::default();
        answers.iter().for_each(|&right| practice.answer("tcp", "syn", right));
        practice
    }

    #[test]
    fn what_is_right_goes_a_box_on_and_what_is_wrong_back_to_the_first() {
        assert_eq!(Practice::default().place("tcp", "syn"), None);
        for (answers, number) in [
            (&[true][..], 2),
            (&[false], 1),
            (&[true, true, true], 4),
            (&[true, true, false], 1),
            (&[false, true], 2),
            (&[true; 9], LAST_BOX),
        ] {
            assert_eq!(practised(answers).place("tcp", "syn"), Some(number), "{answers:?}");
        }
        assert_eq!(practised(&[true]).place("tcp", "fin"), None);
    }

    #[test]
    fn loading_undoes_saving_and_another_version_is_not_ours() {
        let mut practice = practised(&[true, false]);
        practice.grade("why-tcp", Graded { day: "2026-11-29".into(), grade: Grade::Fair });
        assert_eq!(Practice::load(&practice.save()), Ok(practice));
        let newer = r#"{"format":"handshake-lab-practice/2","boxes":[]}"#;
        assert!(matches!(Practice::load(newer), Err(NotOurs::Version(_))));
        let progress = crate::lesson::Progress::default().save();
        assert!(matches!(Practice::load(&progress), Err(NotOurs::Unreadable(_))));
    }

    #[test]
    fn merging_keeps_the_longer_record_whichever_way_round() {
        let graded = |grades: &[Grade]| {
            let mut practice = practised(&[true; 2]);
            for grade in grades {
                practice.grade("why-tcp", Graded { day: "2026-11-29".into(), grade: *grade });
            }
            practice
        };
        let long = graded(&[Grade::Weak, Grade::Strong]);
        let mut short = graded(&[Grade::Weak]);
        short.answer("tcp", "syn", false);
        for (mut into, from) in [(long.clone(), short.clone()), (short, long)] {
            into.merge(&from);
            assert_eq!(into.grades("why-tcp").len(), 2);
            assert_eq!(into.place("tcp", "syn"), Some(1));
        }
    }
}
