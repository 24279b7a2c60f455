//! A server's raw public key in place of its certificate chain (RFC 7250).

use super::certificates::{Chain, public_key_info};
use super::provider::EndpointKey;
use super::provider::recorder::record;
use crate::trace::Op;
use pki_types::{CertificateDer, ServerName, SubjectPublicKeyInfoDer, UnixTime};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{
    CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature,
    verify_tls13_signature_with_raw_key,
};
use rustls::server::{AlwaysResolvesServerRawPublicKeys, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use std::sync::Arc;

/// How a client judges a server whose public key it was told: that of this chain's leaf.
///
/// # Errors
/// There is no leaf that can be read.
pub fn verifier(
    chain: &Chain,
    provider: &CryptoProvider,
) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    let algorithms = provider.signature_verification_algorithms;
    Ok(Arc::new(RawPublicKeyVerifier { trusted: public_key_info(leaf(chain)?)?, algorithms }))
}

/// How a server shows the public key of this chain's leaf.
///
/// # Errors
/// There is no leaf that can be read.
pub fn resolver(chain: &Chain) -> Result<Arc<dyn ResolvesServerCert>, Error> {
    let shown = vec![CertificateDer::from(public_key_info(leaf(chain)?)?)];
    let key = CertifiedKey::new(shown, Arc::new(EndpointKey(chain.key.clone())));
    Ok(Arc::new(AlwaysResolvesServerRawPublicKeys::new(Arc::new(key))))
}

/// The certificate that the endpoint sends first.
fn leaf(chain: &Chain) -> Result<&CertificateDer<'static>, Error> {
    chain.sent.first().ok_or(Error::InvalidCertificate(CertificateError::BadEncoding))
}

/// By the key alone.
#[derive(Debug)]
struct RawPublicKeyVerifier {
    /// The SubjectPublicKeyInfo that the client was told beforehand.
    trusted: Vec<u8>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl ServerCertVerifier for RawPublicKeyVerifier {
    fn verify_server_cert(
        &self,
        key: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verdict = if key.as_ref() == self.trusted {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(Error::InvalidCertificate(CertificateError::UnknownIssuer))
        };
        record(|| Op::RawPublicKey {
            key: key.to_vec(),
            trusted: self.trusted.clone(),
            error: verdict.as_ref().err().map(Error::to_string),
        });
        verdict
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        // Not reached: rustls settles on raw public keys in TLS 1.3 alone.
        verify_tls12_signature(message, leaf, signed, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        key: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let key = SubjectPublicKeyInfoDer::from(key.as_ref());
        verify_tls13_signature_with_raw_key(message, &key, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }

    fn requires_raw_public_keys(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::certificates::chain;
    use crate::engine::provider::{Algorithms, provider};
    use crate::scenario::Scenario;

    #[test]
    fn a_key_that_the_client_was_not_told_is_refused() {
        let keys = [1, 2].map(|seed| {
            let scenario = Scenario { seed, ..Scenario::default() };
            chain(scenario.sound_plan().server.chain_mut().unwrap(), Algorithms::FIRST).unwrap()
        });
        let provider =
            provider(&Scenario::default().sound_plan().client, Algorithms::FIRST).unwrap();
        let judge = verifier(&keys[0], &provider).unwrap();
        let accepts = |chain: &Chain| {
            let shown = CertificateDer::from(public_key_info(&chain.sent[0]).unwrap());
            let name = ServerName::try_from("www.example.com").unwrap();
            let now = UnixTime::since_unix_epoch(std::time::Duration::ZERO);
            judge.verify_server_cert(&shown, &[], &name, &[], now).is_ok()
        };
        assert!(accepts(&keys[0]));
        assert!(!accepts(&keys[1]));
    }
}
