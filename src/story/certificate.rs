//! What an X.509 certificate says, as far as the story tells of it.

use super::{fields, format};
use crate::dissect::Message;
use crate::wire::Node;

/// A certificate in short.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The subject, as text.
    pub subject: String,
    /// The issuer, as text.
    pub issuer: String,
    /// The subject's DER, for comparing.
    pub subject_der: Vec<u8>,
    /// The issuer's DER, for comparing.
    pub issuer_der: Vec<u8>,
    /// Start of the validity period, in seconds since 1970.
    pub not_before: i64,
    /// End of the validity period, in seconds since 1970.
    pub not_after: i64,
    /// The DNS names and addresses of the subjectAltName extension.
    pub names: Vec<String>,
    /// basicConstraints.cA; `None` without the extension.
    pub is_ca: Option<bool>,
    /// The purposes of the extKeyUsage extension; `None` without it.
    pub usages: Option<Vec<String>>,
    /// The name of the signature algorithm.
    pub signature_algorithm: String,
    /// The signature's octets, without the octet that counts unused bits.
    pub signature: Vec<u8>,
}

impl Certificate {
    /// The certificates of a Certificate message that could be decoded, leaf first.
    pub fn chain(message: &Message) -> Vec<Certificate> {
        let nodes = fields::certificates(message);
        nodes.into_iter().filter_map(|node| Certificate::of(node, &message.bytes)).collect()
    }

    /// A certificate's DER by itself.
    pub fn read(_der: &[u8]) -> Option<Certificate> {
        None
    }

    fn of(_node: &Node, _bytes: &[u8]) -> Option<Certificate> {
        None
    }

    /// The end of the validity period.
    pub fn not_after_text(&self) -> String {
        format::date(self.not_after)
    }
}
