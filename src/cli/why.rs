//! `handshake-lab why`: which faults a program's error can mean, by the codes of browsers and by what real programs
//! were seen to say.

use super::{CliError, output};
use crate::faults::{Code, Command, Fault, meant_by_codes};
use crate::observed::{FIRST, Meaning, Observation, meanings};
use clap::Args;
use serde::Serialize;
use std::fmt::Write;

/// What was observed.
const OBSERVED: &str = include_str!("../../data/observed.json");

#[derive(Args)]
pub(super) struct WhyArgs {
    /// What a program said, as it said it: a line, or several.
    error: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// The JSON of it.
#[derive(Serialize)]
struct Document<'a> {
    /// The faults that a browser's code in it can mean, the likeliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    codes: Vec<Coded>,
    /// The faults that it can mean, the best first.
    faults: Vec<Answer<'a>>,
    /// What to run first where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    commands: Vec<&'static str>,
}

/// A fault that a code can mean.
#[derive(Serialize)]
struct Coded {
    id: &'static str,
    title: &'static str,
    /// Who prints the code.
    browser: &'static str,
    code: &'static str,
}

impl Coded {
    fn of((fault, code): (&'static Fault, &'static Code)) -> Coded {
        Coded { id: fault.id, title: fault.title, browser: code.browser, code: code.name }
    }
}

/// A fault that the error can mean.
#[derive(Serialize)]
struct Answer<'a> {
    id: &'static str,
    title: &'static str,
    /// How well it fits, from 0 to 1.
    fit: f64,
    /// Who said the most similar thing, and what that was.
    program: &'a str,
    version: &'a str,
    error: &'a str,
}

impl<'a> Answer<'a> {
    fn of(meaning: &Meaning<'a>) -> Answer<'a> {
        let Observation { program, version, .. } = meaning.observation;
        let (id, title) = (meaning.fault.id, meaning.fault.title);
        Answer { id, title, fit: meaning.fit, program, version, error: meaning.error }
    }
}

/// Prints the faults, best first; where nothing like it was observed, what to run first.
///
/// # Errors
/// Standard output cannot be written.
pub(super) fn why(args: &WhyArgs) -> Result<(), CliError> {
    let observed = observed()?;
    let codes: Vec<Coded> = meant_by_codes(&args.error).into_iter().map(Coded::of).collect();
    let mut found = meanings(&args.error, &observed);
    found.retain(|meaning| codes.iter().all(|code| code.id != meaning.fault.id));
    let is_unknown = codes.is_empty() && found.is_empty();
    if args.json {
        let lines = FIRST.iter().filter(|_| is_unknown).map(|command| command.line);
        let faults = found.iter().map(Answer::of).collect();
        let document = Document { codes, faults, commands: lines.collect() };
        return output::print(&output::json(&document)?);
    }
    let mut text = String::new();
    for Coded { id, title, browser, code } in &codes {
        let _ = writeln!(text, "{id}: {title}\n  {browser}: {code}");
    }
    for Answer { id, title, fit, program, version, error } in found.iter().map(Answer::of) {
        let percent = (fit * 100.0).round();
        let _ = writeln!(text, "{id}: {title}\n  {percent} %, {program} {version}: {error}");
    }
    if is_unknown {
        text += "No program was observed to say anything like it. Run these first:\n";
        for Command { what, line } in &FIRST {
            let _ = writeln!(text, "  {line}\n      {what}.");
        }
    } else {
        text += "\n`handshake-lab run FAULT` shows it, `serve FAULT` lets you try it.\n";
    }
    output::print(&text)
}

/// All observations.
///
/// # Errors
/// The file is none of observations.
pub(super) fn observed() -> Result<Vec<Observation>, CliError> {
    let read = Observation::all_from_json(OBSERVED);
    read.map_err(|error| CliError::Cannot(format!("data/observed.json: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::FAULTS;

    #[test]
    fn what_was_observed_is_about_faults_that_there_are_and_each_finds_itself() {
        let observed = observed().unwrap();
        assert!(!observed.is_empty());
        for one in &observed {
            let fault = Fault::find(&one.fault).unwrap_or_else(|| panic!("{}", one.fault));
            let Some(error) = &one.error else { continue };
            let found = meanings(error, &observed);
            let best = found.first().map_or(0.0, |meaning| meaning.fit);
            assert!(best > 0.999, "{error}: {best}");
            // What many faults have in common may push one of them off the list, but not off the first places.
            let own = found.iter().find(|meaning| meaning.fault.id == fault.id);
            assert!(own.is_none_or(|own| own.fit > 0.999), "{error}: {}", fault.id);
        }
    }

    #[test]
    fn every_fault_of_which_anything_was_said_is_found_by_a_line_of_its_own() {
        let observed = observed().unwrap();
        for fault in FAULTS {
            let own = observed.iter().filter(|one| one.fault == fault.id);
            let mut lines = own.filter_map(|one| one.error.as_deref()).peekable();
            let finds = |line: &str| {
                meanings(line, &observed).iter().any(|meaning| meaning.fault.id == fault.id)
            };
            assert!(lines.peek().is_none() || lines.any(finds), "{}", fault.id);
        }
    }
}
