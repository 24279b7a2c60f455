//! What there is to say of certificates beside their path: keys that do not belong, order, size, hash, dates.

use super::{Candidate, Finding, Gravity, Manner, Question, algorithms::Signed};
use super::{elsewhere, lenient};
use crate::certificates::read::{Found, KeyRead, Reading, Thing};
use crate::certificates::shell::{self, quoted};
use crate::keys::{RSA_KEY_BITS, subject_public_key, takes_rsa_key};
use crate::plan;
use crate::story::{format, is_address};
use crate::time;
use crate::trace::{ChainRefusal, Endpoint};

/// What is looked at.
pub struct Looking<'a> {
    /// All that was read, keys and lists too.
    pub reading: &'a Reading,
    /// What is asked.
    pub question: &'a Question,
    /// The certificates that whoever judges has.
    pub all: &'a [&'a Candidate<'a>],
    /// The certificate that is judged.
    pub leaf: &'a Candidate<'a>,
    /// The certificates of the paths that are judged, the leaf among them: of the one that holds, if any does.
    pub used: &'a [&'a Candidate<'a>],
    /// The moment that is asked about, in seconds since 1970.
    pub now: i64,
    /// What webpki refuses for, which is told already.
    pub refusal: Option<ChainRefusal>,
    /// How it is judged.
    pub manner: Manner,
}

impl Looking<'_> {
    /// Who shows the certificate.
    pub fn holder(&self) -> &'static str {
        self.question.by.peer().name()
    }

    /// The file with this number, as a word of a command.
    pub fn file(&self, number: usize) -> String {
        shell::file(self.reading.file(number))
    }

    /// subjectAltName with the host that is asked for, as a word of a command.
    pub fn alt_name(&self) -> String {
        let host = self.question.host.as_deref().unwrap_or("HOST");
        let kind = if is_address(host) { "IP" } else { "DNS" };
        quoted(&format!("subjectAltName={kind}:{host}")).into_owned()
    }

    /// The command that asks for a certificate with that name.
    pub fn request(&self) -> String {
        format!(
            "openssl req -new -key leaf.key -subj /CN={} -addext {} -out leaf.csr",
            self.holder(),
            self.alt_name()
        )
    }
}

/// The command with which an authority issues what a request asks for.
pub const ISSUE: &str = "openssl x509 -req -in leaf.csr -CA intermediate.crt -CAkey intermediate.key \
                         -copy_extensions copy -days 90 -out leaf.crt";

/// The same, with an extension as the authority wants it.
pub fn issue_with(extension: &str) -> String {
    format!("echo {extension} > leaf.ext; {ISSUE} -extfile leaf.ext")
}

/// Looks for one kind of thing.
type Remark = fn(&Looking<'_>) -> Vec<Finding>;

/// All kinds.
const REMARKS: &[Remark] = &[
    keys,
    order,
    key_size,
    hash,
    names,
    revoked,
    stale,
    elsewhere::key_usage,
    elsewhere::ended_root,
    lifetime,
    days_left,
    superfluous,
];

/// All that there is to say.
pub fn all(looking: &Looking<'_>) -> Vec<Finding> {
    REMARKS.iter().flat_map(|remark| remark(looking)).collect()
}

fn finding(
    gravity: Gravity,
    what: impl Into<String>,
    fix: impl Into<String>,
    command: impl Into<Option<String>>,
) -> Finding {
    Finding { gravity, what: what.into(), fix: fix.into(), command: command.into() }
}

/// A private key that stands beside a leaf should be its own.
fn keys(looking: &Looking<'_>) -> Vec<Finding> {
    let belongs = |key: &KeyRead, one: &Candidate<'_>| {
        key.belongs_to(subject_public_key(&one.certificate.key_info).unwrap_or_default())
    };
    let keys = looking.reading.found.iter().filter_map(|found| match &found.thing {
        Thing::Key(key) => Some((found, key, belongs(key, looking.leaf)?)),
        _ => None,
    });
    let keys: Vec<(&Found, &KeyRead, bool)> = keys.collect();
    // Of several leaves each has its own. The only certificate that was read is what a key beside it is meant
    // for, an authority or not.
    let leaves = looking.all.iter().filter(|one| !one.certificate.is_ca()).count();
    let is_alone = looking.reading.certificates().all(|der| der == looking.leaf.der);
    match keys.iter().find(|(.., belongs)| *belongs) {
        Some((found, ..)) => {
            let what = format!("The private key at {} belongs to it.", found.place);
            vec![finding(Gravity::Note, what, "", None)]
        }
        None if leaves == 1 || is_alone => keys
            .iter()
            // The key of an authority that was read as well is no mistake.
            .find(|(_, key, _)| !looking.all.iter().any(|one| belongs(key, one) == Some(true)))
            .map(|(found, ..)| {
                let command = format!(
                    "openssl x509 -in {} -noout -pubkey; openssl pkey -in {} -pubout",
                    looking.file(looking.leaf.file),
                    looking.file(found.file)
                );
                finding(
                    Gravity::Refused,
                    format!("The private key at {} does not belong to the certificate.", found.place),
                    "Take the key that the certificate was requested with; the two public halves must be the same.",
                    command,
                )
            })
            .into_iter()
            .collect(),
        None => Vec::new(),
    }
}

/// In a file that a server or client is given, its own certificate comes first (RFC 9846, section 4.5.1).
fn order(looking: &Looking<'_>) -> Vec<Finding> {
    let (leaf, holder) = (looking.leaf, looking.holder());
    let together: Vec<&Candidate<'_>> =
        looking.all.iter().copied().filter(|one| one.ordered && one.file == leaf.file).collect();
    let own = together.iter().position(|one| one.der == leaf.der);
    let leaves = together.iter().filter(|one| !one.certificate.is_ca()).count();
    if let Some(own) = own.filter(|own| *own > 0 && leaves == 1) {
        return vec![finding(
            Gravity::Refused,
            format!(
                "It is certificate {} of {} in its file: a {holder} would show the first.",
                own + 1,
                together.len()
            ),
            format!(
                "Write the {holder}'s own certificate first, then each issuer behind what it issued."
            ),
            format!("cat {holder}.crt intermediate.crt > {}", looking.file(leaf.file)),
        )];
    }
    let jumps = together.windows(2).find(|pair| match pair {
        [one, next] => one.certificate.issuer_der != next.certificate.subject_der,
        _ => false,
    });
    match jumps {
        Some([one, next]) if leaves == 1 && own == Some(0) => vec![finding(
            if looking.manner.in_order { Gravity::Refused } else { Gravity::Warning },
            format!(
                "{} does not stand behind what it issued: before it is {}.",
                next.certificate.subject(),
                one.certificate.subject()
            ),
            "Write each issuer behind what it issued. TLS 1.3 clients sort it out, some older ones do not.",
            None,
        )],
        _ => Vec::new(),
    }
}

fn key_size(looking: &Looking<'_>) -> Vec<Finding> {
    let least = RSA_KEY_BITS.start();
    let small = looking.used.iter().filter_map(|one| {
        let bits = one.certificate.summary().rsa_bits();
        let bits = bits.filter(|bits| bits < least && !takes_rsa_key(*bits))?;
        Some(finding(
            if looking.manner.takes_short_keys { Gravity::Warning } else { Gravity::Refused },
            format!(
                "{} has an RSA key of {bits} bits; RFC 9325 requires {least}, and rustls and OpenSSL at security level 2 \
                 refuse shorter ones; browsers take them from an authority of one’s own alone.",
                one.certificate.subject()
            ),
            "Make a new key, and have it certified.",
            "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out new.key"
                .to_owned(),
        ))
    });
    small.collect()
}

fn hash(looking: &Looking<'_>) -> Vec<Finding> {
    let weak = |name: &str| {
        let name = name.to_lowercase();
        name.contains("sha1") || name.contains("md5")
    };
    // A root's own signature is not looked at.
    let signed = looking.used.iter().filter(|one| !one.certificate.is_own_issuer());
    signed
        .filter(|one| weak(&one.signed.name))
        .map(|one| {
            finding(
                Gravity::Refused,
                format!(
                    "{} is signed by {}, for which forgeries can be made.",
                    one.certificate.subject(),
                    one.signed.name
                ),
                "Have it issued again with SHA-256.",
                Some(ISSUE.replace("-req", "-req -sha256")),
            )
        })
        .collect()
}

/// Programs look for a host in subjectAltName alone (RFC 9525, section 2).
fn names(looking: &Looking<'_>) -> Vec<Finding> {
    let leaf = &looking.leaf.certificate;
    let is_server = looking.question.by == Endpoint::Client;
    if looking.manner.lenient && lenient::has_common_name(leaf) {
        return Vec::new();
    }
    if let Some(host) = &looking.question.host
        && looking.refusal.is_some_and(|refusal| refusal != ChainRefusal::WrongName)
        && !leaf.is_for(host)
    {
        let names = leaf.names().join(", ");
        let what = if names.is_empty() {
            format!("It is not for {host} either: it has no subjectAltName.")
        } else {
            format!("It is not for {host} either, but for {names}.")
        };
        let fix = format!("Have it issued with {host} in subjectAltName.");
        return vec![finding(Gravity::Refused, what, fix, None)];
    }
    if !is_server || !leaf.general_names().is_empty() || looking.question.host.is_some() {
        return Vec::new();
    }
    vec![finding(
        Gravity::Refused,
        "It has no subjectAltName: it is for no host, whatever the common name says.",
        "Have it issued with the hosts in subjectAltName.",
        looking.request(),
    )]
}

/// By the revocation lists among what was read, where their issuer's key signed them.
fn revoked(looking: &Looking<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for found in &looking.reading.found {
        let Thing::RevocationList(der, list) = &found.thing else { continue };
        let Some(signed) = Signed::read(der) else { continue };
        let issued = looking.used.iter().filter(|one| {
            let summary = one.certificate.summary();
            summary.issuer == list.issuer && list.revoked.contains(&summary.serial)
        });
        for one in issued {
            let issuer = looking.all.iter().find(|issuer| {
                issuer.certificate.subject_der == one.certificate.issuer_der
                    && signed.is_by(&issuer.certificate.key_info) == Some(true)
            });
            let what = format!(
                "{} is in the revocation list at {}.",
                one.certificate.subject(),
                found.place
            );
            findings.push(match issuer {
                Some(_) => {
                    finding(Gravity::Refused, what, "Have a new one issued, with a new key.", None)
                }
                None => finding(
                    Gravity::Warning,
                    what + " The list's signature could not be checked: its issuer is not here.",
                    "Give the issuer's certificate as well.",
                    None,
                ),
            });
        }
    }
    findings
}

/// Whoever looks into a revocation list wants one that is in date (RFC 5280, section 5.1.2.5).
fn stale(looking: &Looking<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for found in &looking.reading.found {
        let Thing::RevocationList(der, list) = &found.thing else { continue };
        let Some(due) = list.next_update.filter(|due| *due <= looking.now) else { continue };
        let about = |one: &&&Candidate<'_>| one.certificate.summary().issuer == list.issuer;
        let Some(one) = looking.used.iter().find(about) else { continue };
        let Some(signed) = Signed::read(der) else { continue };
        let is_signed = looking.all.iter().any(|issuer| {
            issuer.certificate.subject_der == one.certificate.issuer_der
                && signed.is_by(&issuer.certificate.key_info) == Some(true)
        });
        findings.push(finding(
            if is_signed { Gravity::Refused } else { Gravity::Warning },
            format!(
                "The revocation list at {} is out of date: the next one was due {}. Whoever looks into it cannot \
                 know what {} has revoked since.",
                found.place,
                time::text(due),
                list.issuer
            ),
            "Fetch the newest list, or have the authority sign one.",
            format!(
                "openssl crl -in {} -noout -issuer -lastupdate -nextupdate",
                looking.file(found.file)
            ),
        ));
    }
    findings
}

/// Seconds of a day.
const DAY: i64 = plan::DAY as i64;

/// The longest life of a public certificate, by the day from which it is issued: CA/Browser Forum, ballot
/// SC-081v3.
const LONGEST: [(i64, i64); 4] = [
    (1_598_918_400, 398), // 2020-09-01
    (1_773_532_800, 200), // 2026-03-15
    (1_805_068_800, 100), // 2027-03-15
    (1_868_227_200, 47),  // 2029-03-15
];

fn lifetime(looking: &Looking<'_>) -> Vec<Finding> {
    let (from, to) = looking.leaf.certificate.validity();
    let Some((since, most)) = LONGEST.iter().rev().find(|(since, _)| from >= *since) else {
        return Vec::new();
    };
    // Both ends belong to the period, and a part of a day counts as one.
    let days = (to - from + 1 + DAY - 1) / DAY;
    if days <= *most || looking.question.by == Endpoint::Server {
        return Vec::new();
    }
    let chain = looking.used.iter().map(|one| one.certificate.issuer_der.as_slice());
    let public = { chain }.any(|issuer| looking.question.roots.is_public(issuer));
    let date = format::date(*since);
    let day = date.split(' ').next().unwrap_or(&date);
    let what = format!(
        "It lasts {days} days (both ends counted, as the public rules do). Public authorities may issue for {most} at most since {day}."
    );
    let fix = if public {
        "Have it renewed by a program, such as one that speaks ACME."
    } else {
        "A private authority may do so, but some clients refuse it all the same; renew by a program."
    };
    let gravity = if public { Gravity::Warning } else { Gravity::Note };
    vec![finding(gravity, what, fix, None)]
}

fn days_left(looking: &Looking<'_>) -> Vec<Finding> {
    const SOON: i64 = 14;
    let left = |to: i64| to.saturating_sub(looking.now).div_euclid(DAY);
    let (_, to) = looking.leaf.certificate.validity();
    let mut findings = Vec::new();
    match left(to) {
        ..0 if looking.refusal == Some(ChainRefusal::Expired) => {}
        ..0 => findings.push(finding(
            Gravity::Refused,
            format!("It was good until {}.", time::text(to)),
            "Have it issued again.",
            None,
        )),
        days @ 0..SOON => findings.push(finding(
            Gravity::Warning,
            format!(
                "{} left: it is good until {}.",
                format::plural(usize::try_from(days).unwrap_or(0), "day"),
                time::text(to)
            ),
            "Renew it now.",
            None,
        )),
        days => findings.push(finding(
            Gravity::Note,
            format!(
                "{} left: it is good until {}.",
                format::plural(usize::try_from(days).unwrap_or(0), "day"),
                time::text(to)
            ),
            "",
            None,
        )),
    }
    for one in looking.used.iter().filter(|one| one.certificate.validity().1 < to) {
        let (_, end) = one.certificate.validity();
        findings.push(finding(
            Gravity::Warning,
            format!(
                "{} ends before what it issued, on {}.",
                one.certificate.subject(),
                time::text(end)
            ),
            "Have the authority's certificate renewed in time.",
            None,
        ));
    }
    findings
}

/// A root that is sent is of no use: who trusts it has it.
fn superfluous(looking: &Looking<'_>) -> Vec<Finding> {
    let leaf = looking.leaf;
    let root = looking.all.iter().find(|one| {
        one.ordered
            && one.file == leaf.file
            && one.der != leaf.der
            && one.certificate.is_own_issuer()
    });
    root.map(|root| {
        let what = format!(
            "The root {} stands in the same file; a {} need not send it.",
            root.certificate.subject(),
            looking.holder()
        );
        finding(Gravity::Note, what, "", None)
    })
    .into_iter()
    .collect()
}
