//! Algorithms, public keys and signatures (RFC 5280, sections 4.1.1.2, 4.1.1.3 and 4.1.2.7).

use super::der::{self, Row, rows};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::error::{WireError, octets};
use crate::wire::names;

rows! {
    ALGORITHM = "algorithm", "", "x509af.algorithm.id", "Which algorithm, as an object identifier. [RFC 5280, section 4.1.1.2]";
    PARAMETERS = "parameters", "", "", "What the algorithm needs to know besides, such as the curve. [RFC 5280, section 4.1.1.2]";
    NAMED_CURVE = "parameters", "", "pkcs1.namedCurve", "The curve that the key is on. [RFC 5480, section 2.1.1]";

    KEY_INFO = "subjectPublicKeyInfo", "x509af.subjectPublicKeyInfo_element", "",
        "The public key that this certificate ties to its subject. [RFC 5280, section 4.1.2.7]";
    RAW_KEY_INFO = "subjectPublicKeyInfo", "", "",
        "The public key, with nothing that ties it to a subject. [RFC 7250, section 3]";
    KEY_ALGORITHM = "algorithm", "x509af.algorithm_element", "", "The kind of key. [RFC 5280, section 4.1.2.7]";
    KEY = "subjectPublicKey", "", "x509af.subjectPublicKey",
        "The key itself, a point on the curve: a byte 4, then both coordinates. [RFC 5280, section 4.1.2.7; RFC 5480, section 2.2]";
    EDWARDS_KEY = "subjectPublicKey", "", "x509af.subjectPublicKey",
        "The key itself: one coordinate of a point and the sign of the other, without a tag before them. [RFC 8410, section 4; RFC 8032, section 5.1.2]";
    RSA_BITS = "subjectPublicKey", "", "x509af.subjectPublicKey",
        "The key itself: modulus and exponent. [RFC 5280, section 4.1.2.7; RFC 3279, section 2.3.1]";
    RSA_KEY = "RSAPublicKey", "", "", "[RFC 8017, appendix A.1.1]";
    MODULUS = "modulus", "", "pkcs1.modulus", "The product of two secret primes: who finds them has the private key. [RFC 8017, section 3.1]";
    EXPONENT = "publicExponent", "", "pkcs1.publicExponent", "Nearly always 65537. [RFC 8017, section 3.1]";

    ECDSA = "Ecdsa-Sig-Value", "", "", "Two numbers. [RFC 3279, section 2.2.3]";
    R = "r", "", "", "Comes from a number that must be used for one signature only: a repeat gives the private key away. [RFC 3279, section 2.2.3]";
    S = "s", "", "", "Ties r, the hash and the private key together. [RFC 3279, section 2.2.3]";
}

/// Keys on Edwards curves (RFC 8410, section 3).
const ED25519: &str = "1.3.101.112";
const ED448: &str = "1.3.101.113";

/// An AlgorithmIdentifier.
pub(super) struct Algorithm {
    /// Its object identifier.
    pub oid: String,
    /// Its name, or the dotted form.
    pub name: String,
    /// The object identifier in its parameters, if they are one: a curve.
    pub curve: Option<String>,
}

/// Reads an AlgorithmIdentifier as the field `row`.
pub(super) fn algorithm(c: &mut Cursor<'_>, row: &'static Row) -> Result<Algorithm, WireError> {
    let mut algorithm = Algorithm { oid: String::new(), name: String::new(), curve: None };
    der::element(c, row, der::SEQUENCE, |c| {
        algorithm.oid = der::oid(c, &ALGORITHM)?;
        algorithm.name = oid_name(&algorithm.oid);
        match der::next_tag(c) {
            Some(der::OID) => {
                algorithm.curve = Some(oid_name(&der::oid(c, &NAMED_CURVE)?));
            }
            Some(_) => der::any(c, &PARAMETERS)?,
            None => {}
        }
        Ok(match &algorithm.curve {
            Some(curve) => [&algorithm.name, " ", curve].concat(),
            None => algorithm.name.clone(),
        })
    })?;
    Ok(algorithm)
}

/// What people call the kinds of keys, beside those of RSA with their bits.
const KEY_NAMES: &[(&str, &str)] = &[
    ("id-ecPublicKey secp256r1", "ECDSA P-256"),
    ("id-ecPublicKey secp384r1", "ECDSA P-384"),
    ("id-ecPublicKey secp521r1", "ECDSA P-521"),
    ("id-Ed25519", "Ed25519"),
    ("id-Ed448", "Ed448"),
    ("rsaEncryption", "RSA"),
];

/// A kind of key, as [`Summary::public_key`](super::Summary::public_key) has it, in people's words:
/// `ECDSA P-256`, `RSA 2048`.
pub fn key_name(kind: &str) -> String {
    if let Some((_, name)) = KEY_NAMES.iter().find(|(known, _)| *known == kind) {
        return (*name).to_owned();
    }
    match kind.strip_prefix("rsaEncryption ").and_then(|rest| rest.strip_suffix(" bits")) {
        Some(bits) => ["RSA ", bits].concat(),
        None => kind.to_owned(),
    }
}

/// Reads a SubjectPublicKeyInfo of a certificate; returns the kind of key:
/// `id-ecPublicKey secp256r1`.
pub(super) fn public_key_info(c: &mut Cursor<'_>) -> Result<String, WireError> {
    key_info(c, &KEY_INFO)
}

/// As [`public_key_info`], where there is no certificate around it.
pub(super) fn raw_public_key_info(c: &mut Cursor<'_>) -> Result<String, WireError> {
    key_info(c, &RAW_KEY_INFO)
}

/// Reads a SubjectPublicKeyInfo as the field `row`.
pub(super) fn key_info(c: &mut Cursor<'_>, row: &'static Row) -> Result<String, WireError> {
    let mut kind = String::new();
    der::element(c, row, der::SEQUENCE, |c| {
        let algorithm = algorithm(c, &KEY_ALGORITHM)?;
        kind = algorithm.name;
        if let Some(curve) = &algorithm.curve {
            kind = [&kind, " ", curve].concat();
        }
        let rsa = algorithm.oid == "1.2.840.113549.1.1.1";
        let unused_bits = if rsa { &der::UNUSED_BITS_OF_RSA } else { &der::UNUSED_BITS };
        let row = match algorithm.oid.as_str() {
            _ if rsa => &RSA_BITS,
            ED25519 | ED448 => &EDWARDS_KEY,
            _ => &KEY,
        };
        der::bit_string(c, row, unused_bits, |c| {
            if !rsa {
                return Ok(octets(c.rest(&row.value)?.len()));
            }
            let mut bits = 0;
            der::contents(c, row, |c| {
                bits = rsa_key(c)?;
                Ok(format!("modulus of {bits} bits"))
            })?;
            kind = format!("{kind} {bits} bits");
            Ok(format!("modulus of {bits} bits"))
        })?;
        Ok(kind.clone())
    })?;
    Ok(kind)
}

/// Reads an RSAPublicKey; returns the bits of its modulus.
fn rsa_key(c: &mut Cursor<'_>) -> Result<usize, WireError> {
    let mut bits = 0;
    der::element(c, &RSA_KEY, der::SEQUENCE, |c| {
        let modulus = der::integer(c, &MODULUS)?;
        let first = modulus.iter().position(|octet| *octet != 0).unwrap_or(modulus.len());
        let leading = modulus.get(first).map_or(0, |octet| octet.leading_zeros() as usize);
        bits = (modulus.len() - first) * 8 - leading;
        der::integer(c, &EXPONENT)?;
        Ok(String::new())
    })?;
    Ok(bits)
}

/// Reads the signature made with `algorithm` as the field `row`.
pub(super) fn signature_value(
    c: &mut Cursor<'_>,
    row: &'static Row,
    algorithm: &Algorithm,
) -> Result<(), WireError> {
    der::bit_string(c, row, &der::UNUSED_BITS, |c| {
        let len = c.left();
        if algorithm.name.starts_with("ecdsa") {
            der::contents(c, row, ecdsa_signature)?;
        } else {
            c.rest(&row.value)?;
        }
        Ok(octets(len))
    })
}

/// Reads an ECDSA signature.
pub(in crate::wire) fn ecdsa_signature(c: &mut Cursor<'_>) -> Decoded {
    der::element(c, &ECDSA, der::SEQUENCE, |c| {
        der::integer(c, &R)?;
        der::integer(c, &S)?;
        Ok(String::new())
    })?;
    Ok("r and s".into())
}

/// What an object identifier is called, or its dotted form.
pub(super) fn oid_name(dotted: &str) -> String {
    names::oid(dotted).unwrap_or(dotted).into()
}
