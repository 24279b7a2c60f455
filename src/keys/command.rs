//! Shell commands that compute a value again with OpenSSL 3 and print it as lower-case hexadecimal.
//!
//! They need a POSIX shell, `openssl` 3.0 or later (3.5 for ML-KEM), and `xxd` to turn hexadecimal into bytes.

use super::group::DerPrefixes;
use super::schedule::hkdf_label;
use super::{Hash, KeyNode, Recipe};
use crate::hex::encode;
use crate::tls::NamedGroup;

/// `openssl kdf` prints `AB:CD`; everything here prints `abcd`.
const PLAIN_HEX: &str = "| tr -d : | tr A-F a-f";

/// A command that computes the value again and prints it; empty where OpenSSL's command line cannot.
pub fn command(node: &KeyNode) -> String {
    let input = |place: usize| node.inputs.get(place).map_or(&[][..], |input| &input.value);
    let (first, second) = (input(0), input(1));
    let len = node.output.len();
    match &node.recipe {
        Recipe::None => String::new(),
        Recipe::Join => join(first, second),
        Recipe::Decapsulate => decapsulate(first, second),
        Recipe::Agree(group) => agree(*group, first, second),
        Recipe::Decrypt => decrypt(first, second),
        Recipe::Extract(hash) => extract(*hash, first, second),
        Recipe::Expand(hash) => expand(*hash, first, &hkdf_label(len, node.label, second), len),
        Recipe::Hmac(hash) => hmac(*hash, first, second),
        Recipe::Prf(hash) => prf(*hash, first, node.label, second, len),
        Recipe::Cut(whole, start) => cut(&command(whole), *start, start + len),
    }
}

/// HKDF-Extract.
fn extract(hash: Hash, salt: &[u8], ikm: &[u8]) -> String {
    format!(
        "openssl kdf -keylen {} -kdfopt digest:{} -kdfopt mode:EXTRACT_ONLY \
         -kdfopt hexsalt:{} -kdfopt hexkey:{} HKDF {PLAIN_HEX}",
        hash.output_len(),
        hash.name(),
        encode(salt),
        encode(ikm),
    )
}

/// HKDF-Expand, with the HkdfLabel structure as `info`.
fn expand(hash: Hash, secret: &[u8], info: &[u8], len: usize) -> String {
    format!(
        "openssl kdf -keylen {len} -kdfopt digest:{} -kdfopt mode:EXPAND_ONLY \
         -kdfopt hexkey:{} -kdfopt hexinfo:{} HKDF {PLAIN_HEX}",
        hash.name(),
        encode(secret),
        encode(info),
    )
}

/// The TLS 1.2 PRF.
fn prf(hash: Hash, secret: &[u8], label: &str, seed: &[u8], len: usize) -> String {
    format!(
        "openssl kdf -keylen {len} -kdfopt digest:{} -kdfopt hexsecret:{} \
         -kdfopt 'seed:{label}' -kdfopt hexseed:{} TLS1-PRF {PLAIN_HEX}",
        hash.name(),
        encode(secret),
        encode(seed),
    )
}

/// Bytes `start..end` of what `command` prints.
fn cut(command: &str, start: usize, end: usize) -> String {
    format!("{command} | cut -c {}-{}", 2 * start + 1, 2 * end)
}

/// HMAC of one message.
fn hmac(hash: Hash, key: &[u8], message: &[u8]) -> String {
    format!(
        "printf %s {} | xxd -r -p | openssl mac -digest {} -macopt hexkey:{} HMAC | tr A-F a-f",
        encode(message),
        hash.name(),
        encode(key),
    )
}

/// Key agreement: both keys are written in DER to a new directory, since `openssl pkeyutl` reads
/// them from files.
fn agree(group: NamedGroup, private: &[u8], peer: &[u8]) -> String {
    let Some(der) = DerPrefixes::of(group) else { return String::new() };
    format!(
        "d=$(mktemp -d) && printf %s {}{} | xxd -r -p > \"$d/own\" && \
         printf %s {}{} | xxd -r -p > \"$d/peer\" && \
         openssl pkeyutl -derive -keyform DER -inkey \"$d/own\" -peerform DER -peerkey \"$d/peer\" \
         | xxd -p -c 256; rm -r \"$d\"",
        der.private,
        encode(private),
        der.public,
        encode(peer),
    )
}

/// RSA decryption: key and ciphertext are written to a new directory, since `openssl pkeyutl` reads
/// them from files.
fn decrypt(private_key: &[u8], ciphertext: &[u8]) -> String {
    format!(
        "d=$(mktemp -d) && printf %s {} | xxd -r -p > \"$d/key\" && \
         printf %s {} | xxd -r -p > \"$d/sent\" && \
         openssl pkeyutl -decrypt -keyform DER -inkey \"$d/key\" -in \"$d/sent\" \
         | xxd -p -c 256; rm -r \"$d\"",
        encode(private_key),
        encode(ciphertext),
    )
}

/// ML-KEM-768 decapsulation, from the 64 bytes of the key's seed. Needs OpenSSL 3.5 or later.
fn decapsulate(seed: &[u8], ciphertext: &[u8]) -> String {
    /// What stands before the seed in PKCS #8 (RFC 9935, section 6).
    const PRIVATE: &str = "3054020100300b060960864801650304040204428040";
    format!(
        "d=$(mktemp -d) && printf %s {PRIVATE}{} | xxd -r -p > \"$d/own\" && \
         printf %s {} | xxd -r -p > \"$d/ciphertext\" && \
         openssl pkeyutl -decap -keyform DER -inkey \"$d/own\" -in \"$d/ciphertext\" \
         -secret \"$d/secret\" && xxd -p -c 256 \"$d/secret\"; rm -r \"$d\"",
        encode(seed),
        encode(ciphertext),
    )
}

/// One value behind the other.
fn join(first: &[u8], second: &[u8]) -> String {
    format!("printf '%s%s\\n' {} {}", encode(first), encode(second))
}
