//! The views over real runs, against what the dissection found by itself.

use super::*;
use crate::dissect::Message;
use crate::run::Run;
use crate::scenario::Scenario;
use crate::tls::*;
use crate::trace::Endpoint::{self, Client, Server};

fn run(text: &str) -> Run {
    Run::new(&Scenario::parse(text).unwrap(), &crate::engine::Capabilities::all()).unwrap()
}

fn first(run: &Run, from: Endpoint, kind: HandshakeType) -> &Message {
    run.dissection().handshake(from, kind).unwrap()
}

fn view<'a, V: View<'a>>(run: &'a Run, from: Endpoint, kind: HandshakeType) -> V {
    first(run, from, kind).view().unwrap()
}

#[test]
fn the_hellos_of_tls_1_3_say_what_was_settled() {
    let run = run("tls13");
    let settled = &run.dissection().negotiated;
    let client: ClientHello<'_> = view(&run, Client, HandshakeType::CLIENT_HELLO);
    let server: ServerHello<'_> = view(&run, Server, HandshakeType::SERVER_HELLO);
    assert!(client.offers_tls13() && !server.is_retry_request());
    assert_eq!(server.version(), settled.version);
    assert_eq!(server.cipher_suite(), settled.suite);
    assert_eq!(server.group(), settled.group);
    assert_eq!(client.random(), settled.client_random.as_deref());
    assert_eq!(server.random(), settled.server_random.as_deref());
    assert_eq!(client.server_name(), settled.server_name.as_deref());
    assert_eq!(client.session_id(), server.session_id());
    let group = settled.group.unwrap();
    assert!(client.groups().contains(&group) && client.key_share_groups().contains(&group));
    assert_eq!(client.key_share(group).unwrap().len(), server.key_share().unwrap().len());
    assert!(client.cipher_suites().contains(&settled.suite.unwrap()));
    assert!(client.real_cipher_suites().iter().all(|suite| !suite.is_signal()));
    assert!(client.extensions().alpn().contains(&settled.alpn.as_deref().unwrap()));
    let encrypted: EncryptedExtensions<'_> =
        view(&run, Server, HandshakeType::ENCRYPTED_EXTENSIONS);
    assert_eq!(encrypted.extensions().alpn(), [settled.alpn.as_deref().unwrap()]);
    assert_eq!(encrypted.extensions().types().len(), encrypted.extensions().len());
}

#[test]
fn a_view_of_another_message_is_none() {
    let run = run("tls13");
    let hello = first(&run, Client, HandshakeType::CLIENT_HELLO);
    assert!(hello.view::<ServerHello<'_>>().is_none() && hello.view::<Finished<'_>>().is_none());
}

#[test]
fn certificates_signatures_and_finished_of_both_versions_are_found() {
    for text in ["tls13-mtls", "tls12-mtls"] {
        let run = run(text);
        for who in Endpoint::BOTH {
            let certificate: Certificate<'_> = view(&run, who, HandshakeType::CERTIFICATE);
            let leaf = certificate.leaf().unwrap();
            assert!(crate::wire::x509::parse(leaf.der).is_ok(), "{text}");
            assert!(certificate.raw_public_key().is_none());
            let finished: Finished<'_> = view(&run, who, HandshakeType::FINISHED);
            assert!(finished.verify_data().unwrap().len() >= 12);
        }
        let request: CertificateRequest<'_> =
            view(&run, Server, HandshakeType::CERTIFICATE_REQUEST);
        let verify: CertificateVerify<'_> = view(&run, Client, HandshakeType::CERTIFICATE_VERIFY);
        let signature = verify.signature().unwrap();
        assert!(request.signature_schemes().contains(&signature.scheme.unwrap()), "{text}");
        assert!(!request.authorities().is_empty() && !signature.bytes.is_empty(), "{text}");
    }
}

#[test]
fn the_key_exchanges_of_tls_1_2_are_found() {
    let ecdhe = run("tls12");
    let server: ServerKeyExchange<'_> = view(&ecdhe, Server, HandshakeType::SERVER_KEY_EXCHANGE);
    let client: ClientKeyExchange<'_> = view(&ecdhe, Client, HandshakeType::CLIENT_KEY_EXCHANGE);
    assert_eq!(server.group(), ecdhe.dissection().negotiated.group);
    assert_eq!(server.public_key().unwrap().len(), client.public_key().unwrap().len());
    assert!(server.params().unwrap().ends_with(server.public_key().unwrap()));
    assert!(server.signature().unwrap().scheme.is_some() && client.encrypted_secret().is_none());
    let rsa = run("tls12-rsa");
    let client: ClientKeyExchange<'_> = view(&rsa, Client, HandshakeType::CLIENT_KEY_EXCHANGE);
    assert!(client.public_key().is_none() && client.encrypted_secret().is_some());
    let suite = rsa.dissection().negotiated.suite.unwrap();
    assert!(
        suite.is_rsa_key_exchange() && !CipherSuite::TLS_AES_128_GCM_SHA256.is_rsa_key_exchange()
    );
}

#[test]
fn a_retry_a_hybrid_share_and_a_raw_public_key_are_told_apart() {
    let hrr = run("tls13-hrr");
    let retry: ServerHello<'_> = view(&hrr, Server, HandshakeType::SERVER_HELLO);
    assert!(retry.is_retry_request() && retry.key_share().is_none());
    assert_eq!(retry.group(), hrr.dissection().negotiated.group);
    let hybrid = run("tls13-mlkem");
    let client: ClientHello<'_> = view(&hybrid, Client, HandshakeType::CLIENT_HELLO);
    let server: ServerHello<'_> = view(&hybrid, Server, HandshakeType::SERVER_HELLO);
    assert_eq!(client.ml_kem_share().unwrap().len(), 1184);
    assert_eq!(server.ml_kem_share().unwrap().len(), 1088);
    let raw = run("tls13-raw-public-key");
    let certificate: Certificate<'_> = view(&raw, Server, HandshakeType::CERTIFICATE);
    assert!(certificate.raw_public_key().is_some() && certificate.leaf().is_none());
}

#[test]
fn tickets_and_key_updates_are_found() {
    let run_ = run("tls13-resumed");
    let client: ClientHello<'_> = view(&run_, Client, HandshakeType::CLIENT_HELLO);
    let server: ServerHello<'_> = view(&run_, Server, HandshakeType::SERVER_HELLO);
    let identities = client.psk_identities();
    assert_eq!((identities.len(), server.selected_psk()), (1, Some(0)));
    let offered = run_.dissection().offered.as_ref().unwrap();
    assert_eq!(identities[0].identity, offered.identity);
    assert!(identities[0].binder.is_some());
    let ticket: NewSessionTicket<'_> = view(&run_, Server, HandshakeType::NEW_SESSION_TICKET);
    assert!(!ticket.ticket().unwrap().is_empty());
    assert!(ticket.age_add().is_some() && ticket.nonce().is_some() && ticket.lifetime().is_some());
    let update = run("tls13-key-update");
    assert!(first(&update, Client, HandshakeType::KEY_UPDATE).view::<KeyUpdate<'_>>().is_some());
    let old = run("tls12-ticket");
    let client: ClientHello<'_> = view(&old, Client, HandshakeType::CLIENT_HELLO);
    assert!(client.session_ticket().is_some());
}
