//! Opening encrypted records with keys of the key schedule.

use crate::keys::{Aead, Suite, nonce_from_iv};
use crate::wire::record::HEADER_LEN;

/// A traffic key in use.
#[derive(Clone, Debug)]
pub(super) struct TrafficKey {
    /// The key's name in the key schedule.
    pub name: &'static str,
    pub key: Vec<u8>,
    /// The static IV; for TLS 1.2 with GCM the 4 bytes of the salt.
    pub iv: Vec<u8>,
}

/// Where in the records of a version the nonce and the additional data come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rules {
    /// RFC 9846, section 5.2.
    Tls13,
    /// RFC 5246, section 6.2.3.3.
    Tls12,
}

/// What came out of the AEAD, and what else went in.
pub(super) struct Unsealed {
    pub plaintext: Vec<u8>,
    pub nonce: Vec<u8>,
    pub aad: Vec<u8>,
}

/// Opens a whole record, header included.
///
/// # Errors
/// The record is too short to be encrypted, or key and record do not belong together.
pub(super) fn open(
    rules: Rules,
    suite: &Suite,
    key: &TrafficKey,
    sequence: u64,
    record: &[u8],
) -> Result<Unsealed, String> {
    let short = || format!("the record is too short to be encrypted ({} bytes)", record.len());
    let (header, fragment) = record.split_at_checked(HEADER_LEN).ok_or_else(short)?;
    let (nonce, aad, sealed) = match rules {
        Rules::Tls13 => (nonce_from_iv(&key.iv, sequence), header.to_vec(), fragment),
        Rules::Tls12 => {
            let explicit_len = suite.aead.explicit_nonce_len();
            let (explicit, sealed) = fragment.split_at_checked(explicit_len).ok_or_else(short)?;
            let nonce = match explicit_len {
                0 => nonce_from_iv(&key.iv, sequence),
                _ => [&key.iv, explicit].concat(),
            };
            let len = sealed.len().checked_sub(Aead::TAG_LEN).ok_or_else(short)?;
            let type_and_version = header.get(..3).unwrap_or_default();
            let aad =
                [&sequence.to_be_bytes(), type_and_version, &(len as u16).to_be_bytes()].concat();
            (nonce, aad, sealed)
        }
    };
    let plaintext = suite.aead.open(&key.key, &nonce, &aad, sealed).ok_or_else(|| {
        format!(
            "{} does not open it as record {sequence}: the authentication tag does not match",
            key.name
        )
    })?;
    Ok(Unsealed { plaintext, nonce, aad })
}
