//! Ed25519 (RFC 8032).

use super::algorithms::TeachingKey;
use super::sign::{Key, PrivateKey};
use crate::engine::seed::Stream;
use crate::plan::CertificateKind;
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use rustls::{Error, SignatureScheme};

/// What stands before the key's own bytes in PKCS #8 (RFC 8410, section 7).
const PKCS8: &[u8] = b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";

/// A signing key from the next 32 bytes of the stream.
///
/// # Errors
/// None.
pub fn key(stream: &mut Stream, _: TeachingKey) -> Result<PrivateKey, Error> {
    Ok(PrivateKey::new(SigningKey::from_bytes(&stream.take())))
}

/// The key in this PKCS #8, in DER; `None` if it is of another algorithm.
pub fn read(pkcs8: &[u8]) -> Option<PrivateKey> {
    use ed25519_dalek::pkcs8::DecodePrivateKey;
    SigningKey::from_pkcs8_der(pkcs8).ok().map(PrivateKey::new)
}

impl Key for SigningKey {
    fn kind(&self) -> CertificateKind {
        CertificateKind::Ed25519
    }

    fn public_key(&self) -> Vec<u8> {
        self.verifying_key().to_bytes().to_vec()
    }

    fn pkcs8(&self) -> Vec<u8> {
        [PKCS8, &self.to_bytes()].concat()
    }

    fn sign(&self, _: SignatureScheme, message: &[u8]) -> Result<Vec<u8>, Error> {
        Ok(Signer::sign(self, message).to_bytes().to_vec())
    }
}

/// `None` if the signature is not of this key over this message.
pub fn verify(key: &[u8], message: &[u8], signature: &[u8]) -> Option<()> {
    let key = VerifyingKey::from_bytes(key.try_into().ok()?).ok()?;
    key.verify(message, &Signature::from_slice(signature).ok()?).ok()
}
