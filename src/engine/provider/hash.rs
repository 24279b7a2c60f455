//! SHA-2: the transcript hash and one-off hashes.

use super::recorder::record;
use crate::trace::Op;
use aes_gcm::aead::KeyInit;
use hmac::{Hmac, Mac};
use rustls::crypto::hash;
use sha2::{Digest, Sha256, Sha384};

/// A hash function of the cipher suites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256, 32 bytes.
    Sha256,
    /// SHA-384, 48 bytes.
    Sha384,
}

impl Hash {
    /// The name in the trace.
    pub fn name(self) -> &'static str {
        match self {
            Hash::Sha256 => "SHA256",
            Hash::Sha384 => "SHA384",
        }
    }

    /// The length of its output, in bytes.
    pub fn len(self) -> usize {
        match self {
            Hash::Sha256 => 32,
            Hash::Sha384 => 48,
        }
    }

    /// HMAC (RFC 2104) over the parts, one behind the other. Not recorded.
    pub fn hmac(self, key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
        #[expect(clippy::expect_used, reason = "the trait is for keys of one length as well")]
        fn run<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
            let mac = <M as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
            let mac = parts.iter().fold(mac, |mac, part| mac.chain_update(part));
            mac.finalize().into_bytes().to_vec()
        }
        match self {
            Hash::Sha256 => run::<Hmac<Sha256>>(key, parts),
            Hash::Sha384 => run::<Hmac<Sha384>>(key, parts),
        }
    }

    fn digest(self, input: &[u8]) -> Vec<u8> {
        match self {
            Hash::Sha256 => Sha256::digest(input).to_vec(),
            Hash::Sha384 => Sha384::digest(input).to_vec(),
        }
    }
}

impl hash::Hash for Hash {
    fn start(&self) -> Box<dyn hash::Context> {
        Box::new(match self {
            Hash::Sha256 => Transcript::Sha256(Sha256::new()),
            Hash::Sha384 => Transcript::Sha384(Sha384::new()),
        })
    }

    fn hash(&self, input: &[u8]) -> hash::Output {
        let output = self.digest(input);
        record(|| Op::Hash {
            hash: self.name().into(),
            input: input.to_vec(),
            output: output.clone(),
        });
        hash::Output::new(&output)
    }

    fn output_len(&self) -> usize {
        self.len()
    }

    fn algorithm(&self) -> hash::HashAlgorithm {
        match self {
            Hash::Sha256 => hash::HashAlgorithm::SHA256,
            Hash::Sha384 => hash::HashAlgorithm::SHA384,
        }
    }
}

/// The running hash over the handshake messages (RFC 9846, section 4.1).
#[derive(Clone)]
enum Transcript {
    Sha256(Sha256),
    Sha384(Sha384),
}

impl hash::Context for Transcript {
    fn fork_finish(&self) -> hash::Output {
        let (hash, output) = match self.clone() {
            Transcript::Sha256(state) => (Hash::Sha256, state.finalize().to_vec()),
            Transcript::Sha384(state) => (Hash::Sha384, state.finalize().to_vec()),
        };
        record(|| Op::TranscriptHash { hash: hash.name().into(), output: output.clone() });
        hash::Output::new(&output)
    }

    fn fork(&self) -> Box<dyn hash::Context> {
        Box::new(self.clone())
    }

    fn finish(self: Box<Self>) -> hash::Output {
        self.fork_finish()
    }

    fn update(&mut self, data: &[u8]) {
        if !data.is_empty() {
            record(|| Op::TranscriptUpdate { data: data.to_vec() });
        }
        match self {
            Transcript::Sha256(state) => state.update(data),
            Transcript::Sha384(state) => state.update(data),
        }
    }
}
