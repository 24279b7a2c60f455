//! What a certificate revocation list says, as far as the story tells of it.

use super::certificate::{bytes_of, signature};
use crate::wire::x509::{self, ListSummary};

/// A revocation list in short (RFC 5280, section 5).
#[derive(Clone, Debug)]
pub struct RevocationList {
    /// What the decoder gathered.
    pub summary: ListSummary,
    /// The issuer's DER, for comparing.
    pub issuer_der: Vec<u8>,
    /// The signature's bytes, without the byte that counts unused bits.
    pub signature: Vec<u8>,
}

impl RevocationList {
    /// A list in DER.
    pub fn read(der: &[u8]) -> Option<RevocationList> {
        let (nodes, summary) = x509::parse_revocation_list(der).ok()?;
        let issuer_der = bytes_of(&nodes, der, "issuer")?;
        Some(RevocationList { summary, issuer_der, signature: signature(&nodes, der)? })
    }

    /// Whether this serial number is in it.
    pub fn has(&self, serial: &[u8]) -> bool {
        self.summary.revoked.iter().any(|revoked| revoked == serial)
    }
}
