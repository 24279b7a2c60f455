//! Mints planned chains: certificates (RFC 5280, section 4) and revocation lists (section 5).
//!
//! Our own, since faults need certificates that a general library refuses to make; good ones are held to
//! what rcgen mints, byte by byte.

mod body;
mod certificate;
mod extension;
#[cfg(test)]
mod oracle;
mod revocation;

pub use body::{Party, to_be_signed};
pub use certificate::{Certificate, mint, serial};
pub use extension::write as extension;
pub use revocation::revocation_list;

use crate::der::write::{oid, sequence, set, utf8};
use crate::plan::{CertificateKind, Name, sha1_scheme};
use pki_types::{AlgorithmIdentifier, alg_id};
use rustls::SignatureScheme;

/// Of a kind of key: the identifier of the key, the scheme it signs certificates by, and the
/// identifier of that.
fn algorithms(
    kind: CertificateKind,
) -> (AlgorithmIdentifier, SignatureScheme, AlgorithmIdentifier) {
    match kind {
        CertificateKind::EcdsaP256 => {
            (alg_id::ECDSA_P256, SignatureScheme::ECDSA_NISTP256_SHA256, alg_id::ECDSA_SHA256)
        }
        CertificateKind::EcdsaP384 => {
            (alg_id::ECDSA_P384, SignatureScheme::ECDSA_NISTP384_SHA384, alg_id::ECDSA_SHA384)
        }
        CertificateKind::Ed25519 => (alg_id::ED25519, SignatureScheme::ED25519, alg_id::ED25519),
        CertificateKind::Rsa2048 => {
            (alg_id::RSA_ENCRYPTION, SignatureScheme::RSA_PKCS1_SHA256, alg_id::RSA_PKCS1_SHA256)
        }
    }
}

/// The same where it signs with SHA-1: the scheme and its identifier. `None` for kinds that it is not made with here.
fn with_sha1(kind: CertificateKind) -> Option<(SignatureScheme, AlgorithmIdentifier)> {
    /// ecdsa-with-SHA1 (RFC 3279, section 2.2.3).
    const ECDSA: &[u8] = b"\x06\x07\x2a\x86\x48\xce\x3d\x04\x01";
    /// sha1WithRSAEncryption, with the NULL that belongs there (RFC 3279, section 2.2.1).
    const RSA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05\x05\x00";
    let scheme = sha1_scheme(kind)?;
    let algorithm = if scheme == SignatureScheme::RSA_PKCS1_SHA1 { RSA } else { ECDSA };
    Some((scheme, AlgorithmIdentifier::from_slice(algorithm)))
}

/// A distinguished name in DER (RFC 5280, section 4.1.2.4).
pub fn name(name: &Name) -> Vec<u8> {
    const ORGANIZATION: &[u8] = &[0x55, 4, 10];
    const COMMON_NAME: &[u8] = &[0x55, 4, 3];
    let attributes = [(ORGANIZATION, &name.organization), (COMMON_NAME, &name.common_name)];
    let relative: Vec<_> = attributes
        .into_iter()
        .filter_map(|(id, value)| Some(set(sequence(&[oid(id), utf8(value.as_deref()?)]))))
        .collect();
    sequence(&relative)
}
