//! Signatures made: CertificateVerify, ServerKeyExchange, and the CAs' own (those unrecorded).

use super::recorder::record;
use crate::plan::{CertificateKind, sha1_scheme, signature_schemes};
use crate::trace::Op;
use pki_types::PrivateKeyDer;
use rustls::crypto::KeyProvider;
use rustls::sign::{Signer, SigningKey};
use rustls::{Error, SignatureAlgorithm, SignatureScheme};
use std::sync::Arc;

/// A private key of one algorithm.
pub trait Key: Send + Sync {
    /// The kind of certificate it belongs in.
    fn kind(&self) -> CertificateKind;

    /// The public key as the subjectPublicKey of a certificate holds it.
    fn public_key(&self) -> Vec<u8>;

    /// The key as PKCS #8 in DER (RFC 5958), without its public half where that can be computed.
    fn pkcs8(&self) -> Vec<u8>;

    /// Signs by one of these schemes.
    ///
    /// # Errors
    /// The arithmetic refused.
    fn sign(&self, scheme: SignatureScheme, message: &[u8]) -> Result<Vec<u8>, Error>;

    /// Decrypts by RSAES-PKCS1-v1_5, and records it. `None` if this is no RSA key, or the ciphertext
    /// not as long as its modulus. A wrong padding does not show: then the result is made up from key
    /// and ciphertext (draft-irtf-cfrg-rsa-guidance, section 7.2).
    fn decrypt(&self, _ciphertext: &[u8]) -> Option<Vec<u8>> {
        None
    }
}

/// A private key of a certificate.
#[derive(Clone)]
pub struct PrivateKey(Arc<dyn Key>);

impl PrivateKey {
    /// A key of whatever algorithm.
    pub fn new(key: impl Key + 'static) -> PrivateKey {
        PrivateKey(Arc::new(key))
    }

    /// The kind of certificate it belongs in.
    pub fn kind(&self) -> CertificateKind {
        self.0.kind()
    }

    /// The public key as the subjectPublicKey of a certificate holds it.
    pub fn public_key(&self) -> Vec<u8> {
        self.0.public_key()
    }

    /// The key as PKCS #8 in DER: see [`Key::pkcs8`].
    pub fn pkcs8(&self) -> Vec<u8> {
        self.0.pkcs8()
    }

    /// Signs by `scheme`, which must be of this key's kind. The signature itself is not recorded;
    /// the salt of RSA-PSS is, as a random draw.
    ///
    /// # Errors
    /// RSA's arithmetic refused, or the scheme is not of this key.
    pub fn sign(&self, scheme: SignatureScheme, message: &[u8]) -> Result<Vec<u8>, Error> {
        let kind = self.0.kind();
        if !signature_schemes(kind).contains(&scheme) && sha1_scheme(kind) != Some(scheme) {
            return Err(Error::General(format!("this key does not sign by {scheme:?}")));
        }
        self.0.sign(scheme, message)
    }

    /// Decrypts with an RSA key: see [`Key::decrypt`].
    pub fn decrypt(&self, ciphertext: &[u8]) -> Option<Vec<u8>> {
        self.0.decrypt(ciphertext)
    }
}

/// An endpoint's key: what it signs is recorded.
#[derive(Clone)]
pub struct EndpointKey(pub Arc<PrivateKey>);

impl std::fmt::Debug for EndpointKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EndpointKey({})", self.0.kind().id())
    }
}

impl SigningKey for EndpointKey {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        let own = signature_schemes(self.0.kind());
        let scheme = *own.iter().find(|scheme| offered.contains(scheme))?;
        Some(Box::new(EndpointSigner { key: self.clone(), scheme }))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        match self.0.kind() {
            CertificateKind::EcdsaP256 | CertificateKind::EcdsaP384 => SignatureAlgorithm::ECDSA,
            CertificateKind::Ed25519 => SignatureAlgorithm::ED25519,
            CertificateKind::Rsa2048 => SignatureAlgorithm::RSA,
        }
    }
}

#[derive(Debug)]
struct EndpointSigner {
    key: EndpointKey,
    scheme: SignatureScheme,
}

impl Signer for EndpointSigner {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let signature = self.key.0.sign(self.scheme, message)?;
        record(|| Op::Sign {
            scheme: u16::from(self.scheme).into(),
            message: message.to_vec(),
            signature: signature.clone(),
        });
        Ok(signature)
    }

    fn scheme(&self) -> SignatureScheme {
        self.scheme
    }
}

/// rustls asks the provider to load private keys; here endpoints come with theirs.
#[derive(Debug)]
pub struct NoKeyFiles;

impl KeyProvider for NoKeyFiles {
    fn load_private_key(&self, _: PrivateKeyDer<'static>) -> Result<Arc<dyn SigningKey>, Error> {
        Err(Error::General("private keys are made, not loaded".into()))
    }
}
