//! What real programs say about each fault that is served. `data/observed.toml` has it, and `handshake-lab
//! why` knows by it. Written anew by
//!
//!     UPDATE_OBSERVED=1 cargo test --test serve observed
//!
//! with every program that is installed; one that is not has no rows. Without that, the quick ones say it
//! again, and a difference fails.

use super::programs::{PROGRAMS, Program, Setup};
use super::served::{Served, Server};
use handshake_lab::plan::{Plan, Verification};
use handshake_lab::scenario::Scenario;
use handshake_lab::tls::ProtocolVersion;
use serde::Deserialize;
use std::fmt::Write;
use std::path::PathBuf;

/// The seed of what is served: another one gives other keys, and the same words.
const SEED: &str = "seed=7";

#[derive(Deserialize)]
struct Observations {
    observed: Vec<Observation>,
}

/// What a program said about a fault.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Observation {
    program: String,
    version: String,
    fault: String,
    exit: i32,
    /// `None` where it noticed nothing.
    error: Option<String>,
}

fn path() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "data", "observed.toml"].iter().collect()
}

/// What this program says about all that is served.
fn observe(program: &Program, version: &str, served: &Served) -> Vec<Observation> {
    let about = |server: &Server| {
        let plan = Scenario::parse(&server.fault).expect("a fault").plan();
        let setup = Setup {
            server,
            ca: &served.ca(),
            client: client(&plan, served, &server.fault),
            only: only(&plan),
        };
        let said = program.run(&setup)?;
        Some(Observation {
            program: program.name.into(),
            version: version.into(),
            fault: server.fault.clone(),
            exit: said.exit,
            error: said.error,
        })
    };
    served.servers.iter().filter_map(about).collect()
}

/// The certificates and the key that the client of this plan shows.
fn client(plan: &Plan, served: &Served, fault: &str) -> Option<(PathBuf, PathBuf)> {
    let is_asked = plan.server.trust.verification != Verification::Off;
    (is_asked && plan.client.credential.is_some()).then(|| {
        let file = |name| served.download(&format!("/{fault}/{name}"));
        (file("client.pem"), file("client-key.pem"))
    })
}

/// The one version that the client of this plan allows, where the server's is another.
fn only(plan: &Plan) -> Option<ProtocolVersion> {
    match plan.client.versions.as_slice() {
        [only] if plan.server.versions != [*only] => Some(ProtocolVersion(u16::from(*only))),
        _ => None,
    }
}

fn text(observations: &[Observation]) -> String {
    let mut text = String::from(
        "# What real programs say about each fault that `handshake-lab serve` serves: the line in which they\n\
         # say what is wrong, and their exit status. Written by tests/observed/mod.rs, and never by hand.\n",
    );
    for Observation { program, version, fault, exit, error } in observations {
        // A string of JSON is one of TOML.
        let quoted = |text: &str| serde_json::to_string(text).expect("JSON");
        let _ = write!(
            text,
            "\n[[observed]]\nprogram = {}\nversion = {}\nfault = {}\nexit = {exit}\n",
            quoted(program),
            quoted(version),
            quoted(fault)
        );
        if let Some(error) = error {
            let _ = writeln!(text, "error = {}", quoted(error));
        }
    }
    text
}

#[test]
fn real_programs_say_what_was_observed() {
    let is_update = std::env::var_os("UPDATE_OBSERVED").is_some();
    let served = Served::start(&["--all", "--set", SEED]);
    if is_update {
        let mut all = Vec::new();
        for program in PROGRAMS {
            match (program.version)() {
                Some(version) => all.extend(observe(program, &version, &served)),
                None => println!("{} is not installed: it has no rows", program.name),
            }
        }
        std::fs::write(path(), text(&all)).expect("a file");
        return;
    }
    let known = std::fs::read_to_string(path()).expect("what was observed");
    let known: Observations = toml::from_str(&known).expect("TOML");
    let mut different = Vec::new();
    for program in PROGRAMS.iter().filter(|program| program.is_quick) {
        let then: Vec<&Observation> =
            known.observed.iter().filter(|one| one.program == program.name).collect();
        let version = (program.version)().unwrap_or_else(|| "none".into());
        let observed = then.first().map_or("none", |one| one.version.as_str());
        if observed != version {
            println!("{} skipped: observed with {observed}, installed is {version}", program.name);
            continue;
        }
        let now = observe(program, &version, &served);
        for then in then {
            match now.iter().find(|now| now.fault == then.fault) {
                Some(now) if now == then => {}
                now => different.push(format!("then {then:?}\n now {now:?}")),
            }
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}
