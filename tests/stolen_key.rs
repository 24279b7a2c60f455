//! Forward secrecy: what a recording gives away to someone who has the server's private key.

#![cfg(test)]

use handshake_lab::dissect::stolen_key::{Attempt, attempt};
use handshake_lab::engine::{Capabilities, identity};
use handshake_lab::run::Run;
use handshake_lab::scenario::Scenario;
use handshake_lab::trace::{Endpoint, Op};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::OnceLock;

/// A public teaching key that no server here has.
const ANOTHER_KEY: &[u8] =
    include_bytes!("../src/engine/certificates/teaching-keys/rsa-2048-root.pk8");

fn run(text: &str) -> Run {
    let scenario = Scenario::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    Run::new(&scenario, &Capabilities::all()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn key(run: &Run) -> Vec<u8> {
    identity(run.scenario(), Endpoint::Server, &Capabilities::all())
        .expect("an identity")
        .private_key
}

fn stolen(run: &Run) -> Attempt {
    attempt(&run.connection().packets, &key(run))
}

fn missing(attempt: &Attempt) -> Vec<&'static str> {
    attempt.missing.iter().map(|missing| missing.secret).collect()
}

const RSA: [&str; 4] = [
    "tls12-rsa",
    "tls12-rsa-no-ems",
    "tls12-rsa+suite=aes-256-gcm",
    "tls12-rsa-no-ems+suite=aes-256-gcm",
];

#[test]
fn with_rsa_key_exchange_the_stolen_key_opens_every_record() {
    for text in RSA {
        let run = run(text);
        let attempt = stolen(&run);
        assert!(attempt.steps.iter().all(|step| step.worked), "{text}: {:?}", attempt.steps);
        assert_eq!(attempt.missing, [], "{text}");
        assert!(attempt.encrypted() > 0 && attempt.opened() == attempt.encrypted(), "{text}");
        // All that the endpoints' own record gives, the recording and the key give as well.
        let (own, found) = (run.dissection(), &attempt.dissection);
        assert_eq!(found.keys, own.keys, "{text}");
        let bytes = |parts: &handshake_lab::dissect::Dissection| -> Vec<Vec<u8>> {
            parts.messages.iter().map(|message| message.bytes.clone()).collect()
        };
        assert_eq!(bytes(found), bytes(own), "{text}");
        assert_eq!(found.problems, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn with_ephemeral_keys_the_stolen_key_opens_nothing_and_the_missing_value_is_named() {
    for text in [
        "tls12",
        "tls12+cert=rsa-2048",
        "tls12+ems=no+cert=rsa-2048",
        "tls12+cert=ed25519+group=secp384r1",
        "tls13",
        "tls13+cert=rsa-2048+group=secp256r1",
        "tls13+cert=ecdsa-p384",
    ] {
        let run = run(text);
        let attempt = stolen(&run);
        assert!(attempt.encrypted() > 0, "{text}");
        assert_eq!(attempt.opened(), 0, "{text}");
        assert!(attempt.dissection.keys.is_empty(), "{text}");
        let [missing] = &attempt.missing[..] else { panic!("{text}: {:?}", attempt.missing) };
        let secret = if text.starts_with("tls13") { "shared_secret" } else { "preliminary_secret" };
        assert_eq!(missing.secret, secret, "{text}");
        assert!(run.dissection().key(secret).is_some());
        // The public values are those that the endpoints made for this connection.
        let made: BTreeSet<&[u8]> = run
            .connection()
            .events
            .iter()
            .filter_map(|event| match &event.op {
                Op::KeyPair { public, .. } => Some(public.as_slice()),
                _ => None,
            })
            .collect();
        let named: BTreeSet<&[u8]> =
            missing.public_values.iter().map(|value| value.octets.as_slice()).collect();
        assert_eq!(named, made, "{text}");
        let from: Vec<Endpoint> = missing.public_values.iter().map(|value| value.from).collect();
        assert_eq!(from, Endpoint::BOTH, "{text}");
        for value in &missing.public_values {
            let message = &attempt.dissection.messages[value.message];
            assert_eq!(message.from, value.from, "{text}");
            assert!(message.bytes.windows(value.octets.len()).any(|w| w == value.octets), "{text}");
        }
    }
}

#[test]
fn each_kind_of_connection_lacks_what_its_keys_really_start_from() {
    for (text, secrets, words) in [
        ("tls13", &["shared_secret"][..], "only signed"),
        ("tls13-resumed", &["psk", "shared_secret"], "took no part in this connection"),
        ("tls13-0rtt", &["psk", "shared_secret"], "early data takes this key alone"),
        ("tls13-mlkem", &["shared_secret"], "decapsulation key"),
        ("tls12-session-id", &["main_secret"], "both randoms"),
        ("tls12-ticket", &["main_secret"], "inside a ticket"),
    ] {
        let run = run(text);
        let attempt = stolen(&run);
        assert_eq!(missing(&attempt), secrets, "{text}");
        assert_eq!(attempt.opened(), 0, "{text}");
        let told: String =
            attempt.missing.iter().map(|m| format!("{} {}", m.needed, m.why)).collect();
        assert!(told.contains(words), "{text}: {told}");
        // Without a certificate nothing was signed, and what is not sent is not hidden either.
        let resumed = run.dissection().negotiated.resumed;
        assert_eq!(told.contains("only signed"), secrets == ["shared_secret"], "{text}: {told}");
        assert_eq!(attempt.steps[1].result.contains("no certificate is sent"), resumed, "{text}");
        for secret in secrets {
            assert!(run.dissection().key(secret).is_some(), "{text}: {secret}");
        }
    }
}

#[test]
fn the_stolen_key_is_told_from_another() {
    for text in ["tls12-rsa", "tls12+cert=rsa-2048"] {
        let run = run(text);
        let packets = &run.connection().packets;
        let compared = |key: &[u8]| attempt(packets, key).steps[1].worked;
        assert!(compared(&key(&run)), "{text}");
        assert!(!compared(ANOTHER_KEY), "{text}");
    }
    let wrong = attempt(&run("tls12-rsa").connection().packets, ANOTHER_KEY);
    assert_eq!(wrong.opened(), 0);
    assert_eq!(missing(&wrong), ["preliminary_secret"]);
}

#[test]
fn a_recording_without_tls_needs_no_key() {
    let run = run("gateway-terminate");
    let inner = attempt(&run.trace.connections[1].packets, &key(&run));
    assert_eq!((inner.encrypted(), missing(&inner).len()), (0, 0));
    assert!(inner.steps.last().unwrap().result.contains("takes no key"));
}

#[test]
fn bytes_that_are_no_key_are_said_to_be_none() {
    let packets = &run("tls12-rsa").connection().packets.clone();
    for key in [&b""[..], b"-----BEGIN PRIVATE KEY-----", &[0x30; 40], &ANOTHER_KEY[..600]] {
        let attempt = attempt(packets, key);
        assert!(!attempt.steps[0].worked);
        assert_eq!(attempt.opened(), 0);
    }
}

#[test]
fn what_the_endpoints_did_is_not_needed() {
    let mut run = run("tls12-rsa");
    let before = stolen(&run);
    Arc::make_mut(&mut run.trace).connections[0].events.clear();
    assert_eq!(before.steps, stolen(&run).steps);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn changed_recordings_never_panic(
        which in 0usize..3,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 1..5),
    ) {
        static RUNS: OnceLock<Vec<Run>> = OnceLock::new();
        let runs = RUNS.get_or_init(|| ["tls12-rsa", "tls12", "tls13"].map(run).into());
        let mut packets = runs[which].connection().packets.clone();
        for (packet, octet, value) in changes {
            let bytes = &mut packet.get_mut(&mut packets).bytes;
            let at = octet.index(bytes.len());
            bytes[at] = value;
        }
        attempt(&packets, &key(&runs[which]));
    }

    #[test]
    fn changed_keys_never_panic(at in any::<prop::sample::Index>(), value in any::<u8>()) {
        static RUN: OnceLock<Run> = OnceLock::new();
        let run = RUN.get_or_init(|| run("tls12-rsa"));
        let mut key = key(run);
        let at = at.index(key.len());
        key[at] = value;
        attempt(&run.connection().packets, &key);
    }
}
