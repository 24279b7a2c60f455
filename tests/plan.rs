//! What a plan says happens: each peer has its own lists, clock and trust, and the path does what it is
//! told to.

#![cfg(test)]

use handshake_lab::dissect::dissect;
use handshake_lab::engine::{Capabilities, run_plan};
use handshake_lab::faults::FAULTS;
use handshake_lab::plan::{
    Authority, Change, DAY, Name, PacketAction, PacketRule, Plan, Tamper, Target, Verification,
    When, Which,
};
use handshake_lab::scenario::{Group, PRESETS, Scenario, showing};
use handshake_lab::tls::{self, NamedGroup};
use handshake_lab::trace::{Connection, Endpoint, Op, Status};
use rustls::{CipherSuite, ContentType, SignatureScheme};

/// The default scenario's plan, changed.
fn changed(change: impl FnOnce(&mut Plan)) -> Connection {
    changed_of("tls13", change)
}

fn changed_of(text: &str, change: impl FnOnce(&mut Plan)) -> Connection {
    let mut plan = Scenario::parse(text).unwrap().plan();
    change(&mut plan);
    run_plan(&plan, &Capabilities::all(), true).unwrap().connections.remove(0)
}

fn statuses(connection: &Connection) -> (Status, Status) {
    (connection.client_end.status, connection.server_end.status)
}

const ESTABLISHED: (Status, Status) = (Status::Established, Status::Established);
const FAILED: (Status, Status) = (Status::Failed, Status::Failed);

/// The application data that `who` read.
fn read(connection: &Connection, who: Endpoint) -> Vec<u8> {
    let ops = connection.events_of(who).filter_map(|event| match &event.op {
        Op::DataRead { data } => Some(data.clone()),
        _ => None,
    });
    ops.flatten().collect()
}

#[test]
fn without_a_fault_the_plan_is_the_sound_one_and_every_fault_changes_it() {
    for preset in PRESETS {
        let scenario = Scenario::from_preset(preset);
        assert_eq!(scenario.plan(), scenario.sound_plan(), "{}", preset.id);
    }
    for fault in FAULTS {
        for scenario in showing(fault, ["tls13", "tls12"]) {
            assert_ne!(scenario.plan(), scenario.sound_plan(), "{}", scenario.text());
        }
    }
}

#[test]
fn each_peer_has_suites_and_groups_of_its_own() {
    let connection = changed(|plan| {
        plan.server.suites = vec![CipherSuite::TLS13_CHACHA20_POLY1305_SHA256];
        plan.server.groups = vec![Group::Secp384r1];
    });
    assert_eq!(statuses(&connection), ESTABLISHED);
    let negotiated = dissect(&connection).negotiated;
    assert_eq!(
        (negotiated.suite, negotiated.group),
        (Some(tls::CipherSuite::TLS_CHACHA20_POLY1305_SHA256), Some(NamedGroup::SECP384R1))
    );
    let none = changed(|plan| {
        plan.client.suites = vec![CipherSuite::TLS13_AES_128_GCM_SHA256];
        plan.server.suites = vec![CipherSuite::TLS13_AES_256_GCM_SHA384];
    });
    assert_eq!(statuses(&none), FAILED);
}

#[test]
fn a_server_whose_key_signs_by_no_scheme_of_the_clients_is_of_no_use_to_it() {
    for preset in ["tls13", "tls12"] {
        let connection = changed_of(preset, |plan| {
            plan.client.signature_schemes = vec![SignatureScheme::RSA_PSS_SHA256];
        });
        assert_eq!(statuses(&connection), FAILED, "{preset}");
    }
}

#[test]
fn each_peer_judges_by_its_own_clock() {
    let wrong = |plan: &mut Plan| plan.client.clock += 70 * DAY;
    assert_eq!(statuses(&changed(wrong)), FAILED);
    // The server has no certificate to judge, and so no use for the time.
    assert_eq!(statuses(&changed(|plan| plan.server.clock += 70 * DAY)), ESTABLISHED);
}

#[test]
fn a_client_without_verification_takes_any_certificate_and_one_with_it_does_not() {
    let stranger = |plan: &mut Plan| {
        if let Some(chain) = plan.server.chain_mut() {
            chain.authority = Authority::STRANGERS;
            if let Some(root) = chain.root_mut() {
                root.subject = Name::authority("Stranger", "Root");
            }
        }
    };
    let refused = changed(stranger);
    assert_eq!(statuses(&refused), FAILED);
    assert!(refused.client_end.error.as_ref().unwrap().contains("UnknownIssuer"));
    let taken = changed(|plan| {
        stranger(plan);
        plan.client.trust.verification = Verification::Off;
    });
    assert_eq!(statuses(&taken), ESTABLISHED);
    let judged =
        |event: &&handshake_lab::trace::Event| matches!(event.op, Op::CertificatePath { .. });
    assert!(taken.events.iter().find(judged).is_none());
}

#[test]
fn packets_are_dropped_and_delayed_as_the_path_says() {
    const SYN: u8 = 2;
    let rule = |which, action| PacketRule { from: Endpoint::Client, which, action };
    let dropped = changed(|plan| {
        plan.path.packets.push(rule(Which::FirstWithFlag(SYN), PacketAction::Drop));
    });
    assert_eq!(statuses(&dropped), ESTABLISHED);
    assert_eq!(dropped.packets[0].received_us, None);
    assert!(dropped.packets[1].sent_us >= 1_000_000, "the SYN is sent again after a second");
    let late = changed(|plan| {
        plan.path.packets.push(rule(Which::Nth(1), PacketAction::Delay(5_000)));
    });
    let first = &late.packets[0];
    assert_eq!(first.received_us, Some(first.sent_us + 40_000 + 5_000));
    let none = changed(|plan| plan.path.packets.push(rule(Which::Every, PacketAction::Drop)));
    assert_eq!(statuses(&none), (Status::Incomplete, Status::Incomplete));
}

#[test]
fn what_is_changed_before_sealing_arrives_and_what_is_changed_after_it_does_not() {
    let change = |when| Tamper {
        change: Change::Replace(9, b"999".to_vec()),
        target: Target { from: Endpoint::Server, content: ContentType::ApplicationData, nth: 0 },
        when,
    };
    for preset in ["tls13", "tls12", "tls12-rsa"] {
        let before = changed_of(preset, |plan| plan.tampering.push(change(When::BeforeSealing)));
        assert_eq!(statuses(&before), ESTABLISHED, "{preset}");
        assert!(read(&before, Endpoint::Client).starts_with(b"HTTP/1.1 999"), "{preset}");
        let after = changed_of(preset, |plan| plan.tampering.push(change(When::AfterSealing)));
        assert_eq!(after.client_end.status, Status::Failed, "{preset}");
        assert!(read(&after, Endpoint::Client).is_empty(), "{preset}");
    }
}

#[test]
fn a_record_in_plaintext_can_be_changed_on_the_path_and_finished_tells() {
    for preset in ["tls13", "tls12"] {
        // A byte of ClientHello.random: header of 4 bytes, version of 2.
        let connection = changed_of(preset, |plan| {
            plan.tampering.push(Tamper {
                change: Change::FlipBit(8 * 20),
                target: Target { from: Endpoint::Client, content: ContentType::Handshake, nth: 0 },
                when: When::AfterSealing,
            });
        });
        assert_ne!(statuses(&connection), ESTABLISHED, "{preset}");
    }
}

#[test]
fn tampering_is_kept_in_the_trace_and_in_its_json() {
    let scenario = Scenario::parse("tampered-record").unwrap();
    let trace = handshake_lab::engine::run(&scenario, &Capabilities::all()).unwrap();
    let changed: Vec<_> =
        trace.connections[0].packets.iter().filter(|packet| packet.received.is_some()).collect();
    assert_eq!(changed.len(), 1);
    let json = serde_json::to_string(&trace).unwrap();
    assert_eq!(serde_json::from_str::<handshake_lab::trace::Trace>(&json).unwrap(), trace);
    let parts = dissect(&trace.connections[0]);
    let records: Vec<_> = parts.records.iter().filter(|record| record.received.is_some()).collect();
    assert_eq!(records.len(), 1);
    // The record as it was sent opens; what the server tried to open is the other one.
    assert!(records[0].opened.as_ref().unwrap().is_ok());
    let tried = trace.connections[0].events_of(Endpoint::Server).any(|event| match &event.op {
        Op::Open { ciphertext, plaintext: None, .. } => {
            records[0].received_bytes()[5..] == ciphertext[..]
        }
        _ => false,
    });
    assert!(tried);
}
