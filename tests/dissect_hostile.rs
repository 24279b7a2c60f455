//! Whatever packets a connection is made of, taking it apart ends without a panic, and what TCP can
//! repair is repaired.

#![cfg(test)]

use handshake_lab::dissect::{Dissection, dissect, dissect_all};
use handshake_lab::engine::{self, Capabilities};
use handshake_lab::run::Run;
use handshake_lab::scenario::Scenario;
use handshake_lab::tls::HandshakeType;
use handshake_lab::trace::{Connection, Endpoint, Trace};
use proptest::prelude::*;
use std::sync::OnceLock;

/// One connection of each version, and one with RSA key exchange.
fn connections() -> &'static [Connection] {
    static CONNECTIONS: OnceLock<Vec<Connection>> = OnceLock::new();
    CONNECTIONS.get_or_init(|| {
        ["tls13+client-cert=required", "tls12", "tls12-rsa"]
            .iter()
            .map(|text| {
                let scenario = Scenario::parse(text).expect("a scenario");
                engine::run(&scenario, &Capabilities::all()).expect("a run").connections.remove(0)
            })
            .collect()
    })
}

/// Runs in which a second connection resumes the first one's session.
fn resumed() -> &'static [Trace] {
    static TRACES: OnceLock<Vec<Trace>> = OnceLock::new();
    TRACES.get_or_init(|| {
        ["tls13-0rtt", "tls13-0rtt-rejected", "tls12-ticket", "tls12-session-id"]
            .iter()
            .map(|text| {
                let scenario = Scenario::parse(text).expect("a scenario");
                engine::run(&scenario, &Capabilities::all()).expect("a run")
            })
            .collect()
    })
}

#[test]
fn a_binder_that_is_off_by_one_bit_is_a_problem() {
    let mut trace = resumed()[0].clone();
    let hello = trace.connections[1].packets.iter_mut().find(|p| p.bytes.len() > 200).unwrap();
    let binder = Run::new(&Scenario::parse("tls13-0rtt").unwrap(), &Capabilities::all()).unwrap();
    let binder = binder.dissection().key("binder").unwrap().output.clone();
    let at = hello.bytes.windows(binder.len()).position(|octets| octets == binder).unwrap();
    hello.bytes[at] ^= 1;
    let parts = dissect_all(&trace).remove(1);
    let told = |problem: &String| problem.contains("the binder does not match");
    assert!(parts.problems.iter().any(told), "{:?}", parts.problems);
}

#[test]
fn early_data_nobody_has_the_key_for_does_not_hide_what_follows() {
    // Without the first connection the pre-shared key is unknown: nothing opens, and nothing panics.
    for trace in &resumed()[..2] {
        let parts = dissect(&trace.connections[1]);
        assert!(parts.records.iter().filter_map(|r| r.opened.as_ref()).all(Result::is_err));
    }
}

/// What each end sent, message by message.
fn messages(parts: &Dissection) -> Vec<(Endpoint, Vec<u8>)> {
    let mut all: Vec<_> = parts.messages.iter().map(|m| (m.from, m.bytes.clone())).collect();
    all.sort_by_key(|(from, _)| *from); // stable: each end's order stays
    all
}

#[test]
fn bytes_sent_twice_count_once() {
    for connection in connections() {
        let mut again = connection.clone();
        again.packets = connection.packets.iter().flat_map(|p| [p.clone(), p.clone()]).collect();
        let (once, twice) = (dissect(connection), dissect(&again));
        assert_eq!(messages(&once), messages(&twice));
        assert_eq!(twice.problems, Vec::<String>::new());
    }
}

#[test]
fn a_packet_that_was_lost_and_sent_again_arrives_when_the_second_one_does() {
    for connection in connections() {
        let mut lossy = connection.clone();
        let lost = lossy.packets.iter().position(|p| p.bytes.len() > 100).expect("a ClientHello");
        let mut second = lossy.packets[lost].clone();
        lossy.packets[lost].received_us = None;
        second.sent_us += 1_000_000;
        second.received_us = second.received_us.map(|at| at + 1_000_000);
        let (arrives, number) = (second.received_us, second.number);
        lossy.packets.insert(lost + 1, second);
        let parts = dissect(&lossy);
        assert_eq!(messages(&parts), messages(&dissect(connection)));
        assert_eq!(parts.messages[0].name, "ClientHello");
        assert_eq!(parts.messages[0].received_us, arrives);
        assert_eq!(parts.messages[0].sent_us, lossy.packets[lost].sent_us);
        assert_eq!(parts.records[0].packets, [number, number]);
    }
}

#[test]
fn a_gap_is_a_problem_that_names_its_bytes() {
    let mut gap = connections()[0].clone();
    let at = gap.packets.iter().position(|p| p.bytes.len() > 100).expect("a ClientHello");
    gap.packets.remove(at);
    let parts = dissect(&gap);
    assert!(
        parts.problems.iter().any(|p| p.starts_with("the client's stream lacks bytes 0 to ")),
        "{:?}",
        parts.problems
    );
}

#[test]
fn a_connection_whose_secret_nobody_recorded_shows_closed_records() {
    for connection in connections() {
        let mut deaf = connection.clone();
        deaf.events.clear();
        let parts = dissect(&deaf);
        assert!(parts.keys.is_empty());
        assert!(!parts.problems.is_empty());
        let encrypted: Vec<_> = parts.records.iter().filter_map(|r| r.opened.as_ref()).collect();
        assert!(!encrypted.is_empty() && encrypted.iter().all(|opened| opened.is_err()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn changed_octets_never_panic(
        which in 0usize..3,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut connection = connections()[which].clone();
        for (packet, octet, value) in changes {
            let bytes = &mut packet.get_mut(&mut connection.packets).bytes;
            let at = octet.index(bytes.len());
            bytes[at] = value;
        }
        let parts = dissect(&connection);
        prop_assert_eq!(parts.packets.len(), connection.packets.len());
    }

    #[test]
    fn cut_and_shuffled_packets_never_panic(
        which in 0usize..3,
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..4),
        order in any::<prop::sample::Index>(),
    ) {
        let mut connection = connections()[which].clone();
        for (packet, len) in cuts {
            let bytes = &mut packet.get_mut(&mut connection.packets).bytes;
            bytes.truncate(len.index(bytes.len() + 1));
        }
        let middle = order.index(connection.packets.len());
        connection.packets.rotate_left(middle);
        dissect(&connection);
    }

    #[test]
    fn changed_octets_of_a_resumed_run_never_panic(
        which in 0usize..4,
        changes in prop::collection::vec((0usize..2, any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut trace = resumed()[which].clone();
        for (connection, packet, octet, value) in changes {
            let bytes = &mut packet.get_mut(&mut trace.connections[connection].packets).bytes;
            let at = octet.index(bytes.len());
            bytes[at] = value;
        }
        let all = dissect_all(&trace);
        prop_assert_eq!(all.len(), 2);
        for (connection, parts) in trace.connections.iter().zip(&all) {
            let story = handshake_lab::story::tell(&trace, connection, parts);
            handshake_lab::story::findings(&trace, connection, parts, &story);
        }
    }

    #[test]
    fn random_packets_never_panic(packets in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..120), 0..8)) {
        let mut connection = connections()[0].clone();
        for (packet, bytes) in connection.packets.iter_mut().zip(packets) {
            packet.bytes = bytes;
        }
        dissect(&connection);
    }
}

/// A connection in which the client sends a CompressedCertificate with this body in place of its hello,
/// taken apart.
fn with_compressed(body: &[u8]) -> Dissection {
    let mut connection = connections()[0].clone();
    let hello = connection.packets.iter_mut().find(|p| p.bytes.len() > 200).expect("a hello");
    hello.bytes.truncate(40); // the IP and TCP headers
    let len = u16::try_from(body.len()).expect("a short body");
    hello.bytes.extend([&[22, 3, 3][..], &(len + 4).to_be_bytes(), &[25, 0]].concat());
    hello.bytes.extend([&len.to_be_bytes()[..], body].concat());
    let total = u16::try_from(hello.bytes.len()).expect("a short packet").to_be_bytes();
    hello.bytes[2..4].copy_from_slice(&total);
    dissect(&connection)
}

/// The body of a CompressedCertificate, as a server sent it.
fn compressed() -> &'static [u8] {
    static BODY: OnceLock<Vec<u8>> = OnceLock::new();
    BODY.get_or_init(|| {
        let run =
            Run::new(&Scenario::parse("tls13-cert-compression").unwrap(), &Capabilities::all())
                .unwrap();
        let message = run
            .dissection()
            .handshake(Endpoint::Server, HandshakeType::COMPRESSED_CERTIFICATE)
            .expect("one");
        message.bytes[4..].to_vec()
    })
}

/// What the problems of `body` say of it, where nothing came out of it.
fn refusal(body: &[u8]) -> String {
    let parts = with_compressed(body);
    let message = parts
        .handshake(Endpoint::Client, HandshakeType::COMPRESSED_CERTIFICATE)
        .expect("the message");
    assert!(
        message.inner.is_none()
            && parts.handshake(Endpoint::Client, HandshakeType::CERTIFICATE).is_none()
    );
    let about = parts.problems.iter().filter(|problem| problem.contains("CompressedCertificate "));
    about.cloned().collect()
}

#[test]
fn a_compressed_certificate_that_is_not_what_it_says_is_a_problem_in_words() {
    let good = compressed();
    let parts = with_compressed(good);
    assert!(
        parts.handshake(Endpoint::Client, HandshakeType::CERTIFICATE).is_some(),
        "{:?}",
        parts.problems
    );
    let with = |at: usize, octets: &[u8]| {
        let mut body = good.to_vec();
        body[at..at + octets.len()].copy_from_slice(octets);
        refusal(&body)
    };
    assert!(with(0, &[0, 2]).contains("compressed by brotli (2)"));
    assert!(with(0, &[0, 9]).contains("compressed by unknown (9)"));
    assert!(with(2, &[0xff, 0xff, 0xff]).contains("announces 16777215 bytes, and more than 65536"));
    assert!(with(2, &[0, 0, 0]).contains("does not decompress to the 0 bytes"));
    assert!(with(2, &[1, 0, 0]).contains("does not decompress to the 65536 bytes"));
    assert!(with(8, &[0xff, 0xff]).contains("does not decompress"));
    assert!(with(5, &[0, 0, 1]).contains("is not whole"));
    for len in 0..8 {
        assert!(refusal(&good[..len]).contains("is not whole"), "{len}");
    }
}

proptest! {
    #[test]
    fn no_octets_in_a_compressed_certificate_are_a_crash(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        end in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let mut body = compressed().to_vec();
        for (at, octet) in changes {
            let at = at.index(body.len());
            body[at] = octet;
        }
        if cut {
            body.truncate(end.index(body.len()));
            let len = (body.len().saturating_sub(8) as u16).to_be_bytes();
            if body.len() >= 8 {
                body[6..8].copy_from_slice(&len);
            }
        }
        let parts = with_compressed(&body);
        let sent = parts.messages.iter().find(|message| message.name == "CompressedCertificate");
        let inner = sent.and_then(|message| message.inner.as_deref());
        prop_assert!(inner.is_none_or(|inner| inner.bytes.len() <= 4 + 0x10000));
    }
}
