//! Ed25519 (RFC 8032).

use super::{PrivateKey, Stream};
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};

/// A signing key from the next 32 octets of the stream.
pub fn key(stream: &mut Stream) -> PrivateKey {
    PrivateKey::Ed25519(SigningKey::from_bytes(&stream.take()))
}

/// The public key, 32 octets.
pub fn public_key(key: &SigningKey) -> Vec<u8> {
    key.verifying_key().to_bytes().to_vec()
}

/// The signature, 64 octets.
pub fn sign(key: &SigningKey, message: &[u8]) -> Vec<u8> {
    key.sign(message).to_bytes().to_vec()
}

/// `None` if the signature is not of this key over this message.
pub fn verify(key: &[u8], message: &[u8], signature: &[u8]) -> Option<()> {
    let key = VerifyingKey::from_bytes(key.try_into().ok()?).ok()?;
    key.verify(message, &Signature::from_slice(signature).ok()?).ok()
}
