//! What a server takes.

use serde::{Deserialize, Serialize};

/// What a server takes of what a client offers: code points of the IANA registries, most wanted first.
/// It was set up so, and does not tell it: a client sees only what the server chooses, or that it refuses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepts {
    /// Protocol versions.
    pub versions: Vec<u16>,
    /// The cipher suites that its certificate goes with.
    pub suites: Vec<u16>,
    /// Key exchange groups.
    pub groups: Vec<u16>,
    /// The signature schemes that the key of its certificate can sign by.
    pub signature_schemes: Vec<u16>,
    /// Application protocols (RFC 7301).
    pub alpn: Vec<String>,
    /// The only names that it serves (RFC 6066, section 3); empty where it serves any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Whether it takes a ticket as often as it comes, and early data with it (RFC 9846, section 8.1).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tickets_again: bool,
}
