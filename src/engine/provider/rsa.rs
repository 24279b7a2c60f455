//! RSA (RFC 8017), with the public teaching keys: signatures, and encryption by RSAES-PKCS1-v1_5
//! (section 7.2) as RSA key exchange needs it.

use super::algorithms::TeachingKey;
use super::random::DrawFor;
use super::recorder::record;
use super::sign::{Key, PrivateKey};
use crate::der;
use crate::engine::seed::Stream;
use crate::keys::{RsaKey, subject_public_key, takes_rsa_key};
use crate::plan::CertificateKind;
use crate::trace::Op;
use pki_types::alg_id;
use rsa::pkcs1::{DecodeRsaPublicKey, EncodeRsaPublicKey};
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Encrypt, Pkcs1v15Sign, Pss, PublicKey};
use rustls::{Error, SignatureScheme};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};
use std::borrow::Cow;

/// See `teaching-keys/README.md`.
const TEACHING_KEYS: [&[u8]; 3] = [
    include_bytes!("../certificates/teaching-keys/rsa-2048-root.pk8"),
    include_bytes!("../certificates/teaching-keys/rsa-2048-intermediate.pk8"),
    include_bytes!("../certificates/teaching-keys/rsa-2048-leaf.pk8"),
];

const SHORT_KEY: &[u8] = include_bytes!("../certificates/teaching-keys/rsa-1024-leaf.pk8");

/// A private key, and the same as PKCS #8 in DER.
struct RsaPrivateKey(rsa::PrivateKey, Cow<'static, [u8]>);

/// A teaching key.
///
/// # Errors
/// The key cannot be read.
pub fn key(_: &mut Stream, which: TeachingKey) -> Result<PrivateKey, Error> {
    let unreadable = || Error::General(format!("teaching key {which:?} cannot be read"));
    let der = match which {
        TeachingKey::Usual(number) => TEACHING_KEYS.get(number % TEACHING_KEYS.len()).copied(),
        TeachingKey::Short => Some(SHORT_KEY),
    };
    let der = der.ok_or_else(unreadable)?;
    let key = RsaKey::from_pkcs8(der).ok_or_else(unreadable)?;
    Ok(PrivateKey::new(RsaPrivateKey(key.into_inner(), Cow::Borrowed(der))))
}

/// The key in this PKCS #8, in DER; `None` if it is of another algorithm.
pub fn read(pkcs8: &[u8]) -> Option<PrivateKey> {
    let key = RsaKey::from_pkcs8(pkcs8)?;
    Some(PrivateKey::new(RsaPrivateKey(key.into_inner(), Cow::Owned(pkcs8.to_vec()))))
}

impl Key for RsaPrivateKey {
    fn kind(&self) -> CertificateKind {
        CertificateKind::Rsa2048
    }

    /// RSAPublicKey in DER.
    #[expect(clippy::expect_used, reason = "two integers always encode")]
    fn public_key(&self) -> Vec<u8> {
        let der = self.0.to_public_key().to_pkcs1_der();
        der.map(|der| der.as_bytes().to_vec()).expect("two integers always encode")
    }

    fn pkcs8(&self) -> Vec<u8> {
        self.1.to_vec()
    }

    /// The salt of RSA-PSS is drawn and recorded.
    fn sign(&self, scheme: SignatureScheme, m: &[u8]) -> Result<Vec<u8>, Error> {
        let RsaPrivateKey(key, _) = self;
        // Blinding guards against timing attacks, of which there are none here; without it the salt
        // is the only thing drawn.
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
            SignatureScheme::RSA_PKCS1_SHA1 => pkcs1!(Sha1),
            SignatureScheme::RSA_PKCS1_SHA384 => pkcs1!(Sha384),
            SignatureScheme::RSA_PKCS1_SHA512 => pkcs1!(Sha512),
            _ => pkcs1!(Sha256),
        };
        signature.map_err(|error| Error::General(format!("RSA signature: {error}")))
    }

    fn decrypt(&self, ciphertext: &[u8]) -> Option<Vec<u8>> {
        let RsaPrivateKey(key, der) = self;
        // Without blinding, as there is no one to time this.
        let plaintext = key.decrypt(Pkcs1v15Encrypt, ciphertext).ok();
        record(|| Op::RsaDecrypt {
            private_key: der.to_vec(),
            ciphertext: ciphertext.to_vec(),
            plaintext: plaintext.clone(),
        });
        plaintext
    }
}

/// `None` if the signature is not of this key over this message by this scheme, or the key is too short or too long.
pub fn verify(scheme: SignatureScheme, key: &[u8], m: &[u8], signature: &[u8]) -> Option<()> {
    let key = PublicKey::from_pkcs1_der(key).ok()?;
    takes_rsa_key(8 * key.size()).then_some(())?;
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

/// Encrypts with the key in a SubjectPublicKeyInfo. `None` if that is no RSA key, or too short for
/// so much.
pub fn encrypt(public_key_info: &[u8], plaintext: &[u8]) -> Option<Vec<u8>> {
    let public_key = rsa_public_key(public_key_info)?;
    let key = PublicKey::from_pkcs1_der(public_key).ok()?;
    let mut padding = DrawFor("RSAES-PKCS1-v1_5 padding");
    let ciphertext = key.encrypt(&mut padding, Pkcs1v15Encrypt, plaintext).ok()?;
    record(|| Op::RsaEncrypt {
        public_key: public_key.to_vec(),
        plaintext: plaintext.to_vec(),
        ciphertext: ciphertext.clone(),
    });
    Some(ciphertext)
}

/// The RSAPublicKey (RFC 8017, appendix A.1.1) in a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7);
/// `None` if the key is of another kind.
pub fn rsa_public_key(info: &[u8]) -> Option<&[u8]> {
    let (contents, _) = der::element(der::SEQUENCE, info)?;
    let (algorithm, _) = der::element(der::SEQUENCE, contents)?;
    let is_rsa = algorithm == alg_id::RSA_ENCRYPTION.as_ref();
    subject_public_key(info).filter(|_| is_rsa)
}
