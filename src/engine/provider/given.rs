//! Private keys that were not made here.

use super::sign::PrivateKey;
use super::{ed25519, p256, p384, rsa};

/// The key in this PKCS #8 (RFC 5958), in DER; `None` if it is of no algorithm that is known here.
pub fn read(pkcs8: &[u8]) -> Option<PrivateKey> {
    [p256::read, p384::read, ed25519::read, rsa::read].into_iter().find_map(|read| read(pkcs8))
}
