//! The whole flow of data in one call.

use crate::dissect::{Dissection, dissect};
use crate::engine::{self, RunError};
use crate::scenario::Scenario;
use crate::trace::{Connection, Trace};

/// A scenario, what happened when it was run, and what that means.
#[derive(Clone, Debug)]
pub struct Run {
    /// What was run.
    pub scenario: Scenario,
    /// What happened.
    pub trace: Trace,
    /// [`Trace::connections`], each taken apart.
    pub dissections: Vec<Dissection>,
}

impl Run {
    /// Runs the scenario and takes its connections apart.
    ///
    /// # Errors
    /// The scenario could not be run at all. A handshake that fails as it must is no error.
    pub fn new(scenario: &Scenario) -> Result<Run, RunError> {
        let trace = engine::run(scenario)?;
        let dissections = trace.connections.iter().map(dissect).collect();
        Ok(Run { scenario: scenario.clone(), trace, dissections })
    }

    /// Each connection with its dissection, in the order opened.
    pub fn connections(&self) -> impl Iterator<Item = (&Connection, &Dissection)> {
        self.trace.connections.iter().zip(&self.dissections)
    }
}
