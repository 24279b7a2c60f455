//! The handshakes that take another way than the plain one: what each preset must show.

#![cfg(test)]

use handshake_lab::dissect::{Message, MessageKind, Record};
use handshake_lab::engine::Capabilities;
use handshake_lab::run::Run;
use handshake_lab::scenario::{Close, KEYS, PRESETS, Scenario};
use handshake_lab::story::{CheckResult, Phase, Remark, Told};
use handshake_lab::tls::{AlertDescription, AlertLevel, HandshakeType, NamedGroup};
use handshake_lab::trace::{Endpoint, Op, Status};
use sha2::{Digest, Sha256};

/// The scenario with this text form, run; both ends established, save a server that was reset.
fn run(text: &str) -> Run {
    let scenario = Scenario::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let run =
        Run::new(&scenario, &Capabilities::all()).unwrap_or_else(|error| panic!("{text}: {error}"));
    for (connection, parts) in run.connections() {
        assert_eq!(parts.problems, Vec::<String>::new(), "{text}");
        if scenario.close == Close::Reset {
            assert_eq!(connection.client_end.status, Status::Established, "{text}");
            assert_eq!(connection.server_end.error.as_deref(), Some("connection reset"), "{text}");
            continue;
        }
        for who in Endpoint::BOTH {
            assert_eq!(connection.end(who).status, Status::Established, "{text} {who:?}");
        }
    }
    run
}

/// All handshake messages of this type from `from`.
fn handshakes(run: &Run, from: Endpoint, kind: HandshakeType) -> Vec<&Message> {
    let messages = run.dissection().messages.iter();
    messages.filter(|m| m.from == from && m.kind == MessageKind::Handshake(kind)).collect()
}

/// The steps of this title.
fn steps<'a>(run: &'a Run, title: &str) -> Vec<Told<'a>> {
    run.told().filter(|step| step.title == title).collect()
}

#[test]
fn every_preset_is_valid_and_establishes_at_both_ends() {
    for preset in PRESETS {
        assert!(Scenario::from_preset(preset).with(&[]).is_ok(), "{}", preset.id);
        run(preset.id);
    }
}

#[test]
fn a_hello_retry_request_makes_two_round_trips_and_a_second_client_hello() {
    let run = run("tls13-hrr");
    assert_eq!(run.dissection().negotiated.round_trips, 2);
    let hellos = handshakes(&run, Endpoint::Client, HandshakeType::CLIENT_HELLO);
    assert_eq!(hellos.len(), 2);
    // Random and session ID are the same in both (RFC 9846, section 4.2.2).
    assert_eq!(hellos[0].bytes[6..71], hellos[1].bytes[6..71]);
    let told = steps(&run, "ClientHello");
    assert!(
        told[0].words.what.contains("offers") && told[1].words.what.contains("again"),
        "{}",
        told[1].words.what
    );
    assert!(told[1].words.what.contains("**secp256r1**"), "{}", told[1].words.what);
    let retry = steps(&run, "HelloRetryRequest");
    assert!(retry[0].words.why.contains("x25519"), "{}", retry[0].words.why);
    let checks: Vec<_> =
        run.findings().checks.iter().filter(|c| c.step == retry[0].index).collect();
    assert_eq!(checks.len(), 4);
    assert!(checks.iter().all(|check| check.result == CheckResult::Passed));
}

#[test]
fn after_a_hello_retry_request_the_transcript_goes_on_from_message_hash() {
    let run = run("tls13-hrr");
    let parts = run.dissection();
    let [first, retry, second, ..] = &parts.transcript[..] else { panic!("a transcript") };
    let bytes = |message: usize| &parts.messages[message].bytes[..];
    assert_eq!(first.hash, Sha256::digest(bytes(first.message)).to_vec());
    assert_eq!(first.message_hash, [&[254, 0, 0, 32], &first.hash[..]].concat());
    let so_far = [&first.message_hash, bytes(retry.message)].concat();
    assert_eq!(retry.hash, Sha256::digest(&so_far).to_vec());
    let so_far = [&so_far, bytes(second.message)].concat();
    assert_eq!(second.hash, Sha256::digest(&so_far).to_vec());
    assert!(parts.transcript[1..].iter().all(|entry| entry.message_hash.is_empty()));
    let secret = parts.key("client_handshake_traffic_secret").expect("a secret");
    assert_eq!(secret.context, "message_hash(ClientHello)…ServerHello");
    // Both ends put the same bytes into their running hash.
    for who in Endpoint::BOTH {
        let hashed = run.connection().events_of(who).any(|event| match &event.op {
            Op::TranscriptUpdate { data } => data.starts_with(&first.message_hash),
            _ => false,
        });
        assert!(hashed, "{who:?}");
    }
}

#[test]
fn without_the_share_of_a_second_group_nothing_changes_in_the_first_client_hello() {
    let (plain, retried) = (run("tls13"), run("tls13-hrr"));
    assert_eq!(plain.connection().packets[..4], retried.connection().packets[..4]);
}

#[test]
fn a_server_that_accepts_the_group_of_the_share_asks_for_nothing() {
    let run = run("tls13+server-groups=x25519");
    assert_eq!(run.dissection().negotiated.round_trips, 1);
    assert!(steps(&run, "HelloRetryRequest").is_empty());
}

/// What the sender's records are opened with, in order: key and sequence number.
fn keys(run: &Run, from: Endpoint) -> Vec<(&str, u64)> {
    let opened = |record: &'_ Record| record.opened.as_ref().map(|o| o.as_ref().is_ok());
    let records = run.dissection().records.iter();
    let mine = records.filter(|record| record.from == from && opened(record) == Some(true));
    mine.map(|record| {
        let opened = record.opened.as_ref().and_then(|opened| opened.as_ref().ok());
        (opened.expect("opened").key.as_str(), record.sequence)
    })
    .collect()
}

#[test]
fn after_a_key_update_each_direction_goes_on_under_its_next_keys_from_record_0() {
    for text in ["tls13-key-update", "tls13+key-update=server"] {
        let run = run(text);
        for from in Endpoint::BOTH {
            let name = from.name();
            let (old, new) =
                (format!("{name}_application_key"), format!("{name}_application_key_1"));
            let keys = keys(&run, from);
            let first_new = keys.iter().position(|(key, _)| *key == new).expect("new keys");
            assert_eq!(keys[first_new - 1].0, old, "{text}");
            assert!(keys[first_new..].iter().all(|(key, _)| *key == new), "{text}");
            let sequences: Vec<u64> = keys[first_new..].iter().map(|key| key.1).collect();
            assert_eq!(sequences, (0..sequences.len() as u64).collect::<Vec<_>>(), "{text}");
            let update = handshakes(&run, from, HandshakeType::KEY_UPDATE);
            assert_eq!(update.len(), 1, "{text}");
            let node = run.dissection().key(&format!("{name}_application_traffic_secret_1"));
            let node = node.expect("a secret");
            assert_eq!(node.after_message, Some(update[0].index), "{text}");
            assert_eq!(node.label, "traffic upd");
            assert_eq!(node.parents, [format!("{name}_application_traffic_secret_0")]);
            let told = steps(&run, "KeyUpdate");
            let told = told.iter().find(|step| step.from == from).expect("a step");
            let (last, sequence) = keys[first_new - 1];
            let at = format!("record {sequence} under `{last}`, and the last");
            assert!(told.words.notice.contains(&at), "{}", told.words.notice);
            let next = format!("under `{new}`, and its sequence number is 0");
            assert!(told.words.notice.contains(&next), "{}", told.words.notice);
        }
    }
}

#[test]
fn who_asks_for_an_update_and_who_answers_is_told() {
    for (text, first) in
        [("tls13-key-update", Endpoint::Client), ("tls13+key-update=server", Endpoint::Server)]
    {
        let run = run(text);
        let told = steps(&run, "KeyUpdate");
        assert_eq!([told[0].from, told[1].from], [first, first.peer()], "{text}");
        assert!(told[0].words.what.contains("asks the"), "{}", told[0].words.what);
        assert!(told[1].words.what.ends_with("asked."), "{}", told[1].words.what);
        // Each end reads the other's update with the derivation of the other's next secret.
        for step in told {
            let events = &run.connection().events;
            let derives = |list: &[usize]| {
                list.iter().any(|&event| match &events[event].op {
                    Op::HkdfExpandLabel { label, .. } => label == "traffic upd",
                    _ => false,
                })
            };
            assert!(derives(&step.made_by) && derives(&step.read_by), "{text}");
        }
    }
}

#[test]
fn a_hybrid_share_is_split_into_its_two_parts() {
    let run = run("tls13-mlkem");
    assert_eq!(run.dissection().negotiated.group, Some(NamedGroup::X25519MLKEM768));
    let part = |message: &Message, name: &str| {
        let node = message.nodes.iter().find_map(|node| node.find(name));
        let node = node.unwrap_or_else(|| panic!("no {name}"));
        message.bytes[node.start..node.end].to_vec()
    };
    let client = handshakes(&run, Endpoint::Client, HandshakeType::CLIENT_HELLO)[0];
    let server = handshakes(&run, Endpoint::Server, HandshakeType::SERVER_HELLO)[0];
    assert_eq!(part(client, "ML-KEM encapsulation key").len(), 1184);
    assert_eq!(part(client, "X25519 public key").len(), 32);
    assert_eq!(part(server, "X25519 public key").len(), 32);
    let ciphertext = part(server, "ML-KEM ciphertext");
    assert_eq!(ciphertext.len(), 1088);
    let opened = run.connection().events_of(Endpoint::Client).find_map(|event| match &event.op {
        Op::Decapsulate { ciphertext, shared, .. } => Some((ciphertext.clone(), shared.clone())),
        _ => None,
    });
    let (decapsulated, shared) = opened.expect("a decapsulation");
    assert_eq!(decapsulated, ciphertext);
    let made = run
        .connection()
        .events_of(Endpoint::Server)
        .any(|event| matches!(&event.op, Op::Encapsulate { shared: made, .. } if *made == shared));
    assert!(made, "the server made the same secret");
}

#[test]
fn both_secrets_of_a_hybrid_join_into_the_shared_secret_ml_kem_first() {
    for text in ["tls13-mlkem", "tls13-mlkem+server-groups=X25519MLKEM768"] {
        let run = run(text);
        let value = |name: &str| &run.dissection().key(name).expect(name).output;
        let (kem, x25519) = (value("mlkem768_shared_secret"), value("x25519_shared_secret"));
        assert_eq!(*value("shared_secret"), [&kem[..], x25519].concat(), "{text}");
        let handshake = run.dissection().key("handshake_secret").expect("a handshake secret");
        assert!(handshake.parents.contains(&"shared_secret"));
        let joined = run.dissection().key("shared_secret").expect("a shared secret");
        assert_eq!(joined.parents, ["mlkem768_shared_secret", "x25519_shared_secret"]);
    }
}

#[test]
fn a_server_without_ml_kem_takes_the_x25519_share_that_came_with_it() {
    let run = run("tls13-mlkem+server-groups=x25519");
    assert_eq!(run.dissection().negotiated.group, Some(NamedGroup::X25519));
    assert_eq!(run.dissection().negotiated.round_trips, 1);
    assert!(run.dissection().key("mlkem768_shared_secret").is_none());
}

#[test]
fn the_dummy_change_cipher_spec_is_told_with_the_session_id_that_comes_back() {
    let run = run("tls13");
    let hello = handshakes(&run, Endpoint::Client, HandshakeType::CLIENT_HELLO)[0];
    let id = handshake_lab::hex::encode(&hello.bytes[39..43]);
    let dummies = steps(&run, "ChangeCipherSpec");
    assert_eq!(dummies.len(), 2);
    for dummy in dummies {
        assert!(
            dummy.words.what.contains("dummy") && dummy.words.notice.contains(&id),
            "{}",
            dummy.words.notice
        );
    }
}

/// The states of TCP that an end went through.
fn states(run: &Run, who: Endpoint) -> Vec<&str> {
    let events = run.connection().events_of(who);
    let states = events.filter_map(|event| match &event.op {
        Op::TcpState { state } => Some(state.as_str()),
        _ => None,
    });
    states.collect()
}

/// The client's packets with this flag, as positions.
fn with_flag(run: &Run, flag: &str) -> Vec<usize> {
    let packets = run.dissection().packets.iter().enumerate();
    let own = packets.filter(|(_, packet)| packet.from == Endpoint::Client);
    own.filter(|(_, packet)| packet.flags.contains(flag)).map(|(at, _)| at).collect()
}

#[test]
fn a_half_closed_client_says_so_behind_its_request_and_still_reads_the_response() {
    for text in ["tls13-half-close", "tls13+close=half-close+requests=3+alpn=none"] {
        let run = run(text);
        let messages = &run.dissection().messages;
        let order: Vec<(Endpoint, &MessageKind)> = messages
            .iter()
            .filter(|m| matches!(m.kind, MessageKind::ApplicationData | MessageKind::Alert { .. }))
            .map(|m| (m.from, &m.kind))
            .collect();
        let close = MessageKind::Alert {
            level: AlertLevel::WARNING,
            description: AlertDescription::CLOSE_NOTIFY,
        };
        let expected = [
            (Endpoint::Client, &MessageKind::ApplicationData),
            (Endpoint::Client, &close),
            (Endpoint::Server, &MessageKind::ApplicationData),
            (Endpoint::Server, &close),
        ];
        assert_eq!(order[order.len() - 4..], expected, "{text}");
        // The server has the FIN before it sends its response, and its direction stays open.
        let fin = &run.dissection().packets[with_flag(&run, "FIN")[0]];
        let response = messages.iter().rfind(|m| m.kind == MessageKind::ApplicationData).unwrap();
        assert!(fin.received_us.unwrap() <= response.sent_us, "{text}");
        let client = ["SYN-SENT", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT"];
        assert_eq!(states(&run, Endpoint::Client), client, "{text}");
        let read = run
            .connection()
            .events_of(Endpoint::Client)
            .any(|event| matches!(&event.op, Op::DataRead { data } if *data == response.bytes));
        assert!(read, "{text}: the client reads it all");
    }
}

#[test]
fn a_half_close_is_told_at_the_steps_it_is_about() {
    let run = run("tls13-half-close");
    let told = |title: &str, from| {
        *steps(&run, title).iter().find(|step| step.from == from).expect("a step")
    };
    let (notify, fin) =
        (told("close_notify", Endpoint::Client), told("FIN, ACK", Endpoint::Client));
    assert!(
        notify.words.why.contains("reads on") && notify.words.notice.contains("discard"),
        "{notify:?}"
    );
    assert!(fin.words.why.contains("CLOSE-WAIT"), "{fin:?}");
    let response = told("200 OK", Endpoint::Server);
    assert!(matches!(response.remarks[..], [Remark::HalfClosed { .. }]), "{response:?}");
    // The close is what comes after the response.
    assert_eq!([notify.phase, fin.phase, response.phase], [Phase::Data; 3]);
    assert_eq!(told("close_notify", Endpoint::Server).phase, Phase::Close);
    assert!(run.story().ending.contains("stayed open"), "{}", run.story().ending);
    let check = run.findings().checks.last().expect("checks");
    assert_eq!((check.by, check.result), (Endpoint::Client, CheckResult::Passed));
    assert!(check.question.contains("close_notify"), "{}", check.question);
}

#[test]
fn an_orderly_close_on_a_link_without_delay_is_no_half_close() {
    for text in ["tls12+rtt-ms=0", "tls13+rtt-ms=0", "tls12-ticket+rtt-ms=0"] {
        let run = run(text);
        assert!(!run.story().ending.contains("closed its direction"), "{text}");
    }
    let half = run("tls13-half-close+rtt-ms=0");
    assert!(half.story().ending.contains("closed its direction"));
}

#[test]
fn a_reset_ends_the_connection_without_close_notify_and_the_server_cannot_tell_by_whom() {
    for text in ["tls13-reset", "tls12+close=reset", "tls12-rsa+close=reset"] {
        let run = run(text);
        let parts = run.dissection();
        assert!(!parts.messages.iter().any(|m| matches!(m.kind, MessageKind::Alert { .. })));
        assert!(parts.packets.iter().all(|packet| !packet.flags.contains("FIN")), "{text}");
        assert_eq!(with_flag(&run, "RST"), [parts.packets.len() - 1], "{text}");
        for who in Endpoint::BOTH {
            assert_eq!(states(&run, who).last(), Some(&"CLOSED"), "{text}");
        }
        let last = run.told().last().expect("steps");
        assert!(
            last.words.what.contains("RST") && last.words.notice.contains("not authenticated"),
            "{text}"
        );
        let ending = &run.story().ending;
        assert!(ending.starts_with("The handshake succeeded"), "{ending}");
        assert!(ending.contains("The server reports") || ending.contains("the server reports"));
        let check = run.findings().checks.last().expect("checks");
        assert_eq!((check.by, check.result), (Endpoint::Server, CheckResult::Failed), "{text}");
        assert_eq!(check.step, last.index, "{text}");
    }
}

#[test]
fn a_reset_that_the_link_loses_leaves_the_server_waiting() {
    let lost = (0..400).find_map(|seed| {
        let scenario = Scenario::parse(&format!("tls13-reset+loss=0.1+seed={seed}")).unwrap();
        let run = Run::new(&scenario, &Capabilities::all()).unwrap();
        let last = run.dissection().packets.iter().rfind(|packet| packet.flags.contains("RST"))?;
        last.received_us.is_none().then_some(run)
    });
    let run = lost.expect("a seed that loses the RST");
    assert_eq!(run.connection().server_end.status, Status::Established);
    let mut events = run.connection().events_of(Endpoint::Server);
    assert!(events.any(|event| matches!(event.op, Op::TimedOut { .. })));
    assert!(run.story().ending.contains("still waits"), "{}", run.story().ending);
}

#[test]
fn a_raw_public_key_stands_in_the_certificate_message_alone() {
    for kind in ["ecdsa-p256", "ecdsa-p384", "ed25519", "rsa-2048"] {
        let run = run(&format!("tls13-raw-public-key+cert={kind}"));
        let message = handshakes(&run, Endpoint::Server, HandshakeType::CERTIFICATE)[0];
        let node = |name: &str| message.nodes.iter().find_map(|node| node.find(name));
        let key = node("ASN1_subjectPublicKeyInfo").expect("a key");
        assert!(node("subjectPublicKey").is_some() && node("tbsCertificate").is_none(), "{kind}");
        let octets = &message.bytes[key.start..key.end];
        // It is all that the client compares, and the key that the signature is checked with.
        let judged =
            run.connection().events_of(Endpoint::Client).find_map(|event| match &event.op {
                Op::RawPublicKey { key, trusted, error: None } => Some((key, trusted)),
                _ => None,
            });
        assert_eq!(judged, Some((&octets.to_vec(), &octets.to_vec())), "{kind}");
        let verified = run.connection().events_of(Endpoint::Client).any(|event| {
            matches!(&event.op, Op::Verify { public_key, ok: true, .. } if octets.ends_with(public_key))
        });
        assert!(verified, "{kind}");
        assert!(
            handshakes(&run, Endpoint::Server, HandshakeType::CERTIFICATE_VERIFY).len() == 1,
            "{kind}"
        );
    }
}

#[test]
fn a_raw_public_key_is_the_one_that_a_certificate_would_hold() {
    let (raw, usual) = (run("tls13-raw-public-key"), run("tls13"));
    let key = |run: &Run, name: &str| {
        let message = handshakes(run, Endpoint::Server, HandshakeType::CERTIFICATE)[0];
        let node = message.nodes.iter().find_map(|node| node.find(name)).expect("a key");
        message.bytes[node.start..node.end].to_vec()
    };
    assert_eq!(key(&raw, "ASN1_subjectPublicKeyInfo"), key(&usual, "subjectPublicKeyInfo"));
}

#[test]
fn a_raw_public_key_is_asked_for_and_announced_in_extensions() {
    let run = run("tls13-raw-public-key");
    for (from, kind) in [
        (Endpoint::Client, HandshakeType::CLIENT_HELLO),
        (Endpoint::Server, HandshakeType::ENCRYPTED_EXTENSIONS),
    ] {
        let message = handshakes(&run, from, kind)[0];
        let extension = message.nodes.iter().find_map(|n| n.find("server_certificate_type"));
        let kind = extension.and_then(|extension| extension.find("CertificateType"));
        assert_eq!(kind.expect("a kind").value, "2");
    }
}

#[test]
fn where_there_is_no_certificate_no_word_speaks_of_one_as_if_it_were_there() {
    let run = run("tls13-raw-public-key");
    let story = run.story();
    let steps = run.told().filter(|step| step.title != "Certificate, raw public key");
    let mut texts: Vec<String> = steps
        .flat_map(|step| {
            [step.words.what.clone(), step.words.why.clone(), step.words.eavesdropper.clone()]
        })
        .collect();
    texts.extend(run.facts().iter().flat_map(|fact| [fact.name.clone(), fact.why.clone()]));
    texts.extend(run.findings().checks.iter().flat_map(|c| [c.question.clone(), c.detail.clone()]));
    texts.push(story.ending.clone());
    for text in texts.iter().filter(|text| !text.contains("without certificates")) {
        assert!(!text.contains("certificate"), "{text}");
    }
    let shown = steps_titled(&run, "Certificate, raw public key");
    assert!(shown.words.what.contains("id-ecPublicKey secp256r1"), "{}", shown.words.what);
    let check = run.findings().checks.iter().find(|check| check.rfc.starts_with("RFC 7250"));
    let check = check.expect("a check");
    assert_eq!((check.by, check.result), (Endpoint::Client, CheckResult::Passed));
    assert_eq!(check.step, shown.index);
    let told = run.facts().iter().find(|fact| fact.name == "the server's public key");
    assert_eq!(told.expect("a fact").client, Some(0));
}

/// The one step of this title.
fn steps_titled<'a>(run: &'a Run, title: &str) -> Told<'a> {
    let found = steps(run, title);
    assert_eq!(found.len(), 1, "{title}");
    found[0]
}

#[test]
fn a_compressed_certificate_stands_for_the_certificate_that_would_have_been_sent() {
    for kind in ["rsa-2048", "ecdsa-p256", "ed25519"] {
        let usual = run(&format!("tls13+cert={kind}"));
        let run = run(&format!("tls13+cert={kind}+cert-compression=zlib"));
        let sent = handshakes(&run, Endpoint::Server, HandshakeType::COMPRESSED_CERTIFICATE)[0];
        assert!(
            handshakes(&run, Endpoint::Server, HandshakeType::CERTIFICATE).is_empty(),
            "{kind}"
        );
        let meant = run
            .dissection()
            .handshake(Endpoint::Server, HandshakeType::CERTIFICATE)
            .expect("a Certificate");
        assert_eq!(
            meant.bytes,
            handshakes(&usual, Endpoint::Server, HandshakeType::CERTIFICATE)[0].bytes,
            "{kind}"
        );
        assert!(sent.bytes.len() < meant.bytes.len(), "{kind}");
        assert_eq!((sent.index, sent.epoch), (meant.index, meant.epoch));
        assert_eq!((sent.sent_us, &sent.records), (meant.sent_us, &meant.records));
        let node = |name: &str| sent.nodes.iter().find_map(|node| node.find(name)).expect(name);
        assert_eq!(node("algorithm").display, "zlib (0x0001)");
        assert_eq!(node("uncompressed_length").value, (meant.bytes.len() - 4).to_string());
        // The transcript takes it as it was sent; otherwise Finished would be a problem above.
        let hashed = |data: &[u8]| {
            run.connection().events_of(Endpoint::Client).any(
                |event| matches!(&event.op, Op::TranscriptUpdate { data: taken } if taken == data),
            )
        };
        assert!(hashed(&sent.bytes) && !hashed(&meant.bytes), "{kind}");
    }
}

#[test]
fn both_ends_work_on_the_compressed_certificate_at_its_step() {
    let run = run("tls13-cert-compression");
    let events = &run.connection().events;
    let step = steps_titled(&run, "CompressedCertificate");
    let sent = handshakes(&run, Endpoint::Server, HandshakeType::COMPRESSED_CERTIFICATE)[0];
    let meant = run
        .dissection()
        .handshake(Endpoint::Server, HandshakeType::CERTIFICATE)
        .expect("a Certificate");
    let body = &meant.bytes[4..];
    let ops = |places: &[usize]| places.iter().map(|at| &events[*at].op).collect::<Vec<_>>();
    let compressed = ops(&step.made_by).into_iter().find_map(|op| match op {
        Op::Compress { data, compressed, .. } if data == body => Some(compressed),
        _ => None,
    });
    let compressed = compressed.expect("the server compresses at this step");
    assert!(sent.bytes.ends_with(compressed));
    let read = ops(&step.read_by);
    assert!(
        read.iter()
            .any(|op| matches!(op, Op::Decompress { compressed: taken, data: Some(data), .. }
        if taken == compressed && data == body))
    );
    assert!(read.iter().any(|op| matches!(op, Op::CertificatePath { error: None, .. })));
    // Both sizes are told, and every check on the certificates is there.
    for size in [sent.bytes.len(), meant.bytes.len()] {
        assert!(step.words.what.contains(&size.to_string()), "{}", step.words.what);
    }
    assert!(step.words.what.contains("www.example.com"), "{}", step.words.what);
    let judged = |run: &Run, title: &str| -> Vec<(String, CheckResult)> {
        let checks = run.findings().checks_at(steps_titled(run, title).index);
        let own = checks.filter(|check| !check.rfc.starts_with("RFC 8879"));
        own.map(|check| (check.question.clone(), check.result)).collect()
    };
    let usual = self::run("tls13-cert-compression+cert-compression=none");
    assert_eq!(judged(&run, "CompressedCertificate"), judged(&usual, "Certificate"));
    let own = run
        .findings()
        .checks
        .iter()
        .find(|check| check.rfc == "RFC 8879, section 4")
        .expect("a check");
    assert_eq!((own.by, own.result, own.step), (Endpoint::Client, CheckResult::Passed, step.index));
    let names = |run: &Run| run.facts().iter().map(|f| f.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&run), names(&usual));
}

#[test]
fn a_client_with_a_bad_opinion_of_a_compressed_certificate_says_so_as_of_any_other() {
    let scenario = Scenario::parse("cert-expired+cert-compression=zlib").unwrap();
    let run = Run::new(&scenario, &Capabilities::all()).unwrap();
    let step = steps_titled(&run, "CompressedCertificate");
    let checks = run.findings().checks_at(step.index);
    let failed: Vec<_> = checks.filter(|check| check.result == CheckResult::Failed).collect();
    assert!(failed.iter().any(|check| check.question.contains("validity")), "{failed:?}");
    assert!(step.words.what.contains("expired"), "{}", step.words.what);
}

#[test]
fn a_resumed_session_has_no_certificate_to_compress() {
    let run = run("tls13-resumed+cert-compression=zlib");
    let kinds: Vec<bool> = run
        .connections()
        .map(|(_, parts)| {
            parts.handshake(Endpoint::Server, HandshakeType::COMPRESSED_CERTIFICATE).is_some()
        })
        .collect();
    assert_eq!(kinds, [true, false]);
}

#[test]
fn a_compressed_certificate_saves_a_round_trip_where_the_flight_is_larger_than_the_window() {
    let asked_at = |text: &str| {
        let run = run(text);
        let mut messages = run.dissection().messages.iter();
        let request = messages.find(|m| m.kind == MessageKind::ApplicationData);
        (run.scenario().rtt_ms, request.expect("a request").sent_us)
    };
    let (rtt_ms, compressed) = asked_at("tls13-cert-compression");
    let (_, as_it_is) = asked_at("tls13-cert-compression+cert-compression=none");
    assert_eq!(as_it_is, compressed + u64::from(rtt_ms) * 1000);
}

/// Certificates are made for the run's clock, so the same handshake succeeds at any moment.
#[test]
fn a_run_at_another_moment_goes_the_same_way() {
    let clock = KEYS.iter().find(|key| key.name == "clock").unwrap();
    let mut moments = clock.samples(&Scenario::default());
    moments.push("9984-12-31T23:59:59Z".into());
    for moment in moments {
        for text in ["tls13-mtls", "tls12-rsa", "tls12-ticket", "gateway-mtls"] {
            run(&format!("{text}+clock={moment}"));
        }
        let expired = Scenario::parse(&format!("cert-expired+clock={moment}")).unwrap();
        let trace =
            handshake_lab::engine::run(&expired, &handshake_lab::engine::Capabilities::all())
                .unwrap();
        assert_eq!(trace.clock, expired.clock);
        assert_ne!(trace.connections[0].client_end.status, Status::Established, "{moment}");
    }
}

#[test]
fn a_server_sends_as_many_tickets_as_it_is_told() {
    for (text, expected) in [("tls13+tickets=0", 0), ("tls13", 1), ("tls13+tickets=4", 4)] {
        assert_eq!(
            handshakes(&run(text), Endpoint::Server, HandshakeType::NEW_SESSION_TICKET).len(),
            expected,
            "{text}"
        );
    }
    // Whichever of them the client keeps, the second connection resumes.
    run("tls13-0rtt+tickets=3");
}
