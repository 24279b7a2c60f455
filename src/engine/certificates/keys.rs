//! The private keys of a chain: drawn from the seed, or for RSA the public teaching keys.

use super::ChainError;
use crate::engine::provider::{PrivateKey, rare};
use crate::engine::seed::Stream;
use crate::scenario::CertificateKind;

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
        _ => (rare().key)(kind, stream, place + shift),
    };
    Ok([key(0)?, key(1)?, key(2)?])
}
