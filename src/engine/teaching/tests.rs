//! The teaching endpoints against each other, and against bytes that nobody honest sends.

use super::*;
use crate::engine::provider::recorder::{self, Session};
use crate::plan::{Extension, Plan, key_usage};
use crate::scenario::Scenario;
use crate::trace::{Event, Op};
use proptest::prelude::*;
use rustls::AlertDescription as Alert;

const FATAL: u8 = AlertLevel::FATAL.0;

/// Client and server with nothing but their bytes between them.
struct Pair {
    client: Box<dyn Tls>,
    server: Box<dyn Tls>,
    session: Session,
}

/// Bytes on their way from one end to the other: which flight it is, from 0, and what may be done
/// to it.
type Tamper<'a> = &'a mut dyn FnMut(usize, Vec<u8>) -> Vec<u8>;

impl Pair {
    fn of(text: &str) -> Pair {
        let scenario = Scenario::parse(text).unwrap();
        Pair::with(&scenario.plan())
    }

    fn with(plan: &Plan) -> Pair {
        let session = Session::start(plan.seed, true);
        let client_config = client_config(&plan.client).unwrap();
        let server_config = server_config(&plan.server).unwrap();
        recorder::turn(Endpoint::Client, 0);
        let client = Box::new(client(client_config));
        Pair { client, server: Box::new(server(server_config)), session }
    }

    /// Lets them talk until neither has anything to say, and both close. The error of the end that
    /// gave up first, and the alert that it sent.
    fn talk(&mut self, tamper: Tamper<'_>) -> Result<(), (Endpoint, String, Option<Alert>)> {
        for flight in 0..8 {
            let (from, to, reader) = match flight % 2 {
                0 => (&mut self.client, &mut self.server, Endpoint::Server),
                _ => (&mut self.server, &mut self.client, Endpoint::Client),
            };
            let mut octets = Vec::new();
            recorder::turn(reader.peer(), 0);
            from.write_to(&mut octets);
            let octets = tamper(flight, octets);
            recorder::turn(reader, 0);
            if let Err(error) = to.receive(&octets) {
                let mut answer = Vec::new();
                to.write_to(&mut answer);
                // The alert is the last record. Once keys are in use it is sealed.
                let alert = match answer[..] {
                    [.., 21, 3, 3, 0, 2, FATAL, description] => Some(Alert::from(description)),
                    _ => None,
                };
                return Err((reader, error, alert));
            }
        }
        Ok(())
    }

    fn is_open(&self) -> bool {
        !self.client.is_handshaking() && !self.server.is_handshaking()
    }
}

fn untouched(_: usize, octets: Vec<u8>) -> Vec<u8> {
    octets
}

/// Replaces `what`, which must be there, in flight number `at`.
fn replace(
    at: usize,
    what: &'static [u8],
    with: &'static [u8],
) -> impl FnMut(usize, Vec<u8>) -> Vec<u8> {
    assert_eq!(what.len(), with.len());
    move |flight, mut octets| {
        if flight == at {
            let mut windows = octets.windows(what.len());
            let place = windows.position(|window| window == what);
            let place = place.unwrap_or_else(|| panic!("no {what:02x?} in {octets:02x?}"));
            octets[place..place + what.len()].copy_from_slice(with);
        }
        octets
    }
}

/// Who notices, and by which alert it tells.
fn outcome(text: &str, tamper: Tamper<'_>) -> (Endpoint, Alert) {
    let (who, error, alert) = Pair::of(text).talk(tamper).expect_err("a failure");
    assert!(!error.is_empty());
    (who, alert.unwrap_or_else(|| panic!("no alert: {error}")))
}

const SCENARIOS: [&str; 4] = [
    "tls12-rsa",
    "tls12-rsa-no-ems+suite=aes-256-gcm",
    "tls12+ems=no",
    "tls12+ems=no+cert=rsa-2048",
];

#[test]
fn they_exchange_data_and_close() {
    for text in SCENARIOS {
        let mut pair = Pair::of(text);
        pair.talk(&mut untouched).unwrap();
        assert!(pair.is_open(), "{text}");
        let long: Vec<u8> = (0..40_000u32).map(|n| n as u8).collect();
        pair.client.send(&long).unwrap();
        pair.client.send_close_notify();
        let mut octets = Vec::new();
        pair.client.write_to(&mut octets);
        // In pieces, as TCP may bring them.
        let mut data = Vec::new();
        let mut closed = false;
        for piece in octets.chunks(1000) {
            let received = pair.server.receive(piece).unwrap();
            data.extend(received.data);
            closed = received.peer_closed;
        }
        assert_eq!((data, closed), (long, true), "{text}");
        assert_eq!(pair.server.end_of_stream(), Ok(()));
        assert!(pair.client.end_of_stream().is_err());
    }
}

#[test]
fn handshake_messages_may_be_spread_over_records() {
    let mut pair = Pair::of("tls12-rsa");
    pair.talk(&mut |flight, octets| {
        let rebuild = |content: Vec<u8>| -> Vec<u8> {
            let record = |octets: &[u8]| [&[22, 3, 3, 0, octets.len() as u8], octets].concat();
            content.chunks(100).flat_map(record).collect()
        };
        let mut content = Vec::new();
        let mut rest = &octets[..];
        while let [22, _, _, high, low, after @ ..] = rest {
            let len = usize::from(u16::from_be_bytes([*high, *low]));
            content.extend(&after[..len]);
            rest = &after[len..];
        }
        if flight < 2 { rebuild(content) } else { octets }
    })
    .unwrap();
    assert!(pair.is_open());
}

#[test]
fn each_check_tells_by_the_alert_that_the_standard_names() {
    use Endpoint::{Client, Server};
    type Case = (&'static str, usize, &'static [u8], &'static [u8], Endpoint, Alert);
    // What is changed in which flight: 0 is the ClientHello, 1 the server's answer, 2 the client's
    // key exchange and Finished.
    const CASES: &[Case] = &[
        ("tls12-rsa", 0, b"\x16\x03\x03", b"\x17\x03\x03", Server, Alert::UnexpectedMessage),
        ("tls12-rsa", 0, b"\x16\x03\x03", b"\x16\x02\x03", Server, Alert::ProtocolVersion),
        ("tls12-rsa", 0, b"\x16\x03\x03", b"GET", Server, Alert::UnexpectedMessage),
        ("tls12-rsa", 0, b"\x16\x03\x03\x00", b"\x16\x03\x03\xff", Server, Alert::RecordOverflow),
        (
            "tls12-rsa",
            0,
            b"\x00\x04\x00\x9c\x00\x9d",
            b"\x00\x04\x00\x9a\x00\x9b",
            Server,
            Alert::HandshakeFailure,
        ),
        ("tls12-rsa", 0, b"\x00\x04\x00\x9c", b"\x00\x05\x00\x9c", Server, Alert::DecodeError),
        ("tls12-rsa", 0, b"\x08http/1.1", b"\x08http/0.9", Server, Alert::NoApplicationProtocol),
        ("tls12-rsa", 0, b"\x00\x17\x00\x00", b"\x00\x0d\x00\x00", Server, Alert::IllegalParameter),
        (
            "tls12-rsa",
            1,
            b"\x02\x00\x00\x40\x03\x03",
            b"\x02\x00\x00\x40\x03\x02",
            Client,
            Alert::ProtocolVersion,
        ),
        ("tls12-rsa", 1, b"\x00\x00\x9c\x00", b"\x00\x00\x9e\x00", Client, Alert::IllegalParameter),
        (
            "tls12-rsa",
            1,
            b"\x00\x17\x00\x00",
            b"\x00\x16\x00\x00",
            Client,
            Alert::UnsupportedExtension,
        ),
        ("tls12-rsa", 1, b"\x08http/1.1", b"\x08http/0.9", Client, Alert::IllegalParameter),
        (
            "tls12-rsa",
            1,
            b"\x0e\x00\x00\x00",
            b"\x0f\x00\x00\x00",
            Client,
            Alert::UnexpectedMessage,
        ),
        ("tls12-rsa", 1, b"www.example.com", b"www.example.net", Client, Alert::DecryptError),
        (
            "tls12-rsa",
            2,
            b"\x14\x03\x03\x00\x01\x01",
            b"\x14\x03\x03\x00\x01\x02",
            Server,
            Alert::DecodeError,
        ),
        (
            "tls12-rsa",
            2,
            b"\x10\x00\x01\x02\x01\x00",
            b"\x10\x00\x01\x02\x01\x01",
            Server,
            Alert::DecodeError,
        ),
        (
            "tls12+ems=no",
            1,
            b"\x03\x00\x1d\x20",
            b"\x02\x00\x1d\x20",
            Client,
            Alert::IllegalParameter,
        ),
        (
            "tls12+ems=no",
            1,
            b"\x03\x00\x1d\x20",
            b"\x03\x00\x1e\x20",
            Client,
            Alert::IllegalParameter,
        ),
        (
            "tls12+ems=no",
            2,
            b"\x10\x00\x00\x21\x20",
            b"\x10\x00\x00\x21\x1f",
            Server,
            Alert::DecodeError,
        ),
    ];
    for (text, flight, what, with, who, alert) in CASES {
        let found = outcome(text, &mut replace(*flight, what, with));
        assert_eq!(found, (*who, *alert), "{text}, flight {flight}: {what:02x?} to {with:02x?}");
    }
}

#[test]
fn a_hello_changed_on_the_way_is_found_out_by_finished() {
    // The name in SNI goes into no key, so records open and only the transcripts differ.
    let mut changed = replace(0, b"www.example.com", b"www.example.org");
    let (who, error, _) = Pair::of("tls12-rsa-no-ems").talk(&mut changed).unwrap_err();
    assert_eq!((who, error.as_str()), (Endpoint::Server, "the client's Finished does not match"));
}

#[test]
fn with_extended_master_secret_a_changed_hello_gives_other_keys() {
    let mut changed = replace(0, b"www.example.com", b"www.example.org");
    assert_eq!(outcome("tls12-rsa", &mut changed), (Endpoint::Server, Alert::BadRecordMac));
}

#[test]
fn a_certificate_that_may_not_encrypt_is_refused() {
    let scenario = Scenario::parse("tls12-rsa").unwrap();
    let mut plan = scenario.plan();
    let usage = Extension::KeyUsage(key_usage::DIGITAL_SIGNATURE);
    plan.server.leaf_mut().unwrap().set(usage);
    let (who, error, alert) = Pair::with(&plan).talk(&mut untouched).unwrap_err();
    assert_eq!((who, alert), (Endpoint::Client, Some(Alert::UnsupportedCertificate)));
    assert!(error.contains("digitalSignature"), "{error}");
}

#[test]
fn a_certificate_of_another_kind_than_the_suite_needs_is_refused() {
    // The client's suites are for both kinds; the server's answer is turned from one to the other.
    let mut changed = replace(1, b"\x00\xc0\x2b\x00", b"\x00\xc0\x2f\x00");
    let found = outcome("tls12+ems=no", &mut changed);
    assert_eq!(found, (Endpoint::Client, Alert::UnsupportedCertificate));
}

#[test]
fn data_before_the_handshake_is_complete_is_refused() {
    let mut early = |flight, octets: Vec<u8>| match flight {
        0 => [octets, vec![23, 3, 3, 0, 1, 0]].concat(),
        _ => octets,
    };
    assert_eq!(outcome("tls12-rsa", &mut early), (Endpoint::Server, Alert::UnexpectedMessage));
    let mut pair = Pair::of("tls12-rsa");
    assert!(pair.client.send(b"too early").is_err());
}

#[test]
fn a_change_cipher_spec_out_of_turn_is_refused() {
    let mut early = |_, _: Vec<u8>| vec![20, 3, 3, 0, 1, 1];
    assert_eq!(outcome("tls12-rsa", &mut early), (Endpoint::Server, Alert::UnexpectedMessage));
}

#[test]
fn a_fatal_alert_is_not_answered() {
    let mut told = |flight, octets| if flight == 0 { vec![21, 3, 3, 0, 2, 2, 40] } else { octets };
    let (who, error, alert) = Pair::of("tls12-rsa").talk(&mut told).unwrap_err();
    assert_eq!((who, alert), (Endpoint::Server, None));
    assert_eq!(error, "received fatal alert: HandshakeFailure");
}

/// What the server does with the client's last flight, seen from outside and in its record.
fn answer_to(change: impl Fn(&mut [u8])) -> ((Endpoint, Alert), Vec<Event>) {
    let mut pair = Pair::of("tls12-rsa");
    let mut tamper = |flight, mut octets: Vec<u8>| {
        if flight == 2 {
            // Record header, message header, length: then 256 bytes of ciphertext.
            change(&mut octets[11..267]);
        }
        octets
    };
    let (who, _, alert) = pair.talk(&mut tamper).unwrap_err();
    ((who, alert.unwrap()), pair.session.take())
}

#[test]
fn a_wrong_padding_is_answered_like_a_wrong_secret() {
    // Any other ciphertext has a wrong padding, but for one in many thousands.
    let (padding, events) = answer_to(|ciphertext| ciphertext[200] ^= 1);
    // A right padding around another secret: the ciphertext times 2 to the e, as in the attack,
    // mostly is none, so encrypt another secret with the same key.
    let key = events.iter().find_map(|event| match &event.op {
        Op::RsaEncrypt { public_key, .. } => Some(public_key.clone()),
        _ => None,
    });
    let key = <rsa::PublicKey as rsa::pkcs1::DecodeRsaPublicKey>::from_pkcs1_der(&key.unwrap());
    let (secret, _) = answer_to(|ciphertext| {
        let mut random = rand_chacha_for_tests();
        let other = key.as_ref().unwrap();
        let other = other.encrypt(&mut random, rsa::Pkcs1v15Encrypt, &[3; 48]).unwrap();
        ciphertext.copy_from_slice(&other);
    });
    assert_eq!(padding, secret);
    assert_eq!(padding, (Endpoint::Server, Alert::BadRecordMac));
    // And of a secret of the wrong length.
    let (short, _) = answer_to(|ciphertext| {
        let mut random = rand_chacha_for_tests();
        let other = key.as_ref().unwrap();
        let other = other.encrypt(&mut random, rsa::Pkcs1v15Encrypt, &[3; 47]).unwrap();
        ciphertext.copy_from_slice(&other);
    });
    assert_eq!(padding, short);
}

fn rand_chacha_for_tests() -> impl rand_core::CryptoRng {
    <rand_chacha::ChaCha20Rng as rand_core::SeedableRng>::from_seed([7; 32])
}

/// Feeds the bytes, and asserts that an error comes with an alert unless it is about an alert.
fn feed(end: &mut dyn Tls, octets: &[u8]) -> Result<(), TestCaseError> {
    if let Err(error) = end.receive(octets) {
        let mut answer = Vec::new();
        end.write_to(&mut answer);
        let alert = answer.len().checked_sub(7).map(|at| &answer[at..at + 6]);
        let told = alert == Some(&[21, 3, 3, 0, 2, FATAL]);
        prop_assert!(told || error.starts_with("received fatal alert"), "{error}: no alert");
        // It stays so.
        prop_assert_eq!(end.receive(b"").map(|_| ()), Err(error));
        prop_assert!(end.send(b"more").is_err());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn random_octets_never_panic(octets in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut pair = Pair::of("tls12-rsa");
        feed(&mut *pair.client, &octets)?;
        feed(&mut *pair.server, &octets)?;
    }

    #[test]
    fn random_handshake_messages_never_panic(kind in 0u8..25, body in prop::collection::vec(any::<u8>(), 0..200)) {
        let message = [&[kind], &super::bytes::vector(3, &body)[..]].concat();
        let record = [&[22, 3, 3][..], &super::bytes::vector(2, &message)].concat();
        for text in ["tls12-rsa", "tls12+ems=no"] {
            let mut pair = Pair::of(text);
            feed(&mut *pair.client, &record)?;
            feed(&mut *pair.server, &record)?;
        }
    }

    #[test]
    fn changed_octets_never_panic_and_never_let_a_handshake_pass(
        which in 0..SCENARIOS.len(),
        at in 0usize..4,
        place in any::<prop::sample::Index>(),
        value in 1u8..,
    ) {
        let mut pair = Pair::of(SCENARIOS[which]);
        let mut record_version = false;
        let result = pair.talk(&mut |flight, mut octets| {
            if flight == at && !octets.is_empty() {
                let place = place.index(octets.len());
                octets[place] ^= value;
                record_version = is_record_version(&octets, place);
            }
            octets
        });
        // The version on a record is not looked at beyond its first byte; everything else counts.
        // A length that grew leaves the reader waiting.
        if result.is_ok() && pair.is_open() {
            prop_assert!(record_version, "flight {at}, octet {}", place.index(1000));
        }
        if let Err((_, error, alert)) = result {
            let told = alert.is_some() || at >= 2 || error.starts_with("received fatal alert");
            prop_assert!(told, "{error}");
        }
    }
}

/// Whether the byte at `place` is the second of a record's version.
fn is_record_version(octets: &[u8], place: usize) -> bool {
    let mut start = 0;
    while let Some([_, _, _, high, low, ..]) = octets.get(start..) {
        if place == start + 2 {
            return true;
        }
        start += 5 + usize::from(u16::from_be_bytes([*high, *low]));
    }
    false
}
