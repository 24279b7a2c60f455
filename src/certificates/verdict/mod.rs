//! Would a client take a server's certificates, or a server a client's? For a host, at a moment, with these
//! roots: every path with its checks, what webpki says, and what to do.

mod advice;
mod algorithms;
mod remarks;
mod roots;

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

/// Judges each leaf of what was read, with all other certificates as its chain.
pub fn judge(reading: &Reading, question: &Question) -> Vec<Verdict> {
    let mut all: Vec<Candidate<'_>> = Vec::new();
    for found in &reading.found {
        let Thing::Certificate(der) = &found.thing else { continue };
        // s_client shows the server's certificate twice.
        if all.iter().any(|known| known.der == *der) {
            continue;
        }
        if let (Some(certificate), Some(signed)) = (Certificate::read(der), Signed::read(der)) {
            let (place, file, ordered) = (&found.place, found.file, found.ordered);
            all.push(Candidate { place, file, ordered, der, certificate, signed });
        }
    }
    let mut leaves: Vec<usize> = (0..all.len()).filter(|at| is_leaf(&all, *at)).collect();
    if leaves.is_empty() && question.host.is_some() && !all.is_empty() {
        leaves.push(0);
    }
    leaves.into_iter().filter_map(|at| judge_one(reading, question, &all, at)).collect()
}

/// Whether a certificate is one that an end shows: it issued none of the others, and is no authority, or has
/// a host's name all the same.
fn is_leaf(all: &[Candidate<'_>], at: usize) -> bool {
    let Some(one) = all.get(at).map(|one| &one.certificate) else { return false };
    let issued = |(other, candidate): (usize, &Candidate<'_>)| {
        other != at && candidate.certificate.issuer_der == one.subject_der
    };
    let names_a_host = !one.general_names().is_empty();
    (!one.is_ca() || names_a_host) && !all.iter().enumerate().any(issued)
}

fn judge_one(
    reading: &Reading,
    question: &Question,
    all: &[Candidate<'_>],
    at: usize,
) -> Option<Verdict> {
    let leaf = all.get(at)?;
    let others = || all.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, one)| one);
    let sent: Vec<Certificate> =
        std::iter::once(leaf).chain(others()).map(|one| one.certificate.clone()).collect();
    let refusal = by_webpki(leaf, others(), question).err();
    let issuers: Vec<&[u8]> = sent.iter().map(|one| one.issuer_der.as_slice()).collect();
    let roots = question.roots.of(&issuers);
    let key_infos: Vec<(Vec<u8>, Vec<u8>)> =
        sent.iter().chain(&roots).map(|one| (one.key.clone(), one.key_info.clone())).collect();
    let verified = |made: &[u8], key: &[u8]| {
        let signed = &all.iter().find(|one| one.signed.signature == made)?.signed;
        let (_, key_info) = key_infos.iter().find(|(known, _)| known == key)?;
        Some(signed.verified(key_info))
    };
    let now = i64::try_from(question.at).unwrap_or(i64::MAX);
    let judging = Judging {
        who: match question.by {
            Endpoint::Client => "client",
            Endpoint::Server => "server",
        },
        by: question.by,
        verified: &verified,
        unasked: "",
        sent: &sent,
        roots,
        lists: Vec::new(),
        pins: &[],
        now,
        name: question.host.as_deref(),
    };
    let candidates: Vec<&Candidate<'_>> = std::iter::once(leaf).chain(others()).collect();
    let mut each = judging.each();
    // A path that holds ends the search.
    let good = each.iter().position(|(_, checks)| checks.iter().all(|check| check.holds));
    let good = good.filter(|_| refusal.is_none());
    if let Some(good) = good {
        each.truncate(good + 1);
    }
    let judged = each.get(good.unwrap_or(0)..).unwrap_or_default();
    let used = used(&candidates, judged.iter().map(|(places, _)| places.as_slice()));
    let subjects = |places: &[usize]| {
        let subjects = places.iter().filter_map(|place| sent.get(*place));
        subjects.map(|one| one.subject().to_owned()).collect()
    };
    let paths: Vec<PathReport> = each
        .into_iter()
        .map(|(places, checks)| PathReport { subjects: subjects(&places), checks })
        .collect();
    let kind = refusal.as_ref().map(|(kind, _)| *kind);
    let looking =
        remarks::Looking { reading, question, all, leaf, used: &used, now, refusal: kind };
    let mut findings: Vec<Finding> = advice::of(&refusal, &looking, &paths).into_iter().collect();
    findings.extend(remarks::all(&looking));
    findings.sort_by_key(|finding| finding.gravity);
    Some(Verdict {
        place: leaf.place.to_owned(),
        subject: leaf.certificate.subject().to_owned(),
        refusal,
        paths,
        findings,
    })
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
