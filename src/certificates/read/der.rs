//! What some DER is, by how it starts, and what is in it.

use super::elements::{CONTEXT_0, Element, Elements, OID, Unread};
use super::{Broken, Into, Part, Thing, key, store};
use crate::der::{BIT_STRING, INTEGER, OCTET_STRING, SEQUENCE};
use crate::wire::x509;

/// A kind of structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Certificate,
    RevocationList,
    Request,
    Pkcs7,
    Pkcs12,
    Key,
    EncryptedKey,
    PublicKey,
    /// RSAPublicKey alone (RFC 8017), which only its label tells.
    RsaPublicKey,
}

/// Reads one structure; `ordered` where it is one of several in a row.
pub fn read(into: &mut Into<'_>, place: &str, bytes: &[u8], ordered: bool) {
    match kind(bytes) {
        Ok(kind) => as_kind(into, place, bytes, ordered, kind),
        Err(error) => into.broken(place, error.to_string(), Broken::guess(bytes)),
    }
}

/// Reads a structure that is known to be of this kind.
pub fn as_kind(into: &mut Into<'_>, place: &str, bytes: &[u8], ordered: bool, kind: Kind) {
    if let Err(error) = try_read(into, place, bytes, ordered, kind) {
        into.broken(place, error.to_string(), Broken::new(kind, bytes));
    }
}

fn try_read(
    into: &mut Into<'_>,
    place: &str,
    bytes: &[u8],
    ordered: bool,
    kind: Kind,
) -> Result<(), Unread> {
    match kind {
        Kind::Certificate => {
            x509::parse(bytes)?;
            into.found(place, ordered, Thing::Certificate(bytes.to_vec()));
        }
        Kind::RevocationList => {
            let (_, summary) = x509::parse_revocation_list(bytes)?;
            into.found(place, ordered, Thing::RevocationList(bytes.to_vec(), summary));
        }
        Kind::Request => {
            let (_, asked) = x509::parse_request(bytes)?;
            into.found(place, ordered, Thing::Request(bytes.to_vec(), Box::new(asked)));
        }
        Kind::Key => into.found(place, ordered, Thing::Key(key::read(bytes)?)),
        Kind::EncryptedKey => {
            into.container(place, "encrypted private key", vec![Part::whole(bytes)]);
            let plain = key::decrypt(bytes, into.password)?;
            into.found(place, ordered, Thing::Key(key::read(&plain)?));
        }
        Kind::PublicKey => into.found(place, ordered, Thing::PublicKey(bytes.to_vec())),
        Kind::RsaPublicKey => {
            into.found(place, ordered, Thing::PublicKey(key::rsa_public(bytes)?));
        }
        Kind::Pkcs7 => {
            into.container(place, "PKCS #7 container", vec![Part::whole(bytes)]);
            let mut found = Vec::new();
            let whole = store::of_pkcs7(bytes, &mut found);
            for (number, der) in found.into_iter().enumerate() {
                let place = format!("{place}, certificate {}", number + 1);
                as_kind(into, &place, der, false, Kind::Certificate);
            }
            whole?;
        }
        Kind::Pkcs12 => {
            let (mut found, mut parts) = (Vec::new(), vec![Part::store(bytes)]);
            let whole = store::of_pkcs12(bytes, into.password, &mut found, &mut parts);
            // Its outside is shown whether or not the password fits.
            into.container(place, "PKCS #12 store", parts);
            for (number, (kind, der)) in found.iter().enumerate() {
                as_kind(into, &format!("{place}, entry {}", number + 1), der, false, *kind);
            }
            whole?;
        }
    }
    Ok(())
}

/// What a structure is, by its first elements.
pub fn kind(bytes: &[u8]) -> Result<Kind, Unread> {
    let mut inside = Elements::new(bytes).next(SEQUENCE, "a SEQUENCE")?.inside();
    let first = inside.any("the first element of a certificate, request, key, list or store")?;
    let unknown = |at: &str| Unread {
        at: 0,
        what: format!("a certificate, request, key, revocation list or store expected, but {at}"),
    };
    Ok(match (first.tag, inside.tag()) {
        (OID, _) => Kind::Pkcs7,
        // PFX has the number 3, and a ContentInfo.
        (INTEGER, Some(SEQUENCE)) if first.contents == [3] => Kind::Pkcs12,
        (INTEGER, Some(INTEGER)) if key::is_rsa(bytes) => Kind::Key,
        // PKCS #8 and ECPrivateKey.
        (INTEGER, Some(SEQUENCE | OCTET_STRING)) if matches!(first.contents, [0 | 1]) => Kind::Key,
        (SEQUENCE, Some(OCTET_STRING)) => Kind::EncryptedKey,
        (SEQUENCE, Some(BIT_STRING)) => Kind::PublicKey,
        (SEQUENCE, Some(SEQUENCE)) => {
            of_body(first)?.ok_or_else(|| unknown("what is signed starts like none of these"))?
        }
        _ => return Err(unknown("it starts like none of these")),
    })
}

/// What is signed in a structure whose first element is this one; `None` where it starts in no way that is known.
pub fn of_body(first: Element<'_>) -> Result<Option<Kind>, Unread> {
    let mut body = first.inside();
    let first = body.any("what is signed")?;
    Ok(match (first.tag, body.tag()) {
        (CONTEXT_0, _) => Some(Kind::Certificate),
        (INTEGER, Some(SEQUENCE)) => {
            let mut rest = body;
            let next = rest.any("an algorithm or a name")?;
            // A request has its subject here, and behind it the key; the others have an algorithm.
            Some(match next.inside().tag() {
                Some(OID) if first.contents == [1] && is_list(rest) => Kind::RevocationList,
                Some(OID) => Kind::Certificate,
                _ => Kind::Request,
            })
        }
        (SEQUENCE, _) => Some(Kind::RevocationList),
        _ => None,
    })
}

/// Whether behind a name comes a time, and not a period of validity.
fn is_list(mut rest: Elements<'_>) -> bool {
    rest.any("a name").is_ok() && rest.tag() != Some(SEQUENCE)
}
