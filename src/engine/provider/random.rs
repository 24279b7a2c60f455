//! Random bytes, drawn from the acting endpoint's seeded generator.

use super::recorder;
use crate::engine::random_labels::UNKNOWN;
use rustls::crypto::{GetRandomFailed, SecureRandom};
use std::convert::Infallible;

/// What rustls draws from.
#[derive(Debug)]
pub struct Random;

impl SecureRandom for Random {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), GetRandomFailed> {
        recorder::draw(UNKNOWN, bytes).ok_or(GetRandomFailed)
    }
}

/// The same generator for RustCrypto's traits, with the purpose of what is drawn.
pub struct DrawFor(pub &'static str);

impl rand_core::TryRng for DrawFor {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        recorder::draw(self.0, bytes);
        Ok(())
    }
}

impl rand_core::TryCryptoRng for DrawFor {}
