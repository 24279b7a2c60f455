//! What can be said of a connection beside which steps it has. It is worked out when someone asks for it: who knows
//! what by the page's first screen, the rest by what is loaded when a step or a panel is shown.

use super::context::ConnectionContext;
use super::words::{Words, about};
use super::{Check, Fact, Story, TranscriptEntry, checks, replay, transcript};
use crate::dissect::Dissection;
use crate::trace::{Connection, Trace};

/// What was checked, and what is in the transcript.
#[derive(Clone, Debug)]
pub struct Findings {
    /// What each endpoint checked, ordered by step, and at each step in order of checking.
    pub checks: Vec<Check>,
    /// The transcript: every handshake message that goes into the hash.
    pub transcript: Vec<TranscriptEntry>,
}

/// The words for each step of one connection, whose story is given.
pub fn words(
    trace: &Trace,
    connection: &Connection,
    dissection: &Dissection,
    story: &Story,
) -> Vec<Words> {
    let ctx = ConnectionContext::new(trace, connection, dissection);
    let told = story.steps.iter().map(|step| {
        let mut words = about(&ctx, step.subject);
        if let Some(replay) = &story.replay {
            replay::tell(&ctx, step, replay, &mut words);
        }
        words
    });
    told.collect()
}

/// Works out the findings of one connection, whose story is given.
pub fn findings(
    trace: &Trace,
    connection: &Connection,
    dissection: &Dissection,
    story: &Story,
) -> Findings {
    let ctx = ConnectionContext::new(trace, connection, dissection);
    Findings { checks: checks::checks(&ctx, &story.steps), transcript: transcript::entries(&ctx) }
}

/// Who comes to know what in one connection, whose story is given.
pub fn facts(
    trace: &Trace,
    connection: &Connection,
    dissection: &Dissection,
    story: &Story,
) -> Vec<Fact> {
    super::facts::facts(&ConnectionContext::new(trace, connection, dissection), &story.steps)
}

impl Findings {
    /// The checks made on reading a step, in order of checking.
    pub fn checks_at(&self, step: usize) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(move |check| check.step == step)
    }

    /// The checks that did not hold.
    pub fn failed(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| check.result == super::CheckResult::Failed)
    }
}
