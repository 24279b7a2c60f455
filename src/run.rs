//! The whole data flow in one call: scenario to trace to dissection to story.

use crate::dissect::Dissection;
use crate::scenario::Scenario;
use crate::story::Story;
use crate::trace::{Connection, Trace};

/// A scenario that was run, taken apart and told.
#[derive(Clone, Debug)]
pub struct Run {
    /// What was run.
    pub scenario: Scenario,
    /// What happened.
    pub trace: Trace,
    /// Each connection of the trace, taken apart.
    pub dissections: Vec<Dissection>,
    /// Each connection of the trace, told.
    pub stories: Vec<Story>,
}

impl Run {
    /// The first connection: the one a single-connection scenario is about.
    pub fn connection(&self) -> &Connection {
        &self.trace.connections[0]
    }

    /// The first connection, taken apart.
    pub fn dissection(&self) -> &Dissection {
        &self.dissections[0]
    }

    /// The first connection, told.
    pub fn story(&self) -> &Story {
        &self.stories[0]
    }
}

impl Run {
    /// Until the engine lands.
    pub fn new(_: &Scenario) -> Result<Run, String> {
        Err("the engine is not here yet".into())
    }
}
