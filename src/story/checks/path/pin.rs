//! Is the leaf's key one of those that are pinned?

use super::Draft;
use crate::base64;
use crate::keys::Hash;
use crate::story::certificate::Certificate;
use crate::story::format;
use crate::trace::ChainRefusal;

/// With no pins, any key will do.
pub fn check(leaf: &Certificate, pins: &[Vec<u8>]) -> Option<Draft> {
    if pins.is_empty() {
        return None;
    }
    let fingerprint = |key: &Vec<u8>| base64::encode(&Hash::Sha256.digest(key));
    let pinned: Vec<String> = pins.iter().map(fingerprint).collect();
    let question = format!("Is the key of `{}` one of those pinned?", leaf.subject());
    let detail = format!(
        "SHA-256 of its SubjectPublicKeyInfo {}; pinned {}",
        fingerprint(&leaf.key_info),
        format::list(&pinned)
    );
    let draft =
        Draft::new(question, detail, pins.contains(&leaf.key_info), "RFC 7469, section 2.4");
    Some(draft.or(ChainRefusal::WrongKey))
}
