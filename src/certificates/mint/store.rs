//! PKCS #12 files (RFC 7292), encrypted and protected as current programs do it: PBES2 with PBKDF2,
//! HMAC-SHA-256 and AES-256-CBC (RFC 8018), and a MAC with HMAC-SHA-256.

use super::MintError;
use crate::der::write::{context, integer, octet_string, oid, sequence, set, tlv};
use crate::engine::Stream;
use hmac::{Hmac, KeyInit, Mac};
use pkcs5::pbes2;
use pkcs12::kdf::{Pkcs12KeyType, derive_key_utf8};
use sha2::{Digest, Sha256};
use spki::der::Encode;

/// Rounds of PBKDF2 and of the MAC's own derivation: what Java writes.
const ROUNDS: u16 = 10_000;

/// Object identifiers, as DER's contents.
mod id {
    pub const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
    pub const ENCRYPTED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 6];
    pub const FRIENDLY_NAME: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 20];
    pub const LOCAL_KEY_ID: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 21];
    pub const X509_CERTIFICATE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 22, 1];
    pub const SHROUDED_KEY_BAG: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 12, 10, 1, 2];
    pub const CERT_BAG: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 12, 10, 1, 3];
    /// By this Java knows that a certificate is trusted: 2.16.840.1.113894.746875.1.1.
    pub const TRUSTED_KEY_USAGE: &[u8] =
        &[0x60, 0x86, 0x48, 1, 0x86, 0xf9, 0x66, 0xad, 0xca, 0x7b, 1, 1];
    pub const ANY_EXTENDED_KEY_USAGE: &[u8] = &[0x55, 0x1d, 37, 0];
    pub const SHA256: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
}

/// A store of these certificates under these names, with the private key of the first if there is one;
/// without, all of them are trusted.
///
/// # Errors
/// The password cannot be used.
pub fn write(
    key: Option<&[u8]>,
    certificates: &[(&str, &[u8])],
    password: &str,
    stream: &mut Stream,
) -> Result<Vec<u8>, MintError> {
    let key_id = certificates.first().map(|(_, der)| Sha256::digest(der).to_vec());
    let key_id = key_id.unwrap_or_default();
    let bags: Vec<Vec<u8>> = certificates
        .iter()
        .enumerate()
        .map(|(place, (name, der))| {
            let value = sequence(&[oid(id::X509_CERTIFICATE), context(0, octet_string(der))]);
            let mut attributes = vec![friendly_name(name)];
            match key {
                Some(_) if place == 0 => attributes.push(local_key_id(&key_id)),
                Some(_) => {}
                None => attributes
                    .push(attribute(id::TRUSTED_KEY_USAGE, oid(id::ANY_EXTENDED_KEY_USAGE))),
            }
            bag(id::CERT_BAG, value, attributes)
        })
        .collect();
    let (algorithm, encrypted) = encrypt(&sequence(&bags), password, stream)?;
    const ENCRYPTED_CONTENT: u8 = 0x80;
    let content = sequence(&[oid(id::DATA), algorithm, tlv(ENCRYPTED_CONTENT, &encrypted)]);
    let certificates_safe =
        sequence(&[oid(id::ENCRYPTED_DATA), context(0, sequence(&[integer(&[0]), content]))]);
    let mut safes = vec![certificates_safe];
    if let (Some(key), Some((name, _))) = (key, certificates.first()) {
        let (algorithm, encrypted) = encrypt(key, password, stream)?;
        let value = sequence(&[algorithm, octet_string(&encrypted)]);
        let attributes = vec![friendly_name(name), local_key_id(&key_id)];
        safes.push(data(&sequence(&[bag(id::SHROUDED_KEY_BAG, value, attributes)])));
    }
    let safe = sequence(&safes);
    let mac = mac(&safe, password, stream)?;
    Ok(sequence(&[integer(&[3]), data(&safe), mac]))
}

/// ContentInfo of type data.
fn data(contents: &[u8]) -> Vec<u8> {
    sequence(&[oid(id::DATA), context(0, octet_string(contents))])
}

fn bag(kind: &[u8], value: Vec<u8>, mut attributes: Vec<Vec<u8>>) -> Vec<u8> {
    // DER sorts what is in a SET OF (X.690, section 11.6).
    attributes.sort();
    sequence(&[oid(kind), context(0, value), set(attributes.concat())])
}

fn attribute(kind: &[u8], value: Vec<u8>) -> Vec<u8> {
    sequence(&[oid(kind), set(value)])
}

/// A BMPString: two bytes for each character.
fn friendly_name(name: &str) -> Vec<u8> {
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
    attribute(id::FRIENDLY_NAME, tlv(0x1e, &units))
}

fn local_key_id(key_id: &[u8]) -> Vec<u8> {
    attribute(id::LOCAL_KEY_ID, octet_string(key_id))
}

/// The AlgorithmIdentifier of PBES2, and what it encrypts to.
fn encrypt(
    plain: &[u8],
    password: &str,
    stream: &mut Stream,
) -> Result<(Vec<u8>, Vec<u8>), MintError> {
    let wrong = |error: pkcs5::Error| MintError(format!("the store cannot be encrypted: {error}"));
    let (salt, iv): ([u8; 16], [u8; 16]) = (stream.take(), stream.take());
    let scheme = pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(ROUNDS.into(), &salt, iv);
    let scheme = pkcs5::EncryptionScheme::from(scheme.map_err(wrong)?);
    let algorithm = scheme.to_der().map_err(|error| MintError(error.to_string()))?;
    Ok((algorithm, scheme.encrypt(password, plain).map_err(wrong)?))
}

/// MacData (RFC 7292, section 4 and appendix B).
fn mac(safe: &[u8], password: &str, stream: &mut Stream) -> Result<Vec<u8>, MintError> {
    let salt: [u8; 16] = stream.take();
    let kind = Pkcs12KeyType::Mac;
    let key = derive_key_utf8::<Sha256>(password, &salt, kind, ROUNDS.into(), 32);
    let key = key.map_err(|error| MintError(format!("the password cannot be used: {error}")))?;
    let hmac =
        Hmac::<Sha256>::new_from_slice(&key).map_err(|error| MintError(error.to_string()))?;
    let digest = hmac.chain_update(safe).finalize().into_bytes();
    let null = tlv(0x05, &[]);
    let algorithm = sequence(&[oid(id::SHA256), null]);
    Ok(sequence(&[
        sequence(&[algorithm, octet_string(&digest)]),
        octet_string(&salt),
        integer(&ROUNDS.to_be_bytes()),
    ]))
}
