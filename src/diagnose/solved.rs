//! The mysteries that a person has answered, and how well.

use super::level::Level;
use crate::kept::{Kept, Tally};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Solved {
    format: String,
    /// The points of the first answer, by level and seed.
    #[serde(default)]
    points: BTreeMap<String, BTreeMap<u64, u32>>,
    #[serde(default)]
    forgotten: u32,
}

impl Default for Solved {
    fn default() -> Solved {
        Solved { format: Solved::FORMAT.into(), points: BTreeMap::new(), forgotten: 0 }
    }
}

impl Kept for Solved {
    const FORMAT: &'static str = "handshake-lab-solved/2";
    const BEFORE: &'static [&'static str] = &["handshake-lab-solved/1"];
    const NAME: &'static str = "solved";
    const CALLED: &'static str = "The list of mysteries that you answered";

    /// All that either has.
    fn add(&mut self, other: &Solved) {
        for (level, theirs) in &other.points {
            let ours = self.points.entry(level.clone()).or_default();
            for (seed, points) in theirs {
                ours.entry(*seed).or_insert(*points);
            }
        }
    }

    fn forgotten(&mut self) -> &mut u32 {
        &mut self.forgotten
    }

    fn tally(&self) -> Vec<Tally> {
        vec![Tally { count: self.count(), one: "mystery answered", many: "mysteries answered" }]
    }
}

impl Solved {
    /// Notes the points of an answer. The first counts: after it the cause is known.
    pub fn answer(&mut self, level: &Level, seed: u64, points: u32) {
        let of_level = self.points.entry(level.id.to_owned()).or_default();
        of_level.entry(seed).or_insert(points);
    }

    /// How many were answered.
    pub fn count(&self) -> usize {
        self.points.values().map(BTreeMap::len).sum()
    }

    /// How many of a level were answered, and the points of all of them together.
    pub fn of(&self, level: &Level) -> (usize, u32) {
        let points = self.points.get(level.id);
        points.map_or((0, 0), |points| (points.len(), points.values().sum()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::LEVELS;
    use super::*;

    #[test]
    fn the_first_answer_to_a_mystery_counts_and_what_another_tab_stored_is_kept() {
        let (one, other) = (&LEVELS[0], &LEVELS[1]);
        let (mut here, mut there) = (Solved::default(), Solved::default());
        here.answer(one, 7, 60);
        here.answer(one, 7, 100);
        there.answer(one, 8, 40);
        there.answer(other, 7, 90);
        here.merge(&Solved::load(&there.save()).unwrap());
        assert_eq!(
            (here.of(one), here.of(other), here.of(&LEVELS[2])),
            ((2, 100), (1, 90), (0, 0))
        );
    }
}
