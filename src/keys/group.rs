//! The key agreement at the root of a key schedule.

use crate::tls::NamedGroup;
use crate::trace::Endpoint;

/// What one endpoint put into the key agreement, and what came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The group.
    pub group: NamedGroup,
    /// Whose private value this is, and so whose view.
    pub owner: Endpoint,
    /// The private value: for X25519 the 32 bytes before clamping, for the NIST curves the scalar,
    /// big-endian.
    pub private: Vec<u8>,
    /// The peer's public value, as it is on the wire.
    pub peer: Vec<u8>,
    /// The shared secret.
    pub shared: Vec<u8>,
}

/// The DER encodings of a group's keys but for the key's own bytes, in hexadecimal.
pub(super) struct DerPrefixes {
    /// Before the private value, in PKCS #8 (RFC 5958) without the public key.
    pub private: &'static str,
    /// Before the public value, in SubjectPublicKeyInfo (RFC 5480, RFC 8410).
    pub public: &'static str,
}

impl Agreement {
    /// The name of the operation, for people.
    pub fn operation(&self) -> &'static str {
        match self.group {
            NamedGroup::X25519 => "X25519",
            NamedGroup::SECP256R1 => "ECDH over secp256r1",
            NamedGroup::SECP384R1 => "ECDH over secp384r1",
            _ => "ECDHE",
        }
    }
}

impl DerPrefixes {
    /// Those of this group, or `None` for an unknown one.
    pub fn of(group: NamedGroup) -> Option<DerPrefixes> {
        let (private, public) = match group {
            NamedGroup::X25519 => ("302e020100300506032b656e04220420", "302a300506032b656e032100"),
            NamedGroup::SECP256R1 => (
                "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420",
                "3059301306072a8648ce3d020106082a8648ce3d030107034200",
            ),
            NamedGroup::SECP384R1 => (
                "304e020100301006072a8648ce3d020106052b81040022043730350201010430",
                "3076301006072a8648ce3d020106052b81040022036200",
            ),
            _ => return None,
        };
        Some(DerPrefixes { private, public })
    }
}
