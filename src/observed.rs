//! What real programs were seen to say about faults, and which faults an error can mean by that.
//!
//! `data/observed.json` has the observations. `make observed` writes it, by asking each program. Of a fault that no
//! program was asked about, [`UNASKED`] says why.

use crate::faults::{Command, FAULTS, Fault};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What an answer must have of the fit of the best one.
const CLOSE: f64 = 0.6;

/// A text of so many words may be an error that was pasted; fewer are words to look for.
const A_LINE: usize = 3;

/// What fits as well as this is an error, whatever else has its words.
const SURE: f64 = 0.6;

/// Less than this is no answer: a word or two in common.
const LEAST: f64 = 0.25;

/// Answers at most.
const MOST: usize = 10;

/// Faults that no program was asked about, and why: there is nothing that it could say, or it takes more than a
/// program and a server.
pub const UNASKED: &[(&str, &str)] = &[
    (
        "heavy-loss",
        "TCP sends again what was lost: a program gets all that it asked for, only later, and has nothing to say.",
    ),
    (
        "big-client-hello-dropped",
        "It takes a path that drops packets by their size, and a server alone is none. A program waits there, and \
         at its time limit it says the same as of any server that does not answer a ClientHello.",
    ),
    (
        "early-data-replayed",
        "It takes a recording of a client that sent early data. That client gets its answer and has nothing to say, and \
         whoever sends the recording cannot read any.",
    ),
    (
        "plaintext-inner-hop",
        "Nobody notices: the client's connection to the gateway is good, and the service takes requests without TLS.",
    ),
    (
        "upstream-cert-expired",
        "The client gets 502 from the gateway, over a connection that is good. What is wrong stands in the \
         gateway's own log.",
    ),
    (
        "upstream-name-mismatch",
        "The client gets 502 from the gateway, over a connection that is good. What is wrong stands in the \
         gateway's own log.",
    ),
    (
        "client-identity-lost",
        "Nobody notices at either end of TLS: what the service makes of a request without the client's name is up \
         to the service.",
    ),
];

/// Why no program was asked about this fault; `None` where one was.
pub fn why_unasked(fault: &Fault) -> Option<&'static str> {
    UNASKED.iter().find(|(id, _)| *id == fault.id).map(|(_, why)| *why)
}

/// What a program said about a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// The program.
    pub program: String,
    /// Its version, and that of its TLS library where it tells.
    pub version: String,
    /// The fault's id.
    pub fault: String,
    /// Its exit status; -1 where it had to be ended.
    pub exit: i32,
    /// What it said is wrong; `None` where it said nothing.
    pub error: Option<String>,
}

impl Observation {
    /// All of a file: by program, then in the order of the faults.
    ///
    /// # Errors
    /// The text is no such list.
    pub fn all_from_json(text: &str) -> Result<Vec<Observation>, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// Whether the program noticed that something is wrong.
    pub fn is_noticed(&self) -> bool {
        self.exit != 0 || self.error.is_some()
    }
}

/// A fault that an error can mean.
#[derive(Clone, Debug)]
pub struct Meaning<'a> {
    /// The fault.
    pub fault: &'static Fault,
    /// How well it fits, from 0 to 1.
    pub fit: f64,
    /// The text that fits best, and who said it.
    pub observation: &'a Observation,
    /// That text.
    pub error: &'a str,
}

/// What to run where an error tells nothing: `HOST` and `PORT` stand for the server's.
pub const FIRST: [Command; 4] = [
    Command {
        what: "Whether a program listens there at all, and whether a packet gets there",
        line: "nc -vz -w 5 HOST PORT",
    },
    Command {
        what: "What the server shows, and what OpenSSL makes of it",
        line: "openssl s_client -connect HOST:PORT -servername HOST -verify_hostname HOST -showcerts </dev/null",
    },
    Command {
        what: "How far a request gets, and the alert if there is one",
        line: "curl -v --max-time 10 https://HOST:PORT/",
    },
    Command {
        what: "Every message of it, and which faults fail in the same way",
        line: "handshake-lab connect HOST:PORT",
    },
];

/// What a text can mean that may be an error or words to look for: nothing where it is words. `is_found` says
/// whether something has all of them, and then it takes an error that is surely one.
pub fn meanings_if_error<'a>(
    said: &str,
    observed: &'a [Observation],
    is_found: bool,
) -> Vec<Meaning<'a>> {
    if words(said).len() < A_LINE {
        return Vec::new();
    }
    let found = meanings(said, observed);
    let is_sure = found.first().is_some_and(|best| best.fit >= SURE);
    if is_found && !is_sure { Vec::new() } else { found }
}

/// The faults that an error can mean, the best first: those whose best observation is close to the best of
/// all. What counts are the words that both have, each the more, the fewer observations have it. Of several
/// lines the one that fits best counts.
pub fn meanings<'a>(said: &str, observed: &'a [Observation]) -> Vec<Meaning<'a>> {
    let known: Vec<Known<'a>> = observed.iter().filter_map(Known::of).collect();
    // What several programs say word by word counts once.
    let texts: BTreeSet<&BTreeSet<String>> = known.iter().map(|known| &known.words).collect();
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for word in texts.iter().copied().flatten() {
        *counts.entry(word).or_default() += 1;
    }
    let weight = |word: &String| {
        let having = counts.get(word).copied().unwrap_or(0);
        (1.0 + texts.len() as f64 / (1.0 + having as f64)).ln().powi(2)
    };
    let length = |words: &BTreeSet<String>| words.iter().map(weight).sum::<f64>().sqrt();
    let lines: Vec<(BTreeSet<String>, f64)> = said
        .lines()
        .map(words)
        .map(|words| {
            let length = length(&words);
            (words, length)
        })
        .collect();
    // The cosine of the angle between the two, as directions among all words.
    let fit = |known: &Known<'_>| {
        let own = length(&known.words);
        let of_line = |(words, length): &(BTreeSet<String>, f64)| {
            let shared: f64 = known.words.intersection(words).map(weight).sum();
            if own * length > 0.0 { shared / (own * length) } else { 0.0 }
        };
        lines.iter().map(of_line).fold(0.0, f64::max)
    };
    let weighed: Vec<(f64, &Known<'a>)> = known.iter().map(|known| (fit(known), known)).collect();
    let best_of = |fault: &&'static Fault| {
        let own = weighed.iter().filter(|(_, known)| known.observation.fault == fault.id);
        // Of equal ones the first.
        let (fit, best) = own.rev().max_by(|a, b| a.0.total_cmp(&b.0))?;
        Some(Meaning { fault, fit: *fit, observation: best.observation, error: best.error })
    };
    let mut found: Vec<Meaning<'a>> = FAULTS.iter().filter_map(best_of).collect();
    found.sort_by(|a, b| b.fit.total_cmp(&a.fit));
    let least = found.first().map_or(LEAST, |first| (first.fit * CLOSE).max(LEAST));
    found.retain(|meaning| meaning.fit >= least);
    found.truncate(MOST);
    found
}

/// An observation that has a text, with its words.
struct Known<'a> {
    observation: &'a Observation,
    error: &'a str,
    words: BTreeSet<String>,
}

impl<'a> Known<'a> {
    fn of(observation: &'a Observation) -> Option<Known<'a>> {
        let error = observation.error.as_deref()?;
        Some(Known { observation, error, words: words(error) })
    }
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
        Observation { program, version, fault: fault.into(), exit: 1, error: Some(error.into()) }
    }

    fn found(said: &str, known: &[Observation]) -> Vec<&'static str> {
        meanings(said, known).iter().map(|meaning| meaning.fault.id).collect()
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
    fn the_best_fit_comes_first_and_equal_ones_are_all_named_in_the_order_of_the_list() {
        let known = [
            observation("expired-intermediate", "certificate has expired"),
            observation("hostname-mismatch", "hostname mismatch"),
            observation("cert-expired", "certificate has expired"),
        ];
        let line = "error 10: Certificate has EXPIRED";
        assert_eq!(found(line, &known), ["cert-expired", "expired-intermediate"]);
        assert!(found("out of memory", &known).is_empty());
        assert!(found("", &known).is_empty());
    }

    #[test]
    fn words_to_look_for_are_no_error_and_a_pasted_line_is() {
        let known = [
            observation("cert-expired", "certificate has expired"),
            observation("hostname-mismatch", "hostname mismatch"),
        ];
        let count = |said: &str, is_found| meanings_if_error(said, &known, is_found).len();
        assert_eq!(count("expired", true), 0);
        assert_eq!(count("expired", false), 0);
        assert_eq!(count("the certificate has expired", true), 1);
        assert_eq!(count("client certificate missing somewhere far away", true), 0);
        assert_eq!(count("curl: (60) SSL certificate problem: certificate has expired", false), 1);
    }

    #[test]
    fn a_line_among_others_is_found() {
        let known = [
            observation("cert-expired", "certificate has expired"),
            observation("hostname-mismatch", "hostname mismatch"),
        ];
        let log = "12:00 starting up, all is well so far\n12:01 hostname mismatch\n12:02 trying again in a while";
        assert_eq!(found(log, &known).first(), Some(&"hostname-mismatch"));
    }
}
