//! The whole data flow in one call: scenario to trace to dissection to story.

use crate::dissect::{Dissection, dissect_with};
use crate::engine::{self, Capabilities, RunError};
use crate::scenario::Scenario;
use crate::story::{self, Fact, Findings, Story, Told, Words};
use crate::trace::{Connection, Endpoint, Role, Trace};
use std::sync::{Arc, OnceLock};

/// Where a trace comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// It was run here.
    Scenario(Scenario),
    /// One end of it was run here, and talked over a real socket to an end that is not ours.
    #[cfg(not(target_arch = "wasm32"))]
    Socket {
        /// What our end was set up from.
        scenario: Scenario,
        /// Which end is ours.
        who: Endpoint,
    },
}

/// A trace, taken apart and told. It has one connection at least. A copy shares them, so that it costs
/// little.
#[derive(Clone, Debug)]
pub struct Run {
    /// Where it comes from.
    pub origin: Origin,
    /// What happened.
    pub trace: Arc<Trace>,
    /// Each connection of the trace, taken apart.
    pub dissections: Arc<[Dissection]>,
    /// Each connection of the trace, told.
    pub stories: Arc<[Story]>,
    asked: Arc<[Asked]>,
    focus: usize,
}

/// What can be said of a connection beside its story, once someone has asked for it.
#[derive(Debug, Default)]
struct Asked {
    facts: OnceLock<Vec<Fact>>,
    findings: OnceLock<Findings>,
    words: OnceLock<Vec<Words>>,
}

impl Run {
    /// Runs the scenario, takes its connections apart and tells them.
    ///
    /// # Errors
    /// The scenario could not be run at all, or needs more than these capabilities
    /// ([`RunError::NotLoaded`]). A handshake that fails as it must is no error.
    pub fn new(scenario: &Scenario, capabilities: &Capabilities) -> Result<Run, RunError> {
        let trace = engine::run(scenario, capabilities)?;
        Run::of(Origin::Scenario(scenario.clone()), trace, capabilities)
    }

    /// Takes the connections of a trace apart and tells them.
    ///
    /// # Errors
    /// [`RunError::NoConnection`].
    pub fn of(origin: Origin, trace: Trace, capabilities: &Capabilities) -> Result<Run, RunError> {
        // Of the client's connections the earlier ones prepare the last. With a gateway it has one, the outer hop.
        let last = trace.connections.len().checked_sub(1).ok_or(RunError::NoConnection)?;
        let is_clients = |connection: &Connection| connection.roles.client == Role::Client;
        let focus = trace.connections.iter().rposition(is_clients).unwrap_or(last);
        let dissections = dissect_with(&trace, capabilities.inflate);
        let connections = trace.connections.iter().zip(&dissections);
        let stories: Arc<[Story]> = connections
            .map(|(connection, dissection)| story::tell(&trace, connection, dissection))
            .collect();
        let asked = stories.iter().map(|_| Asked::default()).collect();
        let (trace, dissections) = (Arc::new(trace), dissections.into());
        Ok(Run { origin, trace, dissections, stories, asked, focus })
    }

    /// The scenario that was run, or that our end of it was set up from.
    pub fn scenario(&self) -> &Scenario {
        match &self.origin {
            Origin::Scenario(scenario) => scenario,
            #[cfg(not(target_arch = "wasm32"))]
            Origin::Socket { scenario, .. } => scenario,
        }
    }

    /// Each connection with its dissection, in the order opened.
    pub fn connections(&self) -> impl Iterator<Item = (&Connection, &Dissection)> {
        self.trace.connections.iter().zip(self.dissections.iter())
    }

    /// The same run, with a look at another connection (from 0); the last, if there is none of this
    /// number.
    pub fn at(&self, connection: usize) -> Run {
        let last = self.stories.len().saturating_sub(1);
        Run { focus: connection.min(last), ..self.clone() }
    }

    /// Which connection is looked at, from 0: at first the client's last; with a gateway the outer hop.
    pub fn focus(&self) -> usize {
        self.focus
    }

    /// The connection looked at.
    #[expect(clippy::indexing_slicing, reason = "`of` and `at` look at a connection that there is")]
    pub fn connection(&self) -> &Connection {
        &self.trace.connections[self.focus]
    }

    /// The connection looked at, taken apart.
    #[expect(clippy::indexing_slicing, reason = "`of` and `at` look at a connection that there is")]
    pub fn dissection(&self) -> &Dissection {
        &self.dissections[self.focus]
    }

    /// Who is at this end of the connection looked at: `client`, `gateway`.
    pub fn name(&self, who: Endpoint) -> &'static str {
        self.story().roles.tcp(who).name()
    }

    /// The connection looked at, told.
    #[expect(clippy::indexing_slicing, reason = "`of` and `at` look at a connection that there is")]
    pub fn story(&self) -> &Story {
        &self.stories[self.focus]
    }

    /// The steps of the connection looked at, with their words.
    pub fn told(&self) -> impl Iterator<Item = Told<'_>> {
        self.told_of(self.focus)
    }

    /// The step at this position of the connection looked at, with its words.
    pub fn told_at(&self, step: usize) -> Option<Told<'_>> {
        self.told().nth(step)
    }

    /// The steps of one of the connections (from 0), with their words, which are worked out at the first call; none if
    /// there is no such connection.
    pub fn told_of(&self, connection: usize) -> impl Iterator<Item = Told<'_>> {
        let parts = self.connections().zip(self.stories.iter()).zip(self.asked.iter());
        parts.skip(connection).take(1).flat_map(|(((connection, dissection), story), asked)| {
            let tell = || story::words(&self.trace, connection, dissection, story);
            let words = asked.words.get_or_init(tell);
            story.steps.iter().zip(words).map(|(step, words)| Told { step, words })
        })
    }

    /// Who comes to know what in the connection looked at: worked out at the first call.
    #[expect(clippy::indexing_slicing, reason = "`of` and `at` look at a connection that there is")]
    pub fn facts(&self) -> &[Fact] {
        self.asked[self.focus].facts.get_or_init(|| {
            story::facts(&self.trace, self.connection(), self.dissection(), self.story())
        })
    }

    /// What was checked in the connection looked at, and its transcript: worked out at the first call.
    #[expect(clippy::indexing_slicing, reason = "`of` and `at` look at a connection that there is")]
    pub fn findings(&self) -> &Findings {
        self.asked[self.focus].findings.get_or_init(|| {
            story::findings(&self.trace, self.connection(), self.dissection(), self.story())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_without_a_connection_is_no_run_and_says_so() {
        let scenario = Scenario::default();
        let mut trace = engine::run(&scenario, &Capabilities::first()).unwrap();
        trace.connections.clear();
        let error = Run::of(Origin::Scenario(scenario), trace, &Capabilities::first()).unwrap_err();
        assert_eq!(error, RunError::NoConnection);
        assert_eq!(error.to_string(), "there is no TCP connection in it");
    }

    #[test]
    fn a_look_at_another_connection_copies_nothing() {
        let scenario = Scenario::parse("tls13-resumed").unwrap();
        let run = Run::new(&scenario, &Capabilities::first()).unwrap();
        let first = run.at(0);
        assert_eq!((run.focus(), first.focus(), run.at(7).focus()), (1, 0, 1));
        assert!(Arc::ptr_eq(&run.trace, &first.trace));
        assert!(Arc::ptr_eq(&run.stories, &first.stories));
    }
}
