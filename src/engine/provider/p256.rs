//! P-256: ECDSA (FIPS 186-5) and key exchange (RFC 9846, section 4.3.8.2).

use super::algorithms::TeachingKey;
use super::kx::{Curve, Drawn, Secret, private_key};
use super::sign::{Key, PrivateKey};
use crate::engine::seed::Stream;
use crate::plan::{CertificateKind, Group};
use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use rustls::{Error, SignatureScheme};
use sha1::{Digest, Sha1};

/// The group of key exchanges.
pub static GROUP: Curve = Curve::new(Group::Secp256r1, draw);

/// What stands before the key's own bytes in PKCS #8 (RFC 5915).
const PKCS8: &[u8] = b"\x30\x41\x02\x01\x00\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x04\x27\x30\x25\x02\x01\x01\x04\x20";

/// A signing key: the first scalar of the stream that is below the group's order.
///
/// # Errors
/// None.
pub fn key(stream: &mut Stream, _: TeachingKey) -> Result<PrivateKey, Error> {
    loop {
        if let Ok(key) = SigningKey::from_slice(&stream.take::<32>()) {
            return Ok(PrivateKey::new(key));
        }
    }
}

/// The key in this PKCS #8, in DER; `None` if it is of another algorithm.
pub fn read(pkcs8: &[u8]) -> Option<PrivateKey> {
    use p256::pkcs8::DecodePrivateKey;
    SigningKey::from_pkcs8_der(pkcs8).ok().map(PrivateKey::new)
}

/// ECDSA with SHA-256, or with SHA-1 where certificates are to be refused for it; nonces by RFC 6979, signatures in DER.
impl Key for SigningKey {
    fn kind(&self) -> CertificateKind {
        CertificateKind::EcdsaP256
    }

    fn public_key(&self) -> Vec<u8> {
        self.verifying_key().to_sec1_point(false).as_bytes().to_vec()
    }

    fn pkcs8(&self) -> Vec<u8> {
        [PKCS8, &self.to_bytes()].concat()
    }

    fn sign(&self, scheme: SignatureScheme, message: &[u8]) -> Result<Vec<u8>, Error> {
        let signature: Signature = match scheme {
            SignatureScheme::ECDSA_SHA1_Legacy => self
                .sign_prehash(&Sha1::digest(message))
                .map_err(|error| Error::General(format!("ECDSA signature: {error}")))?,
            _ => Signer::sign(self, message),
        };
        Ok(signature.to_der().as_bytes().to_vec())
    }
}

/// `None` if the signature is not of this key over this message.
pub fn verify(key: &[u8], message: &[u8], signature: &[u8]) -> Option<()> {
    let key = VerifyingKey::from_sec1_bytes(key).ok()?;
    key.verify(message, &Signature::from_der(signature).ok()?).ok()
}

fn draw() -> Result<Drawn, Error> {
    // A scalar must be below the group's order, or another is drawn.
    loop {
        let bytes = private_key::<32>("P-256 private key")?;
        if let Ok(secret) = p256::SecretKey::from_slice(&bytes) {
            return Ok((bytes.to_vec(), Box::new(secret)));
        }
    }
}

impl Secret for p256::SecretKey {
    fn public(&self) -> Vec<u8> {
        self.public_key().to_sec1_bytes().to_vec()
    }

    fn agree(&self, peer: &[u8]) -> Option<Vec<u8>> {
        let peer = p256::PublicKey::from_sec1_bytes(peer).ok()?;
        Some(self.diffie_hellman(&peer).raw_secret_bytes().to_vec())
    }
}
