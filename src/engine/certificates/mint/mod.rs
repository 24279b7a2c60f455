//! Mints a planned chain: certificates of X.509 version 3 (RFC 5280).
//!
//! Our own, since faults need certificates that a general library refuses to make; good ones are held to
//! what rcgen mints, byte by byte.

mod der;
#[cfg(test)]
mod oracle;

use super::keys::chain_keys;
use super::{Chain, ChainError};
use crate::engine::provider::{MakeKey, PrivateKey};
use crate::engine::seed::Stream;
use crate::plan::CertificateKind;
use crate::plan::{ChainPlan, Purpose, Validity};
use der::{bit_string, boolean, context, octet_string, oid, sequence, set, time, tlv, utf8};
use pki_types::{AlgorithmIdentifier, CertificateDer, alg_id};
use rustls::SignatureScheme;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Object identifiers, as DER's contents.
mod id {
    pub const ORGANIZATION: &[u8] = &[0x55, 4, 10];
    pub const COMMON_NAME: &[u8] = &[0x55, 4, 3];
    pub const SUBJECT_KEY_IDENTIFIER: &[u8] = &[0x55, 0x1d, 14];
    pub const KEY_USAGE: &[u8] = &[0x55, 0x1d, 15];
    pub const SUBJECT_ALT_NAME: &[u8] = &[0x55, 0x1d, 17];
    pub const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 19];
    pub const AUTHORITY_KEY_IDENTIFIER: &[u8] = &[0x55, 0x1d, 35];
    pub const EXTENDED_KEY_USAGE: &[u8] = &[0x55, 0x1d, 37];
    pub const SERVER_AUTH: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 1];
    pub const CLIENT_AUTH: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 2];
}

/// Bits of keyUsage (RFC 5280, section 4.2.1.3), the first being the highest.
mod usage {
    pub const DIGITAL_SIGNATURE: u8 = 0x80;
    pub const KEY_ENCIPHERMENT: u8 = 0x20;
    pub const KEY_CERT_SIGN: u8 = 0x04;
    pub const CRL_SIGN: u8 = 0x02;
}

/// Who a certificate is for: name, key, and when it is valid.
struct Subject {
    name: Vec<u8>,
    key: PrivateKey,
    public: Vec<u8>,
    key_id: [u8; 20],
}

impl Subject {
    fn new(name: Vec<u8>, key: PrivateKey) -> Subject {
        let public = key.public_key();
        // RFC 7093, section 2, method 1.
        let mut key_id = [0; 20];
        key_id.copy_from_slice(&Sha256::digest(&public)[..20]);
        Subject { name, key, public, key_id }
    }
}

/// Mints root, intermediate and leaf.
///
/// # Errors
/// A key could not be used.
pub fn mint(plan: &ChainPlan, make_key: MakeKey) -> Result<Chain, ChainError> {
    let (actor, owner, shift) = plan.purpose.authority();
    let mut stream = Stream::new(plan.seed, actor);
    let [root_key, intermediate_key, leaf_key] = chain_keys(make_key, &mut stream, shift)?;
    let of_owner = |role: &str| {
        let (organization, name) = (utf8(owner), utf8(&format!("{owner} {role} CA")));
        sequence(&[attribute(id::ORGANIZATION, organization), attribute(id::COMMON_NAME, name)])
    };
    let root = Subject::new(of_owner("Root"), root_key);
    let intermediate = Subject::new(of_owner("Intermediate"), intermediate_key);
    let common_name = plan.names.first().map(|name| attribute(id::COMMON_NAME, utf8(name)));
    let leaf = Subject::new(sequence(common_name.as_slice()), leaf_key);

    let root_certificate =
        certificate(&root, &root, plan.root_validity, authority(&root, &root, None), &mut stream)?;
    let intermediate_certificate = certificate(
        &intermediate,
        &root,
        plan.intermediate_validity,
        authority(&intermediate, &root, Some(0)),
        &mut stream,
    )?;
    let extensions = end_entity(plan, &leaf, &intermediate);
    let leaf_certificate =
        certificate(&leaf, &intermediate, plan.leaf_validity, extensions, &mut stream)?;
    Ok(Chain {
        root: root_certificate,
        sent: vec![leaf_certificate, intermediate_certificate],
        key: Arc::new(leaf.key),
    })
}

/// A certificate of `subject`, signed by `issuer`.
fn certificate(
    subject: &Subject,
    issuer: &Subject,
    validity: Validity,
    extensions: Vec<u8>,
    stream: &mut Stream,
) -> Result<CertificateDer<'static>, ChainError> {
    const INTEGER: u8 = 0x02;
    // 16 random bytes, positive as RFC 5280, section 4.1.2.2, asks: the highest bit is clear. The
    // next one is set, so that all serial numbers are equally long.
    let mut serial: [u8; 16] = stream.take();
    serial[0] = serial[0] & 0x7f | 0x40;
    let (public_key_algorithm, ..) = algorithms(subject.key.kind());
    let (_, scheme, signature_algorithm) = algorithms(issuer.key.kind());
    let version = context(0, tlv(INTEGER, &[2]));
    let to_be_signed = sequence(&[
        version,
        tlv(INTEGER, &serial),
        tlv(der::SEQUENCE, signature_algorithm.as_ref()),
        issuer.name.clone(),
        sequence(&[time(validity.not_before), time(validity.not_after)]),
        subject.name.clone(),
        sequence(&[
            tlv(der::SEQUENCE, public_key_algorithm.as_ref()),
            bit_string(0, &subject.public),
        ]),
        context(3, extensions),
    ]);
    let signature = issuer.key.sign(scheme, &to_be_signed);
    let signature = signature.map_err(|error| ChainError(error.to_string()))?;
    let signature_algorithm = tlv(der::SEQUENCE, signature_algorithm.as_ref());
    Ok(sequence(&[to_be_signed, signature_algorithm, bit_string(0, &signature)]).into())
}

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

/// Extensions of a CA; `path_len` is how many CAs may stand below it.
fn authority(subject: &Subject, issuer: &Subject, path_len: Option<u8>) -> Vec<u8> {
    let mut constraints = vec![boolean(true)];
    constraints.extend(path_len.map(|len| tlv(0x02, &[len])));
    sequence(&[
        authority_key_identifier(issuer),
        key_usage(usage::KEY_CERT_SIGN | usage::CRL_SIGN),
        subject_key_identifier(subject),
        extension(id::BASIC_CONSTRAINTS, true, sequence(&constraints)),
    ])
}

/// Extensions of a leaf.
fn end_entity(plan: &ChainPlan, subject: &Subject, issuer: &Subject) -> Vec<u8> {
    // rfc822Name and dNSName of GeneralName (RFC 5280, section 4.2.1.6).
    let name_tag = if plan.purpose == Purpose::Client { 0x81 } else { 0x82 };
    let purpose = if plan.purpose.is_server() { id::SERVER_AUTH } else { id::CLIENT_AUTH };
    let names: Vec<_> = plan.names.iter().map(|name| tlv(name_tag, name.as_bytes())).collect();
    let encipher = if plan.key_encipherment { usage::KEY_ENCIPHERMENT } else { 0 };
    sequence(&[
        authority_key_identifier(issuer),
        extension(id::SUBJECT_ALT_NAME, false, sequence(&names)),
        key_usage(usage::DIGITAL_SIGNATURE | encipher),
        extension(id::EXTENDED_KEY_USAGE, false, sequence(&[oid(purpose)])),
        subject_key_identifier(subject),
        extension(id::BASIC_CONSTRAINTS, true, sequence(&[])),
    ])
}

fn authority_key_identifier(issuer: &Subject) -> Vec<u8> {
    const KEY_IDENTIFIER: u8 = 0x80;
    let value = sequence(&[tlv(KEY_IDENTIFIER, &issuer.key_id)]);
    extension(id::AUTHORITY_KEY_IDENTIFIER, false, value)
}

fn subject_key_identifier(subject: &Subject) -> Vec<u8> {
    extension(id::SUBJECT_KEY_IDENTIFIER, false, octet_string(&subject.key_id))
}

fn key_usage(bits: u8) -> Vec<u8> {
    // DER leaves out the zeros at the end of named bits (X.690, section 11.2.2).
    let unused = bits.trailing_zeros() as u8;
    extension(id::KEY_USAGE, true, bit_string(unused, &[bits]))
}

fn extension(id: &[u8], critical: bool, value: Vec<u8>) -> Vec<u8> {
    let critical = if critical { boolean(true) } else { Vec::new() };
    sequence(&[oid(id), critical, octet_string(&value)])
}

/// A relative distinguished name of one attribute.
fn attribute(id: &[u8], value: Vec<u8>) -> Vec<u8> {
    set(sequence(&[oid(id), value]))
}
