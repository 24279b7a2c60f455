//! Signatures checked: those of certificates, of CertificateVerify and of ServerKeyExchange.

use super::recorder::{not_loaded, record};
use super::{ed25519, p256, p384, rsa};
use crate::trace::Op;
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

/// What both endpoints can check, in the order in which they offer it, with these checks for the
/// kinds of keys; those of RSA also take the scheme.
macro_rules! algorithms {
    ($(#[$doc:meta])* $table:ident: $p256:expr, $p384:expr, $ed25519:expr, $rsa:expr) => {
        algorithms! { $(#[$doc])* $table =
            P256 "ECDSA P-256 SHA-256", ECDSA_P256, ECDSA_SHA256, ECDSA_NISTP256_SHA256, $p256;
            P384 "ECDSA P-384 SHA-384", ECDSA_P384, ECDSA_SHA384, ECDSA_NISTP384_SHA384, $p384;
            ED25519 "Ed25519", ED25519, ED25519, ED25519, $ed25519;
            PSS256 "RSA-PSS SHA-256", RSA_ENCRYPTION, RSA_PSS_SHA256, RSA_PSS_SHA256,
                |key, m, signature| $rsa(SignatureScheme::RSA_PSS_SHA256, key, m, signature);
            PSS384 "RSA-PSS SHA-384", RSA_ENCRYPTION, RSA_PSS_SHA384, RSA_PSS_SHA384,
                |key, m, signature| $rsa(SignatureScheme::RSA_PSS_SHA384, key, m, signature);
            PSS512 "RSA-PSS SHA-512", RSA_ENCRYPTION, RSA_PSS_SHA512, RSA_PSS_SHA512,
                |key, m, signature| $rsa(SignatureScheme::RSA_PSS_SHA512, key, m, signature);
            PKCS256 "RSA PKCS#1 SHA-256", RSA_ENCRYPTION, RSA_PKCS1_SHA256, RSA_PKCS1_SHA256,
                |key, m, signature| $rsa(SignatureScheme::RSA_PKCS1_SHA256, key, m, signature);
            PKCS384 "RSA PKCS#1 SHA-384", RSA_ENCRYPTION, RSA_PKCS1_SHA384, RSA_PKCS1_SHA384,
                |key, m, signature| $rsa(SignatureScheme::RSA_PKCS1_SHA384, key, m, signature);
            PKCS512 "RSA PKCS#1 SHA-512", RSA_ENCRYPTION, RSA_PKCS1_SHA512, RSA_PKCS1_SHA512,
                |key, m, signature| $rsa(SignatureScheme::RSA_PKCS1_SHA512, key, m, signature);
        }
    };
    ($(#[$doc:meta])* $table:ident = $($id:ident $name:literal, $key:ident, $signature:ident, $scheme:ident, $check:expr;)*) => {
        $(#[$doc])*
        pub static $table: WebPkiSupportedAlgorithms = {
            $(static $id: Algorithm = Algorithm {
                name: $name,
                key: alg_id::$key,
                signature: alg_id::$signature,
                check: $check,
            };)*
            WebPkiSupportedAlgorithms {
                all: &[$(&$id),*],
                mapping: &[$((SignatureScheme::$scheme, &[&$id])),*],
            }
        };
    };
}

algorithms! {
    /// Offers all, and has those of [`super::Algorithms::FIRST`].
    FIRST: p256::verify, |_, _, _| not_loaded("P-384"), |_, _, _| not_loaded("Ed25519"),
    |_, _, _, _| not_loaded("RSA")
}

algorithms! {
    /// Offers all, and has all.
    ALL: p256::verify, p384::verify, ed25519::verify, rsa::verify
}
