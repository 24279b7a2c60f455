//! Would a client take a server's certificates, or a server a client's? For a host, at a moment, with these
//! roots: every path with its checks, what webpki says, and what to do.

mod advice;
mod algorithms;
mod elsewhere;
mod lenient;
mod profile;
mod remarks;
mod roots;

pub use profile::{Opinion, Outcome, PROFILES, Profile};
pub use roots::Roots;

use super::read::{Reading, Thing};
use crate::engine::refusal_of_webpki;
use crate::story::{Certificate, Draft, Judging};
use crate::trace::{ChainRefusal, Endpoint};
use crate::wire::x509;
pub use algorithms::Signed;
use pki_types::{CertificateDer, ServerName, UnixTime};
use std::time::Duration;
use webpki::{EndEntityCert, ExtendedKeyUsageValidator, KeyUsage};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// The host or address that a client asks for.
    pub host: Option<String>,
    /// The moment, in seconds since 1970.
    pub at: u64,
    /// Whom to trust.
    pub roots: Roots,
    /// Who judges: a client judges a server's certificate, a server a client's.
    pub by: Endpoint,
}

impl Question {
    /// The moment as certificates have it.
    fn now(&self) -> i64 {
        i64::try_from(self.at).unwrap_or(i64::MAX)
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// It would be refused for this.
    Refused,
    /// It will be trouble, or is to some programs.
    Warning,
    /// Good to know.
    Note,
}

impl Gravity {
    /// Its mark at the beginning of a line.
    pub const fn mark(self) -> &'static str {
        match self {
            Gravity::Refused => "✗",
            Gravity::Warning => "!",
            Gravity::Note => "·",
        }
    }

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Gravity::Refused => "refused",
            Gravity::Warning => "warning",
            Gravity::Note => "note",
        }
    }
}

/// Something to say of certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How grave it is.
    pub gravity: Gravity,
    /// What it is, with the values.
    pub what: String,
    /// What to do, in words.
    pub fix: String,
    /// The command that does it, or that shows it.
    pub command: Option<String>,
}

/// A path from a leaf up, with its checks.
#[derive(Clone, Debug)]
pub struct PathReport {
    /// The subjects of its certificates, the leaf's first.
    pub subjects: Vec<String>,
    /// Its checks, in order of checking.
    pub checks: Vec<Draft>,
}

/// What becomes of one leaf.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Where the leaf stands.
    pub place: String,
    /// Its subject.
    pub subject: String,
    /// Why webpki refuses the chain, if it does: the kind, and its own words.
    pub refusal: Option<(ChainRefusal, String)>,
    /// The paths, in the order in which they are tried.
    pub paths: Vec<PathReport>,
    /// What there is to say, the gravest first.
    pub findings: Vec<Finding>,
    /// What others would do with what was sent, in the order of [`PROFILES`].
    pub opinions: Vec<Opinion>,
}

impl Verdict {
    /// Whether it would be taken.
    pub fn is_good(&self) -> bool {
        !self.findings.iter().any(|finding| finding.gravity == Gravity::Refused)
    }
}

/// A certificate that was read, with what is needed to judge it.
struct Candidate<'a> {
    place: &'a str,
    file: usize,
    ordered: bool,
    der: &'a [u8],
    certificate: Certificate,
    signed: Signed,
}

/// Those that were read, each once: s_client shows the server's certificate twice.
fn candidates(reading: &Reading) -> Vec<Candidate<'_>> {
    let mut all: Vec<Candidate<'_>> = Vec::new();
    for found in &reading.found {
        let Thing::Certificate(der) = &found.thing else { continue };
        if all.iter().any(|known| known.der == *der) {
            continue;
        }
        all.extend(Candidate::read(&found.place, found.file, found.ordered, der));
    }
    all
}

impl<'a> Candidate<'a> {
    fn read(place: &'a str, file: usize, ordered: bool, der: &'a [u8]) -> Option<Candidate<'a>> {
        let (certificate, signed) = (Certificate::read(der)?, Signed::read(der)?);
        Some(Candidate { place, file, ordered, der, certificate, signed })
    }
}

/// The certificates of what was read that an end shows: where each stands, and its DER.
pub fn leaves(reading: &Reading) -> Vec<(String, Vec<u8>)> {
    let all = candidates(reading);
    let leaves = (0..all.len()).filter(|at| is_leaf(&all, *at)).filter_map(|at| all.get(at));
    leaves.map(|one| (one.place.to_owned(), one.der.to_vec())).collect()
}

/// Judges each leaf of what was read, with all other certificates as its chain.
pub fn judge(reading: &Reading, question: &Question) -> Vec<Verdict> {
    let all = candidates(reading);
    let mut leaves: Vec<usize> = (0..all.len()).filter(|at| is_leaf(&all, *at)).collect();
    if leaves.is_empty() && question.host.is_some() && !all.is_empty() {
        leaves.push(0);
    }
    let leaves = leaves.into_iter().filter_map(|at| all.get(at));
    leaves.map(|leaf| judge_one(reading, question, &all, leaf)).collect()
}

/// Whether a certificate is one that an end shows: it issued none of the others, and is no authority, or has
/// a host's name all the same. Self-signed ones of the same name issued each themselves alone.
fn is_leaf(all: &[Candidate<'_>], at: usize) -> bool {
    let Some(one) = all.get(at).map(|one| &one.certificate) else { return false };
    let issued = |(other, candidate): (usize, &Candidate<'_>)| {
        let below = &candidate.certificate;
        other != at && !below.is_own_issuer() && below.issuer_der == one.subject_der
    };
    let names_a_host = !one.general_names().is_empty();
    (!one.is_ca() || names_a_host) && !all.iter().enumerate().any(issued)
}

fn judge_one(
    reading: &Reading,
    question: &Question,
    all: &[Candidate<'_>],
    leaf: &Candidate<'_>,
) -> Verdict {
    let asked = Asked { reading, question, leaf };
    let read: Vec<&Candidate<'_>> = all.iter().collect();
    let search = asked.search(&read);
    let Settled { refusal, findings, .. } = asked.settle(&read, &search, &Manner::default());
    let good = search.good().filter(|_| refusal.is_none());
    let each = search.each.get(..good.map_or(search.each.len(), |good| good + 1));
    let paths = each.into_iter().flatten().map(|path| path.report(&search.sent)).collect();
    Verdict {
        place: leaf.place.to_owned(),
        subject: leaf.certificate.subject().to_owned(),
        opinions: profile::opinions(&asked, &read, &search),
        refusal,
        paths,
        findings,
    }
}

/// One leaf, and what is asked of it.
struct Asked<'a> {
    reading: &'a Reading,
    question: &'a Question,
    leaf: &'a Candidate<'a>,
}

/// How someone judges, where that is not as webpki does.
#[derive(Clone, Copy, Debug, Default)]
struct Manner {
    /// Each certificate has to stand behind the one that it issued.
    in_order: bool,
    /// What older programs take is taken.
    lenient: bool,
    /// An authority has to have keyCertSign, where it has keyUsage.
    asks_key_usage: bool,
    /// RSA keys of less than 2048 bits are taken from an authority of one's own.
    takes_short_keys: bool,
}

/// The paths from a leaf through some certificates.
struct Search {
    /// The certificates, the leaf first.
    sent: Vec<Certificate>,
    /// The host that is asked for; empty for none.
    host: String,
    refusal: Option<(ChainRefusal, String)>,
    each: Vec<Tried>,
}

/// A path: the places of its certificates in what was sent, and its checks.
struct Tried {
    places: Vec<usize>,
    checks: Vec<Draft>,
}

impl Tried {
    fn report(&self, sent: &[Certificate]) -> PathReport {
        let subjects = self.places.iter().filter_map(|place| sent.get(*place));
        let subjects = subjects.map(|one| one.subject().to_owned()).collect();
        PathReport { subjects, checks: self.checks.clone() }
    }
}

impl Search {
    /// The first path on which every check holds: it ends the search.
    fn good(&self) -> Option<usize> {
        self.each.iter().position(|path| path.checks.iter().all(|check| check.holds))
    }
}

/// What came of a search.
struct Settled<'a> {
    refusal: Option<(ChainRefusal, String)>,
    /// The certificates of the path that holds, or of all that were tried.
    used: Vec<&'a Candidate<'a>>,
    findings: Vec<Finding>,
}

impl<'a> Asked<'a> {
    /// The leaf, and behind it the others of `pool`.
    fn leaf_first(&self, pool: &[&'a Candidate<'a>]) -> Vec<&'a Candidate<'a>> {
        let others = pool.iter().copied().filter(|one| one.der != self.leaf.der);
        std::iter::once(self.leaf).chain(others).collect()
    }

    /// Looks for paths through `pool`.
    fn search(&self, pool: &[&'a Candidate<'a>]) -> Search {
        let (question, all) = (self.question, self.leaf_first(pool));
        let sent: Vec<Certificate> = all.iter().map(|one| one.certificate.clone()).collect();
        let refusal = by_webpki(self.leaf, all.iter().copied().skip(1), question).err();
        let issuers: Vec<&[u8]> = sent.iter().map(|one| one.issuer_der.as_slice()).collect();
        let roots = question.roots.of(&issuers);
        let key_infos: Vec<(Vec<u8>, Vec<u8>)> =
            sent.iter().chain(&roots).map(|one| (one.key.clone(), one.key_info.clone())).collect();
        let verified = |made: &[u8], key: &[u8]| {
            let signed = &all.iter().find(|one| one.signed.signature == made)?.signed;
            let (_, key_info) = key_infos.iter().find(|(known, _)| known == key)?;
            Some(signed.verified(key_info))
        };
        let judging = Judging {
            who: question.by.name(),
            by: question.by,
            verified: &verified,
            unasked: "",
            sent: &sent,
            roots,
            lists: Vec::new(),
            pins: &[],
            now: question.now(),
            name: question.host.as_deref(),
        };
        let each = judging.each().into_iter();
        let each = each.map(|(places, checks)| Tried { places, checks }).collect();
        let host = question.host.clone().unwrap_or_default();
        Search { sent, host, refusal, each }
    }

    /// What comes of a search for someone who judges in this manner.
    fn settle(&self, pool: &[&'a Candidate<'a>], search: &Search, manner: &Manner) -> Settled<'a> {
        let all = self.leaf_first(pool);
        let (refusal, good) = if manner.lenient {
            lenient::outcome(search)
        } else {
            (search.refusal.clone(), search.good().filter(|_| search.refusal.is_none()))
        };
        let judged = match good {
            Some(good) => search.each.get(good..=good),
            None => search.each.get(..),
        };
        let places = judged.into_iter().flatten().map(|path| path.places.as_slice());
        let used = used(&all, places);
        let paths: Vec<PathReport> =
            search.each.iter().map(|path| path.report(&search.sent)).collect();
        let looking = remarks::Looking {
            reading: self.reading,
            question: self.question,
            all: pool,
            leaf: self.leaf,
            used: &used,
            now: self.question.now(),
            refusal: refusal.as_ref().map(|(kind, _)| *kind),
            manner: *manner,
        };
        let mut findings: Vec<Finding> =
            advice::of(&refusal, &looking, &paths).into_iter().collect();
        findings.extend(remarks::all(&looking));
        findings.sort_by_key(|finding| finding.gravity);
        Settled { refusal, used, findings }
    }
}

/// The certificates of these paths, given by their places among all, each once; and of a root that was read
/// too where a path ends below it.
fn used<'a>(
    all: &[&'a Candidate<'a>],
    paths: impl Iterator<Item = impl AsRef<[usize]>>,
) -> Vec<&'a Candidate<'a>> {
    let mut used: Vec<&Candidate<'_>> = Vec::new();
    for path in paths {
        let on_path = path.as_ref().iter().filter_map(|place| all.get(*place)).copied();
        let on_path: Vec<&Candidate<'_>> = on_path.collect();
        let root = all.iter().copied().find(|root| {
            root.certificate.is_own_issuer()
                && on_path.last().is_some_and(|last| {
                    last.certificate.issuer_der == root.certificate.subject_der
                        && last.signed.is_by(&root.certificate.key_info) == Some(true)
                })
        });
        for one in on_path.into_iter().chain(root) {
            if !used.iter().any(|known| known.der == one.der) {
                used.push(one);
            }
        }
    }
    used
}

/// What webpki says: the kind of refusal, and its words.
fn by_webpki<'a>(
    leaf: &Candidate<'_>,
    others: impl Iterator<Item = &'a Candidate<'a>>,
    question: &Question,
) -> Result<(), (ChainRefusal, String)> {
    let told = |error: webpki::Error| (refusal_of_webpki(&error), error.to_string());
    let der = CertificateDer::from(leaf.der);
    let read = EndEntityCert::try_from(&der).map_err(told)?;
    let rest: Vec<CertificateDer<'_>> = others.map(|one| CertificateDer::from(one.der)).collect();
    let usage: KeyUsage = match question.by {
        Endpoint::Client => KeyUsage::server_auth(),
        Endpoint::Server => KeyUsage::client_auth(),
    };
    let time = UnixTime::since_unix_epoch(Duration::from_secs(question.at));
    verify(&read, &rest, question, time, usage).map_err(told)?;
    let Some(host) = &question.host else { return Ok(()) };
    let name = ServerName::try_from(host.as_str());
    let name = name.map_err(|_| (ChainRefusal::WrongName, format!("{host} is no host name")))?;
    read.verify_is_valid_for_subject_name(&name).map_err(told)
}

fn verify(
    leaf: &EndEntityCert<'_>,
    rest: &[CertificateDer<'_>],
    question: &Question,
    time: UnixTime,
    usage: impl ExtendedKeyUsageValidator,
) -> Result<(), webpki::Error> {
    let anchors = &question.roots.anchors;
    let algorithms = algorithms::all();
    leaf.verify_for_usage(&algorithms, anchors, rest, time, usage, None, None).map(|_| ())
}

/// Where certificates say that their issuer's can be had (RFC 5280, section 4.2.2.1).
fn issuer_address(der: &[u8]) -> Option<String> {
    let (nodes, _) = x509::parse(der).ok()?;
    let mut found = None;
    for node in &nodes {
        node.walk(&mut |node, _| {
            let address = node.display.strip_prefix("caIssuers ");
            if let Some(address) = address.filter(|address| is_web_address(address)) {
                found.get_or_insert_with(|| address.to_owned());
            }
        });
    }
    found
}

/// Whether it is an address of the web, of the characters of addresses alone (RFC 3986, section 2).
fn is_web_address(text: &str) -> bool {
    let allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme))
        && text.bytes().all(allowed)
}
