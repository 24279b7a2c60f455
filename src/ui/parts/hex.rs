//! Bytes as text that can be read.

use crate::hex;

/// In groups of four bytes, so that lines break between them: `1dc826e9 3606aa6f`.
pub fn grouped(octets: &[u8]) -> String {
    octets.chunks(4).map(hex::encode).collect::<Vec<_>>().join(" ")
}
