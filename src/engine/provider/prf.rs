//! The TLS 1.2 pseudorandom function (RFC 5246, section 5).

use super::hash::Hash;
use super::recorder::record;
use crate::trace::Op;
use rustls::Error;
use rustls::crypto::{ActiveKeyExchange, tls12};
use rustls::version::TLS12;

/// The PRF over one hash.
pub struct Prf(pub Hash);

impl tls12::Prf for Prf {
    fn for_key_exchange(
        &self,
        output: &mut [u8; 48],
        key_exchange: Box<dyn ActiveKeyExchange>,
        peer: &[u8],
        label: &[u8],
        seed: &[u8],
    ) -> Result<(), Error> {
        let pre_master = key_exchange.complete_for_tls_version(peer, &TLS12)?;
        self.for_secret(output, pre_master.secret_bytes(), label, seed);
        Ok(())
    }

    fn for_secret(&self, output: &mut [u8], secret: &[u8], label: &[u8], seed: &[u8]) {
        // P_hash: A(1) = HMAC(secret, label + seed), A(i) = HMAC(secret, A(i-1)).
        let mut a = self.0.hmac(secret, &[label, seed]);
        for chunk in output.chunks_mut(self.0.len()) {
            let block = self.0.hmac(secret, &[&a, label, seed]);
            for (to, from) in chunk.iter_mut().zip(block) {
                *to = from;
            }
            a = self.0.hmac(secret, &[&a]);
        }
        record(|| Op::Prf {
            hash: self.0.name().into(),
            secret: secret.to_vec(),
            label: String::from_utf8_lossy(label).into_owned(),
            seed: seed.to_vec(),
            output: output.to_vec(),
        });
    }
}
