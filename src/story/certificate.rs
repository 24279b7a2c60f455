//! What an X.509 certificate says, as far as the story tells of it.

use super::{fields, name_match};
use crate::dissect::Message;
use crate::keys::subject_public_key;
use crate::wire::Node;
use crate::wire::x509::{self, GeneralName};

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
    /// The signature's bytes, without the byte that counts unused bits.
    pub signature: Vec<u8>,
    /// The SubjectPublicKeyInfo in DER.
    pub key_info: Vec<u8>,
    /// The public key's bytes in it, without the byte that counts unused bits.
    pub key: Vec<u8>,
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
        Some(Certificate {
            summary,
            subject_der: bytes_of(&nodes, der, "subject")?,
            issuer_der: bytes_of(&nodes, der, "issuer")?,
            has_basic_constraints: find_in(&nodes, "BasicConstraints").is_some(),
            signature: signature(&nodes, der)?,
            key_info: bytes_of(&nodes, der, "subjectPublicKeyInfo")?,
            key: bits(&nodes, der, "subjectPublicKey")?,
        })
    }

    /// A trust anchor of which only name and key are known, each in DER. `None` if they cannot be read.
    pub fn anchor(subject_der: Vec<u8>, key_info: Vec<u8>) -> Option<Certificate> {
        let subject = x509::parse_name(&subject_der).ok()?;
        let key = subject_public_key(&key_info)?.to_vec();
        let summary = x509::Summary { issuer: subject.clone(), subject, ..Default::default() };
        Some(Certificate {
            summary,
            issuer_der: subject_der.clone(),
            subject_der,
            has_basic_constraints: false,
            signature: Vec::new(),
            key_info,
            key,
        })
    }

    /// What the decoder gathered.
    pub fn summary(&self) -> &x509::Summary {
        &self.summary
    }

    /// Whether it names itself as its issuer.
    pub fn is_own_issuer(&self) -> bool {
        self.subject_der == self.issuer_der
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

    /// The names of the subjectAltName extension, with their kinds.
    pub fn general_names(&self) -> &[GeneralName] {
        &self.summary.subject_alt_names
    }

    /// Whether one of its names covers the host or address `wanted`.
    pub fn is_for(&self, wanted: &str) -> bool {
        self.general_names().iter().any(|name| name_match::covers(name, wanted))
    }

    /// Whether basicConstraints makes it an authority.
    pub fn is_ca(&self) -> bool {
        self.summary.is_ca
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

/// The bytes of the first field of this name.
pub(super) fn bytes_of(nodes: &[Node], der: &[u8], name: &str) -> Option<Vec<u8>> {
    let node = find_in(nodes, name)?;
    der.get(node.start..node.end).map(<[u8]>::to_vec)
}

/// The bytes of signatureValue.
pub(super) fn signature(nodes: &[Node], der: &[u8]) -> Option<Vec<u8>> {
    bits(nodes, der, "signatureValue")
}

/// The contents of the first BIT STRING of this name, behind the byte that counts unused bits.
fn bits(nodes: &[Node], der: &[u8], name: &str) -> Option<Vec<u8>> {
    let value = find_in(nodes, name)?;
    let unused = value.find("unused bits")?;
    der.get(unused.end..value.end).map(<[u8]>::to_vec)
}

/// The first node called `field` in `nodes`.
fn find_in<'a>(nodes: &'a [Node], field: &str) -> Option<&'a Node> {
    nodes.iter().find_map(|node| node.find(field))
}
