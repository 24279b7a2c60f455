//! What holds of every story, whatever the scenario: over all presets with all faults, the gateways
//! among them, and over many links that lose packets.

#![cfg(test)]

use handshake_lab::dissect::PacketView;
use handshake_lab::engine::Capabilities;
use handshake_lab::faults::FAULTS;
use handshake_lab::plan::Between;
use handshake_lab::run::Run;
use handshake_lab::scenario::{Gateway, KEYS, PRESETS, Scenario};
use handshake_lab::story::{FactId, Remark, Step, Story, Subject, Told, segment, words};
use handshake_lab::trace::{ChainRefusal, Connection, Endpoint, Implementation, Op, Role};
use handshake_lab::wire::Node;
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

/// Every sentence said of a connection.
fn sentences(run: &Run, connection: usize) -> Vec<String> {
    let run = run.at(connection);
    let (story, findings) = (run.story(), run.findings());
    let mut all = vec![story.ending.clone()];
    for step in run.told() {
        all.extend(
            [&step.words.what, &step.words.why, &step.words.eavesdropper].map(String::clone),
        );
        all.extend(step.notices());
    }
    all.extend(findings.checks.iter().flat_map(|c| [c.question.clone(), c.detail.clone()]));
    all.extend(run.facts().iter().flat_map(|f| [f.name.clone(), f.why.clone()]));
    all.extend(findings.transcript.iter().map(|entry| entry.used_for.clone()));
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
    let all = Role::ALL;
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
            for text in sentences(run, at) {
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
                    Remark::Changed { .. }
                    | Remark::Meddled { .. }
                    | Remark::Unread { .. }
                    | Remark::HalfClosed { .. } => continue,
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
    for (run, at, _, _) in stories(lossy()) {
        for step in titled(run, at, "TCP retransmission") {
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
            let says = step.words.why.ends_with("it was lost.");
            assert!(
                says == missing || step.words.why.contains("was not lost"),
                "{name}: {}",
                step.words.why
            );
            assert!(!step.words.why.contains("Nothing is lost"), "{name}: {}", step.words.why);
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
        let step = run.told().find(|step| step.title == title).expect(title);
        assert!(matches!(step.remarks[..], [Remark::Late { .. }]), "{title}: {:?}", step.remarks);
        assert_eq!(step.notices().count(), 2, "{title}");
    }
}

#[test]
fn nobody_knows_what_it_reads_before_it_has_the_key() {
    for (run, at, connection, _) in stories(broken_or_not()) {
        if connection.roles.passes_on(Endpoint::Client)
            || connection.roles.passes_on(Endpoint::Server)
        {
            continue;
        }
        let run = run.at(at);
        let fact = |id| run.facts().iter().find(|fact| fact.id == id);
        let early = fact(FactId::Secret("client_early_traffic_secret"));
        let application = fact(FactId::Secret("server_application_traffic_secret_0"));
        let name = format!("{}, connection {at}", run.scenario().text());
        if let (Some(request), Some(keys)) = (fact(FactId::Request), early)
            && request.server.is_some()
            && keys.server.is_some()
        {
            assert!(keys.server <= request.server, "{name}: {keys:?} {request:?}");
        }
        // A response that never came has been read by nobody.
        if let (Some(response), Some(keys)) = (fact(FactId::Response), application)
            && response.client.is_some()
        {
            assert!(keys.client <= response.client, "{name}: {keys:?} {response:?}");
        }
    }
}

#[test]
fn each_end_computes_a_key_only_where_both_came_to_know_it() {
    let mut alone = 0;
    for (run, at, ..) in stories(broken_or_not()) {
        for fact in run.at(at).facts() {
            let FactId::Secret(key) = fact.id else { continue };
            let both = fact.client.is_some() && fact.server.is_some();
            let name = format!("{}, connection {at}, {key}: {}", run.scenario().text(), fact.why);
            assert!(both || !fact.why.contains("each end"), "{name}");
            assert!(!both || !fact.why.contains(" alone computes "), "{name}");
            alone += usize::from(fact.why.contains(" alone computes "));
        }
    }
    assert!(alone > 50, "{alone}");
}

#[test]
fn the_story_needs_no_scenario() {
    for run in broken_or_not().iter().step_by(31) {
        let mut trace = (*run.trace).clone();
        trace.scenario = None;
        let told = Run::of(run.origin.clone(), trace, &Capabilities::all()).expect("a run");
        for at in 0..run.stories.len() {
            assert_eq!(sentences(&told, at), sentences(run, at), "{}", run.scenario().text());
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
        let words = words(&trace, &trace.connections[told.focus()], dissection, &story);
        for (step, words) in story.steps.iter().zip(&words) {
            let step = Told { step, words };
            let said = format!("{} {} {}", step.words.what, step.words.why, step.words.notice);
            assert!(!said.contains("rustls") && !said.contains("teaching"), "{text}: {said}");
        }
    }
}

/// What one thing is called, and what it is therefore not called.
const NOT_SAID: [(&str, &str); 7] = [
    ("listener", "eavesdropper"),
    ("only listens", "eavesdropper"),
    ("octet", "byte"),
    ("session's key", "pre-shared key"),
    ("session's secret", "pre-shared key, or in TLS 1.2 main secret"),
    ("traffic keys", "handshake keys, application keys, connection keys"),
    ("checksum over the handshake", "message authentication code"),
];

#[test]
fn one_thing_has_one_name() {
    for (run, at, connection, _) in stories(broken_or_not()).chain(stories(lossy())) {
        let parts = &run.dissections[at];
        let packets = parts.packets.iter();
        let mut told = sentences(run, at);
        told.extend(packets.flat_map(|p| segment::notes(parts, connection.roles, p)));
        let messages = parts.messages.iter().flat_map(|message| &message.nodes);
        let records = parts.records.iter().flat_map(|record| &record.nodes);
        let packets = parts.packets.iter().flat_map(|packet| &packet.nodes);
        for node in messages.chain(records).chain(packets) {
            // ASN.1 has a type of this name.
            let note = |node: &Node| node.field.note.replace("OCTET STRING", "");
            node.walk(&mut |node, _| told.push(note(node)));
        }
        told.sort_unstable();
        told.dedup();
        for text in told {
            for (word, better) in NOT_SAID {
                let name = run.scenario().text();
                assert!(
                    !text.to_lowercase().contains(word),
                    "{name}: {better}, not {word}: {text}"
                );
            }
        }
    }
}

fn titled<'a>(run: &'a Run, at: usize, title: &str) -> impl Iterator<Item = Told<'a>> {
    run.told_of(at).filter(move |step| step.title == title)
}

#[test]
fn a_first_client_hello_promises_one_round_trip_only_where_no_retry_follows() {
    let mut retried = 0;
    for (run, at, _, _) in stories(broken_or_not()).chain(stories(lossy())) {
        let name = format!("{}, connection {at}", run.scenario().text());
        let Some(hello) = titled(run, at, "ClientHello").next() else { continue };
        let retry = titled(run, at, "HelloRetryRequest").next().is_some();
        let guess = hello.words.why.contains("the guess is wrong");
        assert_eq!(guess, retry, "{name}: {}", hello.words.why);
        assert!(!(retry && hello.words.why.contains("handshake of one round trip")), "{name}");
        retried += usize::from(retry);
    }
    assert!(retried > 0);
}

#[test]
fn a_server_hello_announces_a_dummy_exactly_if_one_follows_it() {
    for (run, at, _, story) in stories(broken_or_not()).chain(stories(lossy())) {
        if run.dissections[at].negotiated.version.is_none_or(|version| version.0 != 0x0304) {
            continue;
        }
        for hello in
            titled(run, at, "ServerHello").filter(|hello| hello.words.notice.contains("after this"))
        {
            let later = &story.steps[hello.index..];
            let dummy = later.iter().any(|s| s.title == "ChangeCipherSpec" && s.from == hello.from);
            let name = run.scenario().text();
            assert_eq!(
                hello.words.notice.contains("dummy"),
                dummy,
                "{name}: {}",
                hello.words.notice
            );
        }
    }
}

#[test]
fn what_is_said_to_take_one_round_trip_takes_one() {
    let mut longer = 0;
    for (run, at, _, _) in stories(broken_or_not()).chain(stories(lossy())) {
        let syn = titled(run, at, "SYN").next().expect("a SYN");
        for answer in titled(run, at, "SYN, ACK") {
            let Some(received_us) = answer.received_us else { continue };
            let name =
                format!("{}, connection {at}: {}", run.scenario().text(), answer.words.notice);
            let there = syn.received_us.map(|received_us| received_us - syn.sent_us);
            let and_back = there.map(|there| there + received_us - answer.sent_us);
            let is_one = and_back == Some(received_us - syn.sent_us);
            assert!(is_one || !answer.words.notice.contains("round trip"), "{name}");
            longer += usize::from(!is_one);
        }
    }
    assert!(longer > 0);
}

#[test]
fn the_segments_of_a_client_hello_are_those_it_takes_and_not_those_sent_again() {
    let number = |step: Told<'_>| -> Option<usize> {
        let (_, count) = step.words.notice.split_once("the ClientHello needs ")?;
        count.split(' ').next()?.parse().ok()
    };
    let mut again = 0;
    for (run, at, _, _) in stories(lossy()) {
        for hello in titled(run, at, "ClientHello") {
            let Some(told) = number(hello) else { continue };
            let ranges = hello.packets.iter().map(|number| packet(run, at, *number).stream_range());
            let mut starts: Vec<usize> = ranges.flatten().map(|range| range.start).collect();
            again += usize::from(starts.len() > told);
            starts.dedup();
            starts.sort_unstable();
            starts.dedup();
            assert_eq!(told, starts.len(), "{}, connection {at}", run.scenario().text());
        }
    }
    assert!(again > 0);
}

#[test]
fn a_certificate_is_told_by_the_clock_of_its_reader() {
    let mut refused = 0;
    for (run, at, connection, _) in stories(broken_or_not()) {
        let judged = connection.events.iter().filter_map(|event| match &event.op {
            Op::CertificatePath { refusal, at, .. } => Some((event.by, *refusal, *at)),
            _ => None,
        });
        let plan = run.scenario().plan();
        for (by, refusal, moment) in judged {
            // What is told is the leaf: an issuer's validity is a check's.
            let shower = match (by, connection.roles.tls(by.peer()), &plan.path.between) {
                (Endpoint::Client, Role::Gateway, Between::Relay(gateway)) => &gateway.front,
                (Endpoint::Client, ..) => &plan.server,
                (_, Role::Gateway, Between::Relay(gateway)) => {
                    gateway.back.as_ref().expect("a gateway that speaks TLS to the service")
                }
                _ => &plan.client,
            };
            let leaf = shower.credential.as_ref().and_then(|own| own.chain().certificates.last());
            let in_time = leaf.is_some_and(|leaf| {
                (leaf.validity.not_before..=leaf.validity.not_after).contains(&moment)
            });
            let shown = run.told_of(at).filter(|s| s.from == by.peer());
            let shown =
                shown.filter(|s| s.title == "Certificate" || s.title == "CompressedCertificate");
            for step in shown {
                let name =
                    format!("{}, connection {at}: {}", run.scenario().text(), step.words.what);
                let expired = refusal == Some(ChainRefusal::Expired) && !in_time;
                let early = refusal == Some(ChainRefusal::NotYetValid) && !in_time;
                assert_eq!(step.words.what.contains("it expired on"), expired, "{name}");
                assert_eq!(step.words.what.contains("it is not valid before"), early, "{name}");
                refused += usize::from(expired || early);
            }
        }
    }
    assert!(refused > 10, "{refused}");
}

#[test]
fn what_a_record_costs_is_named_with_the_nonce_that_it_carries() {
    let suites = KEYS.iter().find(|key| key.name == "suite").expect("a key for suites");
    let base = Scenario::parse("tls12").unwrap();
    let mut with = [0, 0];
    for suite in suites.samples(&base) {
        let Ok(scenario) = base.with(&[("suite", &suite)]) else { continue };
        let run = run(&scenario);
        for step in run.told().filter(|s| s.words.notice.contains("On the wire it is")) {
            let record = &run.dissection().records[step.records[0]];
            let nonce = record.nodes.iter().any(|node| node.find("nonce_explicit").is_some());
            let told = step.words.notice.contains("nonce of 8 bytes");
            assert_eq!(told, nonce, "{suite}: {}", step.words.notice);
            with[usize::from(nonce)] += 1;
        }
    }
    assert!(with.iter().all(|count| *count > 0), "{with:?}");
}

#[test]
fn who_is_asked_for_a_certificate_is_not_known_before_it_answers() {
    let mut asked = 0;
    for (run, at, connection, _) in stories(broken_or_not()) {
        let roles = connection.roles;
        if roles.passes_on(Endpoint::Client) || roles.passes_on(Endpoint::Server) {
            continue;
        }
        let requests = titled(run, at, "CertificateRequest").next().is_some();
        for step in titled(run, at, "Finished").filter(|s| s.from == Endpoint::Server) {
            if !step.words.notice.contains("may already send") {
                continue;
            }
            let name = format!("{}, connection {at}: {}", run.scenario().text(), step.words.notice);
            assert!(step.words.notice.contains("does not know yet"), "{name}");
            assert_eq!(step.words.notice.contains("who the "), requests, "{name}");
            asked += usize::from(requests);
        }
    }
    assert!(asked > 0);
}

#[test]
fn a_signature_proves_a_name_only_to_who_accepts_the_certificate() {
    let (mut accepted, mut refused) = (0, 0);
    for (run, at, connection, _) in stories(broken_or_not()) {
        for step in titled(run, at, "CertificateVerify") {
            let judged = connection.events.iter().filter(|event| event.by == step.from.peer());
            let is_refused = judged
                .into_iter()
                .any(|event| matches!(event.op, Op::CertificatePath { refusal: Some(_), .. }));
            let name = format!("{}, connection {at}: {}", run.scenario().text(), step.words.why);
            let proves =
                step.words.why.contains("may speak for") || step.words.why.contains("proves who");
            assert!(!(is_refused && proves), "{name}");
            assert_eq!(is_refused, step.words.why.contains("does not accept"), "{name}");
            *if is_refused { &mut refused } else { &mut accepted } += 1;
        }
    }
    assert!(accepted > 20 && refused > 20, "{accepted}, {refused}");
}

#[test]
fn of_a_hello_that_was_changed_its_reader_knows_what_arrived_as_it_was_sent() {
    let mut known = [0, 0];
    for (run, at, _, _) in stories(broken_or_not()) {
        let run = run.at(at);
        let parts = run.dissection();
        let hello = parts.messages.iter().find(|message| message.name == "ClientHello");
        let Some(hello) = hello.filter(|hello| parts.is_understood(hello)) else { continue };
        let records = hello.records.iter().map(|index| &parts.records[*index]);
        let Some(received) = records.filter_map(|record| record.received.as_ref()).next() else {
            continue;
        };
        let facts = run.facts().iter();
        for fact in facts.filter(|f| [FactId::ServerName, FactId::ClientRandom].contains(&f.id)) {
            let sent = match fact.id {
                FactId::ServerName => parts.negotiated.server_name.clone().unwrap().into_bytes(),
                _ => hello.bytes[6..38].to_vec(),
            };
            let name = format!("{}, connection {at}: {fact:?}", run.scenario().text());
            let arrived = contains(received, &sent);
            assert_eq!(fact.server.is_some(), arrived, "{name}");
            known[usize::from(arrived)] += 1;
        }
    }
    assert!(known[1] > 4, "{known:?}");
}

#[test]
fn nobody_knows_a_request_that_it_never_read() {
    let mut unread = 0;
    for (run, at, connection, _) in stories(broken_or_not()) {
        let roles = connection.roles;
        let looked_at = run.at(at);
        let facts = looked_at.facts();
        let Some(request) = facts.iter().find(|fact| fact.id == FactId::Request) else {
            continue;
        };
        if roles.passes_on(Endpoint::Client) || roles.passes_on(Endpoint::Server) {
            continue;
        }
        let read = connection
            .events
            .iter()
            .any(|event| event.by == Endpoint::Server && matches!(event.op, Op::DataRead { .. }));
        let name = format!("{}, connection {at}: {request:?}", run.scenario().text());
        assert_eq!(request.server.is_some(), read, "{name}");
        unread += usize::from(!read);
    }
    assert!(unread > 20, "{unread}");
}

#[test]
fn what_is_said_to_be_closed_was_closed_by_what_arrived() {
    // Links on which even the last packets of a run are lost again and again.
    let base = Scenario::parse("tls12").unwrap();
    let link = |seed: u32| {
        base.with(&[("loss", "0.3"), ("reorder", "0.2"), ("seed", &seed.to_string())]).unwrap()
    };
    let harsh: Vec<Run> = (1..=8).map(|seed| run(&link(seed))).collect();
    let (mut lost_fins, mut lost_alerts) = (0, 0);
    let all = stories(broken_or_not()).chain(stories(lossy())).chain(stories(&harsh));
    for (run, at, _, story) in all {
        let name = format!("{}, connection {at}", run.scenario().text());
        let is_fin = |step: &Told<'_>| {
            matches!(step.subject, Subject::Packet(_)) && step.title.starts_with("FIN")
        };
        for fin in run.told_of(at).filter(is_fin) {
            let others = run.dissections[at].packets.iter().filter(|p| {
                p.from != fin.from && p.sent_us <= fin.sent_us && p.flags.contains("FIN")
            });
            let others: Vec<&PacketView> = others.collect();
            let arrived = |p: &&PacketView| p.received_us.is_some_and(|at| at <= fin.sent_us);
            let has_arrived = others.iter().any(arrived);
            lost_fins += usize::from(!has_arrived && !others.is_empty());
            assert!(has_arrived || !fin.words.why.contains("both directions are closed"), "{name}");
        }
        let closes: Vec<Told<'_>> = titled(run, at, "close_notify").collect();
        let lost = closes.iter().any(|step| step.received_us.is_none());
        assert!(
            !lost || !story.ending.contains("closed the connection"),
            "{name}: {}",
            story.ending
        );
        lost_alerts += usize::from(lost);
        for close in closes.iter().filter(|step| step.words.notice.contains("FIN comes after it")) {
            let later = &story.steps[close.index..];
            assert!(
                later.iter().any(|s| s.from == close.from && s.title.contains("FIN")),
                "{name}"
            );
        }
    }
    assert!(lost_fins > 0 && lost_alerts > 0, "{lost_fins}, {lost_alerts}");
}

#[test]
fn keys_are_said_to_stay_exactly_if_they_do() {
    let mut told = [0, 0];
    for (run, at, _, _) in stories(broken_or_not()) {
        let records = &run.dissections[at].records;
        let key = |step: &Step| {
            let opened = records[step.records[0]].opened.as_ref()?.as_ref().ok()?;
            Some(opened.key.as_str())
        };
        let data: Vec<Told<'_>> = run.told_of(at).filter(|s| s.title.starts_with("GET ")).collect();
        for pair in data.windows(2).filter(|pair| pair[1].words.notice.contains("still open")) {
            let stay = key(&pair[0]) == key(&pair[1]);
            let name =
                format!("{}, connection {at}: {}", run.scenario().text(), pair[1].words.notice);
            assert_eq!(pair[1].words.notice.contains("the keys stay"), stay, "{name}");
            assert_eq!(pair[1].words.notice.contains("KeyUpdate has changed"), !stay, "{name}");
            told[usize::from(stay)] += 1;
        }
    }
    assert!(told.iter().all(|count| *count > 0), "{told:?}");
}

#[test]
fn a_server_chooses_of_what_it_is_said_to_take() {
    use handshake_lab::wire::view::{CertificateVerify, ServerKeyExchange};
    let mut signed = 0;
    for (run, at, connection, _) in stories(broken_or_not()) {
        let Some(accepts) = &connection.accepts else { continue };
        let name = format!("{}, connection {at}", run.scenario().text());
        let parts = &run.dissections[at];
        if let Some(suite) = parts.negotiated.suite {
            assert!(accepts.suites.contains(&suite.0), "{name}: {suite:?} of {accepts:?}");
        }
        let of_server = parts.messages.iter().filter(|message| message.from == Endpoint::Server);
        for message in of_server {
            let made = message.view::<CertificateVerify<'_>>().and_then(|view| view.signature());
            let made = made.or_else(|| message.view::<ServerKeyExchange<'_>>()?.signature());
            let Some(scheme) = made.and_then(|made| made.scheme) else { continue };
            assert!(
                accepts.signature_schemes.contains(&scheme.0),
                "{name}: {scheme:?} of {accepts:?}"
            );
            signed += 1;
        }
    }
    assert!(signed > 0);
}

#[test]
fn a_signature_that_its_reader_refuses_is_not_told_as_a_proof() {
    let mut refused = 0;
    for (run, at, connection, _) in stories(broken_or_not()) {
        let verified = |event: &handshake_lab::trace::Event| match &event.op {
            Op::Verify { signature, ok: false, .. } => Some((event.by.peer(), signature.clone())),
            _ => None,
        };
        let messages = &run.dissections[at].messages;
        for (from, signature) in connection.events.iter().filter_map(verified) {
            // A certificate's own signature is no proof of the handshake's.
            let carries = |step: &Told<'_>| {
                let Subject::Message(index) = step.subject else { return false };
                step.from == from
                    && step.title != "Certificate"
                    && contains(&messages[index].bytes, &signature)
            };
            for step in run.told_of(at).filter(carries) {
                let name = format!("{}, connection {at}: {}", run.scenario().text(), step.title);
                let told = format!("{} {}", step.words.what, step.words.why);
                assert!(!told.contains("that proves"), "{name}: {told}");
                assert!(!told.contains("by its certificate's key"), "{name}: {told}");
                assert!(!told.contains("with its certificate's private key"), "{name}: {told}");
                refused += 1;
            }
        }
    }
    assert!(refused > 0);
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
