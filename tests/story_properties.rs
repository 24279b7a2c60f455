//! What holds of every story, whatever the scenario: over all presets with all faults, the gateways
//! among them, and over many links that lose packets.

#![cfg(test)]

use handshake_lab::dissect::PacketView;
use handshake_lab::faults::FAULTS;
use handshake_lab::run::Run;
use handshake_lab::scenario::{Gateway, PRESETS, Scenario};
use handshake_lab::story::{FactId, Remark, Step, Story, Subject};
use handshake_lab::trace::{Connection, Endpoint, Implementation, Role};
use std::ops::Range;
use std::sync::OnceLock;

/// Every preset by itself and with every fault that goes with it.
fn broken_or_not() -> &'static [Run] {
    static RUNS: OnceLock<Vec<Run>> = OnceLock::new();
    RUNS.get_or_init(|| {
        let bases = PRESETS.iter().map(Scenario::from_preset);
        let scenarios = bases.flat_map(|base| {
            let broken = FAULTS.iter().filter_map(|fault| base.with(&[("fault", fault.id)]).ok());
            let broken: Vec<Scenario> = broken.collect();
            std::iter::once(base).chain(broken)
        });
        scenarios.map(|scenario| run(&scenario)).collect()
    })
}

/// Every preset on four links that lose a fifth of all packets: each preset on others.
fn lossy() -> &'static [Run] {
    static RUNS: OnceLock<Vec<Run>> = OnceLock::new();
    RUNS.get_or_init(|| {
        let seeds = |place: usize| (0..4).map(move |nth| (4 * place + nth + 1).to_string());
        let presets = PRESETS.iter().enumerate();
        let scenarios = presets.flat_map(|(place, preset)| {
            let base = Scenario::from_preset(preset);
            seeds(place).filter_map(move |seed| {
                base.with(&[("loss", "0.2"), ("reorder", "0.1"), ("seed", &seed)]).ok()
            })
        });
        let runs: Vec<Run> = scenarios.map(|scenario| run(&scenario)).collect();
        assert!(runs.len() >= 60, "{} lossy runs", runs.len());
        runs
    })
}

fn run(scenario: &Scenario) -> Run {
    Run::new(scenario, &handshake_lab::engine::Capabilities::all())
        .unwrap_or_else(|error| panic!("{}: {error}", scenario.text()))
}

fn stories(runs: &[Run]) -> impl Iterator<Item = (&Run, usize, &Connection, &Story)> {
    runs.iter().flat_map(|run| {
        let stories = run.trace.connections.iter().zip(run.stories.iter()).enumerate();
        stories.map(move |(at, (connection, story))| (run, at, connection, story))
    })
}

/// Every sentence of a story.
fn sentences(story: &Story) -> Vec<String> {
    let mut all = vec![story.ending.clone()];
    for step in &story.steps {
        all.extend([&step.what, &step.why, &step.eavesdropper].map(String::clone));
        all.extend(step.notices());
    }
    all.extend(story.checks.iter().flat_map(|c| [c.question.clone(), c.detail.clone()]));
    all.extend(story.facts.iter().flat_map(|f| [f.name.clone(), f.why.clone()]));
    all.extend(story.transcript.iter().map(|entry| entry.used_for.clone()));
    all
}

/// What follows "the client" or "the server" in a name of the standards, or says that any is meant.
const TERMS: [&str; 4] = ["random", "certificate", "name", "it"];

/// Whether the text, outside of code, says "the `noun`" and means an end.
fn names(text: &str, noun: &str) -> bool {
    let words: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" x ");
    let words = words.replace("**", "").to_lowercase();
    let the = format!("the {noun}");
    words.match_indices(&the).any(|(at, _)| {
        let rest = &words[at + the.len()..];
        let is_word = !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let next = rest.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next();
        is_word && !(rest.starts_with(' ') && next.is_some_and(|word| TERMS.contains(&word)))
    })
}

#[test]
fn no_sentence_names_an_end_that_is_not_there() {
    let all = [Role::Client, Role::Server, Role::Gateway, Role::Service];
    let mut gateways = 0;
    for (run, at, _, story) in stories(broken_or_not()).chain(stories(lossy())) {
        let roles = story.roles;
        let there = [roles.client, roles.server, roles.tls_client, roles.tls_server];
        gateways += usize::from(run.scenario().gateway != Gateway::None);
        // HTTP of the inner hop speaks of who is behind the gateway, as its fields do.
        let inner = run.scenario().gateway == Gateway::Terminate && at == 1;
        for absent in all.iter().filter(|role| !there.contains(role)) {
            if inner && *absent == Role::Client {
                continue;
            }
            for text in sentences(story) {
                let name = run.scenario().text();
                assert!(!names(&text, absent.name()), "{name}, connection {at}: {text}");
            }
        }
    }
    assert!(gateways > 0);
}

fn packet(run: &Run, connection: usize, number: u32) -> &PacketView {
    let packets = &run.dissections[connection].packets;
    packets.iter().find(|packet| packet.number == number).expect("a packet of this number")
}

#[test]
fn what_a_remark_says_was_lost_was_lost_and_was_missed() {
    let mut late = 0;
    for (run, at, _, story) in stories(lossy()) {
        for step in &story.steps {
            let name = format!("{}, connection {at}, step {}", run.scenario().text(), step.index);
            for remark in &step.remarks {
                let (packets, complete) = match remark {
                    Remark::Late { packets, after_us, .. } => {
                        assert_eq!(step.received_us, Some(step.sent_us + after_us), "{name}");
                        late += 1;
                        (packets, step.received_us)
                    }
                    Remark::Incomplete { packets, .. } => {
                        assert_eq!(step.received_us, None, "{name}");
                        (packets, None)
                    }
                    Remark::Lost => {
                        assert_eq!(step.received_us, None, "{name}");
                        continue;
                    }
                    Remark::Changed { .. } | Remark::Unread { .. } | Remark::HalfClosed { .. } => {
                        continue;
                    }
                };
                assert!(!packets.is_empty(), "{name}");
                for number in packets {
                    let lost = packet(run, at, *number);
                    assert_eq!(lost.received_us, None, "{name}: packet {number}");
                    let in_time = complete.is_none_or(|complete| lost.sent_us < complete);
                    assert!(in_time, "{name}: packet {number} was sent afterwards");
                }
            }
        }
    }
    assert!(late > 50, "{late}");
}

/// The places in the stream that a packet takes: a FIN takes one behind its data.
fn numbers(packet: &PacketView) -> Option<Range<usize>> {
    let payload = packet.stream_range()?;
    Some(payload.start..payload.end + usize::from(packet.flags.contains("FIN")))
}

#[test]
fn a_retransmission_says_that_something_is_lost_exactly_if_it_is() {
    let (mut lost, mut needless) = (0, 0);
    for (run, at, _, story) in stories(lossy()) {
        for step in story.steps.iter().filter(|step| step.title == "TCP retransmission") {
            let Subject::Packet(index) = step.subject else { panic!("{step:?}") };
            let again = &run.dissections[at].packets[index];
            // The bytes that no packet before had brought or was to bring.
            let parts = &run.dissections[at];
            let range = numbers(again).expect("data");
            let missing = range.clone().any(|byte| {
                let before = parts.packets.iter().filter(|p| {
                    p.number < again.number
                        && p.from == again.from
                        && numbers(p).is_some_and(|range| range.contains(&byte))
                });
                let before: Vec<_> = before.collect();
                !before.is_empty() && before.iter().all(|p| p.received_us.is_none())
            });
            let name = format!("{}, connection {at}, step {}", run.scenario().text(), step.index);
            let says = step.why.ends_with("it was lost.");
            assert!(says == missing || step.why.contains("was not lost"), "{name}: {}", step.why);
            assert!(!step.why.contains("Nothing is lost"), "{name}: {}", step.why);
            *if missing { &mut lost } else { &mut needless } += 1;
        }
    }
    assert!(lost > 20 && needless > 5, "{lost}, {needless}");
}

/// A remark that does not depend on how many bytes the messages have.
fn of(steps: &[Step], title: &str) -> Vec<bool> {
    let own = steps.iter().filter(|step| step.title.starts_with(title));
    own.map(|step| step.remarks.is_empty()).collect()
}

#[test]
fn a_key_that_is_not_about_the_link_takes_no_remark_away() {
    // Which packets are lost is drawn packet by packet, so that the same are as long as the flights
    // have as many.
    let messages = ["ClientHello", "ServerHello", "EncryptedExtensions", "Certificate", "Finished"];
    let mut compared = 0;
    for seed in 1..=25 {
        let seed = seed.to_string();
        let base = Scenario::parse("tls13").unwrap();
        let base = base.with(&[("loss", "0.2"), ("seed", &seed)]).unwrap();
        let plain = run(&base);
        for key in [("server-cert-type", "raw-public-key"), ("alpn", "http/1.1"), ("alpn", "none")]
        {
            let other = run(&base.with(&[key]).unwrap());
            let fates = |run: &Run| -> Vec<(Endpoint, bool, u64)> {
                let packets = run.dissection().packets.iter();
                packets.map(|p| (p.from, p.received_us.is_none(), p.sent_us)).collect()
            };
            if fates(&plain) != fates(&other) {
                continue;
            }
            compared += 1;
            for title in messages {
                let [before, after] = [&plain, &other].map(|run| of(&run.story().steps, title));
                assert_eq!(before, after, "{title} with {key:?}, seed {seed}");
            }
        }
    }
    assert!(compared > 20, "{compared}");
}

#[test]
fn a_raw_public_key_keeps_the_remark_that_its_flight_was_lost() {
    let run =
        run(&Scenario::parse("tls13+server-cert-type=raw-public-key+loss=0.2+seed=9").unwrap());
    for title in ["EncryptedExtensions", "Certificate, raw public key", "CertificateVerify"] {
        let step = run.story().steps.iter().find(|step| step.title == title).expect(title);
        assert!(matches!(step.remarks[..], [Remark::Late { .. }]), "{title}: {:?}", step.remarks);
        assert_eq!(step.notices().count(), 2, "{title}");
    }
}

#[test]
fn nobody_knows_what_it_reads_before_it_has_the_key() {
    for (run, at, connection, story) in stories(broken_or_not()) {
        if connection.roles.passes_on(Endpoint::Client)
            || connection.roles.passes_on(Endpoint::Server)
        {
            continue;
        }
        let fact = |id| story.facts.iter().find(|fact| fact.id == id);
        let early = fact(FactId::Secret("client_early_traffic_secret"));
        let application = fact(FactId::Secret("server_application_traffic_secret_0"));
        let name = format!("{}, connection {at}", run.scenario().text());
        if let (Some(request), Some(keys)) = (fact(FactId::Request), early)
            && request.server.is_some()
            && keys.server.is_some()
        {
            assert!(keys.server <= request.server, "{name}: {keys:?} {request:?}");
        }
        if let (Some(response), Some(keys)) = (fact(FactId::Response), application) {
            assert!(keys.client <= response.client, "{name}: {keys:?} {response:?}");
        }
    }
}

#[test]
fn the_story_needs_no_scenario() {
    for run in broken_or_not().iter().take(12) {
        let mut trace = (*run.trace).clone();
        trace.scenario = None;
        for (at, dissection) in run.dissections.iter().enumerate() {
            let told = handshake_lab::story::tell(&trace, &trace.connections[at], dissection);
            assert_eq!(sentences(&told), sentences(&run.stories[at]), "{}", run.scenario().text());
        }
    }
}

#[test]
fn of_an_unknown_implementation_nothing_is_said() {
    for text in ["hostname-mismatch", "tls12-rsa"] {
        let told = run(&Scenario::parse(text).unwrap());
        let mut trace = (*told.trace).clone();
        for connection in &mut trace.connections {
            connection.implementations.client = Implementation::Unknown;
            connection.implementations.server = Implementation::Unknown;
        }
        let dissection = told.dissection();
        let story =
            handshake_lab::story::tell(&trace, &trace.connections[told.focus()], dissection);
        for step in &story.steps {
            let said = format!("{} {} {}", step.what, step.why, step.notice);
            assert!(!said.contains("rustls") && !said.contains("teaching"), "{text}: {said}");
        }
    }
}
