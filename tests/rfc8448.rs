//! The key schedule against RFC 8448, sections 3 (Simple 1-RTT Handshake) and 4 (Resumed 0-RTT
//! Handshake), value by value.

#![cfg(test)]

use handshake_lab::hex;
use handshake_lab::keys::{
    Agreement, Context, Early, FromEarlierConnection, Offer, Suite, Tls13, nonce_from_iv,
};
use handshake_lab::tls::{CipherSuite, NamedGroup};
use handshake_lab::trace::Endpoint;
use serde_json::Value;

/// The values of one section of RFC 8448, read from the file of vectors.
struct Vectors(Value);

impl Vectors {
    fn load() -> Vectors {
        let text = include_str!("vectors/rfc8448-section3.json");
        Vectors(serde_json::from_str(text).expect("the vectors are JSON"))
    }

    fn resumed() -> Vectors {
        let text = include_str!("vectors/rfc8448-section4.json");
        Vectors(serde_json::from_str(text).expect("the vectors are JSON"))
    }

    fn octets(&self, part: &str, name: &str) -> Vec<u8> {
        let text = self.0[part][name].as_str().unwrap_or_else(|| panic!("no {part}.{name}"));
        hex::decode(text).expect("the vectors are hexadecimal")
    }

    fn secret(&self, name: &str) -> Vec<u8> {
        self.octets("secrets", name)
    }

    fn context(&self, name: &str, covers: &str, after: usize) -> Context {
        Context { hash: self.secret(name), covers: covers.to_owned(), after: Some(after) }
    }

    /// The whole handshake's schedule, from the hashes that the RFC prints.
    fn schedule(&self) -> Tls13 {
        let suite = Suite::find(CipherSuite::TLS_AES_128_GCM_SHA256)
            .expect("TLS_AES_128_GCM_SHA256 is known");
        let agreement = Agreement {
            group: NamedGroup::X25519,
            owner: Endpoint::Client,
            private: self.secret("client_x25519_private"),
            peer: self.secret("server_x25519_public"),
            shared: self.secret("shared_secret"),
        };
        let hellos = self.context("transcript_hash_ch_sh", "ClientHello…ServerHello", 1);
        let flight = self.context("transcript_hash_ch_server_finished", "ClientHello…Finished", 5);
        let all = self.context("transcript_hash_ch_client_finished", "ClientHello…Finished", 6);
        let mut tree = Tls13::new(suite, &agreement, &hellos);
        tree.server_finished(&flight);
        tree.finished(Endpoint::Client, &flight);
        tree.client_finished(&all);
        tree.ticket(&self.secret("ticket_nonce"), 7);
        tree
    }
}

#[test]
fn every_secret_of_rfc_8448_is_reproduced() {
    let vectors = Vectors::load();
    let tree = vectors.schedule();
    let given = vectors.0["secrets"].as_object().expect("secrets is an object");
    let mut compared = 0;
    for name in given.keys() {
        let ours = match name.as_str() {
            "client_handshake_finished_key" => "client_finished_key",
            "server_handshake_finished_key" => "server_finished_key",
            name => name,
        };
        let Some(node) = tree.schedule().find(ours) else { continue };
        let mut expected = vectors.secret(name);
        if name == "client_finished" {
            expected.drain(..4); // the handshake header
        }
        assert_eq!(hex::encode(&node.output), hex::encode(&expected), "{name}");
        compared += 1;
    }
    // All but private and public keys, transcript hashes, the ticket and its nonce.
    assert_eq!(compared, given.len() - 9);
}

#[test]
fn the_transcript_hash_of_rfc_8448_is_the_hash_of_its_messages() {
    let vectors = Vectors::load();
    let suite =
        Suite::find(CipherSuite::TLS_AES_128_GCM_SHA256).expect("TLS_AES_128_GCM_SHA256 is known");
    let client_hello = vectors.octets("wire", "ClientHello_1");
    let mut messages = client_hello[5..].to_vec();
    messages.extend(vectors.octets("messages", "server_hello"));
    assert_eq!(suite.hash.digest(&messages), vectors.secret("transcript_hash_ch_sh"));
    messages.extend(vectors.octets("messages", "server_flight"));
    assert_eq!(suite.hash.digest(&messages), vectors.secret("transcript_hash_ch_server_finished"));
}

#[test]
fn every_record_of_rfc_8448_opens() {
    let vectors = Vectors::load();
    let tree = vectors.schedule();
    let suite =
        Suite::find(CipherSuite::TLS_AES_128_GCM_SHA256).expect("TLS_AES_128_GCM_SHA256 is known");
    let open = |record: &str, keys: &str, sequence: u64| {
        let bytes = vectors.octets("wire", record);
        let value = |suffix: &str| {
            &tree.schedule().find(&format!("{keys}_{suffix}")).expect("a traffic key").output
        };
        let nonce = nonce_from_iv(value("iv"), sequence);
        suite.aead.open(value("key"), &nonce, &bytes[..5], &bytes[5..]).expect(record)
    };
    let mut flight = vectors.octets("messages", "server_flight");
    flight.push(22);
    assert_eq!(open("ServerHandshakeMessages", "server_handshake", 0), flight);
    let mut finished = vectors.secret("client_finished");
    finished.push(22);
    assert_eq!(open("ClientFinished", "client_handshake", 0), finished);
    let mut data = vectors.octets("application_data", "client");
    data.push(23);
    assert_eq!(open("Client_AppData", "client_application", 0), data);
    assert_eq!(open("Server_AppData", "server_application", 1), data);
    assert_eq!(open("Client_CloseNotify", "client_application", 1), [1, 0, 21]);
}

#[test]
fn every_secret_of_the_resumed_connection_of_rfc_8448_is_reproduced() {
    let (first, vectors) = (Vectors::load().schedule(), Vectors::resumed());
    let suite =
        Suite::find(CipherSuite::TLS_AES_128_GCM_SHA256).expect("TLS_AES_128_GCM_SHA256 is known");
    let message = |name: &str| vectors.octets("messages", name);
    let over = |parts: &[&[u8]], covers: &str| Context {
        hash: suite.hash.digest(&parts.concat()),
        covers: covers.to_owned(),
        after: None,
    };
    let hello = message("client_hello");
    // The binders: two bytes of length, one of the entry's length, 32 of the binder.
    let truncated = over(&[&hello[..hello.len() - 35]], "Truncate(ClientHello)");
    let whole = over(&[&hello], "ClientHello");
    let hellos = [hello, message("server_hello")].concat();
    let before_finished = [hellos.clone(), message("encrypted_extensions")].concat();
    let flight = [before_finished.clone(), message("server_finished")].concat();
    let with_end = [flight.clone(), message("end_of_early_data")].concat();
    let all = [with_end.clone(), message("client_finished")].concat();

    let psk = first.schedule().find("resumption_psk").expect("a key for the ticket").clone();
    let offer = Offer { truncated: &truncated, early_data: Some(&whole) };
    let early = Early::with_psk(suite, &FromEarlierConnection { connection: 0, node: psk }, &offer);
    let shared = hex::decode(vectors.0["shared_secret"].as_str().expect("hexadecimal"));
    let agreement = Agreement {
        group: NamedGroup::X25519,
        owner: Endpoint::Client,
        private: Vec::new(),
        peer: Vec::new(),
        shared: shared.expect("hexadecimal"),
    };
    let mut tree = Tls13::after(early, &agreement, &over(&[&hellos], "ClientHello…ServerHello"));
    tree.finished(Endpoint::Server, &over(&[&before_finished], ""));
    tree.server_finished(&over(&[&flight], ""));
    tree.finished(Endpoint::Client, &over(&[&with_end], ""));
    tree.client_finished(&over(&[&all], ""));

    let given = vectors.0["secrets"].as_object().expect("secrets is an object");
    for name in given.keys() {
        let node = tree.schedule().find(name).unwrap_or_else(|| panic!("no {name}"));
        assert_eq!(hex::encode(&node.output), hex::encode(&vectors.secret(name)), "{name}");
    }
    assert_eq!(given.len(), 26);
}
