//! From one seed, a stream of random bytes for each actor.

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// A stream of random bytes. Actors have streams of their own, so that what one draws does not
/// change what another gets.
#[derive(Clone)]
pub struct Stream(ChaCha20Rng);

impl Stream {
    /// The stream of `actor` under `seed`: ChaCha20 keyed with a hash of both.
    pub fn new(seed: u64, actor: &str) -> Stream {
        let key = Sha256::new()
            .chain_update(b"handshake-lab stream/1 ")
            .chain_update(seed.to_be_bytes())
            .chain_update(actor)
            .finalize();
        Stream(ChaCha20Rng::from_seed(key.into()))
    }

    /// Fills `bytes` with what comes next.
    pub fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }

    /// The next `N` bytes.
    pub fn take<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}
