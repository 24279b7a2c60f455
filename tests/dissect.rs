//! The dissection against what the recording saw: keys, plaintexts, messages.

#![cfg(test)]

mod resuming;

use handshake_lab::dissect::{EarlyData, Epoch, KeyNode, Message, MessageKind, dissect};
use handshake_lab::engine::Capabilities;
use handshake_lab::faults::{FAULTS, Fault};
use handshake_lab::run::Run;
use handshake_lab::scenario::{
    CertificateKind, ClientCertificate, Group, KeyExchange, Scenario, Suite, Version, showing,
};
use handshake_lab::tls::{AlertLevel, HandshakeType, NamedGroup, ProtocolVersion};
use handshake_lab::trace::{Endpoint, Event, Op, Roles, Status};
use resuming::resuming;

/// The scenario with this text form, run.
fn run(text: &str) -> Run {
    let scenario = Scenario::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    Run::new(&scenario, &Capabilities::all()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Every version with every suite, group and kind of client authentication.
fn matrix() -> Vec<String> {
    let mut all = Vec::new();
    for (number, version) in [Version::Tls13, Version::Tls12].into_iter().enumerate() {
        for suite in Suite::ALL {
            for group in Group::ALL.iter().filter(|group| group.goes_with(version)) {
                for client in [ClientCertificate::None, ClientCertificate::Required] {
                    let preset = ["tls13", "tls12"][number];
                    let suite = suite
                        .iana_name(version, CertificateKind::Ed25519, KeyExchange::Ecdhe)
                        .expect("a name");
                    all.push(format!(
                        "{preset}+suite={suite}+group={}+cert=ed25519+client-cert={}",
                        group.id(),
                        client.id()
                    ));
                }
            }
        }
    }
    all.extend(resuming().map(str::to_owned));
    all.extend(VARIANTS.map(str::to_owned));
    all
}

/// Handshakes that take other ways, and both together.
const VARIANTS: [&str; 15] = [
    "tls13-lossy",
    "tls13-big-flight",
    "tls13-mlkem+loss=0.2+reorder=0.2+duplicate=0.2+mss=536+seed=5",
    "tls12+loss=0.3+window=1000+seed=3",
    "tls13-hrr",
    "tls13-hrr+suite=TLS_AES_256_GCM_SHA384",
    "tls13-key-update",
    "tls13-key-update+suite=TLS_AES_256_GCM_SHA384",
    "tls13+key-update=server",
    "tls13-resumed+server-groups=secp384r1",
    "tls13-resumed+group=X25519MLKEM768",
    "tls13-0rtt+key-update=server",
    "tls13-0rtt-rejected+key-update=client+requests=2",
    "tls13-0rtt+loss=0.2+reorder=0.2+duplicate=0.2+mss=536",
    "tls12-ticket+loss=0.2+seed=3",
];

/// Every fault in both versions, as far as it applies.
fn faults() -> Vec<String> {
    let of = |fault: &&Fault| showing(fault, ["tls13", "tls12"]).collect::<Vec<_>>();
    FAULTS.iter().flat_map(of).map(|scenario| scenario.text()).collect()
}

/// The input of this name.
fn input<'a>(node: &'a KeyNode, name: &str) -> &'a [u8] {
    node.inputs.iter().find(|input| input.name == name).map_or(&[], |input| &input.value)
}

/// Whether `event` is the computation that `node` describes, with the same inputs and output. rustls
/// asks for a few more bytes of the TLS 1.2 key block than any suite here needs.
fn is_computation(event: &Event, node: &KeyNode) -> bool {
    match &event.op {
        Op::KeyAgreement { shared, .. } => {
            matches!(node.operation, "ECDHE" | "Concatenation") && *shared == node.output
        }
        Op::Encapsulate { shared, .. } | Op::Decapsulate { shared, .. } => {
            node.operation == "ML-KEM" && *shared == node.output
        }
        Op::HkdfExtract { salt, ikm, output, .. } => {
            node.operation == "HKDF-Extract"
                && (input(node, "salt"), input(node, "ikm")) == (salt, ikm)
                && *output == node.output
        }
        Op::HkdfExpandLabel { secret, label, context, output, .. } => {
            matches!(node.operation, "Derive-Secret" | "HKDF-Expand-Label")
                && node.label == label
                && (input(node, "secret"), input(node, "context")) == (secret, context)
                && *output == node.output
        }
        Op::Hmac { key, message, output, .. } => {
            node.operation == "HMAC"
                && (input(node, "key"), input(node, "context")) == (key, message)
                && *output == node.output
        }
        Op::Prf { secret, label, seed, output, .. } => {
            node.operation == "PRF"
                && node.label == label
                && (input(node, "secret"), input(node, "seed")) == (secret, seed)
                && output.starts_with(&node.output)
        }
        Op::InstallKey { key, iv, .. } => {
            node.operation == "Split" && (*key == node.output || *iv == node.output)
        }
        _ => false,
    }
}

#[test]
fn every_derived_value_is_what_both_endpoints_computed() {
    let mut compared = 0;
    for text in matrix() {
        let run = run(&text);
        for (connection, parts) in run.connections() {
            assert_eq!(parts.problems, Vec::<String>::new(), "{text}");
            assert!(parts.keys.len() >= 7, "{text}");
            // What an earlier connection left was computed there.
            let until = &run.trace.connections[..=connection.id as usize];
            let rejected = parts.negotiated.early_data == EarlyData::Rejected;
            // rustls offers no exporter of early data, so it never computes that secret.
            let used = |node: &&KeyNode| node.name != "early_exporter_secret";
            for node in parts.keys.iter().filter(used) {
                for who in Endpoint::BOTH {
                    // A server that takes no early data has no use for its keys.
                    let unused = ["client_early_key", "client_early_iv"].contains(&node.name);
                    if rejected && who == Endpoint::Server && unused {
                        continue;
                    }
                    let mut events = until.iter().flat_map(|one| one.events_of(who));
                    assert!(
                        events.any(|event| is_computation(event, node)),
                        "{text}: the {} did not compute {} = {}",
                        who.name(),
                        node.name,
                        node.formula
                    );
                    compared += 1;
                }
            }
        }
    }
    println!("{compared} values compared");
}

#[test]
fn every_secret_of_the_key_log_is_derived() {
    for text in matrix() {
        let run = run(&text);
        for (connection, parts) in run.connections() {
            for who in Endpoint::BOTH {
                let mut logged = 0;
                for event in connection.events_of(who) {
                    let Op::KeyLog { label, client_random, secret } = &event.op else { continue };
                    // rustls's server derives this with every pre-shared key, wanted or not.
                    let early = label == "CLIENT_EARLY_TRAFFIC_SECRET";
                    if early && parts.negotiated.early_data == EarlyData::None {
                        assert_eq!(who, Endpoint::Server, "{text}");
                        continue;
                    }
                    let name = match label.as_str() {
                        "CLIENT_RANDOM" => "main_secret",
                        "CLIENT_HANDSHAKE_TRAFFIC_SECRET" => "client_handshake_traffic_secret",
                        "SERVER_HANDSHAKE_TRAFFIC_SECRET" => "server_handshake_traffic_secret",
                        "CLIENT_TRAFFIC_SECRET_0" => "client_application_traffic_secret_0",
                        "SERVER_TRAFFIC_SECRET_0" => "server_application_traffic_secret_0",
                        "EXPORTER_SECRET" => "exporter_secret",
                        "CLIENT_EARLY_TRAFFIC_SECRET" => "client_early_traffic_secret",
                        other => panic!("{text}: {other} has no node"),
                    };
                    let node = parts.key(name).unwrap_or_else(|| panic!("{text}: no {name}"));
                    assert_eq!(node.output, *secret, "{text}: {name}");
                    assert_eq!(parts.negotiated.client_random.as_ref(), Some(client_random));
                    logged += 1;
                }
                let tls13 = parts.negotiated.version == Some(ProtocolVersion::TLS1_3);
                let early = u32::from(parts.negotiated.early_data != EarlyData::None);
                assert_eq!(logged, if tls13 { 5 + early } else { 1 }, "{text}: {}", who.name());
            }
        }
    }
}

#[test]
fn every_encrypted_record_opens_to_what_was_sealed() {
    for text in matrix().into_iter().chain(faults()) {
        let text = text.as_str();
        let run = run(text);
        for (connection, parts) in run.connections() {
            assert_eq!(parts.problems, Vec::<String>::new(), "{text}");
            for who in Endpoint::BOTH {
                let ours: Vec<_> = parts
                    .records
                    .iter()
                    .filter(|record| record.from == who)
                    .filter_map(|record| {
                        let opened = record.opened.as_ref()?.as_ref().expect("opened");
                        let key = parts.key_of(who, &opened.key).expect("a node for the key");
                        let (nonce, aad) = (opened.nonce.clone(), opened.aad.clone());
                        let sealed = record.bytes[5..].to_vec();
                        Some((
                            record.sequence,
                            key.output.clone(),
                            nonce,
                            aad,
                            opened.plaintext.clone(),
                            sealed,
                        ))
                    })
                    .collect();
                let sealed: Vec<_> = connection
                    .events_of(who)
                    .filter_map(|event| match event.op.clone() {
                        Op::Seal { sequence, key, nonce, aad, plaintext, ciphertext } => {
                            Some((sequence, key, nonce, aad, plaintext, ciphertext))
                        }
                        _ => None,
                    })
                    .collect();
                assert!(!sealed.is_empty() || run.scenario().fault.is_some(), "{text}");
                // Whoever sends a recording has sealed nothing.
                if connection.roles != Roles::REPLAY || who == Endpoint::Server {
                    assert_eq!(ours, sealed, "{text}: sealed by the {}", who.name());
                }
                let opened =
                    connection.events_of(who.peer()).filter_map(|event| match event.op.clone() {
                        Op::Open { sequence, key, nonce, aad, plaintext, ciphertext } => {
                            Some((sequence, key, nonce, aad, plaintext?, ciphertext))
                        }
                        _ => None,
                    });
                for one in opened {
                    assert!(ours.contains(&one), "{text}: opened by the {}", who.peer().name());
                }
            }
        }
    }
}

/// Names of the handshake messages, alerts and so on, in the order sent; the client's with `>`.
fn flow(run: &Run) -> Vec<String> {
    let arrow = |from| if from == Endpoint::Client { ">" } else { "<" };
    let messages = run.dissection().messages.iter();
    messages.map(|message| format!("{}{}", arrow(message.from), message.name)).collect()
}

#[test]
fn messages_of_a_mutual_tls_1_3_connection_come_in_the_order_of_rfc_9846() {
    let run = run("tls13+client-cert=required");
    assert_eq!(
        flow(&run),
        [
            ">ClientHello",
            "<ServerHello",
            "<change_cipher_spec",
            "<EncryptedExtensions",
            "<CertificateRequest",
            "<Certificate",
            "<CertificateVerify",
            "<Finished",
            ">change_cipher_spec",
            ">Certificate",
            ">CertificateVerify",
            ">Finished",
            ">application_data",
            "<NewSessionTicket",
            "<application_data",
            ">close_notify",
            "<close_notify",
        ]
    );
    let negotiated = &run.dissection().negotiated;
    assert_eq!(negotiated.round_trips, 1);
    assert_eq!(negotiated.version, Some(ProtocolVersion::TLS1_3));
    assert_eq!(negotiated.alpn.as_deref(), Some("http/1.1"));
    assert!(!negotiated.resumed);
}

#[test]
fn messages_of_a_tls_1_2_connection_come_in_the_order_of_rfc_5246() {
    let run = run("tls12");
    assert_eq!(
        flow(&run),
        [
            ">ClientHello",
            "<ServerHello",
            "<Certificate",
            "<ServerKeyExchange",
            "<ServerHelloDone",
            ">ClientKeyExchange",
            ">change_cipher_spec",
            ">Finished",
            "<change_cipher_spec",
            "<Finished",
            ">application_data",
            "<application_data",
            ">close_notify",
            "<close_notify",
        ]
    );
    let negotiated = &run.dissection().negotiated;
    assert_eq!(negotiated.round_trips, 2);
    assert_eq!(negotiated.group, Some(NamedGroup::X25519));
    assert!(!negotiated.resumed);
}

#[test]
fn the_transcript_ends_with_the_last_finished() {
    for text in ["tls13", "tls13+client-cert=required", "tls12", "tls12+client-cert=required"] {
        let run = run(text);
        let parts = &run.dissections[0];
        let last = parts.transcript.last().expect("a transcript").message;
        let finished =
            |message: &&Message| message.kind == MessageKind::Handshake(HandshakeType::FINISHED);
        let expected = parts.messages.iter().rfind(finished).expect("a Finished");
        assert_eq!(last, expected.index, "{text}");
        // What the endpoints read of their transcript hashes is in it, as far as they read it at
        // message boundaries: for the session hash or the traffic secrets, and for each Finished.
        let seen = |hash: &Vec<u8>| {
            run.trace.connections[0].events.iter().any(
                |event| matches!(&event.op, Op::TranscriptHash { output, .. } if output == hash),
            )
        };
        let read = parts.transcript.iter().filter(|entry| seen(&entry.hash)).count();
        assert!(read >= 2, "{text}: only {read} transcript hashes agree with the recording");
    }
}

#[test]
fn a_failed_handshake_shows_its_alert_under_the_keys_it_was_sent_with() {
    let expect = [
        (
            "tls13+fault=cert-expired",
            Endpoint::Client,
            "certificate_expired",
            "client_handshake_key",
        ),
        (
            "tls13+fault=hostname-mismatch",
            Endpoint::Client,
            "bad_certificate",
            "client_handshake_key",
        ),
        (
            "tls13+fault=client-cert-missing",
            Endpoint::Server,
            "certificate_required",
            "server_application_key",
        ),
        ("tls12+fault=cert-expired", Endpoint::Client, "certificate_expired", ""),
    ];
    for (text, from, name, key) in expect {
        let run = run(text);
        let parts = &run.dissections[0];
        let alert = parts
            .messages
            .iter()
            .find(|message| {
                matches!(message.kind, MessageKind::Alert { level: AlertLevel::FATAL, .. })
            })
            .expect("a fatal alert");
        assert_eq!((alert.from, alert.name.as_str()), (from, name), "{text}");
        let opened = parts.records[alert.records[0]].opened.as_ref();
        let under = opened.map_or("", |opened| opened.as_ref().expect("opened").key.as_str());
        assert_eq!(under, key, "{text}");
        assert_eq!(run.trace.connections[0].client_end.status, Status::Failed, "{text}");
    }
}

#[test]
fn packets_records_and_messages_point_at_each_other() {
    for text in ["tls13+client-cert=required", "tls12"] {
        let run = run(text);
        let parts = &run.dissections[0];
        for message in &parts.messages {
            assert!(!message.records.is_empty());
            for record in &message.records {
                assert!(parts.records[*record].messages.contains(&message.index));
                assert_eq!(parts.records[*record].from, message.from);
            }
        }
        for record in &parts.records {
            assert!(!record.packets.is_empty());
            for packet in parts.packets.iter().filter(|p| record.packets.contains(&p.number)) {
                assert!(packet.records.contains(&record.index));
            }
        }
        assert!(parts.messages.is_sorted_by_key(|message| message.sent_us), "{text}");
    }
}

/// The flow of a resumed connection, with what it settled.
#[track_caller]
fn assert_flow(text: &str, expected: &[&str], early_data: EarlyData, round_trips: u32) {
    let run = run(text);
    assert_eq!(flow(&run), expected, "{text}");
    let negotiated = &run.dissection().negotiated;
    assert!(negotiated.resumed, "{text}");
    assert_eq!(
        (negotiated.early_data, negotiated.round_trips),
        (early_data, round_trips),
        "{text}"
    );
    assert!(!run.dissections[0].negotiated.resumed, "{text}: the first connection");
    assert_eq!(run.connection().id, 1, "{text}");
}

#[test]
fn a_resumed_tls_1_3_connection_has_no_certificates() {
    for text in ["tls13-resumed", "tls13+resume=ticket"] {
        assert_flow(
            text,
            &[
                ">ClientHello",
                "<ServerHello",
                "<change_cipher_spec",
                "<EncryptedExtensions",
                "<Finished",
                ">change_cipher_spec",
                ">Finished",
                ">application_data",
                "<NewSessionTicket",
                "<application_data",
                ">close_notify",
                "<close_notify",
            ],
            EarlyData::None,
            1,
        );
    }
}

#[test]
fn accepted_early_data_is_answered_before_the_handshake_is_over() {
    assert_flow(
        "tls13-0rtt",
        &[
            ">ClientHello",
            ">change_cipher_spec",
            ">application_data",
            "<ServerHello",
            "<change_cipher_spec",
            "<EncryptedExtensions",
            "<Finished",
            "<application_data",
            ">EndOfEarlyData",
            ">Finished",
            ">close_notify",
            "<NewSessionTicket",
            "<close_notify",
        ],
        EarlyData::Accepted,
        0,
    );
}

#[test]
fn rejected_early_data_is_sent_again() {
    let text = "tls13-0rtt-rejected";
    assert_flow(
        text,
        &[
            ">ClientHello",
            ">change_cipher_spec",
            ">application_data",
            "<ServerHello",
            "<change_cipher_spec",
            "<EncryptedExtensions",
            "<Finished",
            ">Finished",
            ">application_data",
            "<NewSessionTicket",
            "<application_data",
            ">close_notify",
            "<close_notify",
        ],
        EarlyData::Rejected,
        1,
    );
    let run = run(text);
    let requests: Vec<_> = run
        .dissection()
        .messages
        .iter()
        .filter(|m| m.from == Endpoint::Client && m.kind == MessageKind::ApplicationData)
        .map(|message| (message.epoch, &message.bytes))
        .collect();
    let [(Epoch::Early, early), (Epoch::Application, again)] = requests[..] else {
        panic!("{requests:?}")
    };
    assert_eq!(early, again);
}

#[test]
fn an_abbreviated_tls_1_2_handshake_has_the_servers_finished_first() {
    let flow = [
        ">ClientHello",
        "<ServerHello",
        "<change_cipher_spec",
        "<Finished",
        ">change_cipher_spec",
        ">Finished",
        ">application_data",
        "<application_data",
        ">close_notify",
        "<close_notify",
    ];
    assert_flow("tls12-session-id", &flow, EarlyData::None, 1);
    let with_ticket = [&flow[..2], &["<NewSessionTicket"], &flow[2..]].concat();
    assert_flow("tls12-ticket", &with_ticket, EarlyData::None, 1);
}

#[test]
fn a_second_request_on_a_kept_connection_needs_no_handshake() {
    let run = run("tls13-keepalive");
    let parts = run.dissection();
    let hellos = parts
        .messages
        .iter()
        .filter(|m| m.kind == MessageKind::Handshake(HandshakeType::CLIENT_HELLO))
        .count();
    let data = |m: &&Message| m.kind == MessageKind::ApplicationData;
    let sent: Vec<u64> = parts.messages.iter().filter(data).map(|m| m.sent_us).collect();
    assert_eq!((run.trace.connections.len(), hellos, sent.len()), (1, 1, 4));
    let arrived = parts.messages.iter().filter(data).nth(1).and_then(|m| m.received_us).unwrap();
    assert_eq!(sent[2] - arrived, u64::from(run.scenario().pause_ms) * 1000);
}

#[test]
fn the_binder_is_computed_over_the_client_hello_and_stands_in_it() {
    for text in ["tls13-resumed", "tls13-0rtt", "tls13+resume=ticket"] {
        let run = run(text);
        let parts = run.dissection();
        let binder = parts.key("binder").expect("a binder");
        assert!(parts.messages[0].bytes.ends_with(&binder.output), "{text}");
        assert_eq!(binder.context, "Truncate(ClientHello)", "{text}");
        // The key is the one that the first connection left.
        let left = run.dissections[0].key("resumption_psk").expect("a key");
        assert_eq!(parts.key("psk").expect("a key").output, left.output, "{text}");
        assert_eq!(parts.offered.as_ref(), run.dissections[0].sessions.first(), "{text}");
    }
}

#[test]
fn without_the_earlier_connection_a_resumed_one_stays_closed_and_says_why() {
    for text in ["tls13-resumed", "tls13-0rtt", "tls12-session-id", "tls12-ticket"] {
        let run = run(text);
        let parts = dissect(run.connection());
        assert!(!parts.problems.is_empty(), "{text}");
        assert!(parts.negotiated.resumed, "{text}");
        assert!(parts.messages.iter().any(|m| m.kind == MessageKind::Opaque), "{text}");
    }
}

#[test]
fn a_ticket_past_its_time_leads_to_a_full_handshake() {
    let a_day_and_a_second = "tls13-resumed+pause-ms=86401000";
    let run = run(a_day_and_a_second);
    assert!(!run.dissection().negotiated.resumed);
    assert_eq!(run.connection().client_end.status, Status::Established);
    assert!(run.dissection().handshake(Endpoint::Server, HandshakeType::CERTIFICATE).is_some());
}

#[test]
fn the_first_answer_takes_the_round_trips_that_theory_says() {
    // TCP takes one round trip, request and answer one; the rest is the handshake's.
    let theory = [
        ("tls12", 4),
        ("tls12-session-id", 3),
        ("tls12-ticket", 3),
        ("tls13", 3),
        ("tls13-resumed", 3),
        ("tls13-0rtt-rejected", 3),
        ("tls13-0rtt", 2),
    ];
    for rtt_ms in [20, 80, 200] {
        for (preset, trips) in theory {
            let run = run(&format!("{preset}+rtt-ms={rtt_ms}"));
            let parts = run.dissection();
            let answer =
                |m: &&Message| m.from == Endpoint::Server && m.kind == MessageKind::ApplicationData;
            let answered = parts.messages.iter().find(answer).and_then(|m| m.received_us).unwrap();
            let took_us = answered - parts.packets[0].sent_us;
            assert_eq!(took_us, trips * rtt_ms * 1000, "{preset} at {rtt_ms} ms");
        }
        let run = run(&format!("tls13-keepalive+rtt-ms={rtt_ms}"));
        let data: Vec<&Message> = run
            .dissection()
            .messages
            .iter()
            .filter(|m| m.kind == MessageKind::ApplicationData)
            .collect();
        let [.., request, response] = data[..] else { panic!("two requests") };
        assert_eq!(response.received_us.unwrap() - request.sent_us, rtt_ms * 1000);
    }
}

#[test]
fn what_a_fault_changes_on_the_path_is_shown_byte_for_byte() {
    let mut altered = 0;
    for fault in FAULTS {
        for scenario in showing(fault, ["tls13", "tls12", "tls12-rsa", "tls13-mtls"]) {
            let run = run(&scenario.text());
            let packets = run.dissection().packets.iter();
            let changed: Vec<u32> =
                packets.filter(|packet| packet.received.is_some()).map(|p| p.number).collect();
            for record in &run.dissection().records {
                let at = format!("{}, record {}", scenario.text(), record.index);
                let Some(alteration) = record.alteration() else {
                    assert_eq!(record.bytes, record.received_bytes(), "{at}");
                    continue;
                };
                altered += 1;
                assert!(record.packets.iter().any(|number| changed.contains(number)), "{at}");
                // The bytes that are marked, put in the place of those that were sent, are what arrived.
                let mut made = record.bytes.clone();
                for row in alteration.rows(8) {
                    for (at, (byte, is_changed)) in row.received.iter().enumerate() {
                        if *is_changed {
                            made[row.offset + at] = *byte;
                        }
                    }
                }
                assert_eq!(made, record.received_bytes(), "{at}");
                let marks = alteration.rows(8).into_iter().flat_map(|row| row.sent);
                assert_eq!(marks.filter(|byte| byte.1).count(), alteration.count(), "{at}");
            }
        }
    }
    assert!(altered >= 3, "{altered}");
}
