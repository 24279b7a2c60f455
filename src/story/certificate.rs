//! What an X.509 certificate says, as far as the story tells of it.

use super::fields;
use crate::dissect::Message;
use crate::wire::{Node, x509};

/// A certificate in short.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// What the decoder gathered.
    summary: x509::Summary,
    /// The subject's DER, for comparing.
    pub subject_der: Vec<u8>,
    /// The issuer's DER, for comparing.
    pub issuer_der: Vec<u8>,
    /// Whether there is a basicConstraints extension.
    pub has_basic_constraints: bool,
    /// The signature's octets, without the octet that counts unused bits.
    pub signature: Vec<u8>,
}

impl Certificate {
    /// The certificates of a Certificate message that can be decoded, leaf first.
    pub fn chain(message: &Message) -> Vec<Certificate> {
        let nodes = fields::certificates(message);
        let der = nodes.into_iter().filter_map(|node| message.bytes.get(node.start..node.end));
        der.filter_map(Certificate::read).collect()
    }

    /// A certificate in DER.
    pub fn read(der: &[u8]) -> Option<Certificate> {
        let (nodes, summary) = x509::parse(der).ok()?;
        let octets = |name: &str| {
            let node = find_in(&nodes, name)?;
            der.get(node.start..node.end).map(<[u8]>::to_vec)
        };
        Some(Certificate {
            summary,
            subject_der: octets("subject")?,
            issuer_der: octets("issuer")?,
            has_basic_constraints: find_in(&nodes, "BasicConstraints").is_some(),
            signature: signature(&nodes, der)?,
        })
    }

    /// The subject as text: `CN=lab.example`.
    pub fn subject(&self) -> &str {
        &self.summary.subject
    }

    /// The issuer as text.
    pub fn issuer(&self) -> &str {
        &self.summary.issuer
    }

    /// First and last second of validity, since 1970.
    pub fn validity(&self) -> (i64, i64) {
        (self.summary.not_before, self.summary.not_after)
    }

    /// The names of the subjectAltName extension.
    pub fn names(&self) -> Vec<String> {
        self.summary.subject_alt_names.iter().map(|name| name.value.clone()).collect()
    }

    /// Whether one of its names covers the host `wanted`.
    pub fn is_for(&self, wanted: &str) -> bool {
        self.names().iter().any(|name| covers(name, wanted))
    }

    /// Whether basicConstraints makes it an authority.
    pub fn is_ca(&self) -> bool {
        self.summary.is_ca
    }

    /// How many more authorities may follow below it, if basicConstraints limits that.
    pub fn path_length(&self) -> Option<u32> {
        self.summary.path_len
    }

    /// The purposes of the extKeyUsage extension; empty without it.
    pub fn purposes(&self) -> &[String] {
        &self.summary.ext_key_usage
    }

    /// The uses of the keyUsage extension; empty without it.
    pub fn key_usage(&self) -> &[&'static str] {
        &self.summary.key_usage
    }

    /// The name of the signature algorithm.
    pub fn signature_algorithm(&self) -> &str {
        &self.summary.signature_algorithm
    }
}

/// The contents of signatureValue behind the octet that counts unused bits.
fn signature(nodes: &[Node], der: &[u8]) -> Option<Vec<u8>> {
    let value = find_in(nodes, "signatureValue")?;
    let unused = value.find("unused bits")?;
    der.get(unused.end..value.end).map(<[u8]>::to_vec)
}

/// The first node called `field` in `nodes`.
fn find_in<'a>(nodes: &'a [Node], field: &str) -> Option<&'a Node> {
    nodes.iter().find_map(|node| node.find(field))
}

/// Whether a name in a certificate covers `wanted`: letters in any case, and `*` for the whole of
/// the leftmost label (RFC 9525, section 6.3).
fn covers(presented: &str, wanted: &str) -> bool {
    if presented.eq_ignore_ascii_case(wanted) {
        return true;
    }
    let parent = presented.strip_prefix("*.");
    let rest = wanted.split_once('.').map(|(_, rest)| rest);
    matches!((parent, rest), (Some(parent), Some(rest)) if parent.eq_ignore_ascii_case(rest))
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn a_wildcard_covers_one_label_only() {
        assert!(covers("*.example.com", "www.example.com"));
        assert!(covers("WWW.example.com", "www.Example.com"));
        assert!(!covers("*.example.com", "a.b.example.com"));
        assert!(!covers("*.example.com", "example.com"));
        assert!(!covers("example.com", "www.example.com"));
    }
}
