//! X25519 (RFC 7748).

use super::kx::{Curve, Drawn, Secret, private_key};
use crate::plan::Group;
use rustls::Error;
use x25519_dalek::{PublicKey, StaticSecret};

/// The group of key exchanges.
pub static GROUP: Curve = Curve::new(Group::X25519, draw);

fn draw() -> Result<Drawn, Error> {
    let bytes = private_key::<32>("X25519 private key")?;
    Ok((bytes.to_vec(), Box::new(StaticSecret::from(bytes))))
}

impl Secret for StaticSecret {
    fn public(&self) -> Vec<u8> {
        PublicKey::from(self).as_bytes().to_vec()
    }

    fn agree(&self, peer: &[u8]) -> Option<Vec<u8>> {
        let peer: [u8; 32] = peer.try_into().ok()?;
        let shared = self.diffie_hellman(&peer.into());
        shared.was_contributory().then(|| shared.as_bytes().to_vec())
    }
}
