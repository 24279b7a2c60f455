//! Runs of the engine: what every scenario must give, from the packets to the ends.

#![cfg(test)]

mod resuming;

use handshake_lab::dissect::{Epoch, MessageKind};
use handshake_lab::engine::{
    Capabilities, RunError, fingerprint, identity, prepare, run, run_unrecorded,
};
use handshake_lab::faults::{ExpectedAlert, FAULTS, Fault, Outcome};
use handshake_lab::scenario::{
    CertificateKind, ClientCertificate, EarlyData, Group, KEYS, PRESETS, Scenario, Suite, Version,
    in_versions, showing,
};
use handshake_lab::tls::AlertLevel;
use handshake_lab::trace::{Connection, Endpoint, Event, Op, Status, Trace};
use resuming::resuming;
use smoltcp::wire::{Ipv4Packet, TcpPacket};
use std::collections::BTreeSet;

const WARNING: u8 = 1;
const FATAL: u8 = 2;
const CLOSE_NOTIFY: u8 = 0;

/// The one connection of this scenario's run.
fn run_all(scenario: &Scenario) -> Result<Trace, RunError> {
    run(scenario, &Capabilities::all())
}

fn connection(scenario: &Scenario) -> Connection {
    let mut trace =
        run_all(scenario).unwrap_or_else(|error| panic!("{}: {error}", scenario.text()));
    assert_eq!(trace.connections.len(), 1);
    trace.connections.remove(0)
}

fn parsed(text: &str) -> Scenario {
    Scenario::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Every version, suite, group, kind of certificate and way to ask for a client certificate.
fn all_scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for version in [Version::Tls12, Version::Tls13] {
        for &suite in Suite::ALL {
            for &group in Group::ALL.iter().filter(|group| group.goes_with(version)) {
                for &certificate in CertificateKind::ALL {
                    for &client_certificate in ClientCertificate::ALL {
                        let (suite, group) = (Some(suite), Some(group));
                        let base = Scenario::default();
                        let choice = Scenario { version, suite, group, certificate, ..base };
                        all.push(Scenario { client_certificate, ..choice });
                    }
                }
            }
        }
    }
    all
}

/// What `who` sent over TCP.
fn stream(connection: &Connection, who: Endpoint) -> Vec<u8> {
    let mut stream = Vec::new();
    for packet in connection.packets.iter().filter(|packet| packet.from == who) {
        let ip = Ipv4Packet::new_checked(&packet.bytes[..]).unwrap();
        stream.extend(TcpPacket::new_checked(ip.payload()).unwrap().payload());
    }
    stream
}

/// The TLS records that `who` sent: content type and fragment.
fn records(connection: &Connection, who: Endpoint) -> Vec<(u8, Vec<u8>)> {
    let stream = stream(connection, who);
    let (mut rest, mut records) = (&stream[..], Vec::new());
    while let [content_type, _, _, high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        records.push((*content_type, after[..length].to_vec()));
        rest = &after[length..];
    }
    assert!(rest.is_empty(), "the stream ends within a record");
    records
}

/// The alerts that went over the wire: from whom, level, description. Encrypted ones are told by the
/// record that was sealed.
fn alerts(connection: &Connection) -> Vec<(Endpoint, u8, u8)> {
    let mut alerts = Vec::new();
    for who in Endpoint::BOTH {
        for (content_type, fragment) in records(connection, who) {
            let sealed = connection.events_of(who).find_map(|event| match &event.op {
                Op::Seal { aad, plaintext, ciphertext, .. } if *ciphertext == fragment => {
                    Some((aad, plaintext))
                }
                _ => None,
            });
            match (content_type, sealed) {
                (21, None) => alerts.push((who, fragment[0], fragment[1])),
                // TLS 1.2: the content type is outside.
                (21, Some((_, inner))) => alerts.push((who, inner[0], inner[1])),
                // TLS 1.3: it is the last byte inside.
                (23, Some((aad, inner))) if aad.len() == 5 && inner.last() == Some(&21) => {
                    alerts.push((who, inner[0], inner[1]));
                }
                _ => {}
            }
        }
    }
    alerts
}

/// Everything an operation put out.
fn output(op: &Op) -> Option<&[u8]> {
    match op {
        Op::HkdfExtract { output, .. }
        | Op::HkdfExpandLabel { output, .. }
        | Op::Prf { output, .. } => Some(output),
        _ => None,
    }
}

/// What `who` wrote, and what it read.
fn data(connection: &Connection, who: Endpoint) -> (Vec<u8>, Vec<u8>) {
    let (mut written, mut read) = (Vec::new(), Vec::new());
    for event in connection.events_of(who) {
        match &event.op {
            Op::DataWritten { data } => written.extend(data),
            Op::DataRead { data } => read.extend(data),
            _ => {}
        }
    }
    (written, read)
}

fn assert_established(scenario: &Scenario, connection: &Connection) {
    let text = scenario.text();
    for who in Endpoint::BOTH {
        let end = connection.end(who);
        assert_eq!((end.status, &end.error), (Status::Established, &None), "{text} {who:?}");
        let (written, read) = (data(connection, who).0, data(connection, who.peer()).1);
        assert!(!written.is_empty(), "{text} {who:?}");
        assert_eq!(written, read, "{text} {who:?}");
    }
    let both =
        [(Endpoint::Client, WARNING, CLOSE_NOTIFY), (Endpoint::Server, WARNING, CLOSE_NOTIFY)];
    assert_eq!(alerts(connection), both, "{text}");
}

#[test]
fn every_choice_establishes_at_both_ends_and_exchanges_data() {
    for scenario in all_scenarios() {
        assert_established(&scenario, &connection(&scenario));
    }
}

#[test]
fn every_connection_of_a_run_establishes_at_both_ends() {
    for text in resuming() {
        let scenario = parsed(text);
        let trace = run_all(&scenario).unwrap();
        assert_eq!(trace.connections.len(), scenario.connections() as usize, "{text}");
        for (id, connection) in (0..).zip(&trace.connections) {
            assert_eq!(connection.id, id, "{text}");
            for who in Endpoint::BOTH {
                let end = connection.end(who);
                assert_eq!((end.status, &end.error), (Status::Established, &None), "{text}");
                let (written, read) = (data(connection, who).0, data(connection, who.peer()).1);
                // What was sent early and not taken is written twice and read once.
                let twice = scenario.early_data == EarlyData::Rejected && id == 1;
                let copies = if twice && who == Endpoint::Client { 2 } else { 1 };
                assert_eq!(written, read.repeat(copies), "{text} {who:?}");
                let requests = written.windows(4).filter(|octets| octets == b"GET ").count();
                let expected = scenario.requests as usize * copies;
                assert_eq!(requests, if who == Endpoint::Client { expected } else { 0 }, "{text}");
            }
            for event in &connection.events {
                if let Op::Random { purpose, .. } = &event.op {
                    assert_ne!(purpose, "rustls", "{text} {:?}", event.by);
                }
            }
        }
    }
}

#[test]
fn a_second_connection_opens_from_another_port_after_the_pause() {
    let trace = run_all(&parsed("tls13-resumed+pause-ms=1234")).unwrap();
    let [first, second] = &trace.connections[..] else { panic!("two connections") };
    assert_ne!(first.client, second.client);
    let arrived = first.packets.iter().filter_map(|packet| packet.received_us).max().unwrap();
    assert_eq!(second.packets[0].sent_us, arrived + 1_234_000);
    assert!(second.events.iter().all(|event| event.at_us >= arrived + 1_234_000));
}

#[test]
fn a_ticket_holds_what_the_server_opens_again() {
    for text in ["tls12-ticket", "tls13+resume=ticket"] {
        let trace = run_all(&parsed(text)).unwrap();
        let [first, second] = &trace.connections[..] else { panic!("two connections") };
        let sealed = first.events.iter().find_map(|event| match &event.op {
            Op::SealTicket { key, state, ticket } => Some((key, ticket, Some(state))),
            _ => None,
        });
        let opened = second.events.iter().find_map(|event| match &event.op {
            Op::OpenTicket { key, ticket, state } => Some((key, ticket, state.as_ref())),
            _ => None,
        });
        assert!(sealed.is_some() && sealed == opened, "{text}");
    }
}

#[test]
fn the_chosen_suite_and_group_are_the_ones_used() {
    let mut scenario = Scenario::default();
    for version in [Version::Tls12, Version::Tls13] {
        for (&suite, code_point) in
            Suite::ALL.iter().zip([[0xc02b, 0x1301], [0xc02c, 0x1302], [0xcca9, 0x1303]])
        {
            for &group in Group::ALL.iter().filter(|group| group.goes_with(version)) {
                scenario = Scenario { version, suite: Some(suite), group: Some(group), ..scenario };
                let connection = connection(&scenario);
                for who in Endpoint::BOTH {
                    // A hybrid's agreement follows that of its X25519 half.
                    let agreed = connection.events_of(who).filter_map(|event| match event.op {
                        Op::KeyAgreement { group, .. } => Some(group),
                        _ => None,
                    });
                    assert_eq!(agreed.last(), Some(group.code_point()), "{}", scenario.text());
                }
                let (_, hello) = &records(&connection, Endpoint::Server)[0];
                let after_session_id = 39 + usize::from(hello[38]);
                let suite =
                    u16::from_be_bytes([hello[after_session_id], hello[after_session_id + 1]]);
                let expected = code_point[usize::from(version == Version::Tls13)];
                assert_eq!(suite, expected, "{}", scenario.text());
            }
        }
    }
}

/// Scenarios between the teaching endpoints, with the suite that each settles on.
const TEACHING: [(&str, u16); 10] = [
    ("tls12-rsa", 0x009c),
    ("tls12-rsa-no-ems", 0x009c),
    ("tls12-rsa+suite=TLS_RSA_WITH_AES_256_GCM_SHA384", 0x009d),
    ("tls12-rsa-no-ems+suite=TLS_RSA_WITH_AES_256_GCM_SHA384", 0x009d),
    ("tls12+ems=no", 0xc02b),
    ("tls12+ems=no+cert=rsa-2048+suite=aes-256-gcm", 0xc030),
    ("tls12-rsa+client-cert=required", 0x009c),
    ("tls12-rsa-no-ems+client-cert=optional", 0x009c),
    ("tls12-mtls+ems=no", 0xc02b),
    ("tls12+ems=no+cert=ed25519+suite=chacha20-poly1305+group=secp384r1", 0xcca9),
];

#[test]
fn the_teaching_endpoints_establish_at_both_ends_with_the_suite_asked_for() {
    for (text, suite) in TEACHING {
        let scenario = parsed(text);
        let run = handshake_lab::run::Run::new(&scenario, &Capabilities::all()).unwrap();
        assert_established(&scenario, run.connection());
        assert_eq!(run.dissection().negotiated.suite.map(u16::from), Some(suite), "{text}");
        assert_eq!(run.dissection().negotiated.round_trips, 2, "{text}");
        assert_eq!(run.dissection().problems, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_teaching_server_that_does_not_insist_goes_on_without_a_client_certificate() {
    let mut scenario = parsed("tls12-rsa+client-cert=required+fault=client-cert-missing");
    scenario.client_certificate = ClientCertificate::Optional;
    assert_established(&scenario, &connection(&scenario));
}

#[test]
fn the_master_secret_comes_from_the_session_hash_unless_it_is_told_not_to() {
    for (text, _) in TEACHING {
        let extended = !text.contains("no-ems") && !text.contains("ems=no");
        let run = handshake_lab::run::Run::new(&parsed(text), &Capabilities::all()).unwrap();
        let master = run.dissection().key("main_secret").unwrap();
        let label = if extended { "extended master secret" } else { "master secret" };
        assert_eq!(master.label, label, "{text}");
        for who in Endpoint::BOTH {
            let logged = run.connection().events_of(who).any(
                |event| matches!(&event.op, Op::KeyLog { secret, .. } if *secret == master.output),
            );
            assert!(logged, "{text}: {who:?}");
        }
    }
}

#[test]
fn the_pre_master_secret_is_what_the_server_decrypts() {
    for (text, _) in TEACHING.iter().filter(|(text, _)| text.starts_with("tls12-rsa")) {
        let run = handshake_lab::run::Run::new(&parsed(text), &Capabilities::all()).unwrap();
        let secret = &run.dissection().key("preliminary_secret").unwrap().output;
        assert_eq!((secret.len(), &secret[..2]), (48, &[3, 3][..]), "{text}");
        let does = |who, wanted: &dyn Fn(&Op) -> bool| {
            run.connection().events_of(who).any(|event| wanted(&event.op))
        };
        let encrypts =
            |op: &Op| matches!(op, Op::RsaEncrypt { plaintext, .. } if plaintext == secret);
        let decrypts =
            |op: &Op| matches!(op, Op::RsaDecrypt { plaintext: Some(p), .. } if p == secret);
        assert!(does(Endpoint::Client, &encrypts) && does(Endpoint::Server, &decrypts), "{text}");
    }
}

#[test]
fn a_client_and_a_server_that_allow_both_versions_settle_on_tls_1_3() {
    let scenario = parsed("tls13+version=any");
    let connection = connection(&scenario);
    assert_established(&scenario, &connection);
    assert!(connection.events.iter().any(|event| matches!(event.op, Op::HkdfExtract { .. })));
}

#[test]
fn every_logged_secret_is_one_that_the_endpoint_was_seen_to_derive() {
    for text in
        ["tls13", "tls12", "tls13+suite=TLS_AES_256_GCM_SHA384", "tls12-rsa", "tls12+ems=no"]
    {
        let connection = connection(&parsed(text));
        for who in Endpoint::BOTH {
            let logged: Vec<_> = connection
                .events_of(who)
                .filter_map(|event| match &event.op {
                    Op::KeyLog { label, secret, .. } => Some((label, secret)),
                    _ => None,
                })
                .collect();
            assert!(!logged.is_empty(), "{text}");
            for (label, secret) in logged {
                let derived =
                    connection.events_of(who).any(|event| output(&event.op) == Some(secret));
                assert!(derived, "{text}: {who:?} {label}");
            }
        }
    }
}

#[test]
fn both_ends_log_the_same_secrets() {
    for text in ["tls13", "tls12", "tls12-rsa"] {
        let connection = connection(&parsed(text));
        let secrets = |who| -> BTreeSet<(String, Vec<u8>)> {
            let logged = connection.events_of(who).filter_map(|event| match &event.op {
                Op::KeyLog { label, secret, .. } => Some((label.clone(), secret.clone())),
                _ => None,
            });
            logged.collect()
        };
        assert_eq!(secrets(Endpoint::Client), secrets(Endpoint::Server), "{text}");
    }
}

#[test]
fn the_same_scenario_gives_the_same_trace_twice() {
    for text in ["tls13-mtls", "tls12+cert=rsa-2048", "cert-expired", "tls12-rsa"] {
        let scenario = parsed(text);
        assert_eq!(run_all(&scenario), run_all(&scenario), "{text}");
    }
}

#[test]
fn what_is_prepared_changes_nothing_of_a_run() {
    for preset in PRESETS {
        let scenario = Scenario::from_preset(preset);
        // What is prepared is kept by thread.
        let trace = |prepared: bool| {
            let scenario = scenario.clone();
            let run = std::thread::spawn(move || {
                if prepared {
                    prepare(&scenario, &Capabilities::all()).unwrap();
                }
                run_all(&scenario).unwrap()
            });
            run.join().unwrap()
        };
        assert_eq!(trace(true), trace(false), "{}", preset.id);
    }
}

#[test]
fn another_seed_gives_other_bytes_everywhere() {
    let (one, other) = (connection(&parsed("tls13")), connection(&parsed("tls13+seed=43")));
    assert_ne!(one.client.port(), other.client.port());
    for (packet, other) in one.packets.iter().zip(&other.packets) {
        assert_ne!(packet.bytes, other.bytes, "packet {}", packet.number);
    }
}

#[test]
fn recording_does_not_change_the_packets() {
    for text in ["tls13", "tls12", "tls12-rsa"] {
        let scenario = parsed(text);
        let (recorded, silent) =
            (run_all(&scenario).unwrap(), run_unrecorded(&scenario, &Capabilities::all()).unwrap());
        assert_eq!(fingerprint(&recorded), fingerprint(&silent), "{text}");
        assert!(silent.connections[0].events.is_empty());
    }
}

#[test]
fn what_one_side_has_does_not_change_what_another_draws() {
    let (plain, mutual) = (connection(&parsed("tls13")), connection(&parsed("tls13-mtls")));
    let chain = |connection: &Connection| {
        connection.events_of(Endpoint::Client).find_map(|event| match &event.op {
            Op::CertificatePath { chain, .. } => Some(chain.clone()),
            _ => None,
        })
    };
    assert_eq!(chain(&plain), chain(&mutual));
    let draws = |connection: &Connection| -> Vec<Op> {
        let draws = connection.events_of(Endpoint::Server).map(|event| event.op.clone());
        draws.filter(|op| matches!(op, Op::Random { .. })).collect()
    };
    assert_eq!(draws(&plain), draws(&mutual));
    assert_eq!(plain.packets[..4], mutual.packets[..4]);
}

#[test]
fn every_draw_has_a_purpose() {
    for text in [
        "tls13",
        "tls12",
        "tls13-mtls+cert=rsa-2048",
        "tls12+cert=rsa-2048+group=secp384r1",
        "tls12-rsa",
    ] {
        for event in connection(&parsed(text)).events {
            if let Op::Random { purpose, .. } = event.op {
                assert_ne!(purpose, "rustls", "{text} {:?}", event.by);
            }
        }
    }
}

/// Scenarios of both versions and of both kinds of endpoint, with each kind of key in the certificates, as
/// far as they exist.
fn grounds() -> Vec<String> {
    let bases = ["tls13", "tls13+version=any", "tls12", "tls12+ems=no", "tls12-rsa"];
    let kinds = CertificateKind::ALL.iter();
    let all = kinds.flat_map(|kind| bases.map(|base| format!("{base}+cert={}", kind.id())));
    all.filter(|text| Scenario::parse(text).is_ok()).collect()
}

/// Each fault in every scenario of [`grounds`] that it applies to.
fn broken() -> Vec<Scenario> {
    let grounds = grounds();
    let of =
        |fault: &&Fault| showing(fault, grounds.iter().map(String::as_str)).collect::<Vec<_>>();
    FAULTS.iter().flat_map(of).collect()
}

/// Each fault in runs that differ from the usual one in one key: every value of every key that can be
/// together with it, and that succeeds without it.
fn broken_otherwise(base: &str) -> Vec<Scenario> {
    let usual = Scenario::default();
    let others: Vec<String> = KEYS
        .iter()
        .filter(|key| key.name != "fault")
        .flat_map(|key| {
            key.samples(&usual).into_iter().map(|value| format!("{}={value}", key.name))
        })
        .collect();
    let of = |fault: &&Fault| {
        let texts = others.iter().map(|other| format!("{base}+{other}"));
        showing(fault, texts.collect::<Vec<_>>().iter().map(String::as_str)).collect::<Vec<_>>()
    };
    // What fails without the fault fails in its own way.
    let is_sound = |scenario: &Scenario| {
        let trace = run_all(&scenario.mended());
        trace.is_ok_and(|trace| {
            let mut ends =
                trace.connections.iter().flat_map(|one| [&one.client_end, &one.server_end]);
            ends.all(|end| end.status == Status::Established)
        })
    };
    FAULTS.iter().flat_map(of).filter(is_sound).collect()
}

/// The run of a fault, with a look at the connection that its expectation is about.
fn broken_run(scenario: &Scenario) -> (handshake_lab::run::Run, Outcome) {
    let run = handshake_lab::run::Run::new(scenario, &Capabilities::all())
        .unwrap_or_else(|error| panic!("{}: {error}", scenario.text()));
    let expected = scenario.expected().unwrap();
    let run = if expected.is_inner { run.at(1) } else { run };
    (run, expected)
}

#[test]
fn what_comes_of_a_fault_is_what_its_file_says() {
    expect_what_files_say(broken());
}

#[test]
fn what_comes_of_a_fault_is_what_its_file_says_whatever_else_is_set_in_tls_1_3() {
    expect_what_files_say(broken_otherwise("tls13"));
}

#[test]
fn what_comes_of_a_fault_is_what_its_file_says_whatever_else_is_set_in_tls_1_2() {
    expect_what_files_say(broken_otherwise("tls12"));
}

#[track_caller]
fn expect_what_files_say(broken: Vec<Scenario>) {
    let mut others = Vec::new();
    for scenario in broken {
        let text = scenario.text();
        let (run, expected) = broken_run(&scenario);
        let connection = run.connection();
        let alert = run.dissection().messages.iter().find_map(|message| match message.kind {
            MessageKind::Alert { level: AlertLevel::FATAL, description } => Some(ExpectedAlert {
                from: message.from,
                description: description.0.into(),
                encrypted: message.epoch != Epoch::Plain,
            }),
            _ => None,
        });
        let failed = |event: &&Event| matches!(event.op, Op::Failed { .. });
        let found = Outcome {
            noticed_by: connection.events.iter().find(failed).map(|event| event.by),
            alert,
            client: connection.client_end.status,
            server: connection.server_end.status,
            is_inner: expected.is_inner,
        };
        if found != expected {
            others.push(format!("{text}: {found:?}, and not {expected:?}"));
        }
    }
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn each_end_tells_its_failure_and_the_peer_of_whoever_noticed_has_it_from_the_alert() {
    for scenario in broken() {
        let text = scenario.text();
        let (run, expected) = broken_run(&scenario);
        let (connection, parts) = (run.connection(), run.dissection());
        for who in
            Endpoint::BOTH.iter().filter(|who| connection.end(**who).status == Status::Failed)
        {
            let told = connection.events_of(*who).any(|event| match &event.op {
                Op::Failed { error } => Some(error) == connection.end(*who).error.as_ref(),
                _ => false,
            });
            assert!(told, "{text} {who:?}");
        }
        let is_read = parts.messages.iter().all(|message| match message.kind {
            MessageKind::Alert { level: AlertLevel::FATAL, .. } => parts.is_understood(message),
            _ => true,
        });
        if let Some(alert) = expected.alert.filter(|_| is_read) {
            let told = connection.end(alert.from.peer()).error.as_deref().unwrap_or_default();
            assert!(told.contains("alert"), "{text}: {told}");
        }
    }
}

#[test]
fn every_fault_can_be_shown_in_some_version_and_most_in_both() {
    let shown = FAULTS.iter().map(|fault| (fault.id, in_versions(fault).count()));
    let (both, others): (Vec<_>, Vec<_>) = shown.partition(|(_, count)| *count == 2);
    assert!(others.iter().all(|(_, count)| *count == 1), "{others:?}");
    assert!(both.len() > 10 * others.len(), "{others:?}");
}

#[test]
fn a_tampered_packet_arrives_with_one_bit_flipped_and_a_right_checksum() {
    for preset in ["tls13", "tls12", "tls12-rsa", "tls13+mss=536+loss=0.2"] {
        let connection = connection(&parsed(&format!("{preset}+fault=tampered-record")));
        let mut seen = 0;
        for packet in &connection.packets {
            let Some(received) = &packet.received else { continue };
            seen += 1;
            let headers = 40;
            let pairs = packet.bytes.iter().zip(received).skip(headers);
            let flipped: u32 = pairs.map(|(sent, got)| (sent ^ got).count_ones()).sum();
            assert_eq!((packet.bytes.len(), flipped), (received.len(), 1), "{preset}");
            let ip = Ipv4Packet::new_checked(&received[..]).unwrap();
            let tcp = TcpPacket::new_checked(ip.payload()).unwrap();
            assert!(ip.verify_checksum(), "{preset}");
            assert!(tcp.verify_checksum(&ip.src_addr().into(), &ip.dst_addr().into()), "{preset}");
        }
        assert!(seen > 0, "{preset}");
        let failed = connection
            .events_of(Endpoint::Server)
            .any(|event| matches!(event.op, Op::Open { plaintext: None, .. }));
        assert!(failed, "{preset}");
    }
}

#[test]
fn whole_records_are_meddled_with_and_neither_tcp_misses_anything() {
    use handshake_lab::dissect::Remark;
    use handshake_lab::trace::Fate;
    let meddled = [
        ("tls13+fault=dropped-record", Fate::Dropped),
        ("tls13+fault=reordered-records", Fate::HeldBack),
        ("tls13+fault=replayed-record", Fate::Repeated),
        ("tls12+fault=replayed-record", Fate::Repeated),
    ];
    for (text, fate) in meddled {
        let run = handshake_lab::run::Run::new(&parsed(text), &Capabilities::all()).unwrap();
        let (connection, parts) = (run.connection(), run.dissection());
        let fates: Vec<Fate> = connection.meddling.iter().map(|act| act.fate).collect();
        assert_eq!(fates, [fate], "{text}");
        assert!(parts.records.iter().any(|record| record.fate == Some(fate)), "{text}");
        let again = |remark: &Remark| matches!(remark, Remark::Retransmission { .. });
        assert!(!parts.packets.iter().any(|packet| packet.remarks.iter().any(again)), "{text}");
        let waited = |event: &Event| matches!(event.op, Op::TimedOut { .. });
        assert!(!connection.events.iter().any(waited), "{text}");
        // What arrived of a packet that was changed has right checksums.
        for received in connection.packets.iter().filter_map(|packet| packet.received.as_ref()) {
            let ip = Ipv4Packet::new_checked(&received[..]).unwrap();
            let tcp = TcpPacket::new_checked(ip.payload()).unwrap();
            assert!(ip.verify_checksum(), "{text}");
            assert!(tcp.verify_checksum(&ip.src_addr().into(), &ip.dst_addr().into()), "{text}");
        }
    }
}

#[test]
fn the_two_ends_of_a_changed_hello_have_keys_of_their_own_and_each_opens_its_own_records() {
    for text in ["tls13+fault=tampered-client-hello", "tls13+fault=tampered-key-share"] {
        let run = handshake_lab::run::Run::new(&parsed(text), &Capabilities::all()).unwrap();
        let parts = run.dissection();
        let secret = |who| parts.key_of(who, "handshake_secret").unwrap().output.clone();
        let both = Endpoint::BOTH.map(secret);
        assert_eq!(both[0] == both[1], text.ends_with("client-hello"), "{text}");
        let key = |who| parts.key_of(who, "server_handshake_key").unwrap().output.clone();
        assert_ne!(key(Endpoint::Client), key(Endpoint::Server), "{text}");
        let sealed = parts.records.iter().filter(|record| record.opened.is_some());
        assert!(sealed.clone().count() >= 3, "{text}");
        assert!(sealed.clone().all(|record| matches!(record.opened, Some(Ok(_)))), "{text}");
    }
}

#[test]
fn a_forged_reset_is_marked_and_reaches_both_ends() {
    let connection = connection(&parsed("reset-on-sni"));
    let forged: Vec<_> = connection.packets.iter().filter(|packet| packet.forged).collect();
    assert_eq!(forged.len(), 2);
    assert!(forged.iter().all(|packet| packet.received_us.is_some()));
    let json = serde_json::to_string(&connection).unwrap();
    assert_eq!(serde_json::from_str::<Connection>(&json).unwrap(), connection);
}

#[test]
fn every_fault_is_mended_by_taking_it_away() {
    for mut scenario in broken() {
        scenario.set("fault", "none").unwrap();
        let trace = run_all(&scenario).unwrap();
        for connection in &trace.connections {
            match trace.connections.len() {
                1 => assert_established(&scenario, connection),
                // A gateway, which has more to say.
                _ => assert_eq!(connection.client_end.status, Status::Established),
            }
        }
    }
}

#[test]
fn an_attacker_who_is_left_by_a_fix_is_noticed_then() {
    let mut count = 0;
    for scenario in broken() {
        let Some(left) = scenario.broken_by().unwrap().left_by_fix() else { continue };
        let fixed = scenario.with(&[("fault", left.id)]).unwrap();
        assert_eq!(Scenario { fault: scenario.fault, ..fixed.clone() }, scenario);
        assert!(scenario.plan().is_attacked() && fixed.plan().is_attacked());
        let before = broken_run(&scenario).1;
        let (run, after) = broken_run(&fixed);
        assert_eq!((before.noticed_by, after.noticed_by), (None, Some(Endpoint::Client)));
        assert_eq!(run.connection().client_end.status, Status::Failed);
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn every_fault_is_told_in_full() {
    for fault in FAULTS {
        let words = fault.words();
        for text in [fault.title, words.summary, words.cause, words.fix] {
            assert!(!text.is_empty() && !text.contains("  "), "{}: {text:?}", fault.id);
        }
        assert!(!words.symptoms.is_empty() && !words.fix_commands.is_empty(), "{}", fault.id);
    }
}

#[test]
fn no_fault_has_the_server_send_a_certificate_for_the_key_of_the_root_that_the_client_trusts() {
    for scenario in broken() {
        let identity = identity(&scenario, Endpoint::Server, &Capabilities::all()).unwrap();
        let root = identity.root.into();
        let key = webpki::anchor_from_trusted_cert(&root).unwrap().subject_public_key_info;
        for certificate in &identity.chain {
            let mut places = certificate.windows(key.len());
            assert!(!places.any(|place| place == key.as_ref()), "{}", scenario.text());
        }
    }
}

#[test]
fn in_tls_1_3_a_client_without_certificate_is_done_before_it_is_refused() {
    let connection = connection(&parsed("client-cert-missing"));
    let position = |wanted: fn(&Op) -> bool| {
        connection.events_of(Endpoint::Client).position(|event| wanted(&event.op))
    };
    let done = position(|op| matches!(op, Op::HandshakeComplete)).expect("complete");
    let refused = position(|op| matches!(op, Op::Failed { .. })).expect("refused");
    assert!(done < refused);
}

#[test]
fn a_client_that_offers_nothing_the_server_speaks_is_refused() {
    for preset in ["tls13", "tls12", "tls12-rsa"] {
        let connection = connection(&parsed(&format!("{preset}+alpn=h2")));
        assert_eq!(alerts(&connection), [(Endpoint::Server, FATAL, 120)], "{preset}");
    }
}

#[test]
fn every_checksum_is_right_and_time_never_runs_back() {
    for text in ["tls13-mtls+cert=rsa-2048", "tls12", "client-cert-missing", "tls13+rtt-ms=3000"] {
        let connection = connection(&parsed(text));
        let mut before = 0;
        for (packet, number) in connection.packets.iter().zip(1..) {
            assert_eq!(packet.number, number, "{text}");
            assert!(packet.sent_us >= before, "{text}: packet {number}");
            assert!(packet.received_us.is_some_and(|at| at >= packet.sent_us), "{text}");
            before = packet.sent_us;
            let ip = Ipv4Packet::new_checked(&packet.bytes[..]).unwrap();
            assert!(ip.verify_checksum(), "{text}: packet {number}");
            assert_eq!(usize::from(ip.total_len()), packet.bytes.len());
            let tcp = TcpPacket::new_checked(ip.payload()).unwrap();
            let (from, to) = (ip.src_addr().into(), ip.dst_addr().into());
            assert!(tcp.verify_checksum(&from, &to), "{text}: packet {number}");
            assert!(tcp.payload().len() <= 1460, "{text}: packet {number}");
        }
        let times: Vec<u64> = connection.events.iter().map(|event| event.at_us).collect();
        assert!(times.is_sorted(), "{text}");
    }
}

#[test]
fn tcp_opens_in_three_steps_and_closes_in_order_at_both_ends() {
    let connection = connection(&parsed("tls13"));
    let flags: Vec<(bool, bool, usize)> = connection.packets[..3]
        .iter()
        .map(|packet| {
            let ip = Ipv4Packet::new_checked(&packet.bytes[..]).unwrap();
            let tcp = TcpPacket::new_checked(ip.payload()).unwrap();
            (tcp.syn(), tcp.ack(), tcp.payload().len())
        })
        .collect();
    assert_eq!(flags, [(true, false, 0), (true, true, 0), (false, true, 0)]);
    let states = |who| -> Vec<&str> {
        let states = connection.events_of(who).filter_map(|event| match &event.op {
            Op::TcpState { state } => Some(state.as_str()),
            _ => None,
        });
        states.collect()
    };
    let client = ["SYN-SENT", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT"];
    assert_eq!(states(Endpoint::Client), client);
    let server = ["LISTEN", "SYN-RECEIVED", "ESTABLISHED", "CLOSE-WAIT", "LAST-ACK", "CLOSED"];
    assert_eq!(states(Endpoint::Server), server);
}

#[test]
fn every_round_trip_time_works_from_none_to_the_longest() {
    for rtt in [0, 1, 999, 2500, 10_000] {
        let scenario = Scenario { rtt_ms: rtt, ..Scenario::default() };
        for who in Endpoint::BOTH {
            assert_eq!(connection(&scenario).end(who).status, Status::Established, "{rtt} ms");
        }
    }
}

#[test]
fn what_was_sealed_is_what_the_peer_opened() {
    for text in ["tls13", "tls12", "tls12+suite=chacha20-poly1305", "tls12-rsa"] {
        let connection = connection(&parsed(text));
        for who in Endpoint::BOTH {
            let sealed: Vec<_> = connection
                .events_of(who)
                .filter_map(|event| match &event.op {
                    Op::Seal { sequence, key, nonce, aad, plaintext, ciphertext } => {
                        Some((sequence, key, nonce, aad, Some(plaintext), ciphertext))
                    }
                    _ => None,
                })
                .collect();
            let opened: Vec<_> = connection
                .events_of(who.peer())
                .filter_map(|event| match &event.op {
                    Op::Open { sequence, key, nonce, aad, ciphertext, plaintext } => {
                        Some((sequence, key, nonce, aad, plaintext.as_ref(), ciphertext))
                    }
                    _ => None,
                })
                .collect();
            assert!(!sealed.is_empty());
            assert_eq!(sealed, opened, "{text} {who:?}");
        }
    }
}

#[test]
fn a_trace_survives_json() {
    let trace = run_all(&parsed("tls12-mtls")).unwrap();
    let json = serde_json::to_string(&trace).unwrap();
    assert_eq!(serde_json::from_str::<handshake_lab::trace::Trace>(&json).unwrap(), trace);
}

/// The packets of these scenarios, and of every fault in both versions, are the same on every machine. Each
/// line is a scenario and its fingerprint. After a wanted change, or with a new fault,
/// `UPDATE_GOLDEN=1 cargo test --test engine fingerprints` writes the list anew.
#[test]
fn fingerprints_are_the_golden_ones() {
    let golden = include_str!("golden/fingerprints.txt");
    let mut texts: Vec<String> =
        golden.lines().filter_map(|line| line.split(' ').next()).map(String::from).collect();
    for scenario in FAULTS.iter().flat_map(|fault| in_versions(fault).map(|(_, scenario)| scenario))
    {
        if !texts.iter().any(|text| parsed(text) == scenario) {
            texts.push(scenario.text());
        }
    }
    let line =
        |text: &String| format!("{text} {}\n", fingerprint(&run_all(&parsed(text)).unwrap()));
    let now: String = texts.iter().map(line).collect();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/fingerprints.txt");
        std::fs::write(path, now).unwrap();
        return;
    }
    assert_eq!(now, golden, "the list is now:\n{now}");
}

#[test]
fn a_client_of_one_version_offers_the_suites_of_that_version_alone() {
    for (text, tls13) in [("tls13", true), ("tls12", false)] {
        let run = handshake_lab::run::Run::new(&parsed(text), &Capabilities::all()).unwrap();
        let hello = &run.dissection().messages[0];
        let suites = hello.nodes.iter().find_map(|node| node.find("cipher_suites")).unwrap();
        let values: Vec<&str> = suites.children.iter().map(|node| node.value.as_str()).collect();
        let offered: Vec<_> = values.iter().filter(|value| value.starts_with("0x")).collect();
        assert!(offered.len() >= 3, "{text}: {values:?}");
        // 0x00ff is no suite: it says that renegotiation is safe (RFC 5746, section 3.3).
        let mut suites = offered.iter().filter(|value| ***value != "0x00ff");
        assert!(suites.all(|value| value.starts_with("0x13") == tls13), "{text}: {values:?}");
    }
}
