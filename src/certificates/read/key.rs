//! Private keys: what kind they are, and their public halves.

use super::elements::{Elements, OID, Unread};
use crate::der::write::{bit_string, integer, octet_string, oid, sequence, tlv};
use crate::der::{INTEGER, OCTET_STRING, SEQUENCE};
use crate::keys::PrivateKey;
use crate::wire::names;
use spki::der::Decode;

/// A private key, as far as it may be shown.
#[derive(Clone, Debug)]
pub struct KeyRead {
    /// Its algorithm: `rsaEncryption`, `id-ecPublicKey secp256r1`.
    pub kind: String,
    /// The subjectPublicKey that belongs to it, where its kind is known here.
    belongs: Option<Belongs>,
    /// Its bytes, decrypted. They are shown where somebody asks for them.
    secret: Secret,
}

/// Bytes that are in no report.
#[derive(Clone)]
struct Secret(std::sync::Arc<[u8]>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// The key is kept to compare it, and never shown.
#[derive(Clone)]
struct Belongs(std::sync::Arc<PrivateKey>);

impl std::fmt::Debug for Belongs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a private key")
    }
}

impl KeyRead {
    /// Whether this subjectPublicKey is its public half; `None` if its kind is not known here.
    pub fn belongs_to(&self, public: &[u8]) -> Option<bool> {
        self.belongs.as_ref().map(|key| key.0.belongs_to(public))
    }

    /// The private key in DER, as it was read or decrypted. Whoever sees it has it.
    pub fn secret_der(&self) -> &[u8] {
        &self.secret.0
    }
}

/// Object identifiers, as DER's contents.
mod id {
    /// rsaEncryption (RFC 8017).
    pub const RSA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01";
    /// id-ecPublicKey (RFC 5480): the curve is beside it.
    pub const EC: &[u8] = b"\x2a\x86\x48\xce\x3d\x02\x01";
}

/// Reads a private key in PKCS #8 (RFC 5958), PKCS #1 (RFC 8017) or as ECPrivateKey (RFC 5915).
///
/// # Errors
/// What was expected, and where.
pub fn read(bytes: &[u8]) -> Result<KeyRead, Unread> {
    Ok(KeyRead { secret: Secret(bytes.into()), ..as_pkcs8(bytes)? })
}

fn as_pkcs8(bytes: &[u8]) -> Result<KeyRead, Unread> {
    let mut inside = Elements::new(bytes).next(SEQUENCE, "a private key")?.inside();
    inside.next(INTEGER, "version")?;
    match inside.tag() {
        Some(SEQUENCE) => {
            let algorithm = inside.next(SEQUENCE, "privateKeyAlgorithm")?;
            inside.next(OCTET_STRING, "privateKey")?;
            let kind = kind_of(algorithm.whole)?;
            let key = PrivateKey::from_pkcs8(bytes);
            let belongs = key.map(|key| Belongs(std::sync::Arc::new(key)));
            Ok(KeyRead { kind, belongs, secret: Secret([].into()) })
        }
        // The numbers of an RSAPrivateKey.
        Some(INTEGER) if is_rsa(bytes) => {
            as_pkcs8(&wrapped(&[oid(id::RSA), tlv(0x05, &[])], bytes))
        }
        Some(INTEGER) => {
            let what = "RSAPrivateKey expected: version 0 or 1, and nine INTEGERs with it";
            Err(Unread { at: 0, what: what.into() })
        }
        _ => {
            inside.next(OCTET_STRING, "privateKey")?;
            let curve = inside.next(0xa0, "the curve")?;
            as_pkcs8(&wrapped(&[oid(id::EC), curve.contents.to_vec()], bytes))
        }
    }
}

/// Whether it has the form of an RSAPrivateKey: a version of 0 or 1, and with it nine INTEGERs; behind them
/// only the other primes, which are of version 1 (RFC 8017, appendix A.1.2).
pub fn is_rsa(bytes: &[u8]) -> bool {
    const INTEGERS: usize = 9;
    let Ok(outer) = Elements::new(bytes).next(SEQUENCE, "RSAPrivateKey") else { return false };
    let mut inside = outer.inside();
    let Ok(version) = inside.next(INTEGER, "version") else { return false };
    let all = (1..INTEGERS).all(|_| inside.next(INTEGER, "a number").is_ok());
    all && match version.contents {
        [0] => inside.tag().is_none(),
        [1] => inside.tag() == Some(SEQUENCE),
        _ => false,
    }
}

/// An RSAPublicKey (RFC 8017, appendix A.1.1) as SubjectPublicKeyInfo.
///
/// # Errors
/// What was expected, and where.
pub fn rsa_public(bytes: &[u8]) -> Result<Vec<u8>, Unread> {
    let mut inside = Elements::new(bytes).next(SEQUENCE, "RSAPublicKey")?.inside();
    inside.next(INTEGER, "modulus")?;
    inside.next(INTEGER, "publicExponent")?;
    Ok(sequence(&[sequence(&[oid(id::RSA), tlv(0x05, &[])]), bit_string(0, bytes)]))
}

/// A key as PKCS #8.
fn wrapped(algorithm: &[Vec<u8>], key: &[u8]) -> Vec<u8> {
    sequence(&[integer(&[0]), sequence(algorithm), octet_string(key)])
}

/// The name of an AlgorithmIdentifier in DER, with its curve.
///
/// # Errors
/// What was expected, and where.
pub fn kind_of(algorithm: &[u8]) -> Result<String, Unread> {
    let mut inside = Elements::new(algorithm).next(SEQUENCE, "an AlgorithmIdentifier")?.inside();
    let mut text = name(inside.next(OID, "an algorithm")?.whole)?;
    if inside.tag() == Some(OID) {
        text = format!("{text} {}", name(inside.next(OID, "a curve")?.whole)?);
    }
    Ok(text)
}

fn name(der: &[u8]) -> Result<String, Unread> {
    let wrong =
        |_: spki::der::Error| Unread { at: 0, what: "an object identifier expected".into() };
    let id: spki::ObjectIdentifier = Decode::from_der(der).map_err(wrong)?;
    let dotted = id.to_string();
    Ok(names::oid(&dotted).map_or(dotted, str::to_owned))
}

/// Opens an EncryptedPrivateKeyInfo: PKCS #8 in DER.
///
/// # Errors
/// There is no password, it does not fit, or the algorithm is not known.
pub fn decrypt(bytes: &[u8], password: Option<&str>) -> Result<Vec<u8>, Unread> {
    let mut inside = Elements::new(bytes).next(SEQUENCE, "EncryptedPrivateKeyInfo")?.inside();
    let algorithm = inside.next(SEQUENCE, "encryptionAlgorithm")?;
    let encrypted = inside.next(OCTET_STRING, "encryptedData")?;
    super::store::decrypt(algorithm, encrypted.contents, password)
}
