//! The messages of RFC 8448, section 3 ("Simple 1-RTT Handshake"), decode to what the RFC says.

#![cfg(test)]

use handshake_lab::hex;
use handshake_lab::tls::{CipherSuite, ContentType, ProtocolVersion};
use handshake_lab::wire::handshake::{self, Context};
use handshake_lab::wire::{Node, node::check_tiling, record};
use serde_json::Value;

const TLS13: Context = Context {
    version: Some(ProtocolVersion::TLS1_3),
    suite: Some(CipherSuite::TLS_AES_128_GCM_SHA256),
};

fn vector(group: &str, name: &str) -> Vec<u8> {
    let text = include_str!("vectors/rfc8448-section3.json");
    let all: Value = serde_json::from_str(text).unwrap();
    hex::decode(all[group][name].as_str().unwrap()).unwrap()
}

/// The tree of a message, checked to tile its bytes.
fn decode(bytes: &[u8]) -> Node {
    let mut nodes = handshake::message(bytes, TLS13).unwrap();
    check_tiling(&nodes, bytes.len()).unwrap();
    assert_eq!(nodes.len(), 1);
    nodes.remove(0)
}

/// The messages of a flight, in order.
fn messages(mut flight: &[u8]) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    while let Some(len) = handshake::message_len(flight) {
        all.push(flight[..len].to_vec());
        flight = &flight[len..];
    }
    all
}

fn value<'a>(node: &'a Node, name: &str) -> &'a str {
    &node.find(name).unwrap_or_else(|| panic!("no {name}")).value
}

fn display<'a>(node: &'a Node, name: &str) -> &'a str {
    &node.find(name).unwrap_or_else(|| panic!("no {name}")).display
}

#[test]
fn the_client_hello_decodes() {
    let bytes = vector("wire", "ClientHello_1");
    let header = record::header(&bytes).unwrap();
    assert_eq!(
        (header.content_type, header.version, header.length),
        (ContentType::HANDSHAKE, ProtocolVersion::TLS1_0, 196)
    );
    let hello = decode(&bytes[record::HEADER_LEN..]);
    assert_eq!(hello.field.name, "ClientHello");
    assert_eq!(value(&hello, "msg_type"), "1");
    assert_eq!(value(&hello, "length"), "192");
    assert_eq!(display(&hello, "legacy_version"), "TLS 1.2 (0x0303)");
    assert_eq!(
        value(&hello, "random"),
        "cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece7"
    );
    let suites = hello.find("cipher_suites").unwrap();
    let codes: Vec<_> = suites.children.iter().map(|suite| suite.value.as_str()).collect();
    assert_eq!(codes, ["0x1301", "0x1303", "0x1302"]);
    assert_eq!(suites.children[0].field.wireshark, Some("tls.handshake.ciphersuite"));
    assert_eq!(display(&hello, "HostName"), "server");
    assert_eq!(
        value(&hello, "key_exchange"),
        hex::encode(&vector("secrets", "client_x25519_public"))
    );
    assert_eq!(display(&hello, "supported_versions"), "TLS 1.3");
    assert_eq!(display(&hello, "psk_key_exchange_modes"), "psk_dhe_ke");
    assert_eq!(value(&hello, "RecordSizeLimit"), "16385");
    let groups = hello.find("named_group_list").unwrap();
    assert_eq!(groups.children.len(), 9);
    assert_eq!(groups.children[0].display, "x25519 (0x001d)");
    let names: Vec<_> =
        hello.find("extensions").unwrap().children.iter().map(|e| e.field.name).collect();
    assert_eq!(
        names,
        [
            "server_name",
            "renegotiation_info",
            "supported_groups",
            "session_ticket",
            "key_share",
            "supported_versions",
            "signature_algorithms",
            "psk_key_exchange_modes",
            "record_size_limit"
        ]
    );
}

#[test]
fn the_server_hello_decodes() {
    let hello = decode(&vector("messages", "server_hello"));
    assert_eq!(hello.field.name, "ServerHello");
    assert_eq!(display(&hello, "cipher_suite"), "TLS_AES_128_GCM_SHA256 (0x1301)");
    assert_eq!(display(&hello, "selected_version"), "TLS 1.3 (0x0304)");
    assert_eq!(
        value(&hello, "key_exchange"),
        hex::encode(&vector("secrets", "server_x25519_public"))
    );
}

#[test]
fn the_encrypted_flight_of_the_server_decodes() {
    let all: Vec<_> =
        messages(&vector("messages", "server_flight")).iter().map(|m| decode(m)).collect();
    let names: Vec<_> = all.iter().map(|message| message.field.name).collect();
    assert_eq!(names, ["EncryptedExtensions", "Certificate", "CertificateVerify", "Finished"]);
    assert_eq!(display(&all[0], "server_name"), "acknowledged");
    assert_eq!(value(&all[1], "certificate_request_context"), "");
    assert_eq!(all[1].display, "1 certificate");
    assert_eq!(value(&all[2], "algorithm"), "0x0804");
    assert_eq!(all[2].find("signature").unwrap().len(), 128);
    assert_eq!(all[3].find("verify_data").unwrap().len(), 32);
}

#[test]
fn the_new_session_ticket_decodes() {
    let ticket = decode(&vector("secrets", "new_session_ticket"));
    assert_eq!(value(&ticket, "ticket_lifetime"), "30");
    assert_eq!(value(&ticket, "ticket_age_add"), "4208372421");
    assert_eq!(value(&ticket, "ticket_nonce"), "0000");
    assert_eq!(ticket.find("ticket").unwrap().len(), 178);
    assert_eq!(value(&ticket, "max_early_data_size"), "1024");
}

#[test]
fn the_records_decode_from_outside_and_inside() {
    let bytes = vector("wire", "ClientFinished");
    let nodes = record::record(&bytes, record::Protection::Tls13).unwrap();
    check_tiling(&nodes, bytes.len()).unwrap();
    assert_eq!(display(&nodes[0], "opaque_type"), "application_data (23)");
    assert_eq!(nodes[0].find("authentication tag").unwrap().len(), 16);

    let mut plaintext = vector("secrets", "client_finished");
    plaintext.extend([22, 0, 0]);
    let nodes = record::inner_plaintext(&plaintext).unwrap();
    check_tiling(&nodes, plaintext.len()).unwrap();
    assert_eq!(display(&nodes[0], "type"), "handshake (22)");
    assert_eq!(value(&nodes[0], "zeros"), "2");
    assert_eq!(nodes[0].find("content").unwrap().len(), 36);
}
