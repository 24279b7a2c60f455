//! PEM blocks in any text (RFC 7468), such as a file of several or what `openssl s_client` prints.

use super::der::{self, Kind};
use super::{Broken, Into, text};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// What a label says.
const LABELS: &[(&str, Kind)] = &[
    ("CERTIFICATE", Kind::Certificate),
    ("X509 CERTIFICATE", Kind::Certificate),
    ("TRUSTED CERTIFICATE", Kind::Certificate),
    ("CERTIFICATE REQUEST", Kind::Request),
    ("NEW CERTIFICATE REQUEST", Kind::Request),
    ("X509 CRL", Kind::RevocationList),
    ("PRIVATE KEY", Kind::Key),
    ("RSA PRIVATE KEY", Kind::Key),
    ("EC PRIVATE KEY", Kind::Key),
    ("ENCRYPTED PRIVATE KEY", Kind::EncryptedKey),
    ("PUBLIC KEY", Kind::PublicKey),
    ("RSA PUBLIC KEY", Kind::RsaPublicKey),
    ("PKCS7", Kind::Pkcs7),
    ("CMS", Kind::Pkcs7),
];

/// Labels of what has nothing to do with certificates, and stands beside them.
const PASSED_OVER: &[&str] = &["EC PARAMETERS", "DH PARAMETERS", "SSL SESSION PARAMETERS"];

/// Reads all blocks of a text, and what programs say in it.
pub fn read(into: &mut Into<'_>, bytes: &[u8]) {
    let whole = String::from_utf8_lossy(bytes);
    let name = into.name;
    let mut block: Option<(usize, String, String)> = None;
    let mut said = false;
    let before = (into.reading.found.len(), into.reading.troubles.len());
    for (number, line) in whole.lines().enumerate() {
        let (number, line) = (number + 1, line.trim());
        if let Some(label) = line.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(DASHES)) {
            if let Some((start, label, _)) = block.take() {
                let place = format!("{name}, line {start}");
                into.trouble(
                    &place,
                    format!("-----END {label}----- expected before line {number}"),
                );
            }
            block = Some((number, label.to_owned(), String::new()));
        } else if line.starts_with(END) {
            let Some((start, label, body)) = block.take() else {
                into.trouble(
                    &format!("{name}, line {number}"),
                    "it ends a block that did not begin".into(),
                );
                continue;
            };
            one(into, &format!("{name}, line {start}"), &label, &body);
        } else if let Some((_, _, body)) = &mut block {
            // Old private keys have headers.
            if !line.contains(':') {
                body.push_str(line);
            } else if line.starts_with("DEK-Info") {
                body.push('!');
            }
        } else {
            for message in text::messages(line) {
                said = true;
                let known =
                    into.reading.messages.iter().any(|(_, known)| std::ptr::eq(*known, message));
                if !known {
                    into.reading.messages.push((format!("{name}, line {number}"), message));
                }
            }
        }
    }
    if let Some((start, label, body)) = block {
        let place = format!("{name}, line {start}");
        into.trouble(&place, format!("-----END {label}----- expected, but the text ends"));
        one(into, &place, &label, &body);
    }
    if !said && before == (into.reading.found.len(), into.reading.troubles.len()) {
        let what = "PEM, DER or what a program prints of certificates expected at byte 0; neither \
                    -----BEGIN nor a message that is known is in it";
        into.trouble(name, what.into());
    }
}

fn one(into: &mut Into<'_>, place: &str, label: &str, body: &str) {
    if PASSED_OVER.contains(&label) {
        return;
    }
    if body.contains('!') {
        let what = "this form of encryption is not read; convert it: openssl pkcs8 -topk8 -in FILE";
        return into.trouble(place, what.into());
    }
    let compact: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    if let Some((at, wrong)) = compact.char_indices().find(|(_, c)| !is_base64(*c)) {
        let what =
            format!("base64 expected at character {at} of the block, but {wrong:?} is there");
        return into.broken(place, what, before(label, &compact, at));
    }
    match decoded(label, &compact) {
        Ok(bytes) => match kind_of(label) {
            Some(kind) => der::as_kind(into, place, &bytes, true, kind),
            None => der::read(into, place, &bytes, true),
        },
        Err(error) => {
            let what = format!("base64 of {label} expected: {error}");
            into.broken(place, what, before(label, &compact, compact.len()));
        }
    }
}

fn kind_of(label: &str) -> Option<Kind> {
    LABELS.iter().find(|(known, _)| *known == label).map(|(_, kind)| *kind)
}

/// The bytes of base64 without spaces.
fn decoded(label: &str, compact: &str) -> Result<Vec<u8>, pem_rfc7468::Error> {
    // In the one form that the decoder takes.
    let mut canonical = format!("{BEGIN}{label}{DASHES}\n");
    for line in compact.as_bytes().chunks(64) {
        canonical.push_str(&String::from_utf8_lossy(line));
        canonical.push('\n');
    }
    canonical.push_str(&format!("{END}{label}{DASHES}\n"));
    pem_rfc7468::decode_vec(canonical.as_bytes()).map(|(_, bytes)| bytes)
}

/// What stands in a block before the character at which it breaks.
fn before(label: &str, compact: &str, at: usize) -> Option<Broken> {
    // Padding ends what can be decoded.
    let good = compact.get(..at)?.split('=').next()?;
    let good = good.get(..good.len() / 4 * 4).filter(|good| !good.is_empty())?;
    let bytes = decoded(label, good).ok()?;
    match kind_of(label) {
        Some(kind) => Broken::new(kind, &bytes),
        None => Broken::guess(&bytes),
    }
}
