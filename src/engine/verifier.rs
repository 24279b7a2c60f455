//! rustls's certificate verifiers, with what they judge written down.

use super::provider::recorder::record;
use crate::trace::{ChainRefusal, Op};
use pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{
    CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature,
};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{ParsedCertificate, VerifierBuilderError, WebPkiClientVerifier};
use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, RootCertStore,
    SignatureScheme,
};
use std::sync::Arc;

/// How the client judges the server: as rustls's own `WebPkiServerVerifier` does where there are no
/// revocation lists, whose reading would be a part of the page's first load.
#[derive(Debug)]
pub struct JudgeServer {
    roots: Arc<RootCertStore>,
    algorithms: WebPkiSupportedAlgorithms,
    root: Vec<u8>,
}

impl JudgeServer {
    /// By the name asked for and a chain to `root`.
    ///
    /// # Errors
    /// `root` is no certificate.
    pub fn new(
        root: &CertificateDer<'static>,
        provider: &CryptoProvider,
    ) -> Result<JudgeServer, VerifierBuilderError> {
        let roots = trust(root);
        if roots.is_empty() {
            return Err(VerifierBuilderError::NoRootAnchors);
        }
        let algorithms = provider.signature_verification_algorithms;
        Ok(JudgeServer { roots, algorithms, root: root.to_vec() })
    }

    /// The chain first, then the name.
    fn judge(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let leaf = ParsedCertificate::try_from(leaf)?;
        let (roots, all) = (&self.roots, self.algorithms.all);
        verify_server_cert_signed_by_trust_anchor(&leaf, roots, intermediates, now, all)?;
        verify_server_name(&leaf, name)?;
        Ok(ServerCertVerified::assertion())
    }
}

/// How the server judges the client.
#[derive(Debug)]
pub struct JudgeClient {
    inner: Arc<dyn ClientCertVerifier>,
    root: Vec<u8>,
}

impl JudgeClient {
    /// By a chain to `root`; without `required` a client may also have no certificate.
    ///
    /// # Errors
    /// `root` is no certificate.
    pub fn new(
        root: &CertificateDer<'static>,
        required: bool,
        provider: Arc<CryptoProvider>,
    ) -> Result<JudgeClient, VerifierBuilderError> {
        let builder = WebPkiClientVerifier::builder_with_provider(trust(root), provider);
        let builder = if required { builder } else { builder.allow_unauthenticated() };
        Ok(JudgeClient { inner: builder.build()?, root: root.to_vec() })
    }
}

/// A root that does not parse leaves the store empty, which the builders report.
fn trust(root: &CertificateDer<'static>) -> Arc<RootCertStore> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates([root.clone()]);
    Arc::new(roots)
}

fn record_path<T>(
    chain: (&CertificateDer<'_>, &[CertificateDer<'_>]),
    root: &[u8],
    name: Option<&ServerName<'_>>,
    now: UnixTime,
    verdict: &Result<T, Error>,
) {
    record(|| Op::CertificatePath {
        chain: std::iter::once(chain.0).chain(chain.1).map(|der| der.to_vec()).collect(),
        roots: vec![root.to_vec()],
        name: name.map(|name| name.to_str().into_owned()),
        at: now.as_secs(),
        error: verdict.as_ref().err().map(Error::to_string),
        refusal: verdict.as_ref().err().map(refusal),
    });
}

/// The kind of an error of the verifier.
fn refusal(error: &Error) -> ChainRefusal {
    use CertificateError as E;
    let Error::InvalidCertificate(error) = error else { return ChainRefusal::Other };
    match error {
        E::Expired | E::ExpiredContext { .. } => ChainRefusal::Expired,
        E::NotValidYet | E::NotValidYetContext { .. } => ChainRefusal::NotYetValid,
        E::NotValidForName | E::NotValidForNameContext { .. } => ChainRefusal::WrongName,
        E::UnknownIssuer => ChainRefusal::UnknownIssuer,
        E::Revoked => ChainRefusal::Revoked,
        E::BadSignature => ChainRefusal::BadSignature,
        E::InvalidPurpose | E::InvalidPurposeContext { .. } => ChainRefusal::WrongPurpose,
        _ => ChainRefusal::Other,
    }
}

impl ServerCertVerifier for JudgeServer {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verdict = self.judge(leaf, intermediates, name, now);
        record_path((leaf, intermediates), &self.root, Some(name), now, &verdict);
        verdict
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, leaf, signed, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, leaf, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

impl ClientCertVerifier for JudgeClient {
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
        record_path((leaf, intermediates), &self.root, None, now, &verdict);
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
        self.inner.supported_verify_schemes()
    }
}
