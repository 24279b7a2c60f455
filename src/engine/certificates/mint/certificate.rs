//! A chain's certificates, each signed by the key of the one before it.

use super::super::{ChainError, RunError};
use super::body::{Party, to_be_signed};
use super::{algorithms, with_sha1};
use crate::der::SEQUENCE;
use crate::der::write::{bit_string, sequence, tlv};
use crate::engine::provider::{Algorithms, PrivateKey, TeachingKey};
use crate::engine::seed::Stream;
use crate::plan::{CertificateKind, CertificatePlan, ChainPlan};
use pki_types::CertificateDer;

/// A minted certificate, with what its subject has.
pub struct Certificate {
    /// The certificate in DER.
    pub der: CertificateDer<'static>,
    /// The subject's private key.
    pub key: PrivateKey,
    /// The subject's name in DER.
    pub name: Vec<u8>,
    /// The contents of the serial number's INTEGER.
    pub serial: [u8; 16],
    /// What identifies the subject's key.
    pub key_id: [u8; 20],
}

/// A subject, before its certificate is signed.
struct Subject<'a> {
    plan: &'a CertificatePlan,
    party: Party,
    key: PrivateKey,
    /// Its own stream, where it has one.
    draws: Option<Stream>,
}

/// Mints the certificates of a chain, root first. All keys are drawn before all serial numbers.
///
/// # Errors
/// A key could not be made or used, what makes it is not loaded, or the chain is empty.
pub fn mint(plan: &ChainPlan, algorithms: &Algorithms) -> Result<Vec<Certificate>, RunError> {
    let authority = plan.authority;
    let mut stream = Stream::new(plan.seed, authority.actor);
    let mut subjects = Vec::new();
    for (place, certificate) in plan.certificates.iter().enumerate() {
        let mut draws = certificate.draws.map(|actor| Stream::new(plan.seed, actor));
        let stream = draws.as_mut().unwrap_or(&mut stream);
        let make_key = algorithms.make_key(plan.kind)?;
        let mut key = make_key(stream, TeachingKey::Usual(authority.key_number(place)));
        // In the place of the other, so that what is drawn later stays as it was.
        if certificate.has_short_key {
            key = algorithms.make_key(CertificateKind::Rsa2048)?(stream, TeachingKey::Short);
        }
        let key = key.map_err(|error| ChainError(error.to_string()))?;
        subjects.push(Subject::new(certificate, key, draws));
    }
    let mut serials: Vec<[u8; 16]> = Vec::new();
    for subject in &mut subjects {
        serials.push(serial(subject.draws.as_mut().unwrap_or(&mut stream)));
    }
    let first = subjects.first().ok_or_else(|| ChainError("it is empty".into()))?;
    let issuers = std::iter::once(first).chain(&subjects);
    let signed: Vec<_> = issuers
        .zip(&subjects)
        .zip(&serials)
        .map(|((issuer, subject), serial)| sign(subject, issuer, serial))
        .collect::<Result<_, _>>()?;
    let minted = subjects.into_iter().zip(serials).zip(signed);
    Ok(minted
        .map(|((subject, serial), der)| Certificate {
            der,
            key: subject.key,
            name: subject.party.name,
            serial,
            key_id: subject.party.key_id,
        })
        .collect())
}

impl Subject<'_> {
    fn new(plan: &CertificatePlan, key: PrivateKey, draws: Option<Stream>) -> Subject<'_> {
        let (algorithm, ..) = algorithms(key.kind());
        let algorithm = tlv(SEQUENCE, algorithm.as_ref());
        let party = Party::new(&plan.subject, algorithm, &key.public_key());
        Subject { plan, party, key, draws }
    }
}

/// 16 random bytes, positive as RFC 5280, section 4.1.2.2, asks: the highest bit is clear. The next one
/// is set, so that all serial numbers are equally long.
pub fn serial(stream: &mut Stream) -> [u8; 16] {
    let [first, rest @ ..]: [u8; 16] = stream.take();
    let mut serial = [first & 0x7f | 0x40; 16];
    if let Some(tail) = serial.get_mut(1..) {
        tail.copy_from_slice(&rest);
    }
    serial
}

/// The certificate of `subject`, signed by `issuer`.
fn sign(
    subject: &Subject<'_>,
    issuer: &Subject<'_>,
    serial: &[u8],
) -> Result<CertificateDer<'static>, ChainError> {
    let kind = issuer.key.kind();
    let (scheme, algorithm) = if subject.plan.by_sha1 {
        let words = || ChainError(format!("{} does not sign with SHA-1", kind.label()));
        with_sha1(kind).ok_or_else(words)?
    } else {
        let (_, scheme, algorithm) = algorithms(kind);
        (scheme, algorithm)
    };
    let algorithm = tlv(SEQUENCE, algorithm.as_ref());
    let body = to_be_signed(subject.plan, &subject.party, &issuer.party, serial, &algorithm);
    let signature = issuer.key.sign(scheme, &body);
    let signature = signature.map_err(|error| ChainError(error.to_string()))?;
    Ok(sequence(&[body, algorithm, bit_string(0, &signature)]).into())
}
