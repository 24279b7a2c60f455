//! What a message says, by the standard names of its fields: the one place where the story knows
//! how the decoders name things. Missing fields give nothing.

use super::context::{find, find_all, find_in, label, name, octets};
use crate::dissect::{Message, Opened, Record};
use crate::wire::Node;

/// The extension of this name.
pub fn extension<'a>(message: &'a Message, name: &str) -> Option<&'a Node> {
    find(message, "extensions")?.children.iter().find(|node| node.field.name == name)
}

/// Whether the message has the extension of this name.
pub fn has_extension(message: &Message, name: &str) -> bool {
    extension(message, name).is_some()
}

/// How many extensions the message has.
pub fn extension_count(message: &Message) -> usize {
    find(message, "extensions").map_or(0, |list| list.children.len())
}

/// The names of the items of a list.
fn items(list: Option<&Node>) -> Vec<String> {
    list.map(|list| list.children.iter().map(|item| label(&item.display)).collect())
        .unwrap_or_default()
}

/// The items of the list called `list` in the extension called `name`.
fn extension_items(message: &Message, name: &str, list: &str) -> Vec<String> {
    items(extension(message, name).and_then(|extension| extension.find(list)))
}

/// The cipher suites of a ClientHello, in its order. The signal of RFC 5746 is no suite.
pub fn suites(hello: &Message) -> Vec<String> {
    let mut suites = items(find(hello, "cipher_suites"));
    suites.retain(|suite| !suite.ends_with("_SCSV"));
    suites
}

/// The versions that a ClientHello offers, best first.
pub fn versions(hello: &Message) -> Vec<String> {
    let mut versions = extension_items(hello, "supported_versions", "versions");
    if versions.is_empty() {
        versions.extend(name(hello, "legacy_version").or_else(|| name(hello, "client_version")));
    }
    versions
}

/// The key exchange groups that a ClientHello offers.
pub fn groups(hello: &Message) -> Vec<String> {
    extension_items(hello, "supported_groups", "named_group_list")
}

/// The groups for which a ClientHello has a key share.
pub fn key_share_groups(hello: &Message) -> Vec<String> {
    let Some(shares) = extension(hello, "key_share") else { return Vec::new() };
    let groups = find_all(std::slice::from_ref(shares), "group");
    groups.into_iter().map(|group| label(&group.display)).collect()
}

/// The group that a ServerHello, HelloRetryRequest or ServerKeyExchange settles.
pub fn group(message: &Message) -> Option<String> {
    let node = match extension(message, "key_share") {
        Some(share) => share.find("group").or_else(|| share.find("selected_group")),
        None => find(message, "namedcurve"),
    };
    node.map(|node| label(&node.display))
}

/// The name in a ClientHello's server_name.
pub fn server_name(hello: &Message) -> Option<String> {
    let name = extension(hello, "server_name")?.find("HostName")?;
    Some(name.display.clone())
}

/// The application protocols in a message's ALPN extension.
pub fn alpn(message: &Message) -> Vec<String> {
    let Some(alpn) = extension(message, "application_layer_protocol_negotiation") else {
        return Vec::new();
    };
    let names = find_all(std::slice::from_ref(alpn), "ProtocolName");
    names.into_iter().map(|name| name.display.clone()).collect()
}

/// The public value of a TLS 1.2 ServerKeyExchange or ClientKeyExchange.
pub fn public_key(message: &Message) -> Option<&[u8]> {
    octets(message, "public").or_else(|| octets(message, "ecdh_Yc"))
}

/// The encrypted secret of a ClientKeyExchange with RSA key exchange.
pub fn encrypted_secret(message: &Message) -> Option<&[u8]> {
    octets(message, "EncryptedPreMasterSecret")
}

/// The signature scheme of a CertificateVerify or ServerKeyExchange.
pub fn signature_scheme(message: &Message) -> Option<String> {
    name(message, "algorithm")
}

/// The signature of a CertificateVerify or ServerKeyExchange.
pub fn signature(message: &Message) -> Option<&[u8]> {
    octets(message, "signature").filter(|signature| !signature.is_empty())
}

/// The signature schemes that a message accepts.
pub fn signature_schemes(message: &Message) -> Vec<String> {
    items(find(message, "supported_signature_algorithms"))
}

/// How many authorities a CertificateRequest names.
pub fn authorities(message: &Message) -> usize {
    find_all(&message.nodes, "DistinguishedName").len()
}

/// The certificates of a Certificate message, leaf first: the nodes of their DER. TLS 1.3 calls them
/// `cert_data`, TLS 1.2 `ASN.1Cert`. A raw public key counts as one.
pub fn certificates(message: &Message) -> Vec<&Node> {
    let Some(list) = find(message, "certificate_list") else { return Vec::new() };
    let entries = list.children.iter();
    entries
        .filter_map(|entry| {
            let names = ["cert_data", "ASN.1Cert", RAW_PUBLIC_KEY];
            names.iter().find_map(|name| entry.find(name))
        })
        .collect()
}

/// What a Certificate message calls a key without a certificate.
const RAW_PUBLIC_KEY: &str = "ASN1_subjectPublicKeyInfo";

/// The raw public key of a Certificate message (RFC 7250).
pub fn raw_public_key(message: &Message) -> Option<&Node> {
    find(message, "certificate_list")?.find(RAW_PUBLIC_KEY)
}

/// The first identity of a ClientHello's pre_shared_key.
pub fn psk_identity(hello: &Message) -> Option<&[u8]> {
    let node = extension(hello, "pre_shared_key")?.find("identity")?;
    hello.bytes.get(node.start..node.end)
}

/// The first binder of a ClientHello's pre_shared_key.
pub fn binder(hello: &Message) -> Option<&[u8]> {
    let node = extension(hello, "pre_shared_key")?.find("PskBinderEntry")?;
    hello.bytes.get(node.start..node.end)
}

/// The ticket that a TLS 1.2 ClientHello brings back.
pub fn session_ticket(hello: &Message) -> Option<&[u8]> {
    let node = extension(hello, "session_ticket")?.find("ticket")?;
    hello.bytes.get(node.start..node.end).filter(|ticket| !ticket.is_empty())
}

/// The ticket of a NewSessionTicket.
pub fn ticket(message: &Message) -> Option<&[u8]> {
    octets(message, "ticket")
}

/// Whether a KeyUpdate asks the other end to update its keys too.
pub fn requests_update(message: &Message) -> bool {
    find(message, "request_update").is_some_and(|node| node.value == "1")
}

/// The ML-KEM part of a hello's first hybrid key share.
pub fn ml_kem_share(hello: &Message) -> Option<&Node> {
    let shares = extension(hello, "key_share")?;
    shares.find("ML-KEM encapsulation key").or_else(|| shares.find("ML-KEM ciphertext"))
}

/// The octets of the nonce that a record of TLS 1.2 carries; `None` where it carries none.
pub fn explicit_nonce(record: &Record) -> Option<&Node> {
    find_in(&record.nodes, "nonce_explicit")
}

/// Whether there are zeros behind the content of a TLS 1.3 record (RFC 9846, section 5.4).
pub fn is_padded(opened: &Result<Opened, String>) -> bool {
    opened.as_ref().is_ok_and(|opened| find_in(&opened.nodes, "zeros").is_some())
}

/// The name of the key that opened a record.
pub fn opened_with(record: &Record) -> Option<&str> {
    Some(record.opened.as_ref()?.as_ref().ok()?.key.as_str())
}
