//! What a message says, in the words of the story: views of [`crate::wire::view`], their values by name.
//! What is missing gives nothing.

use super::context::label;
use crate::dissect::{Message, Opened, Record};
use crate::tls::{CipherSuite, ExtensionType};
use crate::wire::view::{
    Certificate, CertificateRequest, CertificateVerify, ClientHello, ClientKeyExchange,
    CompressedCertificate, Extensions, Finished, KeyUpdate, NewSessionTicket, PskIdentity,
    ServerHello, ServerKeyExchange, Signature, Tree,
};
use crate::wire::{Node, record};
use std::fmt::Display;

/// The extensions of a message.
fn extensions(message: &Message) -> Extensions<'_> {
    Extensions::of(Tree::new(&message.nodes, &message.bytes))
}

/// Whether the message has an extension of this type.
pub fn has_extension(message: &Message, kind: ExtensionType) -> bool {
    extensions(message).has(kind)
}

/// How many extensions the message has.
pub fn extension_count(message: &Message) -> usize {
    extensions(message).len()
}

/// A value's name, without its code point.
fn named(value: impl Display) -> String {
    label(&value.to_string())
}

fn all_named<T: Display>(values: Vec<T>) -> Vec<String> {
    values.into_iter().map(named).collect()
}

/// The cipher suites of a ClientHello, in its order. A signalling value is no suite.
pub fn suites(hello: &Message) -> Vec<String> {
    let hello = hello.view::<ClientHello<'_>>();
    hello.map_or_else(Vec::new, |hello| all_named(hello.real_cipher_suites()))
}

/// The cipher suite that a ServerHello or HelloRetryRequest chooses.
pub fn suite(answer: &Message) -> Option<String> {
    let suite: CipherSuite = answer.view::<ServerHello<'_>>()?.cipher_suite()?;
    Some(named(suite))
}

/// The versions that a ClientHello offers, best first.
pub fn versions(hello: &Message) -> Vec<String> {
    let hello = hello.view::<ClientHello<'_>>();
    hello.map_or_else(Vec::new, |hello| all_named(hello.versions()))
}

/// The key exchange groups that a ClientHello offers.
pub fn groups(hello: &Message) -> Vec<String> {
    let hello = hello.view::<ClientHello<'_>>();
    hello.map_or_else(Vec::new, |hello| all_named(hello.groups()))
}

/// The groups for which a ClientHello has a key share.
pub fn key_share_groups(hello: &Message) -> Vec<String> {
    let hello = hello.view::<ClientHello<'_>>();
    hello.map_or_else(Vec::new, |hello| all_named(hello.key_share_groups()))
}

/// The group that a ServerHello, HelloRetryRequest or ServerKeyExchange settles.
pub fn group(message: &Message) -> Option<String> {
    let hello = message.view::<ServerHello<'_>>().and_then(ServerHello::group);
    let exchange = || message.view::<ServerKeyExchange<'_>>().and_then(ServerKeyExchange::group);
    hello.or_else(exchange).map(named)
}

/// The session ID of a ClientHello; empty where it asks for none.
pub fn session_id(hello: &Message) -> Option<&[u8]> {
    hello.view::<ClientHello<'_>>()?.session_id()
}

/// The session ID that a ServerHello echoes.
pub fn session_id_echo(answer: &Message) -> Option<&[u8]> {
    answer.view::<ServerHello<'_>>()?.session_id()
}

/// The name in a ClientHello's server_name.
pub fn server_name(hello: &Message) -> Option<String> {
    hello.view::<ClientHello<'_>>()?.server_name().map(String::from)
}

/// The application protocols in a message's ALPN extension.
pub fn alpn(message: &Message) -> Vec<String> {
    extensions(message).alpn().into_iter().map(String::from).collect()
}

/// The public value of a TLS 1.2 ServerKeyExchange or ClientKeyExchange.
pub fn public_key(message: &Message) -> Option<&[u8]> {
    let servers = message.view::<ServerKeyExchange<'_>>().and_then(ServerKeyExchange::public_key);
    let clients =
        || message.view::<ClientKeyExchange<'_>>().and_then(ClientKeyExchange::public_key);
    servers.or_else(clients)
}

/// The encrypted secret of a ClientKeyExchange with RSA key exchange.
pub fn encrypted_secret(message: &Message) -> Option<&[u8]> {
    message.view::<ClientKeyExchange<'_>>()?.encrypted_secret()
}

fn signed(message: &Message) -> Option<Signature<'_>> {
    let verify = message.view::<CertificateVerify<'_>>().and_then(CertificateVerify::signature);
    let exchange =
        || message.view::<ServerKeyExchange<'_>>().and_then(ServerKeyExchange::signature);
    verify.or_else(exchange)
}

/// The signature scheme of a CertificateVerify or ServerKeyExchange.
pub fn signature_scheme(message: &Message) -> Option<String> {
    signed(message)?.scheme.map(named)
}

/// The signature of a CertificateVerify or ServerKeyExchange.
pub fn signature(message: &Message) -> Option<&[u8]> {
    signed(message).map(|signature| signature.bytes).filter(|signature| !signature.is_empty())
}

/// The signature schemes that a ClientHello or CertificateRequest accepts.
pub fn signature_schemes(message: &Message) -> Vec<String> {
    let hello = message.view::<ClientHello<'_>>().map(ClientHello::signature_schemes);
    let request =
        || message.view::<CertificateRequest<'_>>().map(CertificateRequest::signature_schemes);
    all_named(hello.or_else(request).unwrap_or_default())
}

/// How many authorities a CertificateRequest names.
pub fn authorities(message: &Message) -> usize {
    message.view::<CertificateRequest<'_>>().map_or(0, |request| request.authorities().len())
}

/// The certificates of a Certificate message, leaf first: the nodes of their DER. A raw public key
/// counts as one.
pub fn certificates(message: &Message) -> Vec<&Node> {
    let entries = message.view::<Certificate<'_>>().map_or_else(Vec::new, Certificate::entries);
    entries.into_iter().map(|entry| entry.node).collect()
}

/// The raw public key of a Certificate message (RFC 7250).
pub fn raw_public_key(message: &Message) -> Option<&Node> {
    message.view::<Certificate<'_>>()?.raw_public_key()
}

/// The pre-shared keys that a ClientHello offers.
pub fn psk_identities(hello: &Message) -> Vec<PskIdentity<'_>> {
    hello.view::<ClientHello<'_>>().map_or_else(Vec::new, ClientHello::psk_identities)
}

/// The first identity of a ClientHello's pre_shared_key.
pub fn psk_identity(hello: &Message) -> Option<&[u8]> {
    psk_identities(hello).first().map(|offered| offered.identity)
}

/// The first binder of a ClientHello's pre_shared_key.
pub fn binder(hello: &Message) -> Option<&[u8]> {
    psk_identities(hello).first()?.binder
}

/// Which of the offered pre-shared keys a ServerHello selects, from 0.
pub fn selected_psk(answer: &Message) -> Option<usize> {
    answer.view::<ServerHello<'_>>()?.selected_psk().map(usize::from)
}

/// The ticket that a TLS 1.2 ClientHello brings back.
pub fn session_ticket(hello: &Message) -> Option<&[u8]> {
    hello.view::<ClientHello<'_>>()?.session_ticket().filter(|ticket| !ticket.is_empty())
}

/// The ticket of a NewSessionTicket.
pub fn ticket(message: &Message) -> Option<&[u8]> {
    message.view::<NewSessionTicket<'_>>()?.ticket()
}

/// For how many seconds a NewSessionTicket's ticket is good.
pub fn ticket_lifetime(message: &Message) -> Option<u64> {
    message.view::<NewSessionTicket<'_>>()?.lifetime().map(u64::from)
}

/// How many bytes of early data a NewSessionTicket allows.
pub fn max_early_data_size(message: &Message) -> Option<usize> {
    usize::try_from(extensions(message).max_early_data_size()?).ok()
}

/// Whether a KeyUpdate asks the other end to update its keys too.
pub fn requests_update(message: &Message) -> bool {
    message.view::<KeyUpdate<'_>>().is_some_and(KeyUpdate::requests_update)
}

/// The verify_data of a Finished.
pub fn verify_data(message: &Message) -> Option<&[u8]> {
    message.view::<Finished<'_>>()?.verify_data()
}

/// The algorithm of a CompressedCertificate.
pub fn compression(message: &Message) -> Option<String> {
    message.view::<CompressedCertificate<'_>>()?.algorithm().map(named)
}

/// The length that a CompressedCertificate announces.
pub fn uncompressed_length(message: &Message) -> Option<u64> {
    message.view::<CompressedCertificate<'_>>()?.uncompressed_length()
}

/// The ML-KEM part of a hello's first hybrid key share.
pub fn ml_kem_share(hello: &Message) -> Option<&Node> {
    let clients = hello.view::<ClientHello<'_>>().and_then(ClientHello::ml_kem_share);
    clients.or_else(|| hello.view::<ServerHello<'_>>().and_then(ServerHello::ml_kem_share))
}

/// The bytes of the nonce that a record of TLS 1.2 carries; `None` where it carries none.
pub fn explicit_nonce(record: &Record) -> Option<&Node> {
    Tree::new(&record.nodes, &[]).find(&record::NONCE_EXPLICIT)
}

/// Whether there are zeros behind the content of a TLS 1.3 record (RFC 9846, section 5.4).
pub fn is_padded(opened: &Result<Opened, String>) -> bool {
    opened.as_ref().is_ok_and(|opened| Tree::new(&opened.nodes, &[]).find(&record::ZEROS).is_some())
}

/// The name of the key that opened a record.
pub fn opened_with(record: &Record) -> Option<&str> {
    Some(record.opened.as_ref()?.as_ref().ok()?.key.as_str())
}
