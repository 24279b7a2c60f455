//! P-384: ECDSA and key exchange.

use super::{Error, PrivateKey, Stream};
use crate::engine::provider::kx::{Drawn, Secret, private_key};
use p384::ecdsa::signature::{Signer, Verifier};
use p384::ecdsa::{Signature, SigningKey, VerifyingKey};

/// A signing key: the first scalar of the stream that is below the group's order.
pub fn key(stream: &mut Stream) -> PrivateKey {
    loop {
        if let Ok(key) = SigningKey::from_slice(&stream.take::<48>()) {
            return PrivateKey::P384(key);
        }
    }
}

/// The public key as an uncompressed point.
pub fn public_key(key: &SigningKey) -> Vec<u8> {
    key.verifying_key().to_sec1_point(false).as_bytes().to_vec()
}

/// ECDSA with SHA-384, in DER.
pub fn sign(key: &SigningKey, message: &[u8]) -> Vec<u8> {
    let signature: Signature = key.sign(message);
    signature.to_der().as_bytes().to_vec()
}

/// `None` if the signature is not of this key over this message.
pub fn verify(key: &[u8], message: &[u8], signature: &[u8]) -> Option<()> {
    let key = VerifyingKey::from_sec1_bytes(key).ok()?;
    key.verify(message, &Signature::from_der(signature).ok()?).ok()
}

/// A fresh private value for a key exchange.
pub fn secret() -> Result<Drawn, Error> {
    // A scalar must be below the group's order, or another is drawn.
    loop {
        let bytes = private_key::<48>("P-384 private key")?;
        if let Ok(secret) = p384::SecretKey::from_slice(&bytes) {
            return Ok((bytes.to_vec(), Box::new(secret)));
        }
    }
}

impl Secret for p384::SecretKey {
    fn public(&self) -> Vec<u8> {
        self.public_key().to_sec1_bytes().to_vec()
    }

    fn agree(&self, peer: &[u8]) -> Option<Vec<u8>> {
        let peer = p384::PublicKey::from_sec1_bytes(peer).ok()?;
        Some(self.diffie_hellman(&peer).raw_secret_bytes().to_vec())
    }
}
