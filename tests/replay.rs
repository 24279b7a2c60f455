//! A recording of early data that is sent once more: the same bytes, taken again where nobody counts tickets.

#![cfg(test)]

use handshake_lab::capture::{keylog, pcapng};
use handshake_lab::certificates::in_lab::capabilities;
use handshake_lab::dissect::{Dissection, EarlyData, Epoch, MessageKind};
use handshake_lab::engine::{Capabilities, RunError, run_plan};
use handshake_lab::faults::Fault;
use handshake_lab::guess::Notice;
use handshake_lab::plan::{Plan, Sessions};
use handshake_lab::run::Run;
use handshake_lab::scenario::{KEYS, Scenario};
use handshake_lab::story::{EntryKind, FactId, Replay, end_report};
use handshake_lab::tls::ContentType;
use handshake_lab::trace::{Connection, Endpoint, Op, Roles, Status};

const FAULT: &str = "early-data-replayed";

fn run(text: &str) -> Run {
    let scenario = Scenario::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    Run::new(&scenario, &capabilities()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The run of this plan, as if it were of the fault.
fn run_of(plan: &Plan) -> Run {
    let origin = run(FAULT).origin;
    let trace = run_plan(plan, &Capabilities::all(), true).unwrap();
    Run::of(origin, trace, &Capabilities::all()).unwrap()
}

/// The client's last connection, and the attacker's, each taken apart.
fn both(run: &Run) -> [(&Connection, &Dissection); 2] {
    let all: Vec<_> = run.connections().collect();
    let [_, own, copy] = all[..] else { panic!("{} connections", all.len()) };
    [own, copy]
}

/// The records of the client's end, in one.
fn records(parts: &Dissection) -> Vec<u8> {
    let own = parts.records.iter().filter(|record| record.from == Endpoint::Client);
    own.flat_map(|record| record.bytes.clone()).collect()
}

/// What the server read.
fn read(connection: &Connection) -> Vec<u8> {
    let read = connection.events_of(Endpoint::Server).filter_map(|event| match &event.op {
        Op::DataRead { data } => Some(data.clone()),
        _ => None,
    });
    read.flatten().collect()
}

/// Whether the server read the same request on the client's last connection and on the attacker's.
fn is_taken_twice(run: &Run) -> bool {
    let [(own, _), (copy, _)] = both(run);
    let request = read(copy);
    !request.is_empty() && read(own).starts_with(&request)
}

#[test]
fn the_attacker_sends_the_clients_first_flight_byte_for_byte_and_nothing_more() {
    for text in [FAULT, "early-data-replayed+mss=536", "early-data-replayed+rtt-ms=0"] {
        let run = run(text);
        let [(own, original), (copy, parts)] = both(&run);
        let (whole, sent) = (records(original), records(parts));
        assert!(whole.starts_with(&sent) && sent.len() < whole.len(), "{text}");
        let kinds: Vec<ContentType> = parts
            .records
            .iter()
            .filter(|record| record.from == Endpoint::Client)
            .map(|record| record.content_type)
            .collect();
        let flight = [
            ContentType::HANDSHAKE,
            ContentType::CHANGE_CIPHER_SPEC,
            ContentType::APPLICATION_DATA,
        ];
        assert_eq!(kinds, flight, "{text}");
        assert_ne!(own.client, copy.client, "{text}");
        assert_eq!((own.roles, copy.roles), (Roles::default(), Roles::REPLAY), "{text}");
    }
}

#[test]
fn the_server_carries_the_request_out_twice_and_answers_it_twice() {
    let run = run(FAULT);
    assert!(is_taken_twice(&run));
    let [(own, _), (copy, parts)] = both(&run);
    assert!(read(copy).starts_with(b"GET / HTTP/1.1"));
    assert_eq!(parts.negotiated.early_data, EarlyData::Accepted);
    let answers = |connection: &Connection| {
        let wrote = |op: &Op| matches!(op, Op::DataWritten { .. });
        connection.events_of(Endpoint::Server).filter(|event| wrote(&event.op)).count()
    };
    assert_eq!((answers(own), answers(copy)), (1, 1));
}

/// Another value of each key, where the fault goes with it.
fn otherwise() -> Vec<Scenario> {
    let usual = Scenario::parse(FAULT).unwrap();
    let keys = KEYS.iter().filter(|key| key.name != "fault");
    let samples = keys.flat_map(|key| {
        key.samples(&usual).into_iter().filter_map(|value| usual.with(&[(key.name, &value)]).ok())
    });
    samples.filter(|scenario| scenario.fault == Some(FAULT)).collect()
}

#[test]
fn the_request_is_carried_out_twice_whatever_else_is_set() {
    let mut count = 0;
    for scenario in otherwise() {
        let text = scenario.text();
        let good = run(&scenario.mended().text());
        // Where the client's early data is not taken there is nothing to take again.
        if good.dissection().negotiated.early_data != EarlyData::Accepted {
            continue;
        }
        let run = run(&text);
        assert!(is_taken_twice(&run), "{text}");
        count += 1;
    }
    assert!(count > 40, "{count}");
}

#[test]
fn a_server_that_takes_each_ticket_once_reads_nothing_of_the_copy() {
    let mut plan = Scenario::parse(FAULT).unwrap().plan();
    plan.server.sessions = Sessions::Stored;
    let run = run_of(&plan);
    let [(own, _), (copy, parts)] = both(&run);
    assert!(!read(own).is_empty() && read(copy).is_empty());
    // It does not know the ticket any more, and begins a full handshake, which the attacker cannot go on with.
    assert_eq!(
        (parts.negotiated.early_data, parts.negotiated.resumed),
        (EarlyData::Rejected, false)
    );
    let name = |from, name: &str| parts.messages.iter().any(|m| m.from == from && m.name == name);
    assert!(name(Endpoint::Server, "Certificate") && !name(Endpoint::Client, "Finished"));
    assert_ne!(copy.server_end.status, Status::Established);
    assert!(
        run.stories[2].ending.contains("did not take the early data"),
        "{}",
        run.stories[2].ending
    );
    let replay = run.stories[2].replay.as_ref().expect("a recording");
    assert_eq!((replay.recorded.len(), replay.taken_again.len()), (2, 0));
}

#[test]
fn a_copy_that_comes_a_minute_late_is_not_taken_as_early_data() {
    // The client's connection lasts so long, and the attacker waits for its end.
    let run = run("early-data-replayed+requests=2+pause-ms=61000");
    let [_, (copy, parts)] = both(&run);
    assert!(read(copy).is_empty());
    assert_eq!(
        (parts.negotiated.early_data, parts.negotiated.resumed),
        (EarlyData::Rejected, true)
    );
}

#[test]
fn nobody_notices_and_the_server_takes_the_attacker_for_a_client_that_went_away() {
    let run = run(FAULT);
    assert_eq!(Notice::of(&run), Notice { noticed_by: None, alert: None, in_clear: None });
    for (connection, _) in run.connections().take(2) {
        let ends = [&connection.client_end, &connection.server_end].map(|end| end.status);
        assert_eq!(ends, [Status::Established; 2]);
    }
    assert_eq!(run.focus(), 1);
    let run = run.at(2);
    let report = |who| end_report(run.connection(), run.dissection(), run.story(), who);
    let [attacker, server] = Endpoint::BOTH.map(report);
    assert_eq!((attacker.name, server.status), ("attacker", Status::Failed));
    assert!(attacker.entries.iter().all(|entry| entry.kind == EntryKind::Tcp), "{attacker:?}");
    let error = run.connection().server_end.error.clone().unwrap();
    assert!(error.contains("close_notify"), "{error}");
    assert!(run.story().ending.contains("went away"), "{}", run.story().ending);
    assert_eq!((run.story().noticed_at, run.story().outcome.noticed_by), (None, None));
}

#[test]
fn the_attacker_knows_no_more_than_an_eavesdropper() {
    let run = run(FAULT).at(2);
    let mut hidden = 0;
    for fact in run.facts() {
        assert_eq!(fact.client, fact.eavesdropper, "{fact:?}");
        hidden += usize::from(fact.client.is_none() && fact.server.is_some());
    }
    let fact = |id| run.facts().iter().find(|fact| fact.id == id).unwrap();
    for id in [FactId::Request, FactId::Response, FactId::SessionSecret] {
        assert!(fact(id).client.is_none() && fact(id).server.is_some(), "{id:?}");
    }
    assert!(hidden > 5, "{hidden}");
    let is_secret = |op: &Op| {
        matches!(
            op,
            Op::KeyPair { .. } | Op::KeyLog { .. } | Op::InstallKey { .. } | Op::Random { .. }
        )
    };
    assert!(!run.connection().events_of(Endpoint::Client).any(|event| is_secret(&event.op)));
    assert!(run.findings().checks.iter().all(|check| check.by == Endpoint::Server));
}

#[test]
fn all_of_the_copy_is_opened_by_what_the_server_recorded() {
    let run = run(FAULT);
    let [(_, original), (_, parts)] = both(&run);
    assert_eq!(parts.problems, Vec::<String>::new());
    let sealed = parts.records.iter().filter(|record| record.opened.is_some());
    assert!(
        sealed.clone().count() == 3
            && sealed.clone().all(|record| record.opened.as_ref().unwrap().is_ok())
    );
    let early = |parts: &Dissection| {
        let mut data = parts.messages.iter().filter(|message| message.epoch == Epoch::Early);
        data.find(|message| message.kind == MessageKind::ApplicationData).unwrap().bytes.clone()
    };
    assert_eq!(early(original), early(parts));
    // The early data keys are those of then, all later ones are others.
    let key = |parts: &Dissection, name| parts.key(name).unwrap().output.clone();
    let same = |name| key(original, name) == key(parts, name);
    assert!(same("client_early_traffic_secret"));
    assert!(!same("shared_secret") && !same("server_application_traffic_secret_0"));
}

#[test]
fn the_story_says_what_is_a_recording_and_what_was_taken_before() {
    let run = run(FAULT);
    let story = &run.stories[2];
    let step = |title: &str| run.told_of(2).find(|step| step.title == title).unwrap();
    let (hello, request) = (step("ClientHello"), step("GET /"));
    let (recorded, taken_again) = (vec![hello.index, request.index], vec![request.index]);
    assert_eq!(story.replay, Some(Replay { of: 1, recorded, taken_again }));
    for step in [hello, request] {
        assert!(step.words.what.contains("attacker** sends"), "{}", step.words.what);
        assert!(
            step.words.what.contains("byte for byte that of connection 2"),
            "{}",
            step.words.what
        );
    }
    assert!(request.words.notice.contains("has taken this before"), "{}", request.words.notice);
    for step in run.told_of(2).filter(|step| step.from == Endpoint::Client) {
        let said =
            [&step.words.what, &step.words.why, &step.words.notice].map(String::as_str).concat();
        assert!(
            !said.contains("The client sends") && !said.contains("The client offers"),
            "{said}"
        );
    }
    for text in ["tls13-0rtt", "tls13-resumed", "gateway-passthrough", FAULT] {
        let run = self::run(text);
        let others = run.stories.iter().filter(|story| story.roles != Roles::REPLAY);
        assert!(others.clone().count() > 1 && others.clone().all(|story| story.replay.is_none()));
    }
}

#[test]
fn where_tickets_are_taken_again_no_sentence_says_that_each_is_taken_once() {
    for (text, once) in [("tls13-0rtt", true), (FAULT, false)] {
        let run = run(text);
        for at in 1..run.stories.len() {
            let run = run.at(at);
            let steps = run.told().map(|step| step.words.notice.clone());
            let checks = run.findings().checks.iter().map(|check| check.detail.clone());
            let told: String = steps.chain(checks).collect();
            assert_eq!(told.contains("ticket once"), once, "{text}: {told}");
            assert_eq!(told.contains("as often as it comes"), !once, "{text}: {told}");
        }
    }
}

#[test]
fn a_program_that_has_no_replays_loaded_says_so_before_the_first_packet() {
    let scenario = Scenario::parse(FAULT).unwrap();
    let error = Run::new(&scenario, &Capabilities::first()).unwrap_err();
    assert_eq!(error, RunError::NotLoaded("replays"));
    // Nor is there an attacker without the store.
    let mut plan = scenario.plan();
    plan.server.sessions = Sessions::Stored;
    let error = run_plan(&plan, &Capabilities::first(), true).unwrap_err();
    assert_eq!(error, RunError::NotLoaded("replays"));
}

#[test]
fn both_connections_can_be_opened_by_a_capture_and_its_secrets() {
    const DECRYPTION_SECRETS: u32 = 10;
    let run = run(FAULT);
    let log = keylog::write(&run.trace);
    let random = run.dissections[2].negotiated.client_random.clone().unwrap();
    let random: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    let count = |label: &str| {
        log.lines().filter(|line| line.starts_with(&format!("{label} {random} "))).count()
    };
    assert_eq!(count("CLIENT_EARLY_TRAFFIC_SECRET"), 1);
    for label in [
        "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
        "SERVER_HANDSHAKE_TRAFFIC_SECRET",
        "SERVER_TRAFFIC_SECRET_0",
    ] {
        assert_eq!(count(label), 2, "{label}");
    }
    let blocks = |run: &Run| {
        let file = pcapng::write(&run.trace);
        let (mut at, mut blocks) = (0, Vec::new());
        while let Some(head) = file.get(at..at + 8) {
            let number = |from: usize| u32::from_le_bytes(head[from..from + 4].try_into().unwrap());
            blocks.push(number(0));
            at += number(4) as usize;
        }
        blocks.into_iter().filter(|kind| *kind == DECRYPTION_SECRETS).count()
    };
    assert_eq!(blocks(&run), 2);
    assert_eq!(blocks(&self::run("tls13-0rtt")), 1);
}

#[test]
fn without_the_fault_there_is_no_attacker() {
    let scenario = Scenario::parse(FAULT).unwrap();
    assert_eq!(scenario.mended().text(), "tls13+resume=stored+early-data=accepted");
    let good = run(&scenario.mended().text());
    assert_eq!(good.stories.len(), 2);
    // And the client's connections are the same with it.
    let bad = run(FAULT);
    for (good, bad) in good.trace.connections.iter().zip(&bad.trace.connections) {
        assert_eq!(good.packets, bad.packets);
    }
    assert!(Fault::find(FAULT).is_some());
}
