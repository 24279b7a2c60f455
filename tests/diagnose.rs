//! Mysteries, and what their commands print, held to the real programs.

#![cfg(test)]

mod clock;
mod refused;

use handshake_lab::capture::{pcapng, pem};
use handshake_lab::diagnose::openssl::s_client::LEFT_OUT;
use handshake_lab::diagnose::openssl::{SslError, date_u};
use handshake_lab::diagnose::{
    Answer, INSPECTIONS, Inspection, LEVELS, Level, Mystery, Suspect, Who,
};
use handshake_lab::engine::Capabilities;
use handshake_lab::engine::socket::{Limits, SocketEnd};
use handshake_lab::faults::FAULTS;
use handshake_lab::observed::Observation;
use handshake_lab::plan::{Between, Impairments, Plan, When};
use handshake_lab::run::Run;
use handshake_lab::trace::Endpoint;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);

fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970").as_secs()
}

/// All faults, each in a scenario of now.
fn suspects() -> Vec<Suspect> {
    let all = FAULTS.iter().filter_map(|fault| Suspect::new(fault, 7, now(), Capabilities::all()));
    let all: Vec<Suspect> = all.collect();
    assert_eq!(all.len(), FAULTS.len());
    all
}

/// The server of a fault as a program of its own, where what is wrong is at one of the two ends; `None` where it
/// lies between them.
fn servable(suspect: &Suspect) -> Option<Plan> {
    let mut plan = suspect.scenario.plan();
    if plan.path.between == Between::PassThrough {
        return None;
    }
    if let Between::Relay(relay) = &plan.path.between {
        // Whoever intercepts is the server for its client.
        if suspect.scenario.expected().is_some_and(|outcome| outcome.is_inner) {
            return None;
        }
        plan.server = relay.front.clone();
        plan.path.between = Between::Nothing;
    }
    let is_clean = plan.path.packets.is_empty() && plan.path.impairments == Impairments::default();
    plan.tampering
        .retain(|act| act.target.from != Endpoint::Client || act.when != When::BeforeSealing);
    let by_server = |when, from| when == When::BeforeSealing && from == Endpoint::Server;
    let is_at_ends = plan.tampering.iter().all(|act| by_server(act.when, act.target.from));
    (is_clean && is_at_ends).then_some(plan)
}

/// A server of this plan, at a port of its own; none where nobody listens. It serves until the test ends.
fn serve(plan: Plan) -> u16 {
    if !plan.server.listens {
        return refused::port();
    }
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let end = Arc::new(SocketEnd::new(plan, Endpoint::Server).expect("a server"));
    std::thread::spawn(move || {
        for (number, stream) in (1..).zip(listener.incoming()) {
            let Ok(stream) = stream else { continue };
            let end = end.clone();
            let limits = Limits { time: PATIENCE, silence: PATIENCE, bytes: usize::MAX };
            std::thread::spawn(move || {
                let _ = end.talk(number, u64::from(number), stream, limits);
            });
        }
    });
    port
}

/// A folder of its own, with what the client has.
fn folder(name: &str, suspect: &Suspect) -> PathBuf {
    let dir: PathBuf = [env!("CARGO_TARGET_TMPDIR"), &format!("diagnose-{name}")].iter().collect();
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(dir.join("roots")).expect("a folder");
    let write = |file: String, text: String| std::fs::write(dir.join(file), text).expect("a file");
    let cert = |der: &Vec<u8>| pem::encode("CERTIFICATE", der);
    let roots = suspect.roots().expect("roots");
    write("roots.pem".into(), roots.iter().map(cert).collect());
    for (place, root) in roots.iter().enumerate() {
        write(format!("roots/{place}.pem"), cert(root));
    }
    if let Some(shown) = suspect.client_files().expect("files") {
        let chain = shown.chain;
        for (place, one) in (1..).zip(&chain) {
            write(format!("client-{place}.pem"), cert(one));
        }
        write("client.pem".into(), chain.iter().map(cert).collect());
        let key = handshake_lab::engine::identity(
            &suspect.scenario,
            Endpoint::Client,
            &Capabilities::all(),
        );
        write("client.key".into(), pem::encode("PRIVATE KEY", &key.expect("a key").private_key));
    }
    dir
}

/// What a shell prints, standard error first as it comes; the command's host is at a port of this machine.
fn shell(dir: &Path, line: &str) -> String {
    let mut shell = Command::new("sh");
    shell.current_dir(dir).env("LC_ALL", "C").env_remove("SSLKEYLOGFILE");
    let line = format!("{line} 2>&1");
    let output = shell.args(["-c", &line]).stdin(Stdio::null()).output().expect("a shell");
    String::from_utf8(output.stdout).expect("text")
}

fn inspection(id: &str) -> &'static Inspection {
    Inspection::find(id).expect("a command")
}

/// What the real program printed, without what belongs to one call: the number of the thread, places in OpenSSL's
/// source, what is left out, and what comes after the handshake.
fn s_client_lines(said: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut is_over = false;
    for line in said.lines() {
        let line = match line.split_once(":error:") {
            Some((_, error)) => {
                let parts: Vec<&str> = error.split(':').collect();
                let more = parts.iter().find(|part| part.starts_with("SSL alert number"));
                let more = more.map(|more| format!(":{more}")).unwrap_or_default();
                format!("error:{}:{}::{}{more}", parts[0], parts[1], parts[3])
            }
            None => line.to_owned(),
        };
        let is_left_out =
            LEFT_OUT.iter().any(|(start, _)| line.starts_with(start)) || line.is_empty();
        if is_over || is_left_out {
            continue;
        }
        is_over = line == "---"
            && lines.last().is_some_and(|last: &String| {
                last.starts_with("Verify return code")
                    || last.starts_with("    Extended master secret")
            });
        // What goes to standard output is kept back until the end, where no terminal is there.
        if line.starts_with("CONNECTED(") {
            // With the number of the socket.
            lines.insert(0, "CONNECTED(00000003)".to_owned());
        } else {
            lines.push(line);
        }
    }
    lines
}

#[test]
fn s_client_prints_what_openssl_prints_for_every_fault_at_one_of_the_ends() {
    let mut compared = 0;
    for suspect in suspects() {
        let Some(plan) = servable(&suspect) else { continue };
        let (dir, port) =
            (folder(&format!("s_client-{}", suspect.fault.id), &suspect), serve(plan));
        for id in ["s_client", "no-sni", "tls1_2", "tls1_3"] {
            let one = inspection(id);
            let Some(ours) = one.answer(&suspect).expect("a run") else {
                println!("{} {id}: no answer", suspect.fault.id);
                continue;
            };
            let line = one.line(&suspect);
            let line =
                line.replace(&format!("{}:443", suspect.host()), &format!("127.0.0.1:{port}"));
            let said = shell(&dir, &at_its_time(&line, &suspect));
            let ours: Vec<&str> = ours.lines().collect();
            assert_eq!(ours, s_client_lines(&said), "{} {line}\n{said}", suspect.fault.id);
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared}");
}

/// A command by the client's clock.
fn at_its_time(line: &str, suspect: &Suspect) -> String {
    let ahead = suspect.client_clock() - i64::try_from(suspect.scenario.clock).expect("a time");
    if ahead == 0 { line.to_owned() } else { clock::line_ahead(&format!("{ahead:+}"), line) }
}

#[test]
fn curl_prints_what_curl_prints_for_every_fault_at_one_of_the_ends() {
    let one = inspection("curl");
    let mut compared = 0;
    for suspect in suspects() {
        let Some(plan) = servable(&suspect) else { continue };
        let Some(ours) = one.answer(&suspect).expect("a run") else {
            println!("{}: no answer", suspect.fault.id);
            continue;
        };
        if suspect.scenario.plan().path.between != Between::Nothing && ours.starts_with("HTTP/") {
            // It comes from behind the gateway.
            continue;
        }
        let (dir, port) = (folder(&format!("curl-{}", suspect.fault.id), &suspect), serve(plan));
        let host = suspect.host();
        let line = one.line(&suspect);
        let to = format!(" --connect-to ::127.0.0.1:{port} ");
        let said =
            shell(&dir, &at_its_time(&line.replace(" https", &format!("{to}https")), &suspect));
        // The port that it really went to, and how long that took.
        let said = said.replace("connect to 127.0.0.1 ", &format!("connect to {host} "));
        let milliseconds = |text: &str| match text.split_once(" after ") {
            Some((head, rest)) => {
                let (_, rest) = rest.split_once(' ').expect("a number");
                format!("{} {rest}", head.replace(&format!("port {port}"), "port 443"))
            }
            None => text.to_owned(),
        };
        assert_eq!(milliseconds(&ours), milliseconds(&said), "{} {line}", suspect.fault.id);
        compared += 1;
    }
    assert!(compared > 30, "{compared}");
}

#[test]
fn x509_and_pkey_print_what_openssl_prints_for_every_fault() {
    for suspect in suspects() {
        let dir = folder(&format!("x509-{}", suspect.fault.id), &suspect);
        let run = suspect.run(Who::SClient { only: None, is_named: true }).expect("a run");
        for (place, der) in (1..).zip(sent(&run)) {
            let file = dir.join(format!("sent-{place}.pem"));
            std::fs::write(file, pem::encode("CERTIFICATE", &der)).expect("a file");
        }
        for id in ["x509", "roots", "client-cert", "client-key"] {
            let one = inspection(id);
            let Some(ours) = one.answer(&suspect).expect("a run") else { continue };
            let said = shell(&dir, &format!("{{ {}; }}", one.line(&suspect)));
            // Behind a file that cannot be opened, OpenSSL says how it tried.
            let said: String = said
                .lines()
                .filter(|line| !line.contains(":error:"))
                .map(|line| format!("{line}\n"))
                .collect();
            // This goes to standard error, and comes first where no terminal is there.
            let none = "No extensions in certificate\n";
            assert_eq!(ours.matches(none).count(), said.matches(none).count());
            let (ours, said) = (ours.replace(none, ""), said.replace(none, ""));
            assert_eq!(ours, said, "{} {id}", suspect.fault.id);
        }
    }
}

/// The certificates that a client got, read from its run by the names of fields.
fn sent(run: &Run) -> Vec<Vec<u8>> {
    use handshake_lab::tls::HandshakeType;
    use handshake_lab::wire::view::Certificate;
    let message = run.dissection().handshake(Endpoint::Server, HandshakeType::CERTIFICATE);
    let view = message.filter(|message| message.received_us.is_some());
    let view = view.and_then(|message| message.view::<Certificate<'_>>());
    view.map_or_else(Vec::new, |view| view.entries().iter().map(|one| one.der.to_vec()).collect())
}

#[test]
fn tcpdump_and_tshark_print_what_they_print_of_the_same_capture_for_every_fault() {
    for suspect in suspects() {
        let dir = folder(&format!("capture-{}", suspect.fault.id), &suspect);
        let capture = suspect.capture().expect("a run");
        std::fs::write(dir.join("client.pcapng"), pcapng::write(&capture)).expect("a file");
        for id in ["tcpdump", "tshark"] {
            let one = inspection(id);
            let Some(ours) = one.answer(&suspect).expect("a run") else { continue };
            let line = one.line(&suspect).replace("-r client", "-r ./client");
            let said = shell(&dir, &format!("{{ {line} 2>/dev/null; }}"));
            assert_eq!(ours, said, "{} {id}", suspect.fault.id);
        }
    }
}

#[test]
fn errors_have_the_words_of_openssl() {
    for error in SslError::alerts().chain([SslError::BAD_SIGNATURE, SslError::WRONG_VERSION]) {
        let code = error.text().split(':').nth(1).expect("a code").to_owned();
        let said = shell(Path::new("."), &format!("openssl errstr {code}"));
        assert_eq!(said.trim(), error.text());
    }
}

#[test]
fn dates_are_those_of_date() {
    for at in [0, 951_782_400, 1_767_268_800, 1_772_323_199] {
        assert_eq!(shell(Path::new("."), &format!("date -u -d @{at}")).trim(), date_u(at));
    }
}

/// Seeds of each level that are tried.
const SEEDS: std::ops::Range<u64> = 0..4;

fn observed() -> Vec<Observation> {
    Observation::all_from_json(include_str!("../data/observed.json")).expect("observations")
}

fn drawn(level: &'static Level, seed: u64, observed: &[Observation]) -> Mystery {
    let drawn = Mystery::drawn(level, seed, observed, Capabilities::all()).expect("runs");
    drawn.unwrap_or_else(|| panic!("{}/{seed}: none", level.id))
}

/// What is done with each mystery of every level.
fn each(mut what: impl FnMut(&Mystery, &str)) {
    let observed = observed();
    for level in LEVELS {
        for seed in SEEDS {
            what(&drawn(level, seed, &observed), &format!("{}/{seed}", level.id));
        }
    }
}

/// All that is shown before the candidates: the line, and whatever the commands print.
fn shown(mystery: &Mystery) -> String {
    let answers = mystery.inspections.iter().map(|one| {
        let answer = mystery.run(one).expect("a run").expect("an answer");
        mystery.line(one) + "\n" + &answer
    });
    mystery.symptom.line.clone() + "\n" + &answers.collect::<String>()
}

#[test]
fn a_mystery_is_the_same_for_the_same_level_and_seed_and_another_for_others() {
    let observed = observed();
    for level in LEVELS {
        let told = |seed| {
            let one = drawn(level, seed, &observed);
            let candidates: Vec<&str> = one.candidates.iter().map(|fault| fault.id).collect();
            (one.symptom.clone(), candidates, one.fixes.clone(), shown(&one))
        };
        assert_eq!(told(3), told(3), "{}", level.id);
        let causes: std::collections::BTreeSet<&str> =
            SEEDS.map(|seed| drawn(level, seed, &observed).cause().fault.id).collect();
        assert!(causes.len() > 2, "{}: {causes:?}", level.id);
    }
}

#[test]
fn what_a_mystery_shows_never_names_its_fault() {
    each(|mystery, name| {
        let (id, shown) = (mystery.cause().fault.id, shown(mystery));
        // One of the words that make an id may well be said by a program.
        assert!(!id.contains('-') || !shown.contains(id), "{name}: {id}");
    });
}

#[test]
fn the_cause_and_its_fix_are_among_the_choices_and_every_choice_stands_there_once() {
    each(|mystery, name| {
        let cause = mystery.cause().fault;
        let ids: Vec<&str> = mystery.candidates.iter().map(|fault| fault.id).collect();
        assert_eq!(ids.iter().filter(|id| **id == cause.id).count(), 1, "{name}");
        assert_eq!(ids.len(), mystery.others().len() + 1, "{name}");
        assert!(ids.len() > 2, "{name}: {ids:?}");
        assert!(mystery.fixes.contains(&cause.words().fix), "{name}");
        let once: std::collections::BTreeSet<&&str> = ids.iter().chain(&mystery.fixes).collect();
        assert_eq!(once.len(), ids.len() + mystery.fixes.len(), "{name}");
    });
}

#[test]
fn the_fewest_commands_tell_the_cause_from_everything_else_and_no_fewer_do() {
    each(|mystery, name| {
        let fewest = mystery.fewest().expect("runs");
        let all = mystery.others().len();
        assert!(!fewest.is_empty(), "{name}");
        assert_eq!(mystery.ruled_out(&fewest).expect("runs").len(), all, "{name}");
        for left_out in 0..fewest.len() {
            let mut fewer = fewest.clone();
            fewer.remove(left_out);
            assert!(mystery.ruled_out(&fewer).expect("runs").len() < all, "{name}");
        }
        assert!(mystery.ruled_out(&[]).expect("runs").is_empty(), "{name}");
    });
}

#[test]
fn the_model_answer_has_all_points_and_a_guess_has_those_of_the_guess_alone() {
    each(|mystery, name| {
        let cause = mystery.cause().fault;
        let (fix, used) = (Some(cause.words().fix), mystery.fewest().expect("runs"));
        let best = mystery.score(&Answer { cause, fix, used }).expect("runs");
        assert_eq!(best.points, 100, "{name}: {best:?}");
        assert_eq!(best.parts.iter().map(|part| part.of).sum::<u32>(), 100);
        let guess = mystery.score(&Answer { cause, fix: None, used: Vec::new() }).expect("runs");
        assert_eq!(guess.points, guess.parts[0].of, "{name}: {guess:?}");
        let wrong = mystery.others()[0].fault;
        let wrong = mystery.score(&Answer { cause: wrong, fix: None, used: Vec::new() });
        assert_eq!(wrong.expect("runs").points, 0, "{name}");
        let everything = mystery.inspections.clone();
        let all = mystery.score(&Answer { cause, fix, used: everything }).expect("runs");
        assert!(all.points < 100 && all.points >= 90, "{name}: {all:?}");
    });
}

#[test]
fn a_line_was_said_by_the_program_that_is_named_about_this_fault_or_by_the_client_of_its_run() {
    let observed = observed();
    each(|mystery, name| {
        let (symptom, fault) = (&mystery.symptom, mystery.cause().fault.id);
        if symptom.version.is_empty() {
            let run = mystery.cause().run(Who::Program).expect("a run");
            let error = &run.connection().client_end.error;
            assert!(
                error.as_ref() == Some(&symptom.line) || symptom.line.starts_with("HTTP/1.1 5"),
                "{name}: {symptom:?}"
            );
            return;
        }
        let own =
            |one: &&Observation| one.program == symptom.program && one.version == symptom.version;
        let plain = symptom.line.replace(mystery.host(), "127.0.0.1").replace(":443", ":PORT");
        let says = |one: &Observation| {
            let error = one.error.as_deref().unwrap_or_default();
            error == symptom.line || error.replace(mystery.host(), "127.0.0.1") == plain
        };
        let is_code = |one: &Observation| {
            mystery.level.only_code_of.is_some()
                && one.error.as_deref().is_some_and(|error| error.starts_with(&symptom.line))
        };
        let found = observed.iter().filter(own);
        let found = found.filter(|one| is_code(one) || (one.fault == fault && says(one)));
        assert!(found.count() > 0, "{name}: {symptom:?}");
    });
}

#[test]
fn the_first_level_is_about_time_name_and_issuer_and_all_three_come_up() {
    let observed = observed();
    let first = LEVELS.first().expect("a level");
    let mut numbers = std::collections::BTreeSet::new();
    for seed in 0..20 {
        let mystery = drawn(first, seed, &observed);
        assert!(mystery.symptom.line.ends_with("[SSL: CERTIFICATE_VERIFY_FAILED]"));
        let who = Who::SClient { only: None, is_named: true };
        numbers.insert(mystery.cause().verify_error(who).expect("a run").expect("an error").number);
    }
    let has = |some: &[u16]| some.iter().any(|one| numbers.contains(one));
    assert!(has(&[9, 10]) && has(&[18, 19, 20]) && has(&[62, 64]), "{numbers:?}");
}

#[test]
fn every_command_is_evidence_in_some_mystery_unless_it_prints_the_same_whatever_is_wrong() {
    let mut candidates = std::collections::BTreeSet::new();
    each(|mystery, _| candidates.extend(mystery.candidates.iter().map(|fault| fault.id)));
    let all: Vec<Suspect> =
        suspects().into_iter().filter(|one| candidates.contains(one.fault.id)).collect();
    let prints_the_same = |one: &Inspection| {
        let answers = all.iter().filter_map(|suspect| one.answer(suspect).expect("a run"));
        answers.collect::<std::collections::BTreeSet<String>>().len() == 1
    };
    let mut telling = std::collections::BTreeSet::new();
    each(|mystery, _| {
        for one in &mystery.inspections {
            if !mystery.ruled_out(&[one]).expect("runs").is_empty() {
                telling.insert(one.id);
            }
        }
    });
    for one in INSPECTIONS {
        assert!(telling.contains(one.id) != prints_the_same(one), "{}", one.id);
    }
}
