//! rustls's certificate verifiers, with what they judge written down.

use super::certificates::public_key_info;
use super::provider::recorder::{record, unrecorded};
use crate::plan::Verification;
use crate::trace::{ChainRefusal, Op};
use pki_types::{CertificateDer, CertificateRevocationListDer, ServerName, UnixTime};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::{
    CertRevocationListError, CertificateError, DigitallySignedStruct, DistinguishedName, Error,
    RootCertStore, SignatureScheme,
};
use std::sync::Arc;

/// How a client judges a server: by rustls's own verifier, and not at all where verification is off.
#[derive(Debug)]
pub struct RecordingServerVerifier {
    /// `None` where there is no root, and where that does not matter.
    inner: Option<Arc<WebPkiServerVerifier>>,
    verification: Verification,
    provider: Arc<CryptoProvider>,
    known: Known,
    schemes: Vec<SignatureScheme>,
}

/// What a verifier judges by, in bytes, to be written down.
#[derive(Debug)]
struct Known {
    roots: Vec<Vec<u8>>,
    revocation_lists: Vec<Vec<u8>>,
    pins: Vec<Vec<u8>>,
}

/// What a peer judges by, minted.
pub struct Anchors {
    /// The roots that it trusts.
    pub roots: Vec<CertificateDer<'static>>,
    /// The revocation lists that it has: with any, it wants one in time for each certificate below the root.
    pub revocation_lists: Vec<CertificateRevocationListDer<'static>>,
    /// SubjectPublicKeyInfos in DER: with any, a leaf's must be among them.
    pub pins: Vec<Vec<u8>>,
    /// The signature schemes that it can check.
    pub schemes: Vec<SignatureScheme>,
}

impl Anchors {
    fn known(&self) -> Known {
        Known {
            roots: self.roots.iter().map(|root| root.to_vec()).collect(),
            revocation_lists: self.revocation_lists.iter().map(|list| list.to_vec()).collect(),
            pins: self.pins.clone(),
        }
    }
}

impl RecordingServerVerifier {
    /// By the name asked for and a chain to one of the roots.
    ///
    /// # Errors
    /// There is no root that can be read though it has to judge, or a revocation list that cannot.
    pub fn new(
        anchors: Anchors,
        verification: Verification,
        provider: Arc<CryptoProvider>,
    ) -> Result<RecordingServerVerifier, VerifierBuilderError> {
        let known = anchors.known();
        let Anchors { roots, revocation_lists, schemes, .. } = anchors;
        let store = store(&roots);
        let is_idle = store.is_empty() && verification == Verification::Off;
        let builder = WebPkiServerVerifier::builder_with_provider(store, provider.clone())
            .with_crls(revocation_lists)
            .enforce_revocation_expiration();
        let inner = if is_idle { None } else { Some(builder.build()?) };
        Ok(RecordingServerVerifier { inner, verification, provider, known, schemes })
    }

    /// The chain by rustls's own verifier, then the leaf's key by the pins.
    fn judge(
        &self,
        leaf: &CertificateDer<'_>,
        rest: (&[CertificateDer<'_>], &ServerName<'_>, &[u8], UnixTime),
    ) -> Result<ServerCertVerified, Error> {
        let (intermediates, name, ocsp_response, now) = rest;
        let inner = self.inner.as_ref().ok_or(CertificateError::UnknownIssuer)?;
        let good = inner.verify_server_cert(leaf, intermediates, name, ocsp_response, now)?;
        let pins = &self.known.pins;
        if pins.is_empty() || pins.contains(&public_key_info(leaf)?) {
            return Ok(good);
        }
        Err(CertificateError::ApplicationVerificationFailure.into())
    }
}

/// How a server judges a client: by rustls's own verifier.
#[derive(Debug)]
pub struct RecordingClientVerifier {
    inner: Arc<dyn ClientCertVerifier>,
    known: Known,
    schemes: Vec<SignatureScheme>,
}

impl RecordingClientVerifier {
    /// By a chain to one of the roots. A client may also have no certificate, unless verification is
    /// required.
    ///
    /// # Errors
    /// There is no root that can be read, or a revocation list that cannot.
    pub fn new(
        anchors: Anchors,
        verification: Verification,
        provider: Arc<CryptoProvider>,
    ) -> Result<RecordingClientVerifier, VerifierBuilderError> {
        // Nobody pins a client's key here.
        let known = Known { pins: Vec::new(), ..anchors.known() };
        let Anchors { roots, revocation_lists, schemes, .. } = anchors;
        let builder = WebPkiClientVerifier::builder_with_provider(store(&roots), provider)
            .with_crls(revocation_lists)
            .enforce_revocation_expiration();
        let builder = match verification {
            Verification::Required => builder,
            _ => builder.allow_unauthenticated(),
        };
        Ok(RecordingClientVerifier { inner: builder.build()?, known, schemes })
    }
}

/// Roots that do not parse leave the store empty, which the builders report.
fn store(roots: &[CertificateDer<'static>]) -> Arc<RootCertStore> {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(roots.iter().cloned());
    Arc::new(store)
}

fn record_path<T>(
    sent: (&CertificateDer<'_>, &[CertificateDer<'_>]),
    known: &Known,
    name: Option<&ServerName<'_>>,
    now: UnixTime,
    verdict: &Result<T, Error>,
) {
    record(|| Op::CertificatePath {
        chain: self::chain(sent),
        roots: known.roots.clone(),
        revocation_lists: known.revocation_lists.clone(),
        pins: known.pins.clone(),
        name: name.map(|name| name.to_str().into_owned()),
        at: now.as_secs(),
        error: verdict.as_ref().err().map(Error::to_string),
        refusal: verdict.as_ref().err().map(refusal),
    });
}

/// Leaf and intermediates in DER.
fn chain((leaf, intermediates): (&CertificateDer<'_>, &[CertificateDer<'_>])) -> Vec<Vec<u8>> {
    std::iter::once(leaf).chain(intermediates).map(|der| der.to_vec()).collect()
}

/// The kind of an error of the verifier.
fn refusal(error: &Error) -> ChainRefusal {
    use CertificateError as E;
    let error = match error {
        Error::InvalidCertificate(error) => error,
        Error::InvalidCertRevocationList(error) => return refusal_of_list(error),
        _ => return ChainRefusal::Other,
    };
    match error {
        E::Expired | E::ExpiredContext { .. } => ChainRefusal::Expired,
        E::NotValidYet | E::NotValidYetContext { .. } => ChainRefusal::NotYetValid,
        E::NotValidForName | E::NotValidForNameContext { .. } => ChainRefusal::WrongName,
        E::UnknownIssuer => ChainRefusal::UnknownIssuer,
        E::Revoked => ChainRefusal::Revoked,
        E::UnknownRevocationStatus => ChainRefusal::NoRevocationList,
        E::ExpiredRevocationList | E::ExpiredRevocationListContext { .. } => {
            ChainRefusal::RevocationListExpired
        }
        E::BadSignature => ChainRefusal::BadSignature,
        E::UnsupportedSignatureAlgorithmContext { .. }
        | E::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            ChainRefusal::UnsupportedSignatureAlgorithm
        }
        E::InvalidPurpose | E::InvalidPurposeContext { .. } => ChainRefusal::WrongPurpose,
        E::ApplicationVerificationFailure => ChainRefusal::WrongKey,
        // What rustls has no name for comes as webpki said it.
        E::Other(other) => other.0.downcast_ref().map_or(ChainRefusal::Other, refusal_of_webpki),
        _ => ChainRefusal::Other,
    }
}

fn refusal_of_list(error: &CertRevocationListError) -> ChainRefusal {
    match error {
        CertRevocationListError::BadSignature => ChainRefusal::BadRevocationListSignature,
        CertRevocationListError::IssuerInvalidForCrl => ChainRefusal::NoRevocationListSigner,
        _ => ChainRefusal::Other,
    }
}

/// The kind of an error of webpki.
pub fn refusal_of_webpki(error: &webpki::Error) -> ChainRefusal {
    use webpki::Error as E;
    match error {
        E::CertExpired { .. } => ChainRefusal::Expired,
        E::CertNotValidYet { .. } => ChainRefusal::NotYetValid,
        E::CertNotValidForName(_) => ChainRefusal::WrongName,
        E::UnknownIssuer => ChainRefusal::UnknownIssuer,
        E::InvalidSignatureForPublicKey => ChainRefusal::BadSignature,
        E::UnsupportedSignatureAlgorithmContext(_)
        | E::UnsupportedSignatureAlgorithmForPublicKeyContext(_) => {
            ChainRefusal::UnsupportedSignatureAlgorithm
        }
        E::RequiredEkuNotFoundContext(_) => ChainRefusal::WrongPurpose,
        E::UnsupportedCertVersion => ChainRefusal::UnsupportedVersion,
        E::UnsupportedCriticalExtension => ChainRefusal::UnknownCriticalExtension,
        E::CaUsedAsEndEntity => ChainRefusal::CaAsLeaf,
        E::EndEntityUsedAsCa => ChainRefusal::LeafAsCa,
        E::PathLenConstraintViolated => ChainRefusal::PathTooLong,
        E::NameConstraintViolation => ChainRefusal::NameNotAllowed,
        _ => ChainRefusal::Other,
    }
}

impl ServerCertVerifier for RecordingServerVerifier {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let judge = || self.judge(leaf, (intermediates, name, ocsp_response, now));
        if self.verification == Verification::Off {
            // It is not this endpoint that judges: we want to know what it would have found.
            let verdict = unrecorded(judge);
            record(|| Op::Unverified {
                chain: chain((leaf, intermediates)),
                roots: self.known.roots.clone(),
                name: name.to_str().into_owned(),
                at: now.as_secs(),
                refusal: verdict.as_ref().err().map(refusal),
            });
            return Ok(ServerCertVerified::assertion());
        }
        let verdict = judge();
        record_path((leaf, intermediates), &self.known, Some(name), now, &verdict);
        verdict
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(
            message,
            leaf,
            signed,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(
            message,
            leaf,
            signed,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.schemes.clone()
    }
}

impl ClientCertVerifier for RecordingClientVerifier {
    fn client_auth_mandatory(&self) -> bool {
        self.inner.client_auth_mandatory()
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.inner.root_hint_subjects()
    }

    fn verify_client_cert(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        let verdict = self.inner.verify_client_cert(leaf, intermediates, now);
        record_path((leaf, intermediates), &self.known, None, now, &verdict);
        verdict
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, leaf, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, leaf, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.schemes.clone()
    }
}
