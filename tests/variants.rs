//! The handshakes that take another way than the plain one: what each preset must show.

use handshake_lab::dissect::{Message, MessageKind};
use handshake_lab::run::Run;
use handshake_lab::scenario::{PRESETS, Scenario};
use handshake_lab::story::{CheckResult, Step};
use handshake_lab::trace::{Endpoint, Op, Status};
use sha2::{Digest, Sha256};

/// The scenario with this text form, run; both ends established.
fn run(text: &str) -> Run {
    let scenario = Scenario::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let run = Run::new(&scenario).unwrap_or_else(|error| panic!("{text}: {error}"));
    for (connection, parts) in run.connections() {
        assert_eq!(parts.problems, Vec::<String>::new(), "{text}");
        for who in Endpoint::BOTH {
            assert_eq!(connection.end(who).status, Status::Established, "{text} {who:?}");
        }
    }
    run
}

/// All handshake messages of this type from `from`.
fn handshakes(run: &Run, from: Endpoint, kind: u8) -> Vec<&Message> {
    let messages = run.dissection().messages.iter();
    messages.filter(|m| m.from == from && m.kind == MessageKind::Handshake(kind)).collect()
}

/// The steps of this title.
fn steps<'a>(run: &'a Run, title: &str) -> Vec<&'a Step> {
    run.story().steps.iter().filter(|step| step.title == title).collect()
}

#[test]
fn every_preset_is_valid_and_establishes_at_both_ends() {
    for preset in PRESETS {
        assert!(Scenario::default().with(preset.keys).is_ok(), "{}", preset.id);
        run(preset.id);
    }
}

#[test]
fn a_hello_retry_request_makes_two_round_trips_and_a_second_client_hello() {
    let run = run("tls13-hrr");
    assert_eq!(run.dissection().negotiated.round_trips, 2);
    let hellos = handshakes(&run, Endpoint::Client, 1);
    assert_eq!(hellos.len(), 2);
    // Random and session ID are the same in both (RFC 8446, section 4.1.2).
    assert_eq!(hellos[0].bytes[6..71], hellos[1].bytes[6..71]);
    let told = steps(&run, "ClientHello");
    assert!(told[0].what.contains("offers") && told[1].what.contains("again"), "{}", told[1].what);
    assert!(told[1].what.contains("**secp256r1**"), "{}", told[1].what);
    let retry = steps(&run, "HelloRetryRequest");
    assert!(retry[0].why.contains("x25519"), "{}", retry[0].why);
    let checks: Vec<_> = run.story().checks.iter().filter(|c| c.step == retry[0].index).collect();
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
    // Both ends put the same octets into their running hash.
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
