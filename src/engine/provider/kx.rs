//! Ephemeral Diffie-Hellman over elliptic curves (RFC 9846, section 7.4.2).

use super::recorder::{draw, record};
use crate::plan::Group;
use crate::trace::Op;
use rustls::crypto::{ActiveKeyExchange, GetRandomFailed, SharedSecret, SupportedKxGroup};
use rustls::ffdhe_groups::FfdheGroup;
use rustls::{Error, NamedGroup, PeerMisbehaved};
use std::fmt;

/// An elliptic curve as rustls takes it.
pub struct Curve {
    group: Group,
    draw: fn() -> Result<Drawn, Error>,
}

impl Curve {
    /// The curve of this group; `draw` makes a private value.
    pub const fn new(group: Group, draw: fn() -> Result<Drawn, Error>) -> Curve {
        Curve { group, draw }
    }
}

impl fmt::Debug for Curve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.group.id())
    }
}

impl SupportedKxGroup for Curve {
    fn start(&self) -> Result<Box<dyn ActiveKeyExchange>, Error> {
        Ok(Box::new(KeyExchange::start(self)?))
    }

    fn ffdhe_group(&self) -> Option<FfdheGroup<'static>> {
        None
    }

    fn name(&self) -> NamedGroup {
        self.group.code_point().0.into()
    }
}

/// Draws a private value of `N` bytes.
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

/// A private value as bytes, and ready to use.
pub type Drawn = (Vec<u8>, Box<dyn Secret>);

/// An ephemeral key pair.
pub(super) struct KeyExchange {
    group: Group,
    secret: Box<dyn Secret>,
    pub private: Vec<u8>,
    pub public: Vec<u8>,
}

impl KeyExchange {
    /// A fresh key pair on this curve.
    pub fn start(curve: &Curve) -> Result<KeyExchange, Error> {
        let group = curve.group;
        let (private, secret) = (curve.draw)()?;
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
        self.group.code_point().0.into()
    }
}
