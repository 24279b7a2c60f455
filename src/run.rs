//! The whole data flow in one call: scenario to trace to dissection to story.

use crate::dissect::{Dissection, dissect_all};
use crate::engine::{self, Capabilities, RunError};
use crate::scenario::{Gateway, Scenario};
use crate::story::{self, Story};
use crate::trace::{Connection, Endpoint, Trace};

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
    /// Which connection is looked at: at first the last, which the ones before it prepare; with a
    /// gateway the outer hop.
    pub focus: usize,
}

impl Run {
    /// Runs the scenario, takes its connections apart and tells them.
    ///
    /// # Errors
    /// The scenario could not be run at all, or needs more than these capabilities
    /// ([`RunError::NotLoaded`]). A handshake that fails as it must is no error.
    pub fn new(scenario: &Scenario, capabilities: &Capabilities) -> Result<Run, RunError> {
        let trace = engine::run(scenario, capabilities)?;
        let dissections = dissect_all(&trace);
        let focus = match scenario.gateway {
            Gateway::None => trace.connections.len().saturating_sub(1),
            _ => 0,
        };
        let stories = trace
            .connections
            .iter()
            .zip(&dissections)
            .map(|(connection, dissection)| story::tell(&trace, connection, dissection))
            .collect();
        Ok(Run { scenario: scenario.clone(), trace, dissections, stories, focus })
    }

    /// Each connection with its dissection, in the order opened.
    pub fn connections(&self) -> impl Iterator<Item = (&Connection, &Dissection)> {
        self.trace.connections.iter().zip(&self.dissections)
    }

    /// The same run, with a look at another connection (from 0); the last, if there is none of this
    /// number.
    pub fn at(&self, connection: usize) -> Run {
        let last = self.stories.len().saturating_sub(1);
        Run { focus: connection.min(last), ..self.clone() }
    }

    /// The connection looked at.
    pub fn connection(&self) -> &Connection {
        &self.trace.connections[self.focus]
    }

    /// The connection looked at, taken apart.
    pub fn dissection(&self) -> &Dissection {
        &self.dissections[self.focus]
    }

    /// Who is at this end of the connection looked at: `client`, `gateway`.
    pub fn name(&self, who: Endpoint) -> &'static str {
        self.story().roles.tcp(who).name()
    }

    /// The connection looked at, told.
    pub fn story(&self) -> &Story {
        &self.stories[self.focus]
    }
}
