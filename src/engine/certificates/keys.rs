//! The private keys of a chain: drawn from the seed, or for RSA the public teaching keys.

use super::ChainError;
use crate::engine::provider::PrivateKey;
use crate::engine::seed::Stream;
use crate::scenario::CertificateKind;
use rsa::{BoxedUint, RsaPrivateKey};

/// See `teaching-keys/README.md`.
const TEACHING_KEYS: [&[u8]; 3] = [
    include_bytes!("teaching-keys/rsa-2048-root.pk8"),
    include_bytes!("teaching-keys/rsa-2048-intermediate.pk8"),
    include_bytes!("teaching-keys/rsa-2048-leaf.pk8"),
];

/// The keys of root, intermediate and leaf. `shift` gives the teaching keys other roles, so that
/// two chains share no key in the same role.
pub fn chain_keys(
    kind: CertificateKind,
    stream: &mut Stream,
    shift: usize,
) -> Result<[PrivateKey; 3], ChainError> {
    let mut key = |place: usize| match kind {
        CertificateKind::EcdsaP256 => loop {
            if let Ok(key) = p256::ecdsa::SigningKey::from_slice(&stream.take::<32>()) {
                break Ok(PrivateKey::P256(key));
            }
        },
        CertificateKind::EcdsaP384 => loop {
            if let Ok(key) = p384::ecdsa::SigningKey::from_slice(&stream.take::<48>()) {
                break Ok(PrivateKey::P384(key));
            }
        },
        CertificateKind::Ed25519 => {
            Ok(PrivateKey::Ed25519(ed25519_dalek::SigningKey::from_bytes(&stream.take())))
        }
        CertificateKind::Rsa2048 => {
            let der = TEACHING_KEYS[(place + shift) % TEACHING_KEYS.len()];
            teaching_key(der)
                .map(|key| PrivateKey::Rsa(Box::new(key)))
                .ok_or_else(|| ChainError(format!("teaching key {place} cannot be read")))
        }
    };
    Ok([key(0)?, key(1)?, key(2)?])
}

/// Reads one of [`TEACHING_KEYS`]: PKCS#8 around PKCS#1 (RFC 8017, appendix A.1.2).
fn teaching_key(der: &[u8]) -> Option<RsaPrivateKey> {
    const BITS: u32 = 2048;
    // After the versions of both structures.
    let [_, _, n, e, d, p, q, ..] = integers(der)?[..] else { return None };
    let number = |octets, bits| BoxedUint::from_be_slice(octets, bits).ok();
    let primes = vec![number(p, BITS / 2)?, number(q, BITS / 2)?];
    RsaPrivateKey::from_components(number(n, BITS)?, number(e, 64)?, number(d, BITS)?, primes).ok()
}

/// The contents of all INTEGERs in DER, in order, without leading zeros; those inside OCTET STRINGs
/// too. A reader of its own, as the general one is larger than all three keys.
fn integers(mut der: &[u8]) -> Option<Vec<&[u8]>> {
    const INTEGER: u8 = 0x02;
    const OCTET_STRING: u8 = 0x04;
    const SEQUENCE: u8 = 0x30;
    let mut found = Vec::new();
    while let [tag, length, rest @ ..] = der {
        let long = if length & 0x80 == 0 { 0 } else { usize::from(length & 0x7f) };
        let (longer, rest) = rest.split_at_checked(long)?;
        let short = if long == 0 { usize::from(*length) } else { 0 };
        let len = longer.iter().fold(short, |len, octet| len << 8 | usize::from(*octet));
        let (contents, behind) = rest.split_at_checked(len)?;
        // What is inside follows the length.
        der = if let SEQUENCE | OCTET_STRING = *tag { rest } else { behind };
        if *tag == INTEGER {
            found.push(contents.strip_prefix(&[0]).unwrap_or(contents));
        }
    }
    Some(found)
}
