//! RSA key exchange at the root of a key schedule (RFC 5246, section 7.4.7.1).

use crate::der;
use crate::trace::Endpoint;
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, Pkcs1v15Encrypt, PrivateKey};
use std::ops::RangeInclusive;

/// A preliminary secret (in RFC 5246, pre-master secret) that travelled encrypted with the server's RSA key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RsaKeyTransport {
    /// Whose view this is: the client's, who drew the secret, or the server's, who decrypted it.
    pub owner: Endpoint,
    /// The server's private key, PKCS #8 in DER; empty in the client's view.
    pub private_key: Vec<u8>,
    /// EncryptedPreMasterSecret of the ClientKeyExchange.
    pub ciphertext: Vec<u8>,
    /// The secret.
    pub preliminary_secret: Vec<u8>,
}

/// How long the RSA keys are whose signatures are taken, in bits: as rustls's own providers have it (ring has it in
/// the names of its algorithms, `RSA_PKCS1_2048_8192_SHA256`).
pub const RSA_KEY_BITS: RangeInclusive<usize> = 2048..=8192;

/// Whether signatures of an RSA key with a modulus of so many bits are taken. Like ring, it counts whole bytes.
pub fn takes_rsa_key(bits: usize) -> bool {
    RSA_KEY_BITS.contains(&bits.next_multiple_of(8))
}

/// A private key read from PKCS #8.
pub struct RsaKey(PrivateKey);

impl RsaKey {
    /// Reads PKCS #8 (RFC 5958) around an RSAPrivateKey of two primes (RFC 8017, appendix A.1.2).
    /// `None` if it is something else.
    pub fn from_pkcs8(key: &[u8]) -> Option<RsaKey> {
        // After the versions of both structures. A general reader is larger than all teaching keys.
        let [_, _, n, e, d, p, q, ..] = der::integers(key)?[..] else { return None };
        let number = |octets: &[u8]| {
            let bits = u32::try_from(octets.len()).ok()?.checked_mul(8)?;
            BoxedUint::from_be_slice(octets, bits.next_multiple_of(64)).ok()
        };
        let modulus = BoxedUint::from_be_slice(n, u32::try_from(n.len()).ok()?.checked_mul(8)?);
        let primes = vec![number(p)?, number(q)?];
        let key = PrivateKey::from_components(modulus.ok()?, number(e)?, number(d)?, primes);
        key.ok().map(RsaKey)
    }

    /// The key in the RSA library's own form.
    pub fn into_inner(self) -> PrivateKey {
        self.0
    }

    /// The modulus, big-endian, without leading zeros.
    pub fn modulus(&self) -> Vec<u8> {
        let octets = self.0.n().to_be_bytes();
        let zeros = octets.iter().take_while(|octet| **octet == 0).count();
        octets.get(zeros..).unwrap_or_default().to_vec()
    }

    /// RSAES-PKCS1-v1_5 decryption (RFC 8017, section 7.2.2). `None` if the ciphertext is not as long
    /// as the modulus. A wrong padding gives bytes that mean nothing.
    pub fn decrypt(&self, ciphertext: &[u8]) -> Option<Vec<u8>> {
        self.0.decrypt(Pkcs1v15Encrypt, ciphertext).ok()
    }
}
