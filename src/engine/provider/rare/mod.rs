//! Algorithms that most runs do without, and the doors to the teaching endpoints, to gateways, and to
//! how a server judges its clients. The page loads them with the first scenario that needs one, so
//! nothing outside may call into them except through [`rare`].

mod chacha;
mod ed25519;
mod hybrid;
mod p384;
mod rsa;

use super::aead::Cipher;
use super::kx::Drawn;
use super::sign::PrivateKey;
use crate::engine::certificates::ChainError;
use crate::engine::seed::Stream;
use crate::rare::Shelf;
use crate::scenario::{CertificateKind, Group};
use rustls::crypto::SupportedKxGroup;
use rustls::{Error, SignatureScheme};

type Sign = fn(&PrivateKey, SignatureScheme, &[u8]) -> Result<Vec<u8>, Error>;
type Verify = fn(SignatureScheme, &[u8], &[u8], &[u8]) -> Option<()>;

/// The doors to the algorithms: one function for each thing to be done with them.
pub struct Rare {
    /// A private key of this kind: drawn from the stream, or the teaching key of this number.
    pub key: fn(CertificateKind, &mut Stream, usize) -> Result<PrivateKey, ChainError>,
    /// The public key as the subjectPublicKey of a certificate holds it.
    pub public_key: fn(&PrivateKey) -> Vec<u8>,
    /// Signs by a scheme of this key's.
    pub sign: Sign,
    /// Checks a signature: public key, message, signature.
    pub verify: Verify,
    /// A fresh private value of this group, as octets and ready to use.
    pub secret: fn(Group) -> Result<Drawn, Error>,
    /// X25519MLKEM768.
    pub hybrid: fn() -> &'static dyn SupportedKxGroup,
    /// ChaCha20-Poly1305 with this key.
    pub cipher: fn(&[u8]) -> Option<Box<dyn Cipher>>,
}

static ALL: Rare = Rare {
    key,
    public_key,
    sign,
    verify,
    secret: |_| p384::secret(),
    hybrid: || &hybrid::X25519MlKem768,
    cipher: chacha::cipher,
};

static SHELF: Shelf<Rare> = Shelf::new();

fn key(
    kind: CertificateKind,
    stream: &mut Stream,
    number: usize,
) -> Result<PrivateKey, ChainError> {
    Ok(match kind {
        CertificateKind::EcdsaP384 => p384::key(stream),
        CertificateKind::Ed25519 => ed25519::key(stream),
        _ => rsa::key(number)?,
    })
}

fn public_key(key: &PrivateKey) -> Vec<u8> {
    match key {
        PrivateKey::P384(key) => p384::public_key(key),
        PrivateKey::Ed25519(key) => ed25519::public_key(key),
        PrivateKey::Rsa(key, _) => rsa::public_key(key),
        PrivateKey::P256(_) => key.public_key(),
    }
}

fn sign(key: &PrivateKey, scheme: SignatureScheme, message: &[u8]) -> Result<Vec<u8>, Error> {
    Ok(match key {
        PrivateKey::P384(key) => p384::sign(key, message),
        PrivateKey::Ed25519(key) => ed25519::sign(key, message),
        PrivateKey::Rsa(key, _) => rsa::sign(key, scheme, message)?,
        PrivateKey::P256(_) => key.sign(scheme, message)?,
    })
}

fn verify(scheme: SignatureScheme, key: &[u8], message: &[u8], signature: &[u8]) -> Option<()> {
    match scheme {
        SignatureScheme::ECDSA_NISTP384_SHA384 => p384::verify(key, message, signature),
        SignatureScheme::ED25519 => ed25519::verify(key, message, signature),
        _ => rsa::verify(scheme, key, message, signature),
    }
}

/// For [`crate::rare::load`] alone.
pub(crate) fn load() {
    SHELF.put(&ALL);
}

/// The algorithms.
pub(in crate::engine) fn rare() -> &'static Rare {
    SHELF.get()
}
