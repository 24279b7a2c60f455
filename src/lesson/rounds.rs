//! The rounds of interviews that somebody took: when, which, and how they graded themselves. A record of its own,
//! kept on their device.

use super::practice::Grade;
use crate::kept::{Kept, Tally};
use serde::{Deserialize, Serialize};

/// The most rounds that are kept: the latest.
const MOST: usize = 200;

/// The rounds, the earliest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounds {
    format: String,
    /// How often it was forgotten as a whole.
    #[serde(default)]
    forgotten: u32,
    #[serde(default)]
    rounds: Vec<HeldRound>,
}

/// A round that was taken to its end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct HeldRound {
    /// When it ended, in UTC, as `2026-11-28T12:34:56`.
    pub at: String,
    /// Its address, which says level, theme, minutes and seed: `round/mid/keys/30/7`.
    pub round: String,
    /// Its prompts in their order, each with its grade, if it was given one.
    pub grades: Vec<(String, Option<Grade>)>,
}

impl HeldRound {
    /// How many answers were given this grade; `None` for those without one.
    pub fn count(&self, grade: Option<Grade>) -> usize {
        self.grades.iter().filter(|(_, given)| *given == grade).count()
    }
}

impl Rounds {
    /// The rounds, the latest first.
    pub fn latest(&self) -> impl Iterator<Item = &HeldRound> {
        self.rounds.iter().rev()
    }

    /// Notes a round; one without any grade is none.
    pub fn note(&mut self, round: HeldRound) {
        if round.count(None) < round.grades.len() {
            self.rounds.push(round);
            self.tidy();
        }
    }

    /// In order, each once, and not too many.
    fn tidy(&mut self) {
        self.rounds.sort();
        self.rounds.dedup();
        let over = self.rounds.len().saturating_sub(MOST);
        self.rounds.drain(..over);
    }
}

impl Default for Rounds {
    fn default() -> Rounds {
        Rounds { format: Rounds::FORMAT.into(), forgotten: 0, rounds: Vec::new() }
    }
}

impl Kept for Rounds {
    const FORMAT: &'static str = "handshake-lab-rounds/1";
    const BEFORE: &'static [&'static str] = &[];
    const NAME: &'static str = "rounds";
    const CALLED: &'static str = "Your rounds of interviews";

    /// All of both.
    fn add(&mut self, other: &Rounds) {
        self.rounds.extend(other.rounds.iter().cloned());
        self.tidy();
    }

    fn forgotten(&mut self) -> &mut u32 {
        &mut self.forgotten
    }

    fn tally(&self) -> Vec<Tally> {
        vec![Tally { count: self.rounds.len(), one: "interview round", many: "interview rounds" }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kept::NotOurs;

    fn held(second: usize, grade: Option<Grade>) -> HeldRound {
        let at = format!("2026-11-28T12:{:02}:{:02}", second / 60, second % 60);
        let grades = vec![("why-tcp".into(), grade), ("what-https-gives".into(), None)];
        HeldRound { at, round: "round/mid/30/7".into(), grades }
    }

    fn rounds(seconds: impl IntoIterator<Item = usize>) -> Rounds {
        let mut rounds = Rounds::default();
        seconds.into_iter().for_each(|at| rounds.note(held(at, Some(Grade::Fair))));
        rounds
    }

    #[test]
    fn rounds_come_latest_first_and_a_round_without_a_grade_is_none() {
        let mut some = rounds([1, 3, 2]);
        some.note(held(4, None));
        let at: Vec<&str> = some.latest().map(|round| &round.at[17..]).collect();
        assert_eq!(at, ["03", "02", "01"]);
        let first = some.latest().next().unwrap();
        assert_eq!((first.count(Some(Grade::Fair)), first.count(None)), (1, 1));
    }

    #[test]
    fn merging_keeps_the_rounds_of_both_once_whichever_way_round() {
        let (one, other) = (rounds([1, 2, 5]), rounds([2, 3]));
        let merged = |mut into: Rounds, from: &Rounds| {
            into.merge(from);
            into
        };
        let both = merged(one.clone(), &other);
        assert_eq!(both, merged(other, &one));
        assert_eq!(both.latest().count(), 4);
    }

    #[test]
    fn only_the_latest_are_kept_and_another_version_is_not_ours() {
        let many = rounds(0..MOST + 9);
        assert_eq!(many.latest().count(), MOST);
        assert_eq!(many.latest().next().unwrap(), &held(MOST + 8, Some(Grade::Fair)));
        assert_eq!(Rounds::load(&many.save()), Ok(many));
        let newer = r#"{"format":"handshake-lab-rounds/2"}"#;
        assert!(matches!(Rounds::load(newer), Err(NotOurs::Version(_))));
    }
}
