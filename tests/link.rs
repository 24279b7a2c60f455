//! The link's mishaps: what TCP makes of them, what is told of them, and that TLS never notices.

#![cfg(test)]

use handshake_lab::dissect::{Dissection, PacketView, Remark};
use handshake_lab::engine::Capabilities;
use handshake_lab::run::Run;
use handshake_lab::scenario::{Rate, Scenario};
use handshake_lab::story::{self, segment, sequence};
use handshake_lab::trace::{Endpoint, Op, Status};
use proptest::prelude::*;

fn run(text: &str) -> Run {
    let scenario = Scenario::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    Run::new(&scenario, &Capabilities::all()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The bytes of all records of one end, in the order of its stream.
fn stream(parts: &Dissection, from: Endpoint) -> Vec<u8> {
    let mut records: Vec<_> = parts.records.iter().filter(|r| r.from == from).collect();
    records.sort_by_key(|record| record.stream_offset);
    records.into_iter().flat_map(|record| record.bytes.clone()).collect()
}

fn has(packet: &PacketView, is: fn(&Remark) -> bool) -> bool {
    packet.remarks.iter().any(is)
}

/// All packets with such a remark.
fn remarked(run: &Run, is: fn(&Remark) -> bool) -> Vec<&PacketView> {
    run.dissection().packets.iter().filter(|packet| has(packet, is)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_link_does_a_run_ends_and_its_streams_are_what_the_endpoints_wrote(
        preset in prop::sample::select(vec!["tls13", "tls12", "tls13-hrr", "tls13-mlkem"]),
        rates in prop::array::uniform3(0..=500u16),
        mss in prop::sample::select(vec![536u32, 1000, 1460]),
        window in prop::sample::select(vec![536u32, 1200, 4000, 65_535]),
        rtt_ms in prop::sample::select(vec![0u32, 20, 80, 1500]),
        seed in any::<u64>(),
    ) {
        let rates = rates.map(|rate| Rate::from_thousandths(rate).expect("a rate"));
        let [loss, reorder, duplicate] = rates;
        let plain = Scenario { seed, ..Scenario::parse(preset).expect("a preset") };
        let rough = Scenario { loss, reorder, duplicate, mss, window, rtt_ms, ..plain.clone() };
        let (plain, rough) = (Run::new(&plain, &Capabilities::all()).expect("a run"), Run::new(&rough, &Capabilities::all()).expect("a run"));
        let connection = rough.connection();
        let timed_out = connection.events.iter().any(|event| matches!(event.op, Op::TimedOut { .. }));
        let mut whole = true;
        for who in Endpoint::BOTH {
            let (wrote, sent) = (stream(plain.dissection(), who), stream(rough.dissection(), who));
            prop_assert!(wrote.starts_with(&sent), "{who:?} sent something else");
            whole &= wrote == sent;
            prop_assert_ne!(connection.end(who).status, Status::Failed);
        }
        let established =
            Endpoint::BOTH.iter().all(|who| connection.end(*who).status == Status::Established);
        prop_assert!(timed_out || (whole && established));
        prop_assert!(timed_out || rough.dissection().problems.is_empty());
        // Every message was told, and every packet has words that fit.
        for packet in &rough.dissection().packets {
            prop_assert_eq!(has(packet, |r| *r == Remark::Lost), packet.received_us.is_none());
            for note in segment::notes(rough.dissection(), rough.connection().roles, packet) {
                prop_assert!(note.ends_with('.') && !note.contains("  "), "{note}");
            }
        }
    }
}

#[test]
fn a_link_without_mishaps_has_nothing_to_tell() {
    for text in ["tls13", "tls12-mtls"] {
        assert!(run(text).dissection().packets.iter().all(|packet| packet.remarks.is_empty()));
    }
}

#[test]
fn the_lossy_preset_loses_the_servers_flight_and_sends_it_again() {
    let run = run("tls13-lossy");
    let lost = remarked(&run, |remark| *remark == Remark::Lost);
    assert_eq!(lost.len(), 1);
    assert_eq!(lost[0].from, Endpoint::Server);
    let again = remarked(&run, |r| matches!(r, Remark::Retransmission { lost: true, .. }));
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].payload_bytes(), lost[0].payload_bytes());
    let certificate = run.story().steps.iter().find(|step| step.title == "Certificate").unwrap();
    let late = certificate.received_us.unwrap() - certificate.sent_us;
    assert!(late > 1_000_000, "{late}");
    let [story::Remark::Late { packets, after_us, .. }] = &certificate.remarks[..] else {
        panic!()
    };
    assert_eq!((packets.as_slice(), *after_us), ([lost[0].number].as_slice(), late));
    let told = certificate.remarks[0].to_string();
    assert!(told.contains("which carries it, is lost"), "{told}");
    let steps: Vec<_> = run.told().filter(|step| step.title == "TCP retransmission").collect();
    let told = steps.iter().find(|step| step.packets == [again[0].number]).expect("a step");
    assert!(
        told.words.what.contains(&format!("after packet {}", lost[0].number)),
        "{}",
        told.words.what
    );
    assert!(told.words.why.contains("timer"), "{}", told.words.why);
    let rows = sequence::rows(run.dissection(), run.story(), sequence::Zoom::Packets);
    assert!(rows.iter().any(|row| row.label.contains("lost")));
    assert!(rows.iter().any(|row| row.label.contains("retransmission of packet")));
}

#[test]
fn a_flight_larger_than_the_window_waits_for_an_acknowledgment() {
    let run = run("tls13-big-flight");
    let full = remarked(&run, |remark| *remark == Remark::WindowFull);
    assert!(!full.is_empty());
    let packets = &run.dissection().packets;
    let full = full[0];
    assert_eq!(full.from, Endpoint::Server);
    let next = packets.iter().find(|p| p.number > full.number && p.from == full.from).unwrap();
    let ack = packets.iter().find(|p| p.from != full.from && p.sent_us > full.sent_us).unwrap();
    assert!(ack.received_us.unwrap() <= next.sent_us && next.sent_us > full.sent_us);
    let certificate = run.story().steps.iter().find(|step| step.title == "Certificate").unwrap();
    assert!(certificate.packets.len() > 3, "{:?}", certificate.packets);
    let notes = segment::notes(run.dissection(), run.connection().roles, full);
    assert!(notes.iter().any(|note| note.contains("receive window")), "{notes:?}");
}

#[test]
fn the_parts_of_a_record_in_several_segments_are_told() {
    let run = run("tls13-mlkem+mss=536");
    let notes: Vec<String> = run
        .dissection()
        .packets
        .iter()
        .filter(|packet| packet.from == Endpoint::Client && packet.payload_len > 0)
        .flat_map(|packet| segment::notes(run.dissection(), run.connection().roles, packet))
        .collect();
    for (note, part) in notes.iter().zip(["the first part", "a middle part", "the last part"]) {
        assert!(note.contains(part), "{note}");
    }
    assert_eq!(notes.len(), 3);
}

#[test]
fn a_retransmission_before_the_acknowledgment_can_arrive_is_told_as_needless() {
    let run = run("tls13+rtt-ms=3000");
    let again = remarked(&run, |r| matches!(r, Remark::Retransmission { .. }));
    assert!(!again.is_empty());
    for packet in again {
        assert!(has(packet, |r| matches!(r, Remark::Retransmission { lost: false, .. })));
        let notes = segment::notes(run.dissection(), run.connection().roles, packet).join(" ");
        assert!(notes.contains("was not lost"), "{notes}");
    }
    assert!(remarked(&run, |remark| *remark == Remark::Lost).is_empty());
}

#[test]
fn a_fin_that_came_too_early_is_kept_or_dropped_as_its_acknowledgment_says() {
    let run = run("tls12-session-id+loss=0.15+reorder=0.2+seed=31").at(0);
    let early = remarked(&run, |r| matches!(r, Remark::Early { drops_fin: true, .. }));
    assert!(!early.is_empty());
    let packets = &run.dissection().packets;
    let told = |packet: &PacketView| {
        segment::notes(run.dissection(), run.connection().roles, packet).join(" ")
    };
    for fin in early {
        let again =
            packets.iter().find(|p| p.number > fin.number && p.from == fin.from && p.is_fin());
        let again = again.expect("a second FIN");
        let end = fin.seq.wrapping_add(fin.sequence_len());
        let ack = packets.iter().find(|p| p.from != fin.from && p.has_ack() && p.ack == end);
        let ack = ack.expect("an acknowledgment of it");
        assert!(Some(ack.sent_us) >= again.received_us, "packet {}", fin.number);
        assert!(told(fin).contains("drops the FIN"), "{}", told(fin));
        assert!(!told(again).contains("has all of this already"), "{}", told(again));
    }
    // Behind the gap that is filled waited a FIN alone, and that is no byte to pass on.
    assert!(remarked(&run, |r| matches!(r, Remark::FillsGap { .. })).is_empty());
}

#[test]
fn a_packet_is_told_with_what_someone_took_out_of_it_and_put_in() {
    for (fault, words) in [
        ("truncated", "of the payload, and with a FIN that the server did not set"),
        ("dropped-record", "without 83 bytes of the payload, and the TCP checksum"),
        ("replayed-record", "gets 83 bytes of payload more than the client sent in it"),
        ("tampered-record", "1 byte of the payload arrives not as the client sent it"),
    ] {
        let run = run(&format!("tls13+fault={fault}"));
        let changed = remarked(&run, |r| matches!(r, Remark::Changed { .. }));
        let notes = segment::notes(run.dissection(), run.connection().roles, changed[0]).join(" ");
        assert!(notes.contains(words), "{notes}");
    }
}

/// Looks through seeds for a run in which something happens.
fn find(text: &str, is: fn(&Remark) -> bool) -> Run {
    let mut runs = (1..200).map(|seed| run(&format!("{text}+seed={seed}")));
    runs.find(|run| !remarked(run, is).is_empty()).expect("a seed for it")
}

#[test]
fn duplicates_out_of_order_arrivals_and_duplicate_acks_are_told_apart() {
    let run =
        find("tls13-big-flight+window=65535+reorder=0.1", |r| matches!(r, Remark::Early { .. }));
    assert!(!remarked(&run, |r| matches!(r, Remark::FillsGap { .. })).is_empty());
    let run = find("tls13+duplicate=0.2", |r| matches!(r, Remark::DoubledByLink { .. }));
    for twin in remarked(&run, |r| matches!(r, Remark::DoubledByLink { .. })) {
        assert!(twin.payload_len == 0 || has(twin, |r| *r == Remark::Known), "{:?}", twin.remarks);
        assert!(!has(twin, |r| matches!(r, Remark::Retransmission { .. })));
    }
    // Enough segments behind a lost one make three duplicate acknowledgments.
    let run = find("tls13-big-flight+window=65535+loss=0.1", |r| {
        matches!(r, Remark::Retransmission { fast: true, .. })
    });
    let acks = remarked(&run, |r| matches!(r, Remark::DuplicateAck { .. }));
    assert!(acks.len() >= 3);
    let fast = run.told().find(|step| step.title == "TCP fast retransmission");
    assert!(fast.expect("a step").words.why.contains("duplicate acknowledgments"));
}

#[test]
fn a_rate_of_nothing_is_no_rate() {
    let zero = "tls13+loss=0+reorder=0+duplicate=0+mss=1460+window=65535";
    assert_eq!(Scenario::parse(zero).unwrap().text(), "tls13");
}
