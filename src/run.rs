//! The whole data flow in one call: scenario to trace to dissection to story.

use crate::dissect::{Dissection, dissect};
use crate::engine::{self, RunError};
use crate::scenario::Scenario;
use crate::story::{self, Story};
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
    /// Runs the scenario, takes its connections apart and tells them.
    ///
    /// # Errors
    /// The scenario could not be run at all. A handshake that fails as it must is no error.
    pub fn new(scenario: &Scenario) -> Result<Run, RunError> {
        let trace = engine::run(scenario)?;
        let dissections: Vec<Dissection> = trace.connections.iter().map(dissect).collect();
        let stories = trace
            .connections
            .iter()
            .zip(&dissections)
            .map(|(connection, dissection)| story::tell(&trace, connection, dissection))
            .collect();
        Ok(Run { scenario: scenario.clone(), trace, dissections, stories })
    }

    /// Each connection with its dissection, in the order opened.
    pub fn connections(&self) -> impl Iterator<Item = (&Connection, &Dissection)> {
        self.trace.connections.iter().zip(&self.dissections)
    }

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
