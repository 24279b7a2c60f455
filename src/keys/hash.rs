//! The hash of a cipher suite, and what both key schedules build on it: HMAC, HKDF and the PRF.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha384};

/// A hash function that a cipher suite names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
}

/// `$body` with `$H` standing for the hash's type.
macro_rules! with_hash {
    ($hash:expr, $H:ident => $body:expr) => {
        match $hash {
            Hash::Sha256 => {
                type $H = Sha256;
                $body
            }
            Hash::Sha384 => {
                type $H = Sha384;
                $body
            }
        }
    };
}

impl Hash {
    /// The name that [`crate::trace::Op`] and OpenSSL use.
    pub fn name(self) -> &'static str {
        match self {
            Hash::Sha256 => "SHA256",
            Hash::Sha384 => "SHA384",
        }
    }

    /// `Hash.length` of RFC 9846: the number of bytes of the output.
    pub fn output_len(self) -> usize {
        with_hash!(self, H => <H as Digest>::output_size())
    }

    /// The hash of `data`.
    pub fn digest(self, data: &[u8]) -> Vec<u8> {
        with_hash!(self, H => H::digest(data).to_vec())
    }

    /// HMAC (RFC 2104) of the parts, one behind the other.
    pub fn hmac(self, key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
        with_hash!(self, H => {
            let mut mac = <Hmac<H> as KeyInit>::new_from_slice(key)
                .unwrap_or_else(|_| unreachable!("HMAC takes keys of every length"));
            for part in parts {
                mac.update(part);
            }
            mac.finalize().into_bytes().to_vec()
        })
    }

    /// HKDF-Extract (RFC 5869, section 2.2).
    pub fn extract(self, salt: &[u8], ikm: &[u8]) -> Vec<u8> {
        with_hash!(self, H => Hkdf::<H>::extract(Some(salt), ikm).0.to_vec())
    }

    /// HKDF-Expand (RFC 5869, section 2.3). Empty where RFC 5869 defines no result: a `prk` shorter
    /// than the hash, or more than 255 blocks asked for.
    pub fn expand(self, prk: &[u8], info: &[u8], len: usize) -> Vec<u8> {
        let mut out = vec![0; len];
        let done = with_hash!(self, H => Hkdf::<H>::from_prk(prk)
            .is_ok_and(|hkdf| hkdf.expand(info, &mut out).is_ok()));
        if done { out } else { Vec::new() }
    }

    /// The TLS 1.2 PRF: P_hash over label and seed (RFC 5246, section 5).
    pub fn prf(self, secret: &[u8], label: &str, seed: &[u8], len: usize) -> Vec<u8> {
        let label = label.as_bytes();
        let mut out = Vec::new();
        let mut a = self.hmac(secret, &[label, seed]);
        while out.len() < len {
            out.extend(self.hmac(secret, &[&a, label, seed]));
            a = self.hmac(secret, &[&a]);
        }
        out.truncate(len);
        out
    }
}

/// A hash over a growing input, readable at any point.
#[derive(Clone)]
pub struct Running(State);

#[derive(Clone)]
enum State {
    Sha256(Sha256),
    Sha384(Sha384),
}

impl Running {
    /// Over no bytes yet.
    pub fn new(hash: Hash) -> Running {
        Running(match hash {
            Hash::Sha256 => State::Sha256(Sha256::new()),
            Hash::Sha384 => State::Sha384(Sha384::new()),
        })
    }

    /// Takes in more bytes.
    pub fn update(&mut self, data: &[u8]) {
        match &mut self.0 {
            State::Sha256(hash) => hash.update(data),
            State::Sha384(hash) => hash.update(data),
        }
    }

    /// The hash of everything so far.
    pub fn value(&self) -> Vec<u8> {
        match self.0.clone() {
            State::Sha256(hash) => hash.finalize().to_vec(),
            State::Sha384(hash) => hash.finalize().to_vec(),
        }
    }
}
