//! The part of a certificate that is signed (RFC 5280, section 4.1.2), whoever signs it.

use super::{extension, name};
use crate::der::write::{bit_string, context, integer, sequence, time};
use crate::plan::{CertificatePlan, Name};
use sha2::{Digest, Sha256};

/// A subject or an issuer: a name and a public key.
pub struct Party {
    /// The name in DER.
    pub name: Vec<u8>,
    /// The SubjectPublicKeyInfo in DER.
    pub key_info: Vec<u8>,
    /// What identifies the key.
    pub key_id: [u8; 20],
}

impl Party {
    /// Of this name, with a key of this AlgorithmIdentifier in DER and this subjectPublicKey.
    pub fn new(subject: &Name, algorithm: Vec<u8>, public: &[u8]) -> Party {
        // RFC 7093, section 2, method 1.
        let mut key_id = [0; 20];
        for (to, from) in key_id.iter_mut().zip(Sha256::digest(public)) {
            *to = from;
        }
        let key_info = sequence(&[algorithm, bit_string(0, public)]);
        Party { name: name(subject), key_info, key_id }
    }
}

/// TBSCertificate in DER: the plan for this subject, from this issuer, whose signature will have this
/// AlgorithmIdentifier in DER. `serial` is the contents of an INTEGER.
pub fn to_be_signed(
    plan: &CertificatePlan,
    subject: &Party,
    issuer: &Party,
    serial: &[u8],
    signature_algorithm: &[u8],
) -> Vec<u8> {
    let extensions: Vec<_> = plan
        .extensions
        .iter()
        .map(|one| extension::write(one, &subject.key_id, &issuer.key_id))
        .collect();
    // Version 1 is the default, which DER leaves out.
    let has_extensions = !extensions.is_empty();
    let version = has_extensions.then(|| context(0, integer(&[2])));
    let extensions = has_extensions.then(|| context(3, sequence(&extensions)));
    sequence(&[
        version.unwrap_or_default(),
        integer(serial),
        signature_algorithm.to_vec(),
        issuer.name.clone(),
        sequence(&[time(plan.validity.not_before), time(plan.validity.not_after)]),
        subject.name.clone(),
        subject.key_info.clone(),
        extensions.unwrap_or_default(),
    ])
}
