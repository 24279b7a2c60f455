//! Signatures made: CertificateVerify, ServerKeyExchange, and the CAs' own (those unrecorded).

use super::rare::rare;
use super::recorder::record;
use crate::scenario::CertificateKind;
use crate::trace::Op;
use p256::ecdsa::signature::Signer as _;
use pki_types::PrivateKeyDer;
use rustls::crypto::KeyProvider;
use rustls::sign::{Signer, SigningKey};
use rustls::{Error, SignatureAlgorithm, SignatureScheme};
use std::sync::Arc;

/// What stands before the key's own octets in PKCS#8 (RFC 5915, RFC 8410).
const PKCS8_P256: &[u8] = b"\x30\x41\x02\x01\x00\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x04\x27\x30\x25\x02\x01\x01\x04\x20";
const PKCS8_P384: &[u8] = b"\x30\x4e\x02\x01\x00\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x22\x04\x37\x30\x35\x02\x01\x01\x04\x30";
const PKCS8_ED25519: &[u8] = b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";

/// A private key of a certificate.
#[derive(Clone)]
pub enum PrivateKey {
    /// ECDSA over P-256; nonces by RFC 6979.
    P256(p256::ecdsa::SigningKey),
    /// ECDSA over P-384; nonces by RFC 6979.
    P384(p384::ecdsa::SigningKey),
    /// Ed25519 (RFC 8032).
    Ed25519(ed25519_dalek::SigningKey),
    /// RSA, and the key as PKCS#8 in DER.
    Rsa(Box<rsa::RsaPrivateKey>, &'static [u8]),
}

impl PrivateKey {
    /// The kind of certificate it belongs in.
    pub fn kind(&self) -> CertificateKind {
        match self {
            PrivateKey::P256(_) => CertificateKind::EcdsaP256,
            PrivateKey::P384(_) => CertificateKind::EcdsaP384,
            PrivateKey::Ed25519(_) => CertificateKind::Ed25519,
            PrivateKey::Rsa(..) => CertificateKind::Rsa2048,
        }
    }

    /// The public key as the subjectPublicKey of a certificate holds it.
    pub fn public_key(&self) -> Vec<u8> {
        match self {
            PrivateKey::P256(key) => key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            _ => (rare().public_key)(self),
        }
    }

    /// The key as PKCS#8 in DER (RFC 5958), without its public half where that can be computed.
    pub fn pkcs8(&self) -> Vec<u8> {
        match self {
            PrivateKey::P256(key) => [PKCS8_P256, &key.to_bytes()].concat(),
            PrivateKey::P384(key) => [PKCS8_P384, &key.to_bytes()].concat(),
            PrivateKey::Ed25519(key) => [PKCS8_ED25519, &key.to_bytes()].concat(),
            PrivateKey::Rsa(_, der) => der.to_vec(),
        }
    }

    /// The schemes it can sign by, most wanted first.
    fn schemes(&self) -> &'static [SignatureScheme] {
        match self {
            PrivateKey::P256(_) => &[SignatureScheme::ECDSA_NISTP256_SHA256],
            PrivateKey::P384(_) => &[SignatureScheme::ECDSA_NISTP384_SHA384],
            PrivateKey::Ed25519(_) => &[SignatureScheme::ED25519],
            PrivateKey::Rsa(..) => &[
                SignatureScheme::RSA_PSS_SHA256,
                SignatureScheme::RSA_PSS_SHA384,
                SignatureScheme::RSA_PSS_SHA512,
                SignatureScheme::RSA_PKCS1_SHA256,
                SignatureScheme::RSA_PKCS1_SHA384,
                SignatureScheme::RSA_PKCS1_SHA512,
            ],
        }
    }

    /// Signs by `scheme`, which must be of this key's kind. The signature itself is not recorded;
    /// the salt of RSA-PSS is, as a random draw.
    ///
    /// # Errors
    /// RSA's arithmetic refused, or the scheme is not of this key.
    pub fn sign(&self, scheme: SignatureScheme, message: &[u8]) -> Result<Vec<u8>, Error> {
        if !self.schemes().contains(&scheme) {
            return Err(Error::General(format!("this key does not sign by {scheme:?}")));
        }
        Ok(match self {
            PrivateKey::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.to_der().as_bytes().to_vec()
            }
            _ => (rare().sign)(self, scheme, message)?,
        })
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
        let scheme = *self.0.schemes().iter().find(|scheme| offered.contains(scheme))?;
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
            scheme: self.scheme.into(),
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
