//! Private keys that follow from a seed.

use crate::choice::choices;
use crate::der::SEQUENCE;
use crate::der::write::{integer, octet_string, oid, sequence, tlv};
use crate::engine::Stream;
use crate::recent::Recent;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use pki_types::alg_id;
use rsa::Pkcs1v15Sign;
use rsa::pkcs1::EncodeRsaPublicKey;
use rsa::pkcs8::EncodePrivateKey;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384};
use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

choices! {
    /// A kind of key.
    KeyKind {
        /// ECDSA over P-256.
        EcdsaP256 = "ecdsa-p256", "ECDSA P-256";
        /// ECDSA over P-384.
        EcdsaP384 = "ecdsa-p384", "ECDSA P-384";
        /// Ed25519 (RFC 8410).
        Ed25519 = "ed25519", "Ed25519";
        /// RSA with a modulus of 1024 bits, which is too short.
        Rsa1024 = "rsa-1024", "RSA 1024";
        /// RSA with a modulus of 2048 bits.
        Rsa2048 = "rsa-2048", "RSA 2048";
        /// RSA with a modulus of 3072 bits.
        Rsa3072 = "rsa-3072", "RSA 3072";
        /// RSA with a modulus of 4096 bits.
        Rsa4096 = "rsa-4096", "RSA 4096";
    }
}

impl KeyKind {
    /// Bits of the modulus of an RSA key.
    pub fn rsa_bits(self) -> Option<usize> {
        match self {
            KeyKind::Rsa1024 => Some(1024),
            KeyKind::Rsa2048 => Some(2048),
            KeyKind::Rsa3072 => Some(3072),
            KeyKind::Rsa4096 => Some(4096),
            KeyKind::EcdsaP256 | KeyKind::EcdsaP384 | KeyKind::Ed25519 => None,
        }
    }
}

/// A private key.
pub struct Key {
    kind: KeyKind,
    private: Private,
}

enum Private {
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    Ed25519(ed25519_dalek::SigningKey),
    Rsa(Box<rsa::PrivateKey>),
}

/// A key could not be made, written or used: in words.
pub type KeyError = String;

/// A key by what it follows from: the seed, whose stream it is, and its kind.
type Origin = (u64, String, KeyKind);

/// A key that was drawn, and the stream behind it.
type Drawn = (Rc<Key>, Stream);

/// How many keys of RSA are kept: those of a few recipes.
const KEPT: usize = 32;

thread_local! {
    static DRAWN: RefCell<Recent<Origin, Drawn>> = const { RefCell::new(Recent::new(KEPT)) };
}

/// The key that is drawn first from this actor's stream, and the stream behind it. Those of RSA are kept, since to make
/// one takes a second in a browser, and a recipe that is changed, judged and run asks for the same again and again.
///
/// # Errors
/// The arithmetic of RSA refused.
pub fn drawn(seed: u64, actor: &str, kind: KeyKind) -> Result<Drawn, KeyError> {
    let origin = (seed, actor.to_owned(), kind);
    if let Some(drawn) = DRAWN.with_borrow(|all| all.get(&origin)) {
        return Ok(drawn);
    }
    let mut stream = Stream::new(seed, actor);
    let drawn = (Rc::new(Key::draw(kind, &mut stream)?), stream);
    if kind.rsa_bits().is_some() {
        DRAWN.with_borrow_mut(|all| all.keep(origin, drawn.clone()));
    }
    Ok(drawn)
}

impl Key {
    /// Draws a key from a stream.
    ///
    /// # Errors
    /// The arithmetic of RSA refused.
    pub fn draw(kind: KeyKind, stream: &mut Stream) -> Result<Key, KeyError> {
        let private = match kind {
            // The first scalar below the group's order.
            KeyKind::EcdsaP256 => loop {
                if let Ok(key) = p256::ecdsa::SigningKey::from_slice(&stream.take::<32>()) {
                    break Private::P256(key);
                }
            },
            KeyKind::EcdsaP384 => loop {
                if let Ok(key) = p384::ecdsa::SigningKey::from_slice(&stream.take::<48>()) {
                    break Private::P384(key);
                }
            },
            KeyKind::Ed25519 => {
                Private::Ed25519(ed25519_dalek::SigningKey::from_bytes(&stream.take()))
            }
            KeyKind::Rsa1024 | KeyKind::Rsa2048 | KeyKind::Rsa3072 | KeyKind::Rsa4096 => {
                let bits = kind.rsa_bits().unwrap_or_default();
                let key = rsa::PrivateKey::new(&mut Draws(stream), bits);
                Private::Rsa(Box::new(key.map_err(|error| format!("no RSA key: {error}"))?))
            }
        };
        Ok(Key { kind, private })
    }

    /// What kind it is.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The AlgorithmIdentifier of the public key, in DER.
    pub fn algorithm(&self) -> Vec<u8> {
        let contents = match self.private {
            Private::P256(_) => alg_id::ECDSA_P256,
            Private::P384(_) => alg_id::ECDSA_P384,
            Private::Ed25519(_) => alg_id::ED25519,
            Private::Rsa(_) => alg_id::RSA_ENCRYPTION,
        };
        tlv(SEQUENCE, contents.as_ref())
    }

    /// The subjectPublicKey of its certificate.
    ///
    /// # Errors
    /// The key cannot be encoded.
    pub fn public(&self) -> Result<Vec<u8>, KeyError> {
        Ok(match &self.private {
            Private::P256(key) => key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            Private::P384(key) => key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            Private::Ed25519(key) => key.verifying_key().to_bytes().to_vec(),
            Private::Rsa(key) => {
                let der = key.to_public_key().to_pkcs1_der().map_err(|error| error.to_string())?;
                der.as_bytes().to_vec()
            }
        })
    }

    /// The key as PKCS #8 in DER (RFC 5958).
    ///
    /// # Errors
    /// The key cannot be encoded.
    pub fn pkcs8(&self) -> Result<Vec<u8>, KeyError> {
        let document = match &self.private {
            Private::P256(key) => p256::SecretKey::from(key).to_pkcs8_der(),
            Private::P384(key) => p384::SecretKey::from(key).to_pkcs8_der(),
            Private::Rsa(key) => key.to_pkcs8_der(),
            // Without the public half, since with it many programs do not read the key.
            Private::Ed25519(key) => {
                let seed = octet_string(&octet_string(&key.to_bytes()));
                return Ok(sequence(&[integer(&[0]), self.algorithm(), seed]));
            }
        };
        let document = document.map_err(|error| error.to_string())?;
        Ok(document.as_bytes().to_vec())
    }

    /// Signs as certificates are signed: the AlgorithmIdentifier in DER, and the signature. With `sha1` by
    /// that hash, else by the one that goes with the key.
    ///
    /// # Errors
    /// The arithmetic refused, or Ed25519 was asked for SHA-1, which it does not have.
    pub fn sign(&self, sha1: bool, message: &[u8]) -> Result<(Vec<u8>, Vec<u8>), KeyError> {
        let known = |algorithm: pki_types::AlgorithmIdentifier| tlv(SEQUENCE, algorithm.as_ref());
        let words = |error: p256::ecdsa::Error| format!("no signature: {error}");
        let of_rsa = |error: rsa::Error| format!("no signature: {error}");
        Ok(match (&self.private, sha1) {
            (Private::P256(key), sha1) => {
                let (algorithm, hash) = if sha1 {
                    (sequence(&[oid(id::ECDSA_SHA1)]), Sha1::digest(message).to_vec())
                } else {
                    (known(alg_id::ECDSA_SHA256), Sha256::digest(message).to_vec())
                };
                let made: p256::ecdsa::Signature = key.sign_prehash(&hash).map_err(words)?;
                (algorithm, made.to_der().as_bytes().to_vec())
            }
            (Private::P384(key), false) => {
                let hash = Sha384::digest(message);
                let made: p384::ecdsa::Signature = key.sign_prehash(&hash).map_err(words)?;
                (known(alg_id::ECDSA_SHA384), made.to_der().as_bytes().to_vec())
            }
            (Private::Ed25519(key), false) => {
                let made = ed25519_dalek::Signer::sign(key, message);
                (known(alg_id::ED25519), made.to_bytes().to_vec())
            }
            (Private::Rsa(key), false) => {
                let made = key.sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(message));
                (known(alg_id::RSA_PKCS1_SHA256), made.map_err(of_rsa)?)
            }
            (Private::Rsa(key), true) => {
                let made = key.sign(Pkcs1v15Sign::new::<Sha1>(), &Sha1::digest(message));
                let null = tlv(0x05, &[]);
                (sequence(&[oid(id::RSA_SHA1), null]), made.map_err(of_rsa)?)
            }
            (Private::P384(_) | Private::Ed25519(_), true) => {
                return Err(format!("{} cannot sign by SHA-1", self.kind.label()));
            }
        })
    }
}

/// Object identifiers, as DER's contents.
mod id {
    /// ecdsa-with-SHA1 (RFC 3279).
    pub const ECDSA_SHA1: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1];
    /// sha1WithRSAEncryption (RFC 8017).
    pub const RSA_SHA1: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 5];
}

/// A stream as RustCrypto draws from it.
struct Draws<'a>(&'a mut Stream);

impl rand_core::TryRng for Draws<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(self.0.take()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(self.0.take()))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl rand_core::TryCryptoRng for Draws<'_> {}
