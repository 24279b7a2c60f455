//! The commands that the key schedule prints, run by a real shell with the real OpenSSL.

#![cfg(test)]

use handshake_lab::dissect::KeyNode;
use handshake_lab::engine::Capabilities;
use handshake_lab::hex;
use handshake_lab::keys::{
    Agreement, Context, Early, Exchange, FromEarlierConnection, Offer, Randoms, Suite, Tls12, Tls13,
};
use handshake_lab::run::Run;
use handshake_lab::scenario::Scenario;
use handshake_lab::tls::{CipherSuite, NamedGroup};
use handshake_lab::trace::Endpoint;
use std::process::Command;

/// What `command` prints, without the line's end.
fn run(command: &str) -> String {
    let output = Command::new("sh").args(["-c", command]).output().expect("sh runs");
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{command}\nsaid: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("text").trim_end_matches('\n').to_owned()
}

fn assert_commands_agree(nodes: &[KeyNode]) {
    assert!(!nodes.is_empty());
    for node in nodes {
        assert_eq!(
            run(&node.command()),
            hex::encode(&node.output),
            "{}: {}",
            node.name,
            node.command()
        );
    }
}

/// A transcript hash of the right length: which messages it is of does not matter here.
fn context(suite: &Suite, covers: &str) -> Context {
    Context { hash: suite.hash.digest(covers.as_bytes()), covers: covers.to_owned(), after: None }
}

/// An agreement over X25519.
fn x25519() -> Agreement {
    let own = x25519_dalek::StaticSecret::from([0x11; 32]);
    let peer = x25519_dalek::PublicKey::from(&x25519_dalek::StaticSecret::from([0x22; 32]));
    Agreement {
        group: NamedGroup::X25519,
        owner: Endpoint::Client,
        private: own.to_bytes().to_vec(),
        peer: peer.as_bytes().to_vec(),
        shared: own.diffie_hellman(&peer).as_bytes().to_vec(),
    }
}

/// An agreement over a NIST curve.
macro_rules! nist {
    ($curve:ident, $group:expr, $len:expr) => {{
        let own = $curve::SecretKey::from_slice(&[0x11; $len]).expect("a scalar");
        let peer = $curve::SecretKey::from_slice(&[0x22; $len]).expect("a scalar").public_key();
        Agreement {
            group: $group,
            owner: Endpoint::Server,
            private: own.to_bytes().to_vec(),
            peer: peer.to_sec1_bytes().to_vec(),
            shared: own.diffie_hellman(&peer).raw_secret_bytes().to_vec(),
        }
    }};
}

fn tls13(suite: u16, agreement: &Agreement) -> Tls13 {
    let suite = Suite::find(CipherSuite(suite)).expect("a known suite");
    let mut tree = Tls13::new(suite, agreement, &context(suite, "ClientHello…ServerHello"));
    tree.finished(Endpoint::Server, &context(suite, "ClientHello…CertificateVerify"));
    tree.server_finished(&context(suite, "ClientHello…Finished"));
    tree.client_finished(&context(suite, "ClientHello…Finished"));
    tree.ticket(&[0, 1], 9);
    tree
}

fn tls12(suite: u16, agreement: &Agreement, extended: bool) -> Tls12 {
    let suite = Suite::find(CipherSuite(suite)).expect("a known suite");
    let randoms = Randoms { client: vec![0x33; 32], server: vec![0x44; 32] };
    let session = context(suite, "ClientHello…ClientKeyExchange");
    let exchange = Exchange::Ecdhe(agreement.clone());
    let mut tree = Tls12::new(suite, &exchange, &randoms, &session, extended);
    tree.finished(Endpoint::Client, &session);
    tree
}

#[test]
fn openssl_computes_every_value_of_tls_1_3_over_x25519_and_sha_256() {
    assert_commands_agree(tls13(0x1301, &x25519()).schedule().nodes());
}

#[test]
fn openssl_computes_every_value_of_tls_1_3_over_p_384_and_sha_384() {
    assert_commands_agree(
        tls13(0x1302, &nist!(p384, NamedGroup::SECP384R1, 48)).schedule().nodes(),
    );
}

/// What a connection leaves for a second one: the value of this name.
fn carried(nodes: &[KeyNode], name: &str) -> FromEarlierConnection {
    let node = nodes.iter().find(|node| node.name == name).expect("the value").clone();
    FromEarlierConnection { connection: 0, node }
}

#[test]
fn openssl_computes_every_value_of_a_resumed_tls_1_3_connection_with_early_data() {
    let first = tls13(0x1302, &x25519());
    let psk = carried(first.schedule().nodes(), "resumption_psk");
    let suite = Suite::find(CipherSuite(0x1302)).expect("a known suite");
    let truncated = context(suite, "Truncate(ClientHello)");
    let hello = context(suite, "ClientHello");
    let offer = Offer { truncated: &truncated, early_data: Some(&hello) };
    let hellos = context(suite, "ClientHello…ServerHello");
    let early = Early::with_psk(suite, &psk, &offer);
    let resumed = Tls13::after(early.clone(), &x25519(), &hellos);
    assert!(resumed.schedule().find("early_exporter_secret").is_some());
    assert_commands_agree(resumed.schedule().nodes());
    // Where the server declines, two early secrets stand side by side.
    let declined = Tls13::after(early.declined(suite, None), &x25519(), &hellos);
    assert!(declined.schedule().find("offered_early_secret").is_some());
    assert_commands_agree(declined.schedule().nodes());
}

#[test]
fn openssl_computes_every_value_of_a_resumed_tls_1_2_connection() {
    let first = tls12(0xc02b, &x25519(), true);
    let master = carried(first.schedule().nodes(), "main_secret");
    let suite = Suite::find(CipherSuite(0xc02b)).expect("a known suite");
    let randoms = Randoms { client: vec![0x55; 32], server: vec![0x66; 32] };
    let mut tree = Tls12::resume(suite, &master, &randoms, None);
    tree.finished(Endpoint::Server, &context(suite, "ClientHello…ServerHello"));
    assert_commands_agree(tree.schedule().nodes());
}

#[test]
fn openssl_computes_every_value_of_tls_1_2_over_p_256_with_extended_main_secret() {
    assert_commands_agree(
        tls12(0xc02b, &nist!(p256, NamedGroup::SECP256R1, 32), true).schedule().nodes(),
    );
}

#[test]
fn openssl_computes_every_value_of_tls_1_2_without_extended_main_secret() {
    assert_commands_agree(tls12(0xc030, &x25519(), false).schedule().nodes());
}

#[test]
fn openssl_computes_every_value_of_rsa_key_exchange_from_the_servers_private_key_on() {
    for text in ["tls12-rsa", "tls12-rsa-no-ems+suite=aes-256-gcm"] {
        let run = Run::new(&Scenario::parse(text).expect("a scenario"), &Capabilities::all())
            .expect("a run");
        let nodes = &run.dissection().keys;
        assert_eq!((nodes[0].name, nodes[0].operation), ("preliminary_secret", "RSA"));
        assert_commands_agree(nodes);
    }
}

#[test]
fn updated_traffic_secrets_and_joined_hybrid_secrets_come_out_of_openssl() {
    for text in ["tls13-key-update", "tls13-mlkem"] {
        let scenario = Scenario::parse(text).expect("a scenario");
        let keys = &Run::new(&scenario, &Capabilities::all()).expect("a run").dissections[0].keys;
        // ML-KEM itself needs OpenSSL 3.5.
        let (kem, others): (Vec<KeyNode>, Vec<KeyNode>) =
            keys.iter().cloned().partition(|node| node.operation == "ML-KEM");
        assert_eq!(kem.len(), usize::from(text == "tls13-mlkem"));
        assert!(kem.iter().all(|node| node.command().contains("pkeyutl -decap")));
        assert_commands_agree(&others);
    }
}
