//! What real programs say about each fault that is served. `data/observed.json` has it, and `handshake-lab
//! why` knows by it. Written anew by
//!
//!     make observed
//!
//! with every program that is installed; of one that is not, what it said before is kept. Without that, the
//! quick ones say it again, and a difference fails. A program of another version than then may say something
//! else, and is not compared. A fault that none is asked about has a reason in `handshake_lab::observed`.

use super::programs::{PROGRAMS, Program, Setup};
use super::served::{Served, Server};
use handshake_lab::faults::FAULTS;
use handshake_lab::observed::{Observation, UNASKED, why_unasked};
use handshake_lab::plan::{Change, DAY, Implementation, PacketAction, Plan, Verification};
use handshake_lab::scenario::Scenario;
use handshake_lab::tls::{CipherSuite, ProtocolVersion, SignatureScheme};
use handshake_lab::trace::{Endpoint, Fate};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The seed of what is served: another one gives other keys, and the same words.
const SEED: &str = "seed=7";

fn path() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "data", "observed.json"].iter().collect()
}

fn observed() -> Vec<Observation> {
    let known = std::fs::read_to_string(path()).expect("what was observed");
    Observation::all_from_json(&known).expect("JSON")
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
        // Each program has its own files, as they run side by side.
        let file = |name: &str| {
            let of = program.name.replace([' ', '/'], "-");
            let (path, to) =
                (format!("/{}/{name}", server.fault), format!("{of}-{}-{name}", server.fault));
            served.download_to(&path, &to)
        };
        let trust = &plan.client.trust;
        let pins =
            (!trust.pins.is_empty()).then(|| served.index(&format!("/{}/pins.txt", server.fault)));
        let setup = Setup {
            server,
            ca: &served.ca(),
            client: shows_certificate(&plan).then(|| (file("client.pem"), file("client-key.pem"))),
            only: only(&plan),
            signs_x25519: is_of_servers_key(&plan),
            has_two_versions: plan.client.versions.len() > 1,
            sends_name: plan.client.sends_name,
            protocol: alone(&plan.client.alpn, &sound.client.alpn).cloned(),
            // Another version has other suites.
            suite: alone(&plan.client.suites, &sound.client.suites)
                .filter(|_| only(&plan).is_none())
                .map(|suite| CipherSuite(u16::from(*suite)).label().into_owned()),
            group: alone(&plan.client.groups, &sound.client.groups)
                .map(|group| group.id().to_owned()),
            scheme: alone(&plan.client.signature_schemes, &sound.client.signature_schemes)
                .map(|scheme| SignatureScheme(u16::from(*scheme)).label().into_owned()),
            lists: (!trust.revocation_lists.is_empty()).then(|| file("crls.pem")),
            pins,
            days_ahead: days(plan.client.clock) - days(plan.clock),
            is_plain: plan.client.implementation == Implementation::Plain,
            verifies: trust.verification != Verification::Off,
            waits: is_left_waiting(&plan),
            is_cut_off: !plan.server.listens || !plan.path.packets.is_empty(),
        };
        // What had to be ended has said nothing that another time would be the same.
        let said = program.run(&setup).filter(|said| said.exit >= 0)?;
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

fn days(clock: u64) -> i64 {
    i64::try_from(clock / DAY).expect("a time that there is")
}

/// Whether the client of this plan is asked for certificates and has some.
fn shows_certificate(plan: &Plan) -> bool {
    plan.server.trust.verification != Verification::Off && plan.client.credential.is_some()
}

/// Whether somebody changes the server's key on its way.
fn is_of_servers_key(plan: &Plan) -> bool {
    plan.tampering.iter().any(|act| {
        act.target.from == Endpoint::Server && matches!(act.change, Change::FlipBehind(_))
    })
}

/// Whether a client that sends its request and waits gets no answer: not even TCP's, or not the server's.
fn is_left_waiting(plan: &Plan) -> bool {
    let keeps = |change: &Change| matches!(change, Change::Whole(Fate::Dropped | Fate::HeldBack));
    plan.path.packets.iter().any(|rule| rule.action == PacketAction::Drop)
        || plan.tampering.iter().any(|act| keeps(&act.change))
}

/// The one version that the client of this plan allows, where the server's is another.
fn only(plan: &Plan) -> Option<ProtocolVersion> {
    match plan.client.versions.as_slice() {
        [only] if plan.server.versions != [*only] => Some(ProtocolVersion(u16::from(*only))),
        _ => None,
    }
}

/// What was observed then, with all of a program's rows replaced by what it says now, where it was asked now: in
/// the order of the programs.
fn merged(then: Vec<Observation>, now: Vec<Observation>, asked: &[&str]) -> Vec<Observation> {
    let kept = then.into_iter().filter(|one| !asked.contains(&one.program.as_str()));
    let mut all: Vec<Observation> = kept.chain(now).collect();
    let place = |one: &Observation| PROGRAMS.iter().position(|program| program.name == one.program);
    all.sort_by_key(|one| place(one).unwrap_or(PROGRAMS.len()));
    all
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
        assert!(is_update, "{} is not installed; `make test` installs it", program.name);
        println!("{} is not installed, and says nothing", program.name);
    }
    let installed: Vec<(&Program, String)> =
        installed.into_iter().filter_map(|(program, version)| Some((program, version?))).collect();
    let observed = observed();
    if is_update {
        let asked: Vec<&str> = installed.iter().map(|(program, _)| program.name).collect();
        let kept = observed.iter().filter(|one| !asked.contains(&one.program.as_str()));
        let kept: BTreeSet<String> =
            kept.map(|one| format!("{} {}", one.program, one.version)).collect();
        for program in kept {
            println!("kept as it was: what {program} said");
        }
        let all = merged(observed, observe(&installed, &served), &asked);
        std::fs::write(path(), text(&all)).expect("a file");
        return;
    }
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

#[test]
fn programs_that_are_asked_again_have_new_rows_and_others_keep_theirs() {
    let row = |program: &str, fault: &str, exit| Observation {
        program: program.into(),
        version: "1".into(),
        fault: fault.into(),
        exit,
        error: None,
    };
    let [first, second] = [PROGRAMS[0].name, PROGRAMS[1].name];
    let then = vec![row(first, "a", 1), row(first, "b", 1), row(second, "a", 1)];
    let all = merged(then.clone(), vec![row(first, "a", 2)], &[first]);
    assert_eq!(all, [row(first, "a", 2), row(second, "a", 1)]);
    let all = merged(then, vec![row(second, "b", 2)], &[second]);
    assert_eq!(all, [row(first, "a", 1), row(first, "b", 1), row(second, "b", 2)]);
}

#[test]
fn a_fault_was_observed_or_says_why_nobody_was_asked() {
    let observed = observed();
    for fault in FAULTS {
        let is_observed = observed.iter().any(|one| one.fault == fault.id);
        assert!(is_observed != why_unasked(fault).is_some(), "{}", fault.id);
    }
    for (id, _) in UNASKED {
        assert!(FAULTS.iter().any(|fault| fault.id == *id), "{id}");
    }
}
