//! Verdicts beside those of the runs, of webpki, of OpenSSL and of GnuTLS: on the chains of all faults, on the
//! certificates of all recipes, and on chains like those of public authorities. Where two differ, the reason is in
//! a table here; docs/agreement.md has the figures, and `make docs` writes it anew.

#![cfg(test)]

#[path = "judged/corpus.rs"]
mod corpus;
mod judged;
mod minted;

use corpus::CHAINS;
use handshake_lab::certificates::mint::{Form, ObjectKind, mint};
use handshake_lab::certificates::recipe::{BUILT_IN, Role};
use handshake_lab::certificates::verdict::{Outcome, Verdict, judge};
use handshake_lab::engine::{Capabilities, run};
use handshake_lab::faults::FAULTS;
use handshake_lab::plan::GeneralName;
use handshake_lab::scenario::{CLOCK, PRESETS, Scenario, showing};
use handshake_lab::trace::{ChainRefusal, Endpoint, Op};
use judged::{chain_file, der, folder, now, ok, question, reading, run_line};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::OnceLock;

/// What is asked of a chain: host, moment, roots, and who judges.
type Asked<'a> = (Option<&'a str>, u64, &'a [Vec<u8>], Endpoint);

/// Judges a chain, with files in a folder: whether the program takes it, and what it says; `None` for what it cannot be asked.
type Judge = fn(&Path, &[Vec<u8>], &Asked<'_>) -> Option<(bool, String)>;

/// A program beside whose verdicts ours stand.
struct Program {
    name: &'static str,
    /// Whether it would take a chain, with what it says; `None` where it cannot be asked.
    takes: Judge,
    /// What it decides otherwise than our verdict: the fault, the certificate or the chain, and why.
    differs: &'static [Difference],
}

/// Where a program decides otherwise.
struct Difference {
    what: &'static str,
    why: &'static str,
}

const fn differs(what: &'static str, why: &'static str) -> Difference {
    Difference { what, why }
}

const BY_COMMON_NAME: &str =
    "it looks for the name in the common name where there is no subjectAltName";
const VERSION_1: &str = "it takes a leaf of version 1, and the name from its common name";
const CA_AS_LEAF: &str = "it takes an authority as a leaf; webpki does not";
const NO_P521: &str = "it checks signatures of P-521, which are not checked here";
const ROOT_ENDED: &str =
    "it refuses a root that has ended; webpki asks of a root nothing but its name and its key";
const KEY_CERT_SIGN: &str =
    "it asks an authority for keyCertSign in keyUsage; webpki does not look at keyUsage";
const ONE_ISSUER: &str = "it takes one certificate of the issuer, and does not go back for the other one; webpki tries both";
const OWN_ISSUER: &str =
    "it asks whoever signs for cA TRUE, even of a certificate that signed itself and is trusted";
const ANY_PURPOSE: &str = "it takes anyExtendedKeyUsage for every purpose; webpki does not";

const PROGRAMS: [Program; 2] = [
    Program {
        name: "OpenSSL",
        takes: by_openssl,
        differs: &[
            differs("name-only-in-cn", BY_COMMON_NAME),
            differs("name-in-cn-only", BY_COMMON_NAME),
            differs("no subjectAltName", BY_COMMON_NAME),
            differs("certificate-v1", VERSION_1),
            differs("version-1", VERSION_1),
            differs("ca-true", CA_AS_LEAF),
            differs("signed by P-521", NO_P521),
            differs("a cross-signed root, the old one alone trusted, and ended", ROOT_ENDED),
            differs("an intermediate without keyCertSign", KEY_CERT_SIGN),
            differs("an intermediate with two certificates, both sent", ONE_ISSUER),
        ],
    },
    Program {
        name: "GnuTLS",
        takes: by_gnutls,
        differs: &[
            differs("name-only-in-cn", BY_COMMON_NAME),
            differs("name-in-cn-only", BY_COMMON_NAME),
            differs("no subjectAltName", BY_COMMON_NAME),
            differs("certificate-v1", VERSION_1),
            differs("version-1", VERSION_1),
            differs("ca-true", CA_AS_LEAF),
            differs("signed by P-521", NO_P521),
            differs("an intermediate without keyCertSign", KEY_CERT_SIGN),
            differs("an intermediate with two certificates, both sent", ONE_ISSUER),
            differs("its own issuer, trusted", OWN_ISSUER),
            differs("anyExtendedKeyUsage alone", ANY_PURPOSE),
        ],
    },
];

/// What the lenient one among those who judge decides otherwise than OpenSSL, after which it is made.
const LENIENT_DIFFERS: &[&str] =
    &["signed by P-521", "an intermediate with two certificates, both sent"];

/// Where some of those who judge ask what webpki does not: of an authority keyCertSign, of a root its dates.
const ASKS_MORE: &[&str] = &[
    "an intermediate without keyCertSign",
    "a cross-signed root, the old one alone trusted, and ended",
];

/// Chains that the run decides otherwise than the verdict, by fault, with the reason: the verdict is of the chain alone.
const RUN_DIFFERS: &[Difference] = &[
    differs("revoked", "the revocation list is the client's own"),
    differs("stale-crl", "the revocation list is the client's own"),
    differs("pin-mismatch", "a pin is the client's own"),
    differs(
        "rsa-1024",
        "rustls looks at a key's length when it checks a signature made with it; the leaf's key signs the handshake, so the chain passes and the handshake is refused",
    ),
];

/// What browsers take, from an authority of one's own, and webpki's users do not: as Chromium was observed.
const BROWSERS_TAKE: &[&str] = &["rsa-1024", "weak-key"];

/// As programs ask it to, at the security level that Debian sets.
fn by_openssl(folder: &Path, chain: &[Vec<u8>], asked: &Asked<'_>) -> Option<(bool, String)> {
    let (host, at, roots, by) = asked;
    std::fs::write(folder.join("leaf.pem"), chain_file(&chain[..1])).unwrap();
    std::fs::write(folder.join("roots.pem"), chain_file(roots)).unwrap();
    let purpose = by.of(["sslserver", "sslclient"]);
    // A certificate that is trusted is trusted, whether it is its own issuer or not, as webpki has it.
    let mut line = format!(
        "openssl verify -attime {at} -auth_level 2 -purpose {purpose} -partial_chain -no-CApath -no-CAstore -CAfile roots.pem"
    );
    if chain.len() > 1 {
        std::fs::write(folder.join("rest.pem"), chain_file(&chain[1..])).unwrap();
        line += " -untrusted rest.pem";
    }
    if let Some(host) = host {
        let kind = if host.parse::<std::net::IpAddr>().is_ok() { "ip" } else { "hostname" };
        line += &format!(" -verify_{kind} {host}");
    }
    Some(run_line(folder, &(line + " leaf.pem")))
}

/// With the profile of as many bits as that level. Its `certtool` judges by the clock of the machine.
fn by_gnutls(folder: &Path, chain: &[Vec<u8>], asked: &Asked<'_>) -> Option<(bool, String)> {
    let (host, at, roots, by) = asked;
    if at.abs_diff(now()) > 3600 || roots.is_empty() {
        return None;
    }
    std::fs::write(folder.join("chain.pem"), chain_file(chain)).unwrap();
    std::fs::write(folder.join("roots.pem"), chain_file(roots)).unwrap();
    let purpose = by.of(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
    let mut line = format!(
        "certtool --verify --verify-profile medium --verify-purpose {purpose} --load-ca-certificate roots.pem --infile chain.pem"
    );
    if let Some(host) = host {
        line += &format!(" --verify-hostname {host}");
    }
    Some(run_line(folder, &line))
}

/// What came of comparing the verdicts on chains of one source with those of others.
#[derive(Default)]
struct Tally {
    verdicts: usize,
    refused: usize,
    /// Of each program: how many it gave, how many are the same, and the differences that were met.
    programs: BTreeMap<&'static str, (usize, usize, BTreeSet<&'static str>)>,
    /// Differences that no table has.
    unexplained: Vec<String>,
}

impl Tally {
    fn is_explained(&self) {
        assert!(self.unexplained.is_empty(), "{}", self.unexplained.join("\n\n"));
    }

    fn met(&mut self, program: &'static str, difference: Option<&'static str>) {
        let (asked, same, differences) = self.programs.entry(program).or_default();
        *asked += 1;
        *same += usize::from(difference.is_none());
        differences.extend(difference);
    }

    /// Judges a chain, called `id`, and holds the verdict to those of the programs.
    fn judge(
        &mut self,
        folder: &Path,
        id: &'static str,
        chain: &[Vec<u8>],
        asked: Asked<'_>,
    ) -> Verdict {
        let (host, at, roots, by) = asked;
        let verdict = judge(&reading(chain), &question(host, at, roots, by)).remove(0);
        self.verdicts += 1;
        self.refused += usize::from(!verdict.is_good());
        agrees_with_itself(&verdict);
        self.met("webpki", None);
        for program in &PROGRAMS {
            let Some((takes, said)) = (program.takes)(folder, chain, &asked) else { continue };
            let known = program.differs.iter().find(|one| one.what == id);
            let differs = takes != verdict.is_good();
            let name = program.name;
            if differs && known.is_none() {
                let findings = &verdict.findings;
                self.unexplained.push(format!("{id}: {name} {takes}\n{said}\n{findings:#?}"));
            }
            self.met(name, known.filter(|_| differs).map(|one| one.what));
            if name == "OpenSSL" {
                self.hold_profiles(id, &verdict, takes);
            }
        }
        verdict
    }

    /// The strict one takes nothing that the others refuse; the lenient one does what OpenSSL does.
    fn hold_profiles(&mut self, id: &'static str, verdict: &Verdict, openssl: bool) {
        let takes = |profile: &str| {
            let opinion = verdict.opinions.iter().find(|one| one.profile.id == profile);
            opinion.map(|one| one.outcome == Outcome::Taken)
        };
        let (strict, lenient) = (takes("strict").unwrap(), takes("lenient").unwrap());
        assert!(!strict || verdict.is_good(), "{id}: {:#?}", verdict.opinions);
        let asks_more = ASKS_MORE.contains(&id);
        assert!(!strict || lenient || asks_more, "{id}: {:#?}", verdict.opinions);
        // All of it was read from one file, and nothing else is known.
        if let Some(browser) = takes("browser") {
            let same = browser == verdict.is_good() || asks_more || BROWSERS_TAKE.contains(&id);
            assert!(same, "{id}: {:#?}", verdict.opinions);
        }
        let differs = lenient != openssl;
        if differs && !LENIENT_DIFFERS.contains(&id) {
            self.unexplained.push(format!("{id}: lenient {lenient}\n{:#?}", verdict.opinions));
        }
        self.met("the lenient client and OpenSSL", differs.then_some(id));
    }
}

/// The paths beside a verdict say the same as webpki: one holds, or none does, and the kind of refusal is
/// that of a check that does not hold.
fn agrees_with_itself(verdict: &Verdict) {
    let holds = verdict.paths.iter().any(|path| path.checks.iter().all(|check| check.holds));
    assert_eq!(holds, verdict.refusal.is_none(), "{verdict:#?}");
    let Some((kind, _)) = &verdict.refusal else { return };
    let failed = verdict.paths.iter().flat_map(|path| &path.checks).filter(|check| !check.holds);
    let kinds: Vec<Option<ChainRefusal>> = failed.map(|check| check.refusal).collect();
    assert!(kinds.contains(&Some(*kind)), "{verdict:#?}");
}

/// The chains of the runs of all faults and presets, at this moment, so that GnuTLS can be asked too.
fn faults() -> &'static Tally {
    static TALLY: OnceLock<Tally> = OnceLock::new();
    TALLY.get_or_init(|| {
        let (folder, clock) = (folder("faults"), now());
        let mut tally = Tally::default();
        let faulty = FAULTS.iter().flat_map(|fault| {
            let scenarios = showing(fault, ["tls13", "tls12", "tls13-mtls", "tls12-mtls"]);
            scenarios.into_iter().map(move |scenario| (fault.id, scenario))
        });
        let good = PRESETS.iter().map(|preset| (preset.id, Scenario::from_preset(preset)));
        for (id, scenario) in faulty.chain(good) {
            let scenario = Scenario { clock, ..scenario };
            let trace = run(&scenario, &Capabilities::all()).unwrap();
            for event in trace.connections.iter().flat_map(|connection| &connection.events) {
                let Op::CertificatePath { chain, roots, name, at, refusal, .. } = &event.op else {
                    continue;
                };
                let asked = (name.as_deref(), *at, roots.as_slice(), event.by);
                let verdict = tally.judge(&folder, id, chain, asked);
                let kind = verdict.refusal.as_ref().map(|(kind, _)| *kind);
                let known = RUN_DIFFERS.iter().find(|one| one.what == id);
                let known = known.filter(|_| refusal.is_some() == verdict.is_good());
                tally.met("the run", known.map(|one| one.what));
                if known.is_none() {
                    let what = format!("{}: {:#?}", scenario.text(), verdict.findings);
                    assert_eq!(kind, *refusal, "{what}");
                    assert_eq!(verdict.is_good(), refusal.is_none(), "{what}");
                }
            }
        }
        tally
    })
}

/// Words of the gravest finding for each certificate that is wrong in one way.
const WRONG: &[(&str, &str)] = &[
    ("no-san", "no subjectAltName"),
    ("name-in-cn-only", "its common name is the one wanted, and does not count"),
    ("wrong-purpose", "needed serverAuth; allowed clientAuth"),
    ("version-1", "version 1"),
    ("ca-true", "cA TRUE"),
    ("wrong-ca", "Is the signature on"),
    ("weak-key", "RSA key of 1024 bits"),
    ("sha-1", "sha1WithRSAEncryption"),
    ("expired", "not after"),
    ("not-yet-valid", "not before"),
];

/// The certificates of all recipes that servers and clients show.
fn recipes() -> &'static Tally {
    static TALLY: OnceLock<Tally> = OnceLock::new();
    TALLY.get_or_init(|| {
        let (folder, clock) = (folder("recipes"), now());
        let mut tally = Tally::default();
        for built_in in BUILT_IN {
            let recipe = built_in.recipe().unwrap();
            let objects = mint(&recipe, clock).unwrap();
            for subject in recipe.certificate.iter().filter(|one| one.role != Role::Authority) {
                // Up to the root, which is trusted.
                let mut chain = vec![der(&objects, ObjectKind::Certificate, &subject.name)];
                let mut at = subject;
                while let Some(issuer) = at.issuer.as_deref().and_then(|name| recipe.subject(name))
                {
                    chain.push(der(&objects, ObjectKind::Certificate, &issuer.name));
                    at = issuer;
                }
                let root = if chain.len() > 1 { chain.pop() } else { None };
                let roots: Vec<Vec<u8>> = root.into_iter().collect();
                let by =
                    if subject.role == Role::Client { Endpoint::Server } else { Endpoint::Client };
                let dns = subject.names.iter().find_map(|name| match name {
                    GeneralName::Dns(name) => Some(name.as_str()),
                    _ => None,
                });
                let host = dns.filter(|_| by == Endpoint::Client);
                let wrong = WRONG.iter().find(|(known, _)| *known == subject.name);
                let id = wrong.map_or("a certificate of a recipe", |(id, _)| id);
                let verdict = tally.judge(&folder, id, &chain, (host, clock, &roots, by));
                // One that is its own issuer is not trusted.
                let expected = wrong.is_none() && !roots.is_empty();
                assert_eq!(verdict.is_good(), expected, "{}: {verdict:#?}", subject.name);
                if let Some((name, words)) = wrong {
                    let any = verdict.findings.iter().any(|finding| finding.what.contains(words));
                    assert!(any, "{name}: {:#?}", verdict.findings);
                    assert!(!verdict.findings[0].fix.is_empty());
                }
            }
        }
        tally
    })
}

/// Chains like those of public authorities.
fn public_chains() -> &'static Tally {
    static TALLY: OnceLock<Tally> = OnceLock::new();
    TALLY.get_or_init(|| {
        let folder = folder("corpus");
        std::fs::write(folder.join("corpus.sh"), include_str!("judged/corpus.sh")).unwrap();
        ok(&folder, "sh corpus.sh");
        let made = now();
        let read = |name: &&str| {
            let line = format!("openssl x509 -in {name}.crt -outform DER -out {name}.der");
            ok(&folder, &line);
            std::fs::read(folder.join(format!("{name}.der"))).unwrap()
        };
        let mut tally = Tally::default();
        for chain in CHAINS {
            let sent: Vec<Vec<u8>> = chain.sent.iter().map(read).collect();
            let roots: Vec<Vec<u8>> = chain.roots.iter().map(read).collect();
            let by = if chain.host.is_some() { Endpoint::Client } else { Endpoint::Server };
            let at = made + chain.days * 86_400;
            let verdict = tally.judge(&folder, chain.about, &sent, (chain.host, at, &roots, by));
            if verdict.is_good() != chain.good {
                tally.unexplained.push(format!("{}: {verdict:#?}", chain.about));
            }
        }
        tally
    })
}

/// All sources: what they are, and what came of them.
fn sources() -> [(&'static str, &'static Tally); 3] {
    [
        ("runs of all faults and presets", faults()),
        ("certificates of all recipes", recipes()),
        ("chains like those of public authorities", public_chains()),
    ]
}

#[test]
fn the_verdict_on_the_chain_of_every_fault_is_that_of_the_run_of_openssl_and_of_gnutls() {
    let tally = faults();
    tally.is_explained();
    assert!(tally.verdicts > 60 && tally.refused > 20, "{} {}", tally.verdicts, tally.refused);
    assert!(tally.programs["GnuTLS"].0 > 50, "{}", tally.programs["GnuTLS"].0);
}

#[test]
fn the_verdict_on_every_certificate_of_a_recipe_is_the_known_one_and_that_of_others() {
    recipes().is_explained();
    assert!(recipes().verdicts > 15);
}

#[test]
fn the_verdict_on_chains_like_those_of_public_authorities_is_the_known_one_and_that_of_others() {
    let tally = public_chains();
    tally.is_explained();
    assert_eq!(tally.verdicts, CHAINS.len());
    assert!(tally.refused > 20, "{}", tally.refused);
}

#[test]
fn each_difference_is_met_and_has_its_reason() {
    let met = |program: &str| {
        let of =
            |(_, tally): (&str, &'static Tally)| tally.programs.get(program).map(|(.., met)| met);
        sources().into_iter().filter_map(of).flatten().copied().collect::<BTreeSet<&str>>()
    };
    let listed = |table: &[Difference]| {
        assert!(table.iter().all(|one| !one.why.is_empty()));
        table.iter().map(|one| one.what).collect::<BTreeSet<&str>>()
    };
    for program in &PROGRAMS {
        assert_eq!(met(program.name), listed(program.differs), "{}", program.name);
    }
    assert_eq!(met("the run"), listed(RUN_DIFFERS));
    let lenient = met("the lenient client and OpenSSL");
    assert_eq!(lenient, LENIENT_DIFFERS.iter().copied().collect());
}

/// How many objects of each kind there are in all recipes, and how many programs read them: tests/mint.rs has
/// each of them read it.
fn objects() -> String {
    let mut table = String::from(
        "| objects | how many | files | OpenSSL | GnuTLS | keytool |\n|---|---:|---:|---:|---:|---:|\n",
    );
    let made = BUILT_IN.iter().map(|one| {
        let recipe = one.recipe().unwrap();
        (mint(&recipe, CLOCK).unwrap(), recipe.password)
    });
    let made: Vec<_> = made.collect();
    let all = || {
        made.iter().flat_map(|(objects, password)| objects.iter().map(move |one| (one, password)))
    };
    let mut kinds: Vec<ObjectKind> = Vec::new();
    for (object, _) in all() {
        if !kinds.contains(&object.kind) {
            kinds.push(object.kind);
        }
    }
    let mut sums = [0; 5];
    let mut row = |name: &str, counts: [usize; 5]| {
        let cells: Vec<String> = counts.iter().map(usize::to_string).collect();
        let _ = writeln!(table, "| {name} | {} |", cells.join(" | "));
    };
    for kind in kinds {
        let mut counts = [0; 5];
        for (object, password) in all().filter(|(one, _)| one.kind == kind) {
            counts[0] += 1;
            for file in &object.files {
                counts[1] += 1;
                let lines = minted::readers(object, &file.name, file.form, password);
                let by =
                    |program: &str| lines.iter().filter(|line| line.starts_with(program)).count();
                counts[2] += by("openssl");
                counts[3] += by("certtool");
                let keytool = minted::of_keytool(object, &file.name, password);
                counts[4] += usize::from(file.form != Form::Der && keytool.is_some());
            }
        }
        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        row(kind.name(), counts);
    }
    row("**all**", sums);
    table
}

fn document() -> String {
    let mut text = String::from(
        "# Agreement\n\n\
         Written by `make docs` from what the programs say; tests hold it to that. What is made and read here is read by other\n\
         programs too, and chains are judged by them: at the security level that Debian sets OpenSSL to, and the same for GnuTLS.\n\n\
         ## Objects\n\n\
         Files of all recipes, and how many of them each program reads; keytool reads no key by itself, and is given PEM and stores\n\
         alone.\n\n",
    );
    text += &objects();
    text += "\n## Verdicts\n\n\
             The same: both take a chain, or both refuse it. With the run, and with webpki, it is for the same reason: beside what\n\
             webpki says stand the checks of each path, which are our own. GnuTLS's `certtool` judges by the clock of the machine\n\
             and wants a root, so it is asked less often.\n\n\
             | chains | refused | beside | compared | the same | explained |\n|---|---:|---|---:|---:|---:|\n";
    for (source, tally) in sources() {
        for (program, (asked, same, _)) in &tally.programs {
            let _ = writeln!(
                text,
                "| {}: {} | {} | {program} | {asked} | {same} | {} |",
                source,
                tally.verdicts,
                tally.refused,
                asked - same
            );
        }
    }
    text += "\n## Differences\n\n| program | chain | why it decides otherwise |\n|---|---|---|\n";
    let run = [("the run", RUN_DIFFERS)];
    let tables = PROGRAMS.iter().map(|one| (one.name, one.differs)).chain(run);
    for (program, table) in tables {
        for Difference { what, why } in table {
            let _ = writeln!(text, "| {program} | {what} | {why} |");
        }
    }
    text += "\nOf those who judge beside a verdict, the lenient client is made after OpenSSL. It decides otherwise on these, as\n\
             the verdict does:\n";
    for what in LENIENT_DIFFERS {
        let _ = write!(text, "\n- {what}");
    }
    text + "\n\n## Chains like those of public authorities\n\n" + &chains()
}

/// The corpus, as a table.
fn chains() -> String {
    let mut table = String::from(
        "Made by `tests/judged/corpus.sh`: an old root that signs a new one of RSA, which signs one of ECDSA, and what is below.\n\n\
         | chain | sent | trusted | asked for | verdict |\n|---|---|---|---|---|\n",
    );
    for chain in CHAINS {
        let days =
            if chain.days > 0 { format!(", {} days later", chain.days) } else { String::new() };
        let roots = if chain.roots.is_empty() { "nobody".into() } else { chain.roots.join(", ") };
        let _ = writeln!(
            table,
            "| {} | {} | {roots} | {}{days} | {} |",
            chain.about,
            chain.sent.join(", "),
            chain.host.unwrap_or("a client"),
            if chain.good { "good" } else { "refused" }
        );
    }
    table
}

#[test]
fn the_figures_in_the_docs_are_those_of_the_programs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/agreement.md");
    let text = document();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, text).unwrap();
    } else {
        assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), text, "run `make docs`");
    }
}
