//! The first thing shown: one line that a client prints.

use super::curl;
use super::level::Level;
use super::suspect::{Suspect, Who};
use super::talk::Talk;
use crate::engine::RunError;
use crate::observed::Observation;
use crate::run::Run;

/// One line, and who printed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symptom {
    /// The program.
    pub program: String,
    /// Its version; empty for the client of the run.
    pub version: String,
    /// The line.
    pub line: String,
}

/// What stands in the observations for what is another at each call.
const PLACEHOLDERS: [&str; 2] = ["TIME", "N"];

/// A program that is among the commands, where it is asked in another way than it was observed.
const A_COMMAND: &str = "openssl s_client";

/// What a client prints where this is the cause; `None` where it prints nothing that is wrong.
///
/// A real program's line counts where one was observed; else the client of the run speaks. `turn` chooses among
/// several.
///
/// # Errors
/// A run cannot be made.
pub fn of(
    level: &Level,
    cause: &Suspect,
    observed: &[Observation],
    turn: u64,
) -> Result<Option<Symptom>, RunError> {
    if !cause.fails()? {
        return Ok(None);
    }
    if let Some(program) = level.only_code_of {
        return code(program, cause, observed);
    }
    let known: Vec<Symptom> = observed
        .iter()
        .filter(|one| one.fault == cause.fault.id && one.program != A_COMMAND)
        .filter_map(|one| said(one, cause.host()))
        .collect();
    let count = u64::try_from(known.len()).unwrap_or_default();
    match turn.checked_rem(count).and_then(|turn| usize::try_from(turn).ok()) {
        Some(turn) => Ok(known.get(turn).cloned()),
        None => own(cause),
    }
}

/// What was observed, for this host.
fn said(one: &Observation, host: &str) -> Option<Symptom> {
    let error = one.error.as_ref()?;
    let is_placeholder = |word: &str| PLACEHOLDERS.contains(&word);
    if error.split(|c: char| !c.is_alphanumeric()).any(is_placeholder) {
        return None;
    }
    // The observed servers were at an address of this machine, and at a port of their own.
    let line = error.replace("127.0.0.1", host).replace(":PORT", ":443");
    Some(Symptom { program: one.program.clone(), version: one.version.clone(), line })
}

/// The code of a program's error, as logs keep it: up to the bracket that closes it. Where this fault cannot be
/// served, and so was not observed, what was observed of another with the same error of OpenSSL counts.
fn code(
    program: &str,
    cause: &Suspect,
    observed: &[Observation],
) -> Result<Option<Symptom>, RunError> {
    let of_program = || observed.iter().filter(|one| one.program == program);
    let own = of_program().find(|one| one.fault == cause.fault.id);
    let words = cause.verify_error(Who::SClient { only: None, is_named: true })?;
    let has_words = |one: &&Observation| {
        let error = one.error.as_deref().unwrap_or_default().to_lowercase();
        words.is_some_and(|words| error.contains(&words.text.to_lowercase()))
    };
    let Some(one) = own.or_else(|| of_program().find(has_words)) else { return Ok(None) };
    let line =
        one.error.as_deref().and_then(|error| Some(error.get(..=error.find(']')?)?.to_owned()));
    let symptom =
        |line| Symptom { program: one.program.clone(), version: one.version.clone(), line };
    Ok(line.map(symptom))
}

/// What the client of a run says, or the status of the answer that it gets.
pub fn line_of(run: &Run) -> Option<String> {
    let status = || Some(curl::response(Talk::of(run))?.lines().next()?.to_owned());
    run.connection().client_end.error.clone().or_else(status)
}

/// The line of the client of the run; `None` where that is the fault's name already: rustls is more outspoken
/// than most.
fn own(cause: &Suspect) -> Result<Option<Symptom>, RunError> {
    let run = cause.run(Who::Program)?;
    let line = line_of(&run).filter(|line| !names(line, cause.fault.title));
    let symptom = |line| Symptom { program: "the client".into(), version: String::new(), line };
    Ok(line.map(symptom))
}

/// Whether a line has two words of a title, small ones aside.
fn names(line: &str, title: &str) -> bool {
    let line = line.to_lowercase();
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 4);
    words.filter(|word| line.contains(&word.to_lowercase())).count() >= 2
}
