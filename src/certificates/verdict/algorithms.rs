//! The signatures that are checked: those of a run, and what public authorities use besides.

use crate::certificates::read::kind_of;
use crate::der::{self, BIT_STRING, SEQUENCE};
use crate::engine::signature_algorithms;
use crate::keys::subject_public_key;
use crate::story::Verified;
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use pki_types::{AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id};
use sha2::{Digest, Sha256, Sha384};

/// ECDSA with a hash that is not the curve's own.
#[derive(Debug)]
struct Mixed {
    key: AlgorithmIdentifier,
    signature: AlgorithmIdentifier,
    check: Check,
}

/// Checks a signature: key, message, signature.
type Check = fn(&[u8], &[u8], &[u8]) -> Option<()>;

static P256_SHA384: Mixed = Mixed {
    key: alg_id::ECDSA_P256,
    signature: alg_id::ECDSA_SHA384,
    check: |key, message, signature| {
        let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(key).ok()?;
        let signature = p256::ecdsa::Signature::from_der(signature).ok()?;
        key.verify_prehash(&Sha384::digest(message), &signature).ok()
    },
};

static P384_SHA256: Mixed = Mixed {
    key: alg_id::ECDSA_P384,
    signature: alg_id::ECDSA_SHA256,
    check: |key, message, signature| {
        let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(key).ok()?;
        let signature = p384::ecdsa::Signature::from_der(signature).ok()?;
        key.verify_prehash(&Sha256::digest(message), &signature).ok()
    },
};

impl SignatureVerificationAlgorithm for Mixed {
    fn verify_signature(
        &self,
        key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        (self.check)(key, message, signature).ok_or(InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.key
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.signature
    }
}

/// All of them.
pub fn all() -> Vec<&'static dyn SignatureVerificationAlgorithm> {
    let mixed: [&dyn SignatureVerificationAlgorithm; 2] = [&P256_SHA384, &P384_SHA256];
    signature_algorithms().iter().copied().chain(mixed).collect()
}

/// Something signed, in the form of certificates, requests and lists: body, algorithm, signature.
pub struct Signed {
    body: Vec<u8>,
    /// The contents of the AlgorithmIdentifier.
    algorithm: Vec<u8>,
    /// What the algorithm is called.
    pub name: String,
    /// The signature.
    pub signature: Vec<u8>,
}

impl Signed {
    /// Takes it apart. `None` if it has another form.
    pub fn read(der: &[u8]) -> Option<Signed> {
        let (contents, _) = der::element(SEQUENCE, der)?;
        let (_, behind) = der::element(SEQUENCE, contents)?;
        let body = contents.get(..contents.len() - behind.len())?;
        let (algorithm, signature) = der::element(SEQUENCE, behind)?;
        let whole = behind.get(..behind.len() - signature.len())?;
        let (signature, _) = der::element(BIT_STRING, signature)?;
        Some(Signed {
            body: body.to_vec(),
            algorithm: algorithm.to_vec(),
            name: kind_of(whole).ok()?,
            signature: signature.get(1..)?.to_vec(),
        })
    }

    /// Whether the key of this SubjectPublicKeyInfo made the signature; `None` if that cannot be checked here.
    pub fn is_by(&self, key_info: &[u8]) -> Option<bool> {
        let (contents, _) = der::element(SEQUENCE, key_info)?;
        let (algorithm, _) = der::element(SEQUENCE, contents)?;
        let key = subject_public_key(key_info)?;
        let fits = |one: &&dyn SignatureVerificationAlgorithm| {
            *one.public_key_alg_id() == *algorithm && *one.signature_alg_id() == *self.algorithm
        };
        let checker = all().into_iter().find(fits)?;
        Some(checker.verify_signature(key, &self.body, &self.signature).is_ok())
    }

    /// The outcome as checks on a chain take it. What cannot be checked does not hold.
    pub fn verified<'a>(&'a self, key_info: &[u8]) -> Verified<'a> {
        let found = self.is_by(key_info);
        let (ok, is_known) = (found == Some(true), found.is_some());
        Verified { algorithm: &self.name, covered: self.body.len(), ok, is_known }
    }
}
