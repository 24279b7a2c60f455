//! Whatever the bytes, no decoder panics, every tree tiles its bytes, and every error lies inside
//! the input or at its end.

#![cfg(test)]

use handshake_lab::hex;
use handshake_lab::tls::{CipherSuite, ProtocolVersion};
use handshake_lab::wire::handshake::{self, Context};
use handshake_lab::wire::record::{self, Protection};
use handshake_lab::wire::{
    Node, WireError, alert, application_data, change_cipher_spec, node::check_tiling, packet, x509,
};
use proptest::prelude::*;
use serde_json::Value;
use std::sync::LazyLock;

/// What decoders make of bytes, strictly and leniently.
type Outcome = (Result<Vec<Node>, WireError>, Vec<Node>, Vec<WireError>);

/// Every decoder, for one choice of version, suite and protection.
fn decode_all(bytes: &[u8], context: Context, protection: Protection) -> Vec<Outcome> {
    fn outcome(
        strict: Result<Vec<Node>, WireError>,
        (nodes, errors): (Vec<Node>, Vec<WireError>),
    ) -> Outcome {
        (strict, nodes, errors)
    }
    let (packet_nodes, _, packet_errors) = packet::packet_or_opaque(bytes);
    let (cert_nodes, _, cert_errors) = x509::parse_or_opaque(bytes);
    if let Ok((nodes, _)) = x509::parse_request(bytes) {
        check_tiling(&nodes, bytes.len()).unwrap();
    }
    vec![
        outcome(handshake::message(bytes, context), handshake::message_or_opaque(bytes, context)),
        outcome(record::record(bytes, protection), record::record_or_opaque(bytes, protection)),
        outcome(packet::packet(bytes).map(|all| all.0), (packet_nodes, packet_errors)),
        outcome(x509::parse(bytes).map(|all| all.0), (cert_nodes, cert_errors)),
        outcome(alert::alert(bytes), alert::alert_or_opaque(bytes)),
        outcome(
            change_cipher_spec::change_cipher_spec(bytes),
            change_cipher_spec::change_cipher_spec_or_opaque(bytes),
        ),
    ]
}

fn check(bytes: &[u8], context: Context, protection: Protection) {
    for (strict, nodes, errors) in decode_all(bytes, context, protection) {
        check_tiling(&nodes, bytes.len()).unwrap();
        for error in &errors {
            assert!(error.offset <= bytes.len(), "{error}");
            assert!(!error.what.is_empty(), "{error:?}");
        }
        match strict {
            Ok(strict) => {
                assert_eq!(errors, []);
                assert_eq!(strict, nodes);
            }
            Err(error) => assert_eq!(Some(&error), errors.first()),
        }
    }
    check_tiling(&application_data::application_data(bytes), bytes.len()).unwrap();
    check_tiling(&record::content(bytes), bytes.len()).unwrap();
    if let Ok(nodes) = record::inner_plaintext(bytes) {
        check_tiling(&nodes, bytes.len()).unwrap();
    }
    record::header(bytes);
    handshake::name(bytes);
    handshake::message_len(bytes);
}

/// Real bytes of every kind.
static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let bytes = |value: &Value| hex::decode(value.as_str().unwrap()).unwrap();
    let openssl: Value = serde_json::from_str(include_str!("vectors/openssl.json")).unwrap();
    let rfc: Value = serde_json::from_str(include_str!("vectors/rfc8448-section3.json")).unwrap();
    let messages = openssl["messages"].as_array().unwrap().iter().map(|m| bytes(&m["bytes"]));
    let others = ["certificates", "packets"].map(|key| openssl[key].as_array().unwrap().clone());
    let records = rfc["wire"].as_object().unwrap().values().map(bytes);
    messages.chain(others.iter().flatten().map(bytes)).chain(records).collect()
});

fn contexts() -> impl Strategy<Value = Context> {
    let version = prop::sample::select(vec![None, Some(0x0301), Some(0x0303), Some(0x0304)]);
    let suites = vec![None, Some(0x1301), Some(0xc02b), Some(0x009c), Some(0x00a8), Some(0x0a0a)];
    (version, prop::sample::select(suites)).prop_map(|(version, suite)| Context {
        version: version.map(ProtocolVersion),
        suite: suite.map(CipherSuite),
    })
}

fn protections() -> impl Strategy<Value = Protection> {
    prop::sample::select(vec![
        Protection::Plain,
        Protection::ExplicitNonce,
        Protection::ImplicitNonce,
        Protection::Tls13,
    ])
}

/// A real message with a few bytes changed, taken out or put in, and perhaps cut off.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let edit = (any::<prop::sample::Index>(), any::<u8>(), 0..3u8);
    let edits = prop::collection::vec(edit, 0..6);
    let cut = prop::option::weighted(0.3, any::<prop::sample::Index>());
    (0..SEEDS.len(), edits, cut).prop_map(|(seed, edits, cut)| {
        let mut bytes = SEEDS[seed].clone();
        for (at, octet, how) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = octet,
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, octet),
            }
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn random_octets_are_survived(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        context in contexts(),
        protection in protections(),
    ) {
        check(&bytes, context, protection);
    }

    #[test]
    fn random_bodies_of_every_message_type_are_survived(
        code in any::<u8>(),
        body in prop::collection::vec(prop_oneof![Just(0u8), any::<u8>()], 0..200),
        context in contexts(),
    ) {
        let mut bytes = vec![code, 0, 0, body.len() as u8];
        bytes.extend(body);
        check(&bytes, context, Protection::Plain);
    }

    #[test]
    fn mutated_messages_are_survived(
        bytes in mutated(),
        context in contexts(),
        protection in protections(),
    ) {
        check(&bytes, context, protection);
    }
}

#[test]
fn real_messages_cut_off_anywhere_are_errors_at_or_before_the_cut() {
    for seed in SEEDS.iter() {
        for len in 0..seed.len() {
            check(&seed[..len], Context::default(), Protection::Plain);
        }
        check(seed, Context::default(), Protection::Plain);
    }
}

#[test]
fn elements_nested_without_end_are_an_error() {
    // SEQUENCE in SEQUENCE, each as long as DER allows it to be said.
    let mut nested = vec![0x05, 0x00];
    for _ in 0..2000 {
        let len = nested.len();
        let mut outer = vec![0x30, 0x83];
        outer.extend(&(len as u32).to_be_bytes()[1..]);
        if len < 0x80 {
            outer = vec![0x30, len as u8];
        } else if len < 0x100 {
            outer = vec![0x30, 0x81, len as u8];
        } else if len < 0x1_0000 {
            outer = vec![0x30, 0x82, (len >> 8) as u8, len as u8];
        }
        outer.append(&mut nested);
        nested = outer;
    }
    check(&nested, Context::default(), Protection::Plain);
}
