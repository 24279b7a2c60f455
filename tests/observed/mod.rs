//! What real programs say about each fault that is served. `data/observed.json` has it, and `handshake-lab
//! why` knows by it. Written anew by
//!
//!     make observed
//!
//! with every program that is installed; one that is not has no rows. Without that, the quick ones say it
//! again, and a difference fails. A program of another version than then may say something else, and is
//! not compared.

use super::programs::{PROGRAMS, Program, Setup};
use super::served::{Served, Server};
use handshake_lab::observed::Observation;
use handshake_lab::plan::{Plan, Verification};
use handshake_lab::scenario::Scenario;
use handshake_lab::tls::{CipherSuite, ProtocolVersion};
use std::path::PathBuf;

/// The seed of what is served: another one gives other keys, and the same words.
const SEED: &str = "seed=7";

fn path() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "data", "observed.json"].iter().collect()
}

/// What these programs say about all that is served, each of them beside the others.
fn observe(programs: &[(&Program, String)], served: &Served) -> Vec<Observation> {
    std::thread::scope(|scope| {
        let all: Vec<_> = programs
            .iter()
            .map(|(program, version)| scope.spawn(|| observe_one(program, version, served)))
            .collect();
        all.into_iter().flat_map(|one| one.join().expect("no panic")).collect()
    })
}

fn observe_one(program: &Program, version: &str, served: &Served) -> Vec<Observation> {
    let about = |server: &Server| {
        let scenario = Scenario::parse(&server.fault).expect("a fault");
        let (plan, sound) = (scenario.plan(), scenario.sound_plan());
        let setup = Setup {
            server,
            ca: &served.ca(),
            client: client(&plan, served, &server.fault, program),
            only: only(&plan),
            sends_name: plan.client.sends_name,
            listens: plan.server.listens,
            protocol: alone(&plan.client.alpn, &sound.client.alpn).cloned(),
            // Another version has other suites.
            suite: alone(&plan.client.suites, &sound.client.suites)
                .filter(|_| only(&plan).is_none())
                .map(|suite| CipherSuite(u16::from(*suite)).label().into_owned()),
            group: alone(&plan.client.groups, &sound.client.groups)
                .map(|group| group.id().to_owned()),
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

/// The only one of a list that is to be offered, where the usual list is another.
fn alone<'a, T: PartialEq>(list: &'a [T], usual: &[T]) -> Option<&'a T> {
    list.first().filter(|_| list != usual)
}

/// The certificates and the key that the client of this plan shows.
fn client(
    plan: &Plan,
    served: &Served,
    fault: &str,
    program: &Program,
) -> Option<(PathBuf, PathBuf)> {
    let is_asked = plan.server.trust.verification != Verification::Off;
    (is_asked && plan.client.credential.is_some()).then(|| {
        // Each program has its own, as they run side by side.
        let file = |name: &str| {
            let to = format!("{}-{fault}-{name}", program.name.replace([' ', '/'], "-"));
            served.download_to(&format!("/{fault}/{name}"), &to)
        };
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

/// The file: one observation in a line.
fn text(observations: &[Observation]) -> String {
    let line = |one: &Observation| serde_json::to_string(one).expect("JSON");
    let lines: Vec<String> = observations.iter().map(line).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

#[test]
fn real_programs_say_what_was_observed() {
    let is_update = std::env::var_os("UPDATE_OBSERVED").is_some();
    let served = Served::start(&["--all", "--set", SEED]);
    let programs = PROGRAMS.iter().filter(|program| is_update || program.is_quick);
    let (installed, missing): (Vec<_>, Vec<_>) = programs
        .map(|program| (program, (program.version)()))
        .partition(|(_, version)| version.is_some());
    for (program, _) in missing {
        println!("{} is not installed, and says nothing", program.name);
    }
    let installed: Vec<(&Program, String)> =
        installed.into_iter().filter_map(|(program, version)| Some((program, version?))).collect();
    if is_update {
        std::fs::write(path(), text(&observe(&installed, &served))).expect("a file");
        return;
    }
    let known = std::fs::read_to_string(path()).expect("what was observed");
    let observed = Observation::all_from_json(&known).expect("JSON");
    let same: Vec<(&Program, String)> = installed
        .into_iter()
        .filter(|(program, version)| {
            let then = observed.iter().find(|one| one.program == program.name);
            let then = then.map_or("none", |one| one.version.as_str());
            if then != version {
                println!("{}: not compared, {then} then and {version} now", program.name);
            }
            then == version
        })
        .collect();
    let now = observe(&same, &served);
    let of_same = |one: &&Observation| same.iter().any(|(program, _)| one.program == program.name);
    let then: Vec<&Observation> = observed.iter().filter(of_same).collect();
    // Both ways, so that a fault that was added or taken away shows too.
    let gone = then.iter().filter(|one| !now.contains(one)).map(|one| format!("then {one:?}"));
    let come = now.iter().filter(|one| !then.contains(one)).map(|one| format!(" now {one:?}"));
    let different: Vec<String> = gone.chain(come).collect();
    assert!(different.is_empty(), "`make observed` writes it anew:\n{}", different.join("\n"));
}
