//! What clients of different kinds do with the same certificates: strict, lenient, and a browser that has met
//! the authority before.

use super::{Asked, Candidate, Gravity, Manner, Search, Settled, issuer_address, lenient};
use crate::story::{Certificate, format};
use crate::trace::{ChainRefusal, Endpoint};

/// A kind of program that judges certificates.
#[derive(Debug)]
pub struct Profile {
    /// Its name in JSON.
    pub id: &'static str,
    /// What it does differently.
    pub about: &'static str,
    manner: Manner,
    /// Whether it knows more than what was sent.
    remembers: bool,
}

/// All kinds.
pub const PROFILES: [Profile; 3] = [
    Profile {
        id: "strict",
        about: "takes what stands in the leaf’s own file, each issuer behind what it issued, and the names of \
                subjectAltName alone",
        manner: Manner {
            in_order: true,
            lenient: false,
            asks_key_usage: true,
            takes_short_keys: false,
        },
        remembers: false,
    },
    Profile {
        id: "lenient",
        about: "takes what stands in the leaf’s own file in any order, and what OpenSSL takes besides: the host from \
                the common name, version 1, an authority as a leaf",
        manner: Manner {
            in_order: false,
            lenient: true,
            asks_key_usage: true,
            takes_short_keys: false,
        },
        remembers: false,
    },
    Profile {
        id: "browser",
        about: "takes in any order what was sent, and for what is missing everything else that was read, the \
                intermediates of earlier visits and, in most of them, the issuer’s address in the certificate",
        manner: Manner {
            in_order: false,
            lenient: false,
            asks_key_usage: true,
            takes_short_keys: true,
        },
        remembers: true,
    },
];

impl Profile {
    /// Who it is, where this end judges. Servers are no browsers.
    pub fn who(&self, by: Endpoint) -> String {
        if self.remembers { "a browser".into() } else { format!("a {} {}", self.id, by.name()) }
    }
}

/// What it comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It would be taken.
    Taken,
    /// It would be refused.
    Refused,
    /// It depends on what is at the address of the issuer.
    Fetches,
}

impl Outcome {
    /// Its word in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Outcome::Taken => "taken",
            Outcome::Refused => "refused",
            Outcome::Fetches => "fetches",
        }
    }
}

/// What one kind of program would do.
#[derive(Clone, Debug)]
pub struct Opinion {
    /// The kind.
    pub profile: &'static Profile,
    /// What it comes to.
    pub outcome: Outcome,
    /// The first reason of a refusal; else what it took that another would not. May be empty.
    pub why: String,
}

/// What each kind does with the leaf; `read` is all that was read, and `search` what came of looking there.
pub fn opinions<'a>(
    asked: &Asked<'a>,
    read: &[&'a Candidate<'a>],
    search: &Search,
) -> Vec<Opinion> {
    let cached: Vec<Candidate<'_>> = asked
        .question
        .roots
        .cached()
        .iter()
        .filter(|der| !read.iter().any(|one| one.der == der.as_slice()))
        .filter_map(|der| Candidate::read("an earlier visit", usize::MAX, false, der))
        .collect();
    let asked = Asked { ..*asked };
    let sent: Vec<&Candidate<'_>> =
        read.iter().copied().filter(|one| one.file == asked.leaf.file).collect();
    let known: Vec<&Candidate<'_>> = read.iter().copied().chain(&cached).collect();
    let by = asked.question.by;
    let profiles = PROFILES.iter().filter(|one| by == Endpoint::Client || !one.remembers);
    profiles
        .map(|profile| {
            let pool = if profile.remembers { &known } else { &sent };
            // Looking again takes a while, so not where the same would come of it.
            let again = (pool.len() != read.len()).then(|| asked.search(pool));
            let search = again.as_ref().unwrap_or(search);
            let settled = asked.settle(pool, search, &profile.manner);
            opinion(profile, &asked, search, &settled)
        })
        .collect()
}

fn opinion(
    profile: &'static Profile,
    asked: &Asked<'_>,
    search: &Search,
    settled: &Settled<'_>,
) -> Opinion {
    let against = settled.findings.iter().find(|one| one.gravity == Gravity::Refused);
    let Some(against) = against else {
        return Opinion {
            profile,
            outcome: Outcome::Taken,
            why: besides(profile, asked, search, settled),
        };
    };
    let missing = matches!(settled.refusal, Some((ChainRefusal::UnknownIssuer, _)));
    let others = settled.findings.iter().filter(|one| one.gravity == Gravity::Refused).count() > 1;
    if profile.remembers
        && missing
        && !others
        && let Some((issuer, address)) = to_fetch(settled)
    {
        let why = format!(
            "it would look for the certificate of {issuer} at {address} first, as Chrome, Edge and Safari do and Firefox \
             does not; what comes of it depends on what is there"
        );
        return Opinion { profile, outcome: Outcome::Fetches, why };
    }
    Opinion { profile, outcome: Outcome::Refused, why: against.what.clone() }
}

/// The issuer at which a chain breaks off, and where its certificate can be had.
fn to_fetch(settled: &Settled<'_>) -> Option<(String, String)> {
    let is_there =
        |issuer: &[u8]| settled.used.iter().any(|one| one.certificate.subject_der == issuer);
    let last = settled.used.iter().find(|one| !is_there(&one.certificate.issuer_der))?;
    Some((last.certificate.issuer().to_owned(), issuer_address(last.der)?))
}

/// What was taken that others would not take, or do not have.
fn besides(profile: &Profile, asked: &Asked<'_>, search: &Search, settled: &Settled<'_>) -> String {
    if profile.manner.lenient {
        let (_, path) = lenient::outcome(search);
        let path = path.and_then(|path| search.each.get(path));
        let taken = path.map(|path| lenient::forgiven(search, path)).unwrap_or_default();
        let taken: Vec<String> = taken.into_iter().map(str::to_owned).collect();
        return if taken.is_empty() {
            String::new()
        } else {
            format!("it takes {}", format::list(&taken))
        };
    }
    let trusted = |one: &Certificate| one.is_own_issuer();
    let more =
        settled.used.iter().filter(|one| one.file != asked.leaf.file && !trusted(&one.certificate));
    let more: Vec<String> =
        more.map(|one| format!("{} from {}", one.certificate.subject(), one.place)).collect();
    if more.is_empty() { String::new() } else { format!("it has {}", format::list(&more)) }
}
