//! The private keys of a chain: drawn from the seed, or for RSA the public teaching keys.

use super::ChainError;
use crate::engine::provider::PrivateKey;
use crate::engine::seed::Stream;
use crate::keys::RsaKey;
use crate::scenario::CertificateKind;

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
            RsaKey::from_pkcs8(der)
                .map(|key| PrivateKey::Rsa(Box::new(key.into_inner()), der))
                .ok_or_else(|| ChainError(format!("teaching key {place} cannot be read")))
        }
    };
    Ok([key(0)?, key(1)?, key(2)?])
}
