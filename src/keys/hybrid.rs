//! The two halves of a hybrid key agreement: X25519MLKEM768 (draft-ietf-tls-ecdhe-mlkem).

use super::Agreement;
use crate::tls::NamedGroup;
use crate::trace::Endpoint;

/// Bytes of what ML-KEM-768 puts in (FIPS 203, section 8).
const ENCAPSULATION_KEY: usize = 1184;
const CIPHERTEXT: usize = 1088;
const SEED: usize = 64;
const RANDOMNESS: usize = 32;
const SHARED: usize = 32;

/// What one end put into ML-KEM-768, and what came out.
pub(super) struct Kem<'a> {
    /// Whose view.
    pub owner: Endpoint,
    /// The client's seed, d and z, of its decapsulation key; the server's randomness m.
    pub private: &'a [u8],
    /// The server's ciphertext; the client's encapsulation key.
    pub peer: &'a [u8],
    /// The shared secret.
    pub shared: &'a [u8],
}

/// Whether the group is such a hybrid.
pub fn is_hybrid(group: NamedGroup) -> bool {
    group == NamedGroup::X25519MLKEM768
}

/// The halves: ML-KEM first, then X25519. `None` for any other group, or if a length is not right.
pub(super) fn halves(whole: &Agreement) -> Option<(Kem<'_>, Agreement)> {
    if !is_hybrid(whole.group) {
        return None;
    }
    let (private_len, peer_len) = match whole.owner {
        Endpoint::Client => (SEED, CIPHERTEXT),
        Endpoint::Server => (RANDOMNESS, ENCAPSULATION_KEY),
    };
    let (private, x25519_private) = whole.private.split_at_checked(private_len)?;
    let (peer, x25519_peer) = whole.peer.split_at_checked(peer_len)?;
    let (shared, x25519_shared) = whole.shared.split_at_checked(SHARED)?;
    let x25519 = Agreement {
        group: NamedGroup::X25519,
        owner: whole.owner,
        private: x25519_private.to_vec(),
        peer: x25519_peer.to_vec(),
        shared: x25519_shared.to_vec(),
    };
    Some((Kem { owner: whole.owner, private, peer, shared }, x25519))
}
