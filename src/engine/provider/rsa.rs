//! RSA encryption by RSAES-PKCS1-v1_5 (RFC 8017, section 7.2), as RSA key exchange needs it.

use super::PrivateKey;
use super::random::DrawFor;
use super::recorder::record;
use crate::der;
use crate::keys::subject_public_key;
use crate::trace::Op;
use pki_types::alg_id;
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::{Pkcs1v15Encrypt, RsaPublicKey};

/// Encrypts with the key in a SubjectPublicKeyInfo. `None` if that is no RSA key, or too short for
/// so much.
pub fn encrypt(public_key_info: &[u8], plaintext: &[u8]) -> Option<Vec<u8>> {
    let public_key = rsa_public_key(public_key_info)?;
    let key = RsaPublicKey::from_pkcs1_der(public_key).ok()?;
    let mut padding = DrawFor("RSAES-PKCS1-v1_5 padding");
    let ciphertext = key.encrypt(&mut padding, Pkcs1v15Encrypt, plaintext).ok()?;
    record(|| Op::RsaEncrypt {
        public_key: public_key.to_vec(),
        plaintext: plaintext.to_vec(),
        ciphertext: ciphertext.clone(),
    });
    Some(ciphertext)
}

/// Decrypts. `None` if the key is no RSA key, or the ciphertext not as long as its modulus. A wrong
/// padding does not show: then the result is made up from key and ciphertext
/// (draft-irtf-cfrg-rsa-guidance, section 7.2).
pub fn decrypt(key: &PrivateKey, ciphertext: &[u8]) -> Option<Vec<u8>> {
    let PrivateKey::Rsa(rsa, der) = key else { return None };
    // Without blinding, as there is no one to time this.
    let plaintext = rsa.decrypt(Pkcs1v15Encrypt, ciphertext).ok();
    record(|| Op::RsaDecrypt {
        private_key: der.to_vec(),
        ciphertext: ciphertext.to_vec(),
        plaintext: plaintext.clone(),
    });
    plaintext
}

/// The RSAPublicKey (RFC 8017, appendix A.1.1) in a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7);
/// `None` if the key is of another kind.
pub fn rsa_public_key(info: &[u8]) -> Option<&[u8]> {
    let (contents, _) = der::element(der::SEQUENCE, info)?;
    let (algorithm, _) = der::element(der::SEQUENCE, contents)?;
    let is_rsa = algorithm == alg_id::RSA_ENCRYPTION.as_ref();
    subject_public_key(info).filter(|_| is_rsa)
}
