//! Ephemeral Diffie-Hellman: X25519 (RFC 7748), P-256 and P-384 (RFC 8446, section 4.2.8.2).

use super::rare::rare;
use super::recorder::{draw, record};
use crate::scenario::Group;
use crate::trace::Op;
use rustls::crypto::{ActiveKeyExchange, GetRandomFailed, SharedSecret, SupportedKxGroup};
use rustls::ffdhe_groups::FfdheGroup;
use rustls::{Error, NamedGroup, PeerMisbehaved};

/// A key exchange group as rustls takes it.
#[derive(Debug)]
pub struct KxGroup(Group);

static X25519: KxGroup = KxGroup(Group::X25519);
static SECP256R1: KxGroup = KxGroup(Group::Secp256r1);
static SECP384R1: KxGroup = KxGroup(Group::Secp384r1);

/// These groups, in this order.
pub fn only(groups: &[Group]) -> Vec<&'static dyn SupportedKxGroup> {
    let implementation = |group: &Group| -> &'static dyn SupportedKxGroup {
        match group {
            Group::X25519 => &X25519,
            Group::Secp256r1 => &SECP256R1,
            Group::Secp384r1 => &SECP384R1,
            Group::X25519MlKem768 => (rare().hybrid)(),
        }
    };
    groups.iter().map(implementation).collect()
}

impl SupportedKxGroup for KxGroup {
    fn start(&self) -> Result<Box<dyn ActiveKeyExchange>, Error> {
        Ok(Box::new(KeyExchange::start(self.0)?))
    }

    fn ffdhe_group(&self) -> Option<FfdheGroup<'static>> {
        None
    }

    fn name(&self) -> NamedGroup {
        self.0.code_point().into()
    }
}

/// Draws a private value of `N` octets.
pub fn private_key<const N: usize>(purpose: &str) -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    draw(purpose, &mut bytes).ok_or(GetRandomFailed)?;
    Ok(bytes)
}

/// A private value, ready to use.
pub trait Secret: Send + Sync {
    /// The public value as a key share holds it.
    fn public(&self) -> Vec<u8>;

    /// The shared secret; `None` if the peer's value is not a point of the group, or one of small
    /// order.
    fn agree(&self, peer: &[u8]) -> Option<Vec<u8>>;
}

/// A private value as octets, and ready to use.
pub type Drawn = (Vec<u8>, Box<dyn Secret>);

fn x25519() -> Result<Drawn, Error> {
    let bytes = private_key::<32>("X25519 private key")?;
    Ok((bytes.to_vec(), Box::new(x25519_dalek::StaticSecret::from(bytes))))
}

impl Secret for x25519_dalek::StaticSecret {
    fn public(&self) -> Vec<u8> {
        x25519_dalek::PublicKey::from(self).as_bytes().to_vec()
    }

    fn agree(&self, peer: &[u8]) -> Option<Vec<u8>> {
        let peer: [u8; 32] = peer.try_into().ok()?;
        let shared = self.diffie_hellman(&peer.into());
        shared.was_contributory().then(|| shared.as_bytes().to_vec())
    }
}

fn p256() -> Result<Drawn, Error> {
    // A scalar must be below the group's order, or another is drawn.
    loop {
        let bytes = private_key::<32>("P-256 private key")?;
        if let Ok(secret) = p256::SecretKey::from_slice(&bytes) {
            return Ok((bytes.to_vec(), Box::new(secret)));
        }
    }
}

impl Secret for p256::SecretKey {
    fn public(&self) -> Vec<u8> {
        self.public_key().to_sec1_bytes().to_vec()
    }

    fn agree(&self, peer: &[u8]) -> Option<Vec<u8>> {
        let peer = p256::PublicKey::from_sec1_bytes(peer).ok()?;
        Some(self.diffie_hellman(&peer).raw_secret_bytes().to_vec())
    }
}

/// An ephemeral key pair.
pub(super) struct KeyExchange {
    group: Group,
    secret: Box<dyn Secret>,
    pub private: Vec<u8>,
    pub public: Vec<u8>,
}

impl KeyExchange {
    /// A fresh key pair in a group that is a curve.
    pub fn start(group: Group) -> Result<KeyExchange, Error> {
        let (private, secret) = match group {
            // The hybrid group takes its X25519 half from here.
            Group::X25519 | Group::X25519MlKem768 => x25519()?,
            Group::Secp256r1 => p256()?,
            Group::Secp384r1 => (rare().secret)(group)?,
        };
        let public = secret.public();
        record(|| Op::KeyPair {
            group: group.code_point(),
            private: private.clone(),
            public: public.clone(),
        });
        Ok(KeyExchange { group, secret, private, public })
    }

    /// The secret shared with the owner of `peer`.
    pub fn agree(&self, peer: &[u8]) -> Result<Vec<u8>, Error> {
        let shared = self.secret.agree(peer).ok_or(PeerMisbehaved::InvalidKeyShare)?;
        record(|| Op::KeyAgreement {
            group: self.group.code_point(),
            private: self.private.clone(),
            public: self.public.clone(),
            peer: peer.to_vec(),
            shared: shared.clone(),
        });
        Ok(shared)
    }
}

impl ActiveKeyExchange for KeyExchange {
    fn complete(self: Box<Self>, peer: &[u8]) -> Result<SharedSecret, Error> {
        Ok(self.agree(peer)?.into())
    }

    fn pub_key(&self) -> &[u8] {
        &self.public
    }

    fn ffdhe_group(&self) -> Option<FfdheGroup<'static>> {
        None
    }

    fn group(&self) -> NamedGroup {
        self.group.code_point().into()
    }
}
