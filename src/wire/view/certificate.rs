//! Certificate, CompressedCertificate, CertificateRequest and CertificateVerify.

use super::{Extensions, Signature, Tree, View};
use crate::tls::{CertificateCompression, ClientCertificateType, SignatureScheme};
use crate::wire::extension::{certificate_authorities, signature_algorithms};
use crate::wire::handshake::{
    certificate as field, certificate_request, certificate_verify, compressed_certificate,
};
use crate::wire::node::Node;

/// A Certificate message (RFC 9846, section 4.5.1; RFC 5246, section 7.4.2).
#[derive(Clone, Copy, Debug)]
pub struct Certificate<'a> {
    /// Its tree.
    pub tree: Tree<'a>,
}

/// A certificate in a [`Certificate`] message, or a raw public key (RFC 7250).
#[derive(Clone, Copy, Debug)]
pub struct CertificateEntry<'a> {
    /// The node of its DER.
    pub node: &'a Node,
    /// Its DER.
    pub der: &'a [u8],
    /// Whether it is a raw public key.
    pub is_raw_public_key: bool,
}

impl<'a> View<'a> for Certificate<'a> {
    fn of(tree: Tree<'a>) -> Option<Self> {
        tree.message(&field::ROW.field).map(|tree| Certificate { tree })
    }
}

impl<'a> Certificate<'a> {
    /// What it carries, the sender's own first.
    pub fn entries(self) -> Vec<CertificateEntry<'a>> {
        let lists = [&field::CERTIFICATE_LIST.body, &field::RAW_LIST.body];
        let Some(list) = self.tree.find_any(&lists) else { return Vec::new() };
        let forms = [&field::CERT_DATA.body, &field::ASN1_CERT.body, &field::RAW_KEY.body];
        let entries = list.children.iter().filter_map(|entry| self.tree.at(entry).find_any(&forms));
        entries
            .map(|node| CertificateEntry {
                node,
                der: self.tree.bytes(node),
                is_raw_public_key: node.is(&field::RAW_KEY.body),
            })
            .collect()
    }

    /// The sender's own certificate.
    pub fn leaf(self) -> Option<CertificateEntry<'a>> {
        self.entries().first().copied().filter(|entry| !entry.is_raw_public_key)
    }

    /// The raw public key that stands for a certificate.
    pub fn raw_public_key(self) -> Option<&'a Node> {
        self.tree.find(&field::RAW_KEY.body)
    }
}

/// A CompressedCertificate (RFC 8879, section 4).
#[derive(Clone, Copy, Debug)]
pub struct CompressedCertificate<'a> {
    /// Its tree.
    pub tree: Tree<'a>,
}

impl<'a> View<'a> for CompressedCertificate<'a> {
    fn of(tree: Tree<'a>) -> Option<Self> {
        tree.message(&compressed_certificate::ROW.field).map(|tree| CompressedCertificate { tree })
    }
}

impl CompressedCertificate<'_> {
    /// How it is compressed.
    pub fn algorithm(self) -> Option<CertificateCompression> {
        self.tree.code(&compressed_certificate::ALGORITHM)
    }

    /// How many bytes the message has that it stands for, without header.
    pub fn uncompressed_length(self) -> Option<u64> {
        self.tree.number(&compressed_certificate::UNCOMPRESSED_LENGTH)
    }
}

/// A CertificateRequest (RFC 9846, section 4.4.2; RFC 5246, section 7.4.4).
#[derive(Clone, Copy, Debug)]
pub struct CertificateRequest<'a> {
    /// Its tree.
    pub tree: Tree<'a>,
}

impl<'a> View<'a> for CertificateRequest<'a> {
    fn of(tree: Tree<'a>) -> Option<Self> {
        tree.message(&certificate_request::ROW.field).map(|tree| CertificateRequest { tree })
    }
}

impl<'a> CertificateRequest<'a> {
    /// The signatures that the server accepts.
    pub fn signature_schemes(self) -> Vec<SignatureScheme> {
        let list = self.tree.find(&signature_algorithms::LIST.body);
        list.map_or_else(Vec::new, |list| self.tree.at(list).codes(&signature_algorithms::SCHEME))
    }

    /// In TLS 1.2, the kinds of certificate that it accepts.
    pub fn certificate_types(self) -> Vec<ClientCertificateType> {
        self.tree.kinds(&certificate_request::CERTIFICATE_TYPE)
    }

    /// The authorities that it names, as people see them.
    pub fn authorities(self) -> Vec<&'a str> {
        self.tree.texts(&certificate_authorities::NAME.body)
    }

    /// Its extensions, which it has in TLS 1.3.
    pub fn extensions(self) -> Extensions<'a> {
        Extensions::of(self.tree)
    }
}

/// A CertificateVerify (RFC 9846, section 4.5.2; RFC 5246, section 7.4.8).
#[derive(Clone, Copy, Debug)]
pub struct CertificateVerify<'a> {
    /// Its tree.
    pub tree: Tree<'a>,
}

impl<'a> View<'a> for CertificateVerify<'a> {
    fn of(tree: Tree<'a>) -> Option<Self> {
        tree.message(&certificate_verify::ROW.field).map(|tree| CertificateVerify { tree })
    }
}

impl<'a> CertificateVerify<'a> {
    /// The signature.
    pub fn signature(self) -> Option<Signature<'a>> {
        self.tree.signature(&certificate_verify::SIGNATURE.body)
    }
}
