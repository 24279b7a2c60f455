//! RSA (RFC 8017), with the public teaching keys.

use super::{ChainError, Error, PrivateKey, SignatureScheme};
use crate::engine::provider::random::DrawFor;
use crate::keys::RsaKey;
use rsa::pkcs1::{DecodeRsaPublicKey, EncodeRsaPublicKey};
use rsa::{Pkcs1v15Sign, Pss, RsaPrivateKey, RsaPublicKey};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// See `teaching-keys/README.md`.
const TEACHING_KEYS: [&[u8]; 3] = [
    include_bytes!("../../certificates/teaching-keys/rsa-2048-root.pk8"),
    include_bytes!("../../certificates/teaching-keys/rsa-2048-intermediate.pk8"),
    include_bytes!("../../certificates/teaching-keys/rsa-2048-leaf.pk8"),
];

/// The teaching key of this number, counted round.
pub fn key(number: usize) -> Result<PrivateKey, ChainError> {
    let der = TEACHING_KEYS[number % TEACHING_KEYS.len()];
    RsaKey::from_pkcs8(der)
        .map(|key| PrivateKey::Rsa(Box::new(key.into_inner()), der))
        .ok_or_else(|| ChainError(format!("teaching key {number} cannot be read")))
}

/// The public key as RSAPublicKey in DER.
pub fn public_key(key: &RsaPrivateKey) -> Vec<u8> {
    let der = key.to_public_key().to_pkcs1_der();
    der.map(|der| der.as_bytes().to_vec()).expect("two integers always encode")
}

/// Signs by one of RSA's schemes; the salt of RSA-PSS is drawn and recorded.
pub fn sign(key: &RsaPrivateKey, scheme: SignatureScheme, m: &[u8]) -> Result<Vec<u8>, Error> {
    // Blinding guards against timing attacks, of which there are none here; without it the salt is
    // the only thing drawn.
    macro_rules! pss {
        ($hash:ty) => {{
            let padding = Pss::<$hash> { blinded: false, ..Pss::new() };
            key.sign_with_rng(&mut DrawFor("RSA-PSS salt"), padding, &<$hash>::digest(m))
        }};
    }
    macro_rules! pkcs1 {
        ($hash:ty) => {
            key.sign(Pkcs1v15Sign::new::<$hash>(), &<$hash>::digest(m))
        };
    }
    let signature = match scheme {
        SignatureScheme::RSA_PSS_SHA256 => pss!(Sha256),
        SignatureScheme::RSA_PSS_SHA384 => pss!(Sha384),
        SignatureScheme::RSA_PSS_SHA512 => pss!(Sha512),
        SignatureScheme::RSA_PKCS1_SHA384 => pkcs1!(Sha384),
        SignatureScheme::RSA_PKCS1_SHA512 => pkcs1!(Sha512),
        _ => pkcs1!(Sha256),
    };
    signature.map_err(|error| Error::General(format!("RSA signature: {error}")))
}

/// `None` if the signature is not of this key over this message by this scheme.
pub fn verify(scheme: SignatureScheme, key: &[u8], m: &[u8], signature: &[u8]) -> Option<()> {
    let key = RsaPublicKey::from_pkcs1_der(key).ok()?;
    macro_rules! pss {
        ($hash:ty) => {
            key.verify(Pss::<$hash>::new(), &<$hash>::digest(m), signature)
        };
    }
    macro_rules! pkcs1 {
        ($hash:ty) => {
            key.verify(Pkcs1v15Sign::new::<$hash>(), &<$hash>::digest(m), signature)
        };
    }
    match scheme {
        SignatureScheme::RSA_PSS_SHA256 => pss!(Sha256),
        SignatureScheme::RSA_PSS_SHA384 => pss!(Sha384),
        SignatureScheme::RSA_PSS_SHA512 => pss!(Sha512),
        SignatureScheme::RSA_PKCS1_SHA256 => pkcs1!(Sha256),
        SignatureScheme::RSA_PKCS1_SHA384 => pkcs1!(Sha384),
        SignatureScheme::RSA_PKCS1_SHA512 => pkcs1!(Sha512),
        _ => return None,
    }
    .ok()
}
