//! A run as text for people: the ladder of what was sent, how it ended, and what was settled.

use crate::dissect::Dissection;
use crate::race::handshake_round_trips;
use crate::run::{Origin, Run};
use crate::story::text::summary;
use crate::trace::{Connection, End, Endpoint};
use crate::visibility::{Place, Table, who_reads_what};
use crate::wire::names;
use std::fmt::Write;

/// Every connection, told. What it is of stands in the first line.
pub(super) fn text(run: &Run) -> String {
    let mut text = match &run.origin {
        Origin::Scenario(scenario) => format!("{}\n", scenario.text()),
        Origin::Socket { who, .. } => format!("a real connection, as the {} saw it\n", who.name()),
    };
    let count = run.stories.len();
    for at in 0..count {
        let run = run.at(at);
        let (connection, parts) = (run.connection(), run.dissection());
        text += "\n";
        if count > 1 {
            let _ = write!(text, "connection {} of {count}, ", connection.id + 1);
        }
        let _ = writeln!(
            text,
            "{} {}, {} {}",
            connection.roles.client.name(),
            connection.client,
            connection.roles.server.name(),
            connection.server
        );
        text += &summary(parts, run.story(), run.findings());
        text += "\n";
        text += &settled(connection, parts);
    }
    if let Some(table) = who_reads_what(run) {
        text += &readings(&table);
    }
    text
}

/// Who can read what, place by place.
fn readings(table: &Table) -> String {
    let mut text = String::from("\nwho can read what\n");
    for (index, place) in table.places.iter().enumerate() {
        let kind = if matches!(place, Place::Wire(..)) { "on the wire " } else { "inside " };
        let _ = writeln!(text, "{kind}{}", place.name());
        for fact in &table.facts {
            let found = fact.excerpts.get(index).and_then(|excerpt| excerpt.as_deref());
            let _ = writeln!(text, "  {:<36} {}", fact.name, found.unwrap_or("-"));
        }
    }
    text
}

fn settled(connection: &Connection, parts: &Dissection) -> String {
    let negotiated = &parts.negotiated;
    let mut text = String::new();
    let mut line = |name: &str, value: Option<&str>| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{name:<12} {}", value.unwrap_or("-"));
    };
    line("version", negotiated.version.map(names::version_name).as_deref());
    line("suite", negotiated.suite.map(names::suite_name).as_deref());
    line("group", negotiated.group.map(names::group_name).as_deref());
    line("server name", negotiated.server_name.as_deref());
    line("alpn", negotiated.alpn.as_deref());
    line("resumed", negotiated.resumed.then_some("yes"));
    line("early data", negotiated.early_data.name());
    line("round trips", Some(&handshake_round_trips(parts).to_string()));
    for who in Endpoint::BOTH {
        line(connection.roles.tcp(who).name(), Some(&ending(connection.end(who))));
    }
    for problem in &parts.problems {
        line("problem", Some(problem));
    }
    text
}

fn ending(end: &End) -> String {
    let status = end.status.name();
    match &end.error {
        Some(error) => format!("{status}: {error}"),
        None => status.to_owned(),
    }
}
