//! Signatures checked: those of certificates, of CertificateVerify and of ServerKeyExchange.

use super::rare::rare;
use super::recorder::record;
use crate::trace::Op;
use p256::ecdsa::signature::Verifier;
use pki_types::{AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id};
use rustls::SignatureScheme;
use rustls::crypto::WebPkiSupportedAlgorithms;
use std::fmt;

/// Checks `signature` over `message` with `public_key`, in that order of arguments.
type Check = fn(&[u8], &[u8], &[u8]) -> Option<()>;

/// A kind of key with a way to sign.
struct Algorithm {
    /// Key and signature, as the trace names them.
    name: &'static str,
    key: AlgorithmIdentifier,
    signature: AlgorithmIdentifier,
    check: Check,
}

impl fmt::Debug for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl SignatureVerificationAlgorithm for Algorithm {
    fn verify_signature(
        &self,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        let ok = (self.check)(public_key, message, signature).is_some();
        record(|| Op::Verify {
            algorithm: self.name.into(),
            public_key: public_key.to_vec(),
            message: message.to_vec(),
            signature: signature.to_vec(),
            ok,
        });
        ok.then_some(()).ok_or(InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.key
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.signature
    }
}

macro_rules! rare {
    ($scheme:ident) => {
        |key, message, signature| (rare().verify)(SignatureScheme::$scheme, key, message, signature)
    };
}

macro_rules! algorithms {
    ($($id:ident = $name:literal, $key:ident, $signature:ident, $scheme:ident, $check:expr;)*) => {
        $(static $id: Algorithm = Algorithm {
            name: $name,
            key: alg_id::$key,
            signature: alg_id::$signature,
            check: $check,
        };)*

        /// What both endpoints can check, in the order in which they offer it.
        pub static ALGORITHMS: WebPkiSupportedAlgorithms = WebPkiSupportedAlgorithms {
            all: &[$(&$id),*],
            mapping: &[$((SignatureScheme::$scheme, &[&$id])),*],
        };
    };
}

algorithms! {
    P256 = "ECDSA P-256 SHA-256", ECDSA_P256, ECDSA_SHA256, ECDSA_NISTP256_SHA256,
        |key, message, signature| {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(key).ok()?;
            key.verify(message, &p256::ecdsa::Signature::from_der(signature).ok()?).ok()
        };
    P384 = "ECDSA P-384 SHA-384", ECDSA_P384, ECDSA_SHA384, ECDSA_NISTP384_SHA384, rare!(ECDSA_NISTP384_SHA384);
    ED25519 = "Ed25519", ED25519, ED25519, ED25519, rare!(ED25519);
    PSS_SHA256 = "RSA-PSS SHA-256", RSA_ENCRYPTION, RSA_PSS_SHA256, RSA_PSS_SHA256, rare!(RSA_PSS_SHA256);
    PSS_SHA384 = "RSA-PSS SHA-384", RSA_ENCRYPTION, RSA_PSS_SHA384, RSA_PSS_SHA384, rare!(RSA_PSS_SHA384);
    PSS_SHA512 = "RSA-PSS SHA-512", RSA_ENCRYPTION, RSA_PSS_SHA512, RSA_PSS_SHA512, rare!(RSA_PSS_SHA512);
    PKCS1_SHA256 = "RSA PKCS#1 SHA-256", RSA_ENCRYPTION, RSA_PKCS1_SHA256, RSA_PKCS1_SHA256, rare!(RSA_PKCS1_SHA256);
    PKCS1_SHA384 = "RSA PKCS#1 SHA-384", RSA_ENCRYPTION, RSA_PKCS1_SHA384, RSA_PKCS1_SHA384, rare!(RSA_PKCS1_SHA384);
    PKCS1_SHA512 = "RSA PKCS#1 SHA-512", RSA_ENCRYPTION, RSA_PKCS1_SHA512, RSA_PKCS1_SHA512, rare!(RSA_PKCS1_SHA512);
}
