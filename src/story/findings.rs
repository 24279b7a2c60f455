//! What can be said of a connection beside its steps. It is worked out when someone asks for it: the
//! page does when a panel is opened, and loads the code for it then.

use super::context::ConnectionContext;
use super::{Check, Fact, Story, TranscriptEntry, checks, facts, transcript};
use crate::dissect::Dissection;
use crate::trace::{Connection, Trace};

/// What was checked, who knows what, and what is in the transcript.
#[derive(Clone, Debug)]
pub struct Findings {
    /// What each endpoint checked, ordered by step, and at each step in order of checking.
    pub checks: Vec<Check>,
    /// Who comes to know what.
    pub facts: Vec<Fact>,
    /// The transcript: every handshake message that goes into the hash.
    pub transcript: Vec<TranscriptEntry>,
}

/// Works out the findings of one connection, whose story is given.
pub fn findings(
    trace: &Trace,
    connection: &Connection,
    dissection: &Dissection,
    story: &Story,
) -> Findings {
    let ctx = ConnectionContext::new(trace, connection, dissection);
    Findings {
        checks: checks::checks(&ctx, &story.steps),
        facts: facts::facts(&ctx, &story.steps),
        transcript: transcript::entries(&ctx),
    }
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
