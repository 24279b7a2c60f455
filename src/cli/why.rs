//! `handshake-lab why`: which faults a program's error can mean. It knows what was observed, and no more:
//! `data/observed.toml` has what real programs said about each fault that is served.

use super::{CliError, output};
use crate::faults::Fault;
use clap::Args;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What was observed, written by `tests/observed/mod.rs`.
const OBSERVED: &str = include_str!("../../data/observed.toml");

/// How much less than the best one an answer may fit.
const CLOSE: f64 = 0.6;

/// Less than this is no answer: a word or two in common.
const LEAST: f64 = 0.25;

/// Answers at most.
const MOST: usize = 10;

#[derive(Args)]
pub(super) struct WhyArgs {
    /// What a program said, as it said it.
    error: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// What programs said.
#[derive(Deserialize)]
struct Observations {
    observed: Vec<Observation>,
}

/// What one of them said about one fault.
#[derive(Clone, Deserialize)]
struct Observation {
    program: String,
    version: String,
    fault: String,
    /// `None` where it noticed nothing.
    error: Option<String>,
}

/// A fault that the error can mean.
#[derive(Serialize)]
struct Answer {
    fault: String,
    title: &'static str,
    /// How well it fits, from 0 to 1.
    fit: f64,
    /// The program that said the most similar thing, and what that was.
    program: String,
    version: String,
    error: String,
}

/// Prints the faults, best first.
///
/// # Errors
/// Nothing like it was observed.
pub(super) fn why(args: &WhyArgs) -> Result<(), CliError> {
    let answers = answers(&args.error, &observations()?);
    if args.json {
        return output::print(&(serde_json::to_string_pretty(&answers)? + "\n"));
    }
    if answers.is_empty() {
        let text = "nothing like it was observed; give the whole line that the program printed";
        return Err(CliError::Cannot(text.into()));
    }
    let mut text = String::new();
    for Answer { fault, title, fit, program, version, error } in &answers {
        let percent = (fit * 100.0).round();
        let _ = writeln!(text, "{fault}: {title}\n  {percent} %: {program} {version}: {error}");
    }
    text += "\n`handshake-lab run FAULT` shows it, `serve FAULT` lets you try it.\n";
    output::print(&text)
}

fn observations() -> Result<Vec<Observation>, CliError> {
    let read = toml::from_str::<Observations>(OBSERVED);
    Ok(read.map_err(|error| CliError::Cannot(format!("data/observed.toml: {error}")))?.observed)
}

/// The faults whose best observation is close to the best of all: by the words that they share, each
/// counting the more, the fewer observations have it.
fn answers(error: &str, observations: &[Observation]) -> Vec<Answer> {
    let said = observations.iter().filter_map(|one| Some((one, words(one.error.as_ref()?))));
    let said: Vec<(&Observation, BTreeSet<String>)> = said.collect();
    // What several faults have in common word by word counts once.
    let texts: BTreeSet<&BTreeSet<String>> = said.iter().map(|(_, words)| words).collect();
    let rarity = |word: &String| {
        let having = texts.iter().filter(|words| words.contains(word)).count();
        (1.0 + texts.len() as f64 / (1.0 + having as f64)).ln()
    };
    let asked = words(error);
    let length = |words: &BTreeSet<String>| {
        words.iter().map(|word| rarity(word).powi(2)).sum::<f64>().sqrt()
    };
    let fit = |words: &BTreeSet<String>| {
        let shared: f64 = words.intersection(&asked).map(|word| rarity(word).powi(2)).sum();
        let lengths = length(words) * length(&asked);
        if lengths > 0.0 { shared / lengths } else { 0.0 }
    };
    let mut best: BTreeMap<&str, (f64, &Observation)> = BTreeMap::new();
    for (one, words) in &said {
        let fit = fit(words);
        let entry = best.entry(&one.fault).or_insert((fit, one));
        if fit > entry.0 {
            *entry = (fit, one);
        }
    }
    let answer = |(fault, (fit, one)): (&str, (f64, &Observation))| {
        Some(Answer {
            fault: fault.to_owned(),
            title: Fault::find(fault)?.title,
            fit,
            program: one.program.clone(),
            version: one.version.clone(),
            error: one.error.clone()?,
        })
    };
    let mut answers: Vec<Answer> = best.into_iter().filter_map(answer).collect();
    answers.sort_by(|a, b| b.fit.total_cmp(&a.fit));
    let least = answers.first().map_or(LEAST, |first| (first.fit * CLOSE).max(LEAST));
    answers.retain(|answer| answer.fit >= least);
    answers.truncate(MOST);
    answers
}

/// The words of an error that are not of one machine or one connection: without host names, addresses,
/// paths, ports and long hexadecimal numbers.
fn words(text: &str) -> BTreeSet<String> {
    let is_own = |word: &&str| !word.contains(['/', '\\']) && !is_host(word);
    let parts = text.split_whitespace().map(trimmed).filter(is_own).flat_map(|word| {
        word.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>()
    });
    // Numbers of one to three digits may be codes: of an alert, of an exit.
    let is_number = |part: &str| {
        let digits = part.chars().filter(char::is_ascii_digit).count();
        digits > 0 && part.len() > 3 && part.chars().all(|c| c.is_ascii_hexdigit())
    };
    let parts = parts.filter(|part| !part.is_empty() && !is_number(part));
    parts.map(|part| part.to_lowercase()).collect()
}

/// The word without what surrounds it.
fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '/' | '\\'))
}

/// Whether this is a host name or an address, with a port or without: labels in lower case and dots.
fn is_host(word: &str) -> bool {
    let name = word.split([':', ',']).next().unwrap_or_default();
    let mut labels = name.split('.');
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| !c.is_uppercase() && (c.is_alphanumeric() || c == '-'))
    };
    name.contains('.') && labels.all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observation(fault: &str, error: &str) -> Observation {
        let (program, version) = ("program".to_owned(), "1".to_owned());
        Observation { program, version, fault: fault.into(), error: Some(error.into()) }
    }

    #[test]
    fn hosts_ports_paths_and_long_numbers_do_not_count() {
        let one = "curl: (60) certificate has expired for www.example.com:8443 in /etc/ssl/ca.pem 40A7B2C1";
        let other = "curl: (60) certificate has expired for 10.0.0.1 in /tmp/x.pem 0FF812";
        assert_eq!(words(one), words(other));
        assert!(words(one).contains("60") && words(one).contains("expired"));
        let java = words("java.security.cert.CertPathValidatorException: validity check failed");
        assert!(java.contains("certpathvalidatorexception"));
    }

    #[test]
    fn the_best_fit_comes_first_and_equal_ones_are_all_named() {
        let known = [
            observation("cert-expired", "certificate has expired"),
            observation("expired-intermediate", "certificate has expired"),
            observation("hostname-mismatch", "hostname mismatch"),
        ];
        let found = answers("error 10: Certificate has EXPIRED", &known);
        let faults: Vec<&str> = found.iter().map(|answer| answer.fault.as_str()).collect();
        assert_eq!(faults, ["cert-expired", "expired-intermediate"]);
        assert!(answers("out of memory", &known).is_empty());
    }

    #[test]
    fn what_was_observed_is_about_faults_that_there_are_and_finds_them_again() {
        let known = observations().unwrap();
        for one in &known {
            assert!(Fault::find(&one.fault).is_some(), "{}", one.fault);
            let Some(error) = &one.error else { continue };
            let found = answers(error, &known);
            let best = found.first().map_or(0.0, |answer| answer.fit);
            assert!(best > 0.999, "{error}: {best}");
        }
    }
}
