//! Messages recorded between OpenSSL's client and server, packets, and messages made by hand decode
//! to what they say; broken ones say where they are broken.

#![cfg(test)]

use handshake_lab::hex;
use handshake_lab::tls::{CipherSuite, ContentType, ProtocolVersion, TcpFlags};
use handshake_lab::wire::handshake::{self, Context};
use handshake_lab::wire::record::{self, Protection};
use handshake_lab::wire::{Node, Problem, alert, node::check_tiling, packet, x509};
use serde_json::Value;

fn openssl(key: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("vectors/openssl.json")).unwrap();
    all[key].as_array().unwrap().clone()
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}

fn code(value: &Value) -> Option<u16> {
    let text = value.as_str()?.strip_prefix("0x")?;
    u16::from_str_radix(text, 16).ok()
}

/// The recorded messages of one version, decoded.
fn recorded(version: u16) -> Vec<Node> {
    let mut all = Vec::new();
    for message in openssl("messages") {
        if code(&message["version"]) != Some(version) {
            continue;
        }
        let bytes = bytes(&message["bytes"]);
        let context = Context {
            version: Some(ProtocolVersion(version)),
            suite: code(&message["suite"]).map(CipherSuite),
        };
        let nodes = handshake::message(&bytes, context).unwrap();
        check_tiling(&nodes, bytes.len()).unwrap();
        assert_eq!(nodes[0].field.name, handshake::name(&bytes));
        // What the bytes alone say is the same.
        assert_eq!(handshake::message(&bytes, Context::default()).unwrap(), nodes);
        all.extend(nodes);
    }
    all
}

fn all<'a>(messages: &'a [Node], name: &str) -> Vec<&'a Node> {
    messages.iter().filter(|message| message.field.name == name).collect()
}

fn display<'a>(node: &'a Node, name: &str) -> &'a str {
    &node.find(name).unwrap_or_else(|| panic!("no {name}")).display
}

fn value<'a>(node: &'a Node, name: &str) -> &'a str {
    &node.find(name).unwrap_or_else(|| panic!("no {name}")).value
}

#[test]
fn every_recorded_byte_of_tls_1_3_is_known() {
    let messages = recorded(0x0304);
    for message in &messages {
        for unknown in ["undecoded", "unknown extension", "body", "extension_data"] {
            let found = message.find(unknown);
            assert!(found.is_none(), "{unknown} in {}: {found:?}", message.field.name);
        }
    }
    let retry = all(&messages, "HelloRetryRequest");
    assert_eq!(display(retry[0], "selected_group"), "secp384r1 (0x0018)");
    assert!(display(retry[0], "random").ends_with("(the fixed value of a HelloRetryRequest)"));
    let request = all(&messages, "CertificateRequest");
    assert!(display(request[0], "signature_algorithms").starts_with("ecdsa_secp256r1_sha256, "));
    assert_eq!(display(request[0], "certificate_authorities"), "C=DE, O=Lab, CN=lab.example");
    let resumed = messages.iter().find(|m| m.find("pre_shared_key").is_some()).unwrap();
    assert_eq!(display(resumed, "pre_shared_key"), "1 identity");
    assert_eq!(resumed.find("PskBinderEntry").unwrap().len(), 48);
    let tickets = all(&messages, "NewSessionTicket");
    assert_eq!(display(tickets[0], "ticket_lifetime"), "7200 seconds (2 hours)");
    let verify = all(&messages, "CertificateVerify");
    let signature = verify[0].find("signature").unwrap();
    assert_eq!(value(verify[0], "algorithm"), "0x0403");
    assert_eq!(signature.children[0].field.name, "Ecdsa-Sig-Value");
    assert_eq!(signature.value.len(), 2 * signature.len());
}

#[test]
fn every_recorded_byte_of_tls_1_2_is_known() {
    let messages = recorded(0x0303);
    for message in &messages {
        for unknown in ["undecoded", "unknown extension", "body", "extension_data"] {
            assert!(message.find(unknown).is_none(), "{unknown} in {}", message.field.name);
        }
    }
    let exchange = all(&messages, "ServerKeyExchange");
    assert_eq!(display(exchange[0], "namedcurve"), "x25519 (0x001d)");
    assert_eq!(exchange[0].find("public").unwrap().len(), 32);
    assert_eq!(value(exchange[1], "algorithm"), "0x0804");
    let keys = all(&messages, "ClientKeyExchange");
    assert_eq!(keys[0].find("ecdh_Yc").unwrap().len(), 32);
    assert_eq!(keys.last().unwrap().find("EncryptedPreMasterSecret").unwrap().len(), 256);
    let request = all(&messages, "CertificateRequest");
    assert_eq!(display(request[0], "certificate_types"), "rsa_sign, dss_sign, ecdsa_sign");
    let ticket = all(&messages, "NewSessionTicket");
    assert_eq!(display(ticket[0], "ticket_lifetime_hint"), "7200 seconds (2 hours)");
    let certificate = all(&messages, "Certificate");
    let data = certificate[0].find("ASN.1Cert").unwrap();
    assert_eq!(data.field.wireshark, Some("tls.handshake.certificate"));
    assert_eq!(data.value.len(), 2 * data.len());
    assert!(data.find("tbsCertificate").unwrap().start > data.start);
    assert_eq!(all(&messages, "Finished")[0].find("verify_data").unwrap().len(), 12);
}

/// A ClientHello of TLS 1.2 with these extensions.
fn client_hello(extensions: &[u8]) -> Vec<u8> {
    let mut body = vec![3, 3];
    body.extend([7; 32]);
    body.extend([0, 0, 2, 0x13, 0x01, 1, 0]);
    body.extend((extensions.len() as u16).to_be_bytes());
    body.extend(extensions);
    let mut message = vec![1, 0];
    message.extend((body.len() as u16).to_be_bytes());
    message.extend(body);
    message
}

#[test]
fn unknown_extensions_and_grease_stay_opaque() {
    let message = client_hello(&[0xab, 0xcd, 0, 3, 1, 2, 3, 0x2a, 0x2a, 0, 1, 0, 0, 23, 0, 0]);
    let nodes = handshake::message(&message, Context::default()).unwrap();
    check_tiling(&nodes, message.len()).unwrap();
    let [unknown, grease, known] = &nodes[0].find("extensions").unwrap().children[..] else {
        panic!("three extensions");
    };
    assert_eq!(unknown.field.name, "unknown extension");
    assert_eq!(value(unknown, "extension_type"), "43981");
    assert_eq!(display(unknown, "extension_type"), "unknown extension (0xabcd)");
    assert_eq!(value(unknown, "extension_data"), "010203");
    assert_eq!((unknown.start, unknown.end), (47, 54));
    assert_eq!(grease.field.name, "GREASE");
    assert_eq!(display(grease, "extension_type"), "GREASE (0x2a2a)");
    assert_eq!(value(grease, "extension_data"), "00");
    assert_eq!(known.field.name, "extended_main_secret");
    assert_eq!(nodes[0].leaf_at(52).unwrap().field.name, "extension_data");
}

#[test]
fn one_bad_extension_does_not_spoil_the_others() {
    // server_name whose list claims one byte more than there is, then extended_master_secret.
    let message = client_hello(&[0, 0, 0, 5, 0, 4, 0, 0, 1, 0, 23, 0, 0]);
    let error = handshake::message(&message, Context::default()).unwrap_err();
    assert_eq!(error.offset, 53);
    assert_eq!(error.what, "ClientHello.extensions.server_name.server_name_list");
    assert_eq!(error.problem, Problem::Truncated { needed: 4, left: 3 });
    assert_eq!(
        error.to_string(),
        "ClientHello.extensions.server_name.server_name_list at byte 53: needs 4 bytes, but 3 left"
    );
    let (nodes, errors) = handshake::message_or_opaque(&message, Context::default());
    check_tiling(&nodes, message.len()).unwrap();
    assert_eq!(errors, [error]);
    let undecoded = nodes[0].find("undecoded").unwrap();
    assert_eq!((undecoded.start, undecoded.end), (53, 56));
    assert!(nodes[0].find("extended_main_secret").is_some());
}

#[test]
fn rejects_a_truncated_client_hello() {
    let message = client_hello(&[]);
    let error = handshake::message(&message[..20], Context::default()).unwrap_err();
    assert_eq!(error.offset, 4);
    assert_eq!(error.problem, Problem::Truncated { needed: 43, left: 16 });
    let (nodes, errors) = handshake::message_or_opaque(&message[..20], Context::default());
    check_tiling(&nodes, 20).unwrap();
    assert_eq!(errors.len(), 1);
    assert_eq!(value(&nodes[0], "length"), "43");
}

#[test]
fn rejects_bytes_behind_the_end_of_a_message() {
    let mut message = client_hello(&[]);
    message.push(0);
    let error = handshake::message(&message, Context::default()).unwrap_err();
    assert_eq!(error.offset, message.len() - 1);
    assert_eq!(error.problem, Problem::Leftover(1));
}

#[test]
fn packets_decode_with_their_checksums_and_options() {
    let packets: Vec<_> = openssl("packets").iter().map(bytes).collect();
    let (nodes, summary) = packet::packet(&packets[0]).unwrap();
    check_tiling(&nodes, packets[0].len()).unwrap();
    let syn = summary.unwrap();
    assert_eq!(syn.source.to_string(), "192.0.2.1:50000");
    assert_eq!(syn.destination.to_string(), "192.0.2.2:443");
    assert_eq!((syn.sequence, syn.acknowledgment), (999, 0));
    assert_eq!((syn.flags.to_string().as_str(), syn.flags), ("SYN", TcpFlags::SYN));
    assert!(syn.ip_checksum_ok && syn.tcp_checksum_ok);
    assert_eq!(syn.options.maximum_segment_size, Some(1460));
    assert_eq!(syn.options.window_scale, Some(7));
    assert!(syn.options.sack_permitted);
    assert_eq!(syn.options.timestamps, Some((1, 0)));
    assert!(syn.payload.is_empty());
    assert_eq!(display(&nodes[1], "Data Offset"), "10 words = 40 bytes");
    assert_eq!(value(&nodes[1], "Data Offset, Control Bits"), "0x0002");

    let syn_ack = packet::packet(&packets[1]).unwrap().1.unwrap();
    assert_eq!(syn_ack.flags, TcpFlags::SYN | TcpFlags::ACK);

    let (nodes, summary) = packet::packet(&packets[3]).unwrap();
    let summary = summary.unwrap();
    assert_eq!(summary.flags, TcpFlags::PSH | TcpFlags::ACK);
    let payload = &packets[3][summary.payload.clone()];
    assert_eq!(nodes.last().unwrap().field.wireshark, Some("tcp.payload"));
    let header = record::header(payload).unwrap();
    assert_eq!((header.content_type, header.length + 5), (ContentType::HANDSHAKE, payload.len()));
    let nodes = record::record(payload, Protection::Plain).unwrap();
    check_tiling(&nodes, payload.len()).unwrap();
}

#[test]
fn a_changed_byte_makes_the_checksum_incorrect() {
    let mut packet = bytes(&openssl("packets")[3]);
    let last = packet.len() - 1;
    packet[last] ^= 1;
    let (nodes, summary) = packet::packet(&packet).unwrap();
    let summary = summary.unwrap();
    assert!(summary.ip_checksum_ok && !summary.tcp_checksum_ok);
    assert!(display(&nodes[1], "Checksum").ends_with("(incorrect)"));
    packet[8] -= 1;
    let (nodes, summary) = packet::packet(&packet).unwrap();
    assert!(!summary.unwrap().ip_checksum_ok);
    assert!(display(&nodes[0], "Header Checksum").ends_with("(incorrect)"));
}

#[test]
fn bytes_behind_the_packet_and_fragments_stay_opaque() {
    let mut packet = bytes(&openssl("packets")[0]);
    packet.extend([0; 4]);
    let (nodes, summary) = packet::packet(&packet).unwrap();
    check_tiling(&nodes, packet.len()).unwrap();
    assert_eq!(nodes.last().unwrap().field.name, "trailer");
    assert!(summary.unwrap().tcp_checksum_ok);

    packet[7] = 1; // a fragment that does not begin at 0
    let (nodes, summary) = packet::packet(&packet).unwrap();
    check_tiling(&nodes, packet.len()).unwrap();
    assert_eq!(summary, None);
    assert_eq!(nodes[1].field.name, "payload");
}

#[test]
fn encrypted_records_have_the_parts_of_their_kind() {
    let parts = |record: &[u8], protection| {
        let nodes = record::record(record, protection).unwrap();
        check_tiling(&nodes, record.len()).unwrap();
        let body = nodes[0].children.last().unwrap().clone();
        body.children.iter().map(|part| (part.field.name, part.len())).collect::<Vec<_>>()
    };
    let mut record = vec![23, 3, 3, 0, 40];
    record.extend(0..40);
    assert_eq!(
        parts(&record, Protection::ExplicitNonce),
        [("nonce_explicit", 8), ("ciphertext", 16), ("authentication tag", 16)]
    );
    let without_nonce = [("ciphertext", 24), ("authentication tag", 16)];
    assert_eq!(parts(&record, Protection::ImplicitNonce), without_nonce);
    assert_eq!(parts(&record, Protection::Tls13), without_nonce);
    assert_eq!(parts(&record, Protection::Plain), []);

    let short = [23, 3, 3, 0, 3, 1, 2, 3];
    let tls13 = Protection::Tls13;
    let error = record::record(&short, tls13).unwrap_err();
    assert_eq!((error.offset, error.problem), (5, Problem::Truncated { needed: 16, left: 3 }));
    assert!(record::inner_plaintext(&[0, 0, 0]).is_err());
    assert_eq!(record::inner_content(b"\x01\x00\x16\x00\x00"), Some((2, ContentType::HANDSHAKE)));
}

#[test]
fn alerts_decode() {
    let nodes = alert::alert(&[2, 45]).unwrap();
    assert_eq!(nodes[0].display, "fatal certificate_expired");
    assert_eq!(display(&nodes[0], "description"), "certificate_expired (45)");
    assert_eq!(alert::alert(&[1, 0]).unwrap()[0].display, "warning close_notify");
    assert_eq!(alert::alert(&[2, 45, 0]).unwrap_err().offset, 2);
}

#[test]
fn certificates_of_every_kind_are_summed_up() {
    let certificates: Vec<_> = openssl("certificates").iter().map(bytes).collect();
    let summaries: Vec<_> = certificates
        .iter()
        .map(|bytes| {
            let (nodes, summary) = x509::parse(bytes).unwrap();
            check_tiling(&nodes, bytes.len()).unwrap();
            summary
        })
        .collect();
    let kinds: Vec<_> = summaries.iter().map(|s| s.public_key.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "id-ecPublicKey secp256r1",
            "rsaEncryption 2048 bits",
            "id-Ed25519",
            "id-ecPublicKey secp384r1"
        ]
    );
    let first = &summaries[0];
    assert_eq!(first.version, 3);
    assert_eq!(first.subject, "C=DE, O=Lab, CN=lab.example");
    assert_eq!(first.issuer, first.subject);
    assert_eq!(first.not_after - first.not_before, 30 * 86_400);
    let names: Vec<_> =
        first.subject_alt_names.iter().map(|n| (n.kind, n.value.as_str())).collect();
    assert_eq!(
        names,
        [
            ("dNSName", "lab.example"),
            ("iPAddress", "192.0.2.1"),
            ("rfc822Name", "a@b.example"),
            ("uniformResourceIdentifier", "https://x.example/"),
        ]
    );
    assert!(first.is_ca);
    assert_eq!(first.path_len, None);
    assert_eq!(first.key_usage, ["digitalSignature", "keyCertSign"]);
    assert_eq!(first.ext_key_usage, ["serverAuth", "clientAuth"]);
    assert_eq!(first.subject_key_id, first.authority_key_id);
    assert_eq!(first.signature_algorithm, "ecdsa-with-SHA256");
    assert!(summaries[1].subject_alt_names.iter().any(|name| name.value == "::1"));
}

#[test]
fn the_parts_of_a_certificate_have_their_names() {
    let bytes = bytes(&openssl("certificates")[0]);
    let (nodes, _) = x509::parse(&bytes).unwrap();
    let certificate = &nodes[0];
    let parts: Vec<_> = certificate.children.iter().map(|part| part.field.name).collect();
    assert_eq!(parts, ["tag", "length", "tbsCertificate", "signatureAlgorithm", "signatureValue"]);
    assert_eq!(value(certificate, "Version"), "2");
    assert_eq!(display(certificate, "BasicConstraints"), "certification authority");
    assert_eq!(display(certificate, "NameConstraints"), "only .example");
    assert_eq!(
        certificate.find("CRLDistributionPoints").unwrap().display,
        "http://crl.example/a.crl"
    );
    assert!(certificate.find("r").is_some() && certificate.find("s").is_some());
    let critical: Vec<_> = certificate
        .find("Extensions")
        .unwrap()
        .children
        .iter()
        .filter(|extension| extension.find("critical").is_some())
        .map(|extension| extension.display.as_str())
        .collect();
    assert_eq!(
        critical,
        [
            "basicConstraints, critical: certification authority",
            "keyUsage, critical: digitalSignature, keyCertSign"
        ]
    );
}

#[test]
fn an_error_in_a_certificate_names_its_element() {
    let mut bytes = bytes(&openssl("certificates")[0]);
    assert_eq!(bytes[13], 2); // serialNumber: INTEGER
    bytes[13] = 4;
    let error = x509::parse(&bytes).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Certificate.tbsCertificate.serialNumber at byte 13: expected INTEGER (0x02), found OCTET STRING (0x04)"
    );
    let (nodes, summary, errors) = x509::parse_or_opaque(&bytes);
    check_tiling(&nodes, bytes.len()).unwrap();
    assert_eq!(errors, [error]);
    assert_eq!(summary.signature_algorithm, "ecdsa-with-SHA256");
}
