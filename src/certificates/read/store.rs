//! PKCS #7 (RFC 5652) and PKCS #12 (RFC 7292): certificates and keys in a container.

use super::Part;
use super::der::Kind;
use super::elements::{CONTEXT_0, Element, Elements, OID, Unread};
use crate::der::{INTEGER, OCTET_STRING, SEQUENCE};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, InnerIvInit, KeyIvInit};
use hmac::{Hmac, KeyInit, Mac};
use pkcs12::kdf::{Pkcs12KeyType, derive_key_utf8};
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};
use spki::der::Decode;

/// Object identifiers, as DER's contents.
mod id {
    /// id-data (RFC 5652).
    pub const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
    /// id-signedData (RFC 5652): what a file of PKCS #7 has.
    pub const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
    /// id-encryptedData (RFC 5652).
    pub const ENCRYPTED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 6];
    /// x509Certificate, a kind of certificate in a bag (RFC 7292).
    pub const X509_CERTIFICATE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 22, 1];
    /// Bags: the number of the kind follows.
    pub const BAG: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 12, 10, 1];
    /// Encryption by RFC 7292, appendix C: the number of the algorithm follows.
    pub const PBE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 12, 1];
    /// SHA-1.
    pub const SHA1: &[u8] = &[0x2b, 0x0e, 3, 2, 26];
    /// The SHA-2 family: the number of the hash follows.
    pub const SHA2: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2];
}

/// The most rounds of a derivation that are waited for.
const MOST_ROUNDS: u32 = 1_000_000;

/// The most blocks of 128 bytes that scrypt is given: 128 MB.
const MOST_SCRYPT: u64 = 1 << 20;

fn wrong(what: impl Into<String>) -> Unread {
    Unread { at: 0, what: what.into() }
}

/// The certificates of a SignedData, each in DER, go to `found`, as far as they can be read.
///
/// # Errors
/// What was expected, and where.
pub fn of_pkcs7<'a>(bytes: &'a [u8], found: &mut Vec<&'a [u8]>) -> Result<(), Unread> {
    let mut outer = Elements::new(bytes).next(SEQUENCE, "ContentInfo")?.inside();
    if outer.next(OID, "contentType")?.contents != id::SIGNED_DATA {
        return Err(wrong("PKCS #7 with signedData expected, but it has another content"));
    }
    let content = outer.next(CONTEXT_0, "content")?;
    let mut data = content.inside().next(SEQUENCE, "SignedData")?.inside();
    data.next(INTEGER, "version")?;
    data.any("digestAlgorithms")?;
    data.next(SEQUENCE, "encapContentInfo")?;
    if let Some(certificates) = data.optional(CONTEXT_0, "certificates")? {
        let mut all = certificates.inside();
        while all.tag().is_some() {
            let one = all.any("a certificate")?;
            if one.tag == SEQUENCE {
                found.push(one.whole);
            }
        }
    }
    Ok(())
}

impl Part {
    /// All of a container that has no key in it which is not encrypted.
    pub(super) fn whole(bytes: &[u8]) -> Part {
        Part { what: "as it is".into(), bytes: bytes.to_vec(), is_secret: false }
    }

    /// All of a store.
    pub(super) fn store(bytes: &[u8]) -> Part {
        Part { is_secret: !is_sealed(bytes).unwrap_or(false), ..Part::whole(bytes) }
    }
}

/// An entry of a store: what it is, and its DER.
type Entry = (Kind, Vec<u8>);

/// What a store holds goes to `found`, as far as it can be read: certificates and private keys. What was opened of it
/// goes to `parts`.
///
/// # Errors
/// What was expected, and where; or the password is missing or does not fit.
pub fn of_pkcs12(
    bytes: &[u8],
    password: Option<&str>,
    found: &mut Vec<Entry>,
    parts: &mut Vec<Part>,
) -> Result<(), Unread> {
    let mut pfx = Elements::new(bytes).next(SEQUENCE, "PFX")?.inside();
    pfx.next(INTEGER, "version")?;
    let safe = data(pfx.next(SEQUENCE, "authSafe")?)?;
    if let Some(mac) = pfx.optional(SEQUENCE, "macData")? {
        check_mac(mac, safe.contents, password)?;
    }
    let mut first = Ok(());
    let mut safes = safe.inside().next(SEQUENCE, "AuthenticatedSafe")?.inside();
    while safes.tag().is_some() {
        let info = safes.next(SEQUENCE, "ContentInfo")?;
        let mut inside = info.inside();
        match inside.next(OID, "contentType")?.contents {
            id::DATA => first = first.and(bags(data(info)?.contents, password, found)),
            id::ENCRYPTED_DATA => {
                let content = inside.next(CONTEXT_0, "content")?;
                let mut data = content.inside().next(SEQUENCE, "EncryptedData")?.inside();
                data.next(INTEGER, "version")?;
                let mut content = data.next(SEQUENCE, "encryptedContentInfo")?.inside();
                content.next(OID, "contentType")?;
                let algorithm = content.next(SEQUENCE, "contentEncryptionAlgorithm")?;
                let encrypted = content.next(0x80, "encryptedContent")?;
                let opened = decrypt(algorithm, encrypted.contents, password)?;
                first = first.and(bags(&opened, password, found));
                parts.push(Part {
                    what: format!("contents {}, decrypted", parts.len()),
                    is_secret: has_plain_key(&opened),
                    bytes: opened,
                });
            }
            _ => return Err(wrong("a store encrypted for a key is not read here")),
        }
    }
    first
}

/// Whether each key in a store is encrypted, so far as that can be told without its password.
fn is_sealed(bytes: &[u8]) -> Result<bool, Unread> {
    let mut pfx = Elements::new(bytes).next(SEQUENCE, "PFX")?.inside();
    pfx.next(INTEGER, "version")?;
    let safe = data(pfx.next(SEQUENCE, "authSafe")?)?;
    let mut safes = safe.inside().next(SEQUENCE, "AuthenticatedSafe")?.inside();
    while safes.tag().is_some() {
        let info = safes.next(SEQUENCE, "ContentInfo")?;
        let kind = info.inside().next(OID, "contentType")?.contents;
        if kind == id::DATA && has_plain_key(data(info)?.contents) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The OCTET STRING of a ContentInfo of type data.
fn data(info: Element<'_>) -> Result<Element<'_>, Unread> {
    let mut inside = info.inside();
    if inside.next(OID, "contentType")?.contents != id::DATA {
        return Err(wrong(
            "PKCS #12 protected by a password expected, but it is signed with a key",
        ));
    }
    inside.next(CONTEXT_0, "content")?.inside().next(OCTET_STRING, "data")
}

/// The bags of a SafeContents, each for itself: one that cannot be read does not keep the others away.
fn bags(bytes: &[u8], password: Option<&str>, found: &mut Vec<Entry>) -> Result<(), Unread> {
    let mut all = Elements::new(bytes).next(SEQUENCE, "SafeContents")?.inside();
    let mut first = Ok(());
    while all.tag().is_some() {
        let read = bag(all.any("SafeBag")?, password);
        first = first.and(read.map(|entry| found.extend(entry)));
    }
    first
}

/// What is in a bag; `None` where it is of a kind that is not looked for: lists, secrets and bags in bags.
fn bag(bag: Element<'_>, password: Option<&str>) -> Result<Option<Entry>, Unread> {
    let mut bag = bag.inside();
    let kind = bag.next(OID, "bagId")?.contents.strip_prefix(id::BAG);
    let value = bag.next(CONTEXT_0, "bagValue")?;
    Ok(match kind {
        Some([1]) => Some((Kind::Key, value.contents.to_vec())),
        Some([2]) => Some((Kind::Key, super::key::decrypt(value.contents, password)?)),
        Some([3]) => {
            let mut inside = value.inside().next(SEQUENCE, "CertBag")?.inside();
            if inside.next(OID, "certId")?.contents != id::X509_CERTIFICATE {
                return Ok(None);
            }
            let mut value = inside.next(CONTEXT_0, "certValue")?.inside();
            let der = value.next(OCTET_STRING, "a certificate")?.contents;
            Some((Kind::Certificate, der.to_vec()))
        }
        _ => None,
    })
}

/// Whether a SafeContents has a key that is not encrypted, or may have: as far as it can be read.
fn has_plain_key(bytes: &[u8]) -> bool {
    let look = || -> Result<bool, Unread> {
        let mut all = Elements::new(bytes).next(SEQUENCE, "SafeContents")?.inside();
        while all.tag().is_some() {
            let mut bag = all.next(SEQUENCE, "SafeBag")?.inside();
            let kind = bag.next(OID, "bagId")?.contents.strip_prefix(id::BAG);
            if !matches!(kind, Some([2..=4])) {
                return Ok(true);
            }
        }
        Ok(false)
    };
    look().unwrap_or(true)
}

/// What is wrong with a store or a key that cannot be opened yet; the form asks for a password then.
pub const NO_PASSWORD: &str = "it is encrypted: its password is needed";

/// Whether a store was made with this password, and is as it was made.
fn check_mac(mac: Element<'_>, safe: &[u8], password: Option<&str>) -> Result<(), Unread> {
    let password = password.ok_or_else(|| wrong(NO_PASSWORD))?;
    let mut inside = mac.inside();
    let mut digest_info = inside.next(SEQUENCE, "mac")?.inside();
    let algorithm = digest_info.next(SEQUENCE, "digestAlgorithm")?;
    let digest = digest_info.next(OCTET_STRING, "digest")?.contents;
    let salt = inside.next(OCTET_STRING, "macSalt")?.contents;
    let rounds = match inside.optional(INTEGER, "iterations")? {
        Some(number) => rounds(number)?,
        None => 1,
    };
    macro_rules! holds {
        ($hash:ty, $len:literal) => {{
            let key = derive_key_utf8::<$hash>(password, salt, Pkcs12KeyType::Mac, rounds, $len);
            let key = key.map_err(|_| wrong("the password cannot be written in UCS-2"))?;
            let hmac =
                Hmac::<$hash>::new_from_slice(&key).map_err(|error| wrong(error.to_string()))?;
            hmac.chain_update(safe).verify_slice(digest).is_ok()
        }};
    }
    let hash = algorithm.inside().next(OID, "a hash")?.contents;
    let holds = match (hash, hash.strip_prefix(id::SHA2)) {
        (id::SHA1, _) => holds!(Sha1, 20),
        (_, Some([1])) => holds!(Sha256, 32),
        (_, Some([2])) => holds!(Sha384, 48),
        (_, Some([3])) => holds!(Sha512, 64),
        _ => return Err(wrong("its MAC is of a kind that is not known here")),
    };
    holds.then_some(()).ok_or_else(|| wrong("the password is wrong, or the store was changed"))
}

fn rounds(number: Element<'_>) -> Result<i32, Unread> {
    let rounds = number.number().filter(|rounds| (1..=MOST_ROUNDS).contains(rounds));
    rounds
        .and_then(|rounds| i32::try_from(rounds).ok())
        .ok_or_else(|| wrong(format!("a number of rounds from 1 to {MOST_ROUNDS} expected")))
}

/// Decrypts by an AlgorithmIdentifier of PKCS #5 or PKCS #12.
///
/// # Errors
/// There is no password, it does not fit, or the algorithm is not known.
pub fn decrypt(
    algorithm: Element<'_>,
    encrypted: &[u8],
    password: Option<&str>,
) -> Result<Vec<u8>, Unread> {
    let password = password.ok_or_else(|| wrong(NO_PASSWORD))?;
    let not_fit = || wrong("the password is wrong");
    let mut inside = algorithm.inside();
    let Some(number) = inside.next(OID, "an algorithm")?.contents.strip_prefix(id::PBE) else {
        let scheme = pkcs5::EncryptionScheme::from_der(algorithm.whole);
        let scheme =
            scheme.map_err(|error| wrong(format!("encryption not known here: {error}")))?;
        if let Some(rounds) = scheme.pbes2().and_then(|scheme| scheme.kdf.pbkdf2())
            && rounds.iteration_count > MOST_ROUNDS
        {
            return Err(wrong(format!("at most {MOST_ROUNDS} rounds are waited for")));
        }
        if let Some(cost) = scheme.pbes2().and_then(|scheme| scheme.kdf.scrypt())
            && cost.cost_parameter * u64::from(cost.block_size) > MOST_SCRYPT
        {
            return Err(wrong("scrypt with more memory than is given here"));
        }
        return scheme.decrypt(password, encrypted).map_err(|_| not_fit());
    };
    let mut parameters = inside.next(SEQUENCE, "parameters")?.inside();
    let salt = parameters.next(OCTET_STRING, "salt")?.contents;
    let rounds = rounds(parameters.next(INTEGER, "iterations")?)?;
    let derive = |kind, len| {
        derive_key_utf8::<Sha1>(password, salt, kind, rounds, len)
            .map_err(|_| wrong("the password cannot be written in UCS-2"))
    };
    macro_rules! by {
        ($cipher:ty, $len:literal) => {{
            let (key, iv) =
                (derive(Pkcs12KeyType::EncryptionKey, $len)?, derive(Pkcs12KeyType::Iv, 8)?);
            let cipher = cbc::Decryptor::<$cipher>::new_from_slices(&key, &iv);
            let cipher = cipher.map_err(|error| wrong(error.to_string()))?;
            cipher.decrypt_padded_vec::<Pkcs7>(encrypted).map_err(|_| not_fit())
        }};
    }
    match number {
        [3] => by!(des::TdesEde3, 24),
        [4] => by!(des::TdesEde2, 16),
        [5] => by!(rc2::Rc2, 16),
        [6] => {
            let key = derive(Pkcs12KeyType::EncryptionKey, 5)?;
            let iv = derive(Pkcs12KeyType::Iv, 8)?;
            let cipher = rc2::Rc2::new_with_eff_key_len(&key, 40);
            let iv = iv.as_slice().try_into().map_err(|_| not_fit())?;
            let cipher = cbc::Decryptor::inner_iv_init(cipher, iv);
            cipher.decrypt_padded_vec::<Pkcs7>(encrypted).map_err(|_| not_fit())
        }
        _ => Err(wrong("encryption by RC4, which is not read here")),
    }
}
