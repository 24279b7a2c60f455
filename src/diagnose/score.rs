//! What an answer is worth: the cause, the fix, what the evidence tells, and how many commands it took.

use super::inspection::Inspection;
use super::mystery::Mystery;
use crate::engine::RunError;
use crate::faults::Fault;
use serde::Serialize;

/// Points at most for each part; 100 in all.
const CAUSE: u32 = 40;
const FIX: u32 = 20;
const EVIDENCE: u32 = 30;
const ECONOMY: u32 = 10;

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What it is said to be.
    pub cause: &'static Fault,
    /// What is to be done, as one of [`Mystery::fixes`]; `None` for no answer.
    pub fix: Option<&'static str>,
    /// The commands that were run, each once.
    pub used: Vec<&'static Inspection>,
}

/// A part of the score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What is judged.
    pub what: &'static str,
    /// The points for it.
    pub points: u32,
    /// The points at most.
    pub of: u32,
    /// Why, in a sentence.
    pub why: String,
}

/// What an answer is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Score {
    /// The points of all parts, of 100.
    pub points: u32,
    /// The parts.
    pub parts: Vec<Part>,
}

impl Mystery {
    /// What an answer is worth.
    ///
    /// # Errors
    /// A run cannot be made.
    pub fn score(&self, answer: &Answer) -> Result<Score, RunError> {
        let cause = self.cause().fault;
        let is_cause = answer.cause.id == cause.id;
        let is_fix = answer.fix == Some(cause.words().fix);
        let all = self.others().len();
        let ruled_out = self.ruled_out(&answer.used)?;
        let (needed, used) = (self.fewest()?.len(), answer.used.len());
        let is_enough = ruled_out.len() == all;
        let share = |points: u32, part: usize, of: usize| {
            let of = u32::try_from(of).unwrap_or(u32::MAX).max(1);
            points * u32::try_from(part).unwrap_or_default().min(of) / of
        };
        let left: Vec<&str> = self
            .others()
            .iter()
            .map(|other| other.fault)
            .filter(|other| !ruled_out.iter().any(|out| out.id == other.id))
            .map(|other| other.id)
            .collect();
        let parts = vec![
            Part {
                what: "cause",
                points: if is_cause { CAUSE } else { 0 },
                of: CAUSE,
                why: format!("It is {}: {}", cause.id, cause.words().summary),
            },
            Part {
                what: "fix",
                points: if is_fix { FIX } else { 0 },
                of: FIX,
                why: cause.words().fix.to_owned(),
            },
            Part {
                what: "evidence",
                points: share(EVIDENCE, ruled_out.len(), all),
                of: EVIDENCE,
                why: if is_enough {
                    "What you ran tells the cause from everything else that it might have been."
                        .into()
                } else {
                    format!("What you ran leaves open: {}.", left.join(", "))
                },
            },
            Part {
                what: "commands",
                points: if is_enough { share(ECONOMY, needed, used) } else { 0 },
                of: ECONOMY,
                why: format!("You ran {used}; the fewest that tell it is {needed}."),
            },
        ];
        Ok(Score { points: parts.iter().map(|part| part.points).sum(), parts })
    }
}
