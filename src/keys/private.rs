//! A certificate's private key, as someone who has stolen it has it: read from PKCS #8.

use super::RsaKey;
use crate::der;

/// Object identifiers in DER, without tag and length.
mod oid {
    pub const RSA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01";
    pub const P256: &[u8] = b"\x2a\x86\x48\xce\x3d\x03\x01\x07";
    pub const P384: &[u8] = b"\x2b\x81\x04\x00\x22";
    pub const ED25519: &[u8] = b"\x2b\x65\x70";
}

/// Tag of an OBJECT IDENTIFIER.
const OBJECT_IDENTIFIER: u8 = 0x06;

/// A private key of a kind that certificates here have.
pub enum PrivateKey {
    /// RSA: it signs and decrypts.
    Rsa(Box<RsaKey>),
    /// A key on an elliptic curve: it signs, and can do nothing else. With its public half, as a
    /// certificate's subjectPublicKey holds it.
    Curve(Vec<u8>),
}

impl PrivateKey {
    /// Reads PKCS #8 in DER (RFC 5958). `None` if it is no key of a known kind.
    pub fn from_pkcs8(key: &[u8]) -> Option<PrivateKey> {
        let (info, _) = der::element(der::SEQUENCE, key)?;
        let (_, rest) = der::element(der::INTEGER, info)?; // version
        let (algorithm, rest) = der::element(der::SEQUENCE, rest)?;
        let (contents, _) = der::element(der::OCTET_STRING, rest)?;
        let (kind, parameters) = der::element(OBJECT_IDENTIFIER, algorithm)?;
        match kind {
            oid::RSA => RsaKey::from_pkcs8(key).map(Box::new).map(PrivateKey::Rsa),
            oid::ED25519 => {
                let (seed, _) = der::element(der::OCTET_STRING, contents)?;
                let key = ed25519_dalek::SigningKey::from_bytes(seed.try_into().ok()?);
                Some(PrivateKey::Curve(key.verifying_key().to_bytes().to_vec()))
            }
            _ => {
                let (curve, _) = der::element(OBJECT_IDENTIFIER, parameters)?;
                public_point(curve, contents).map(PrivateKey::Curve)
            }
        }
    }

    /// Whether `subject_public_key` (RFC 5280, section 4.1.2.7, without the byte that counts unused
    /// bits) is its public half.
    pub fn belongs_to(&self, subject_public_key: &[u8]) -> bool {
        match self {
            PrivateKey::Rsa(key) => {
                let numbers = der::integers(subject_public_key).unwrap_or_default();
                numbers.first().is_some_and(|modulus| *modulus == key.modulus())
            }
            PrivateKey::Curve(public) => public == subject_public_key,
        }
    }
}

/// The public point of an ECPrivateKey (RFC 5915).
fn public_point(curve: &[u8], key: &[u8]) -> Option<Vec<u8>> {
    let (contents, _) = der::element(der::SEQUENCE, key)?;
    let (_, rest) = der::element(der::INTEGER, contents)?; // version
    let (scalar, _) = der::element(der::OCTET_STRING, rest)?;
    match curve {
        oid::P256 => {
            Some(p256::SecretKey::from_slice(scalar).ok()?.public_key().to_sec1_bytes().to_vec())
        }
        oid::P384 => {
            Some(p384::SecretKey::from_slice(scalar).ok()?.public_key().to_sec1_bytes().to_vec())
        }
        _ => None,
    }
}

/// The subjectPublicKey in a SubjectPublicKeyInfo.
pub fn subject_public_key(info: &[u8]) -> Option<&[u8]> {
    let (contents, _) = der::element(der::SEQUENCE, info)?;
    let (_, rest) = der::element(der::SEQUENCE, contents)?; // algorithm
    let (bits, _) = der::element(der::BIT_STRING, rest)?;
    bits.strip_prefix(&[0])
}
