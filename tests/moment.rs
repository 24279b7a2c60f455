//! The certificates of a run are made for its moment. Wherever a chain is exported or a command shown that
//! judges one, the moment is said, and what the real OpenSSL makes of the files then is what the ends of the
//! run made of the chain.

#![cfg(test)]

use handshake_lab::capture::{JudgedChain, pcapng};
use handshake_lab::engine::Capabilities;
use handshake_lab::faults::{Command, FAULTS, Fault, when_to_judge};
use handshake_lab::run::Run;
use handshake_lab::scenario::{PRESETS, Scenario, showing};
use handshake_lab::trace::{ChainRefusal, Endpoint, Op};
use std::path::PathBuf;
use std::process;

/// Every preset, and every fault on every preset that it goes with.
fn scenarios() -> Vec<Scenario> {
    let ids: Vec<&str> = PRESETS.iter().map(|preset| preset.id).collect();
    let broken =
        FAULTS.iter().flat_map(|fault| showing(fault, ids.iter().copied()).collect::<Vec<_>>());
    PRESETS.iter().map(Scenario::from_preset).chain(broken).collect()
}

fn run(scenario: &Scenario) -> Run {
    Run::new(scenario, &Capabilities::all())
        .unwrap_or_else(|error| panic!("{}: {error}", scenario.text()))
}

/// The chains that were judged in a run, each with the verdict.
fn judged(run: &Run) -> Vec<(JudgedChain, Option<ChainRefusal>)> {
    let connections = run.trace.connections.iter();
    let events =
        connections.flat_map(|connection| connection.events.iter().map(move |e| (connection, e)));
    events
        .filter_map(|(connection, event)| match &event.op {
            Op::CertificatePath { refusal, .. } => {
                Some((JudgedChain::of(connection, event)?, *refusal))
            }
            _ => None,
        })
        .collect()
}

/// A directory of its own, which goes away with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        let path = std::env::temp_dir().join(format!("handshake-lab-moment-{}", process::id()));
        std::fs::create_dir_all(&path).expect("a directory");
        Folder(path)
    }

    /// What a command says in it, and whether it succeeds.
    fn sh(&self, command: &str) -> (bool, String) {
        let output =
            process::Command::new("sh").args(["-c", command]).current_dir(&self.0).output();
        let output = output.expect("sh runs");
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What the run refuses, and OpenSSL 3 does not by this command; each with the reason.
const OPENSSL_ACCEPTS: &[(&str, &str)] = &[
    (
        "name-only-in-cn",
        "it still looks for the name in the common name where there is no subjectAltName",
    ),
    ("certificate-v1", "it takes a leaf of version 1"),
    ("revoked", "the command has no revocation list"),
    ("stale-crl", "the command has no revocation list"),
    ("pin-mismatch", "a pin is the client's own"),
];

/// What OpenSSL refuses in the chain, and the run behind it; each with what OpenSSL says.
const OPENSSL_REFUSES: &[(&str, &str)] = &[("rsa-1024", "ee certificate key too weak")];

/// What OpenSSL finds before it comes to what the run refuses: it compares the name before it checks any
/// signature, and this name was changed with the certificate.
const OPENSSL_FINDS_FIRST: &[(&str, &str)] = &[("tampered-certificate", "hostname mismatch")];

/// What OpenSSL says where a chain is refused for this.
fn words(refusal: ChainRefusal) -> &'static [&'static str] {
    match refusal {
        ChainRefusal::Expired => &["certificate has expired"],
        ChainRefusal::NotYetValid => &["certificate is not yet valid"],
        ChainRefusal::WrongName => &["hostname mismatch", "ip address mismatch"],
        ChainRefusal::UnknownIssuer => &["unable to get", "self-signed certificate"],
        ChainRefusal::Revoked => &["certificate revoked"],
        ChainRefusal::UnsupportedSignatureAlgorithm => &["digest algorithm too weak"],
        ChainRefusal::BadSignature => &["certificate signature failure", "unable to get"],
        ChainRefusal::WrongPurpose => &["unsuitable certificate purpose"],
        ChainRefusal::LeafAsCa => &["invalid ca certificate"],
        ChainRefusal::PathTooLong => &["path length constraint exceeded"],
        ChainRefusal::NameNotAllowed => &["permitted subtree violation"],
        ChainRefusal::UnknownCriticalExtension => &["unhandled critical extension"],
        _ => &["error"],
    }
}

#[test]
fn openssl_judges_every_exported_chain_as_the_run_did_by_the_command_that_is_shown() {
    let folder = Folder::new();
    let (mut accepted, mut refused) = (0, 0);
    for scenario in scenarios() {
        for (chain, refusal) in judged(&run(&scenario)) {
            for (name, text) in [chain.chain_file(), chain.root_file()] {
                assert!(text.contains(&chain.date()), "{name} says when it was judged");
                assert!(text.contains(&chain.command()), "{name} says how to judge it");
                std::fs::write(folder.0.join(name), text).expect("a file");
            }
            let (holds, said) = folder.sh(&chain.command());
            let at = format!("{}: {}\n{said}", scenario.text(), chain.command());
            if OPENSSL_ACCEPTS.iter().any(|(id, _)| scenario.fault == Some(id)) {
                assert!(holds && refusal.is_some(), "{at}");
                continue;
            }
            let earlier = OPENSSL_REFUSES.iter().find(|(id, _)| scenario.fault == Some(id));
            if let Some((_, words)) = earlier.filter(|_| chain.owner == Endpoint::Server) {
                assert!(refusal.is_none() && said.to_lowercase().contains(words), "{at}");
                continue;
            }
            assert_eq!(holds, refusal.is_none(), "{at}");
            if let Some(refusal) = refusal {
                let said = said.to_lowercase();
                let first = OPENSSL_FINDS_FIRST.iter().find(|(id, _)| scenario.fault == Some(id));
                let expected = first.map_or_else(|| words(refusal).to_vec(), |row| vec![row.1]);
                assert!(expected.iter().any(|word| said.contains(word)), "{refusal:?}: {at}");
            }
            *if holds { &mut accepted } else { &mut refused } += 1;
        }
    }
    assert!(accepted > PRESETS.len() && refused > 10, "{accepted} accepted, {refused} refused");
}

fn commands(fault: &Fault) -> impl Iterator<Item = &'static Command> {
    fault.words().symptoms.iter().chain(fault.words().fix_commands)
}

#[test]
fn every_command_that_judges_certificates_says_when() {
    for fault in FAULTS {
        for Command { line, .. } in commands(fault) {
            let at = format!("{}: {line}", fault.id);
            let judges = line.contains("openssl verify")
                || line.contains("s_client") && line.contains("-CAfile");
            assert_eq!(judges, line.contains("-attime "), "{at}");
            // curl has no option for it, and with -k it judges nothing.
            let connects = line.contains("curl ") && line.contains("https://");
            let connects = connects && !line.contains("curl -k ");
            assert_eq!(connects, line.contains("faketime '"), "{at}");
            let literal = line
                .split_whitespace()
                .any(|word| word.len() == 10 && word.bytes().all(|byte| byte.is_ascii_digit()));
            assert!(!literal, "{at}");
        }
    }
}

#[test]
fn the_moment_of_a_command_is_that_of_the_run() {
    for fault in FAULTS {
        for scenario in showing(fault, ["tls13", "tls12", "tls13-mtls"]) {
            let scenario = scenario.with(&[("clock", "2038-01-19T03:14:08Z")]).expect("a scenario");
            let plan = scenario.plan();
            let judged = judged(&run(&scenario));
            for command in fault.words().symptoms {
                let line = command.line_for(&plan);
                assert!(!line.contains("_CLOCK") && !line.contains("_DATE"), "{line}");
                let Some((_, rest)) = line.split_once("-attime ") else { continue };
                let at: u64 = rest.split(' ').next().unwrap_or("").parse().expect("seconds");
                // The end that judges does so when the chain is there, a moment after the start.
                let near = |chain: &JudgedChain| (at..at + 60).contains(&chain.at);
                let is_so = judged.is_empty() || judged.iter().any(|(chain, _)| near(chain));
                assert!(is_so, "{}: {line}", scenario.text());
            }
            for list in [fault.words().symptoms, fault.words().fix_commands] {
                let judges = list.iter().any(|command| command.moments().next().is_some());
                let when = when_to_judge(list, &plan);
                if judges {
                    assert!(when.expect("words").contains("2038-01-19 03:14:08 UTC"));
                }
            }
        }
    }
}

#[test]
fn a_clock_that_goes_wrong_is_told_beside_the_moment_of_the_run() {
    let scenario = Scenario::parse("client-clock-behind").expect("a fault");
    let plan = scenario.plan();
    let fault = Fault::find("client-clock-behind").expect("the fault");
    let when = when_to_judge(fault.words().symptoms, &plan).expect("words");
    assert!(
        when.contains("2026-01-01 12:00:00 UTC; the client's clock shows 2025-09-23"),
        "{when}"
    );
}

#[test]
fn a_capture_says_when_its_certificates_are_to_be_judged() {
    for clock in ["2026-01-01T12:00:00Z", "2038-01-19T03:14:08Z"] {
        let scenario = Scenario::parse("tls13").expect("a preset");
        let scenario = scenario.with(&[("clock", clock)]).expect("a moment");
        let run = run(&scenario);
        let text = String::from_utf8_lossy(&pcapng::write(&run.trace)).into_owned();
        assert!(text.contains(&format!("-attime {}", run.trace.clock)), "{clock}");
    }
}
