//! What both ends do with certificates: the message, and signatures made with a certificate's key.

use super::alert::{Refusal, refuse};
use super::bytes::{Reader, vector};
use super::core::{Core, body};
use crate::engine::provider::Algorithms;
use crate::tls::HandshakeType;
use pki_types::CertificateDer;
use rustls::sign::Signer;
use rustls::{AlertDescription, Error, SignatureScheme};
use webpki::EndEntityCert;

/// Sends a Certificate message: leaf first, or an empty list (RFC 5246, section 7.4.2).
pub fn send_chain(core: &mut Core, chain: &[CertificateDer<'_>]) {
    let list: Vec<u8> = chain.iter().flat_map(|der| vector(3, der)).collect();
    core.send(HandshakeType::CERTIFICATE, &vector(3, &list));
}

/// The certificates in a Certificate message.
pub fn read_chain(message: &[u8]) -> Result<Vec<CertificateDer<'static>>, Refusal> {
    let mut r = Reader::new("Certificate", body(message));
    let mut list = Reader::new("Certificate", r.vector(3)?);
    r.end()?;
    let mut chain = Vec::new();
    while !list.is_empty() {
        chain.push(CertificateDer::from(list.vector(3)?.to_vec()));
    }
    Ok(chain)
}

/// A signature with its scheme, as messages carry it (RFC 5246, section 4.7).
pub fn sign(signer: &dyn Signer, content: &[u8]) -> Result<Vec<u8>, Error> {
    let signature = signer.sign(content)?;
    Ok([&u16::from(signer.scheme()).to_be_bytes()[..], &vector(2, &signature)].concat())
}

/// Reads such a signature, and checks that the key in `leaf` made it over `content`.
pub fn check_signature(
    r: &mut Reader<'_>,
    leaf: Option<&CertificateDer<'_>>,
    content: &[u8],
) -> Result<(), Refusal> {
    let (scheme, signature) = (SignatureScheme::from(r.u16()?), r.vector(2)?);
    r.end()?;
    let offered =
        Algorithms::ALL.verification.mapping.iter().find(|(offered, _)| *offered == scheme);
    let (_, algorithms) = offered.ok_or_else(|| {
        let text = format!("the signature is by {scheme:?}, which was not offered");
        refuse(AlertDescription::IllegalParameter, text)
    })?;
    let leaf = leaf.and_then(|leaf| EndEntityCert::try_from(leaf).ok());
    let holds = leaf.is_some_and(|leaf| {
        algorithms.iter().any(|one| leaf.verify_signature(*one, content, signature).is_ok())
    });
    if holds {
        return Ok(());
    }
    let text = "the signature was not made over this content with the certificate's key";
    Err(refuse(AlertDescription::DecryptError, text))
}
