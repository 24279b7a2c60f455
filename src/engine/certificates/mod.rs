//! Certificate chains, minted from their plans.

pub(super) mod made;
pub(super) mod mint;

use super::RunError;
use super::provider::{Algorithms, PrivateKey};
use crate::plan::{ChainPlan, RevocationList, Sent};
use crate::recent::Recent;
use pki_types::{CertificateDer, CertificateRevocationListDer};
use rustls::{CertificateError, Error};
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;
use webpki::EndEntityCert;

/// A minted chain.
pub struct Chain {
    /// The root, which the other side trusts.
    pub root: CertificateDer<'static>,
    /// What the endpoint sends: in a chain without fault leaf, then intermediate.
    pub sent: Vec<CertificateDer<'static>>,
    /// The endpoint's private key: the leaf's, unless the plan says another.
    pub key: Arc<PrivateKey>,
    /// All certificates, root first; none of a chain that was made elsewhere.
    certificates: Vec<mint::Certificate>,
}

/// Why a chain could not be minted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainError(pub(in crate::engine) String);

impl fmt::Display for ChainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no certificate chain: {}", self.0)
    }
}

impl std::error::Error for ChainError {}

/// How many chains are kept: those of a few scenarios that someone switches between.
const KEPT: usize = 8;

thread_local! {
    static MINTED: RefCell<Recent<ChainPlan, Rc<Chain>>> = const { RefCell::new(Recent::new(KEPT)) };
}

/// The chain of this plan. The same plan gives the same bytes, and the second time quickly.
///
/// # Errors
/// The plan cannot be minted, or what makes its keys is not loaded.
pub fn chain(plan: &ChainPlan, algorithms: &Algorithms) -> Result<Rc<Chain>, RunError> {
    if let Some(chain) = MINTED.with_borrow(|minted| minted.get(plan)) {
        return Ok(chain);
    }
    let chain = Rc::new(mint_chain(plan, algorithms)?);
    MINTED.with_borrow_mut(|minted| minted.keep(plan.clone(), chain.clone()));
    Ok(chain)
}

fn mint_chain(plan: &ChainPlan, algorithms: &Algorithms) -> Result<Chain, RunError> {
    if !plan.made.is_empty() {
        return algorithms.read_chain()?(&plan.made);
    }
    let certificates = mint::mint(plan, algorithms)?;
    let (Some(root), Some(leaf)) = (certificates.first(), certificates.last()) else {
        return Err(ChainError("it is empty".into()).into());
    };
    let key = match &plan.key_of {
        None => Arc::new(leaf.key.clone()),
        Some(other) => chain(other, algorithms)?.key.clone(),
    };
    let sent = |sent: &Sent| match sent {
        Sent::Own(place) => at(&certificates, *place),
        Sent::Of(other, place) => at(&chain(other, algorithms)?.certificates, *place),
    };
    let sent = plan.sent.iter().map(sent).collect::<Result<_, _>>()?;
    Ok(Chain { root: root.der.clone(), sent, key, certificates })
}

fn at(
    certificates: &[mint::Certificate],
    place: usize,
) -> Result<CertificateDer<'static>, RunError> {
    let certificate = certificates.get(place).map(|certificate| certificate.der.clone());
    certificate.ok_or_else(|| ChainError(format!("it has no certificate {place}")).into())
}

/// The revocation list of this plan.
///
/// # Errors
/// Its chain or the list cannot be minted, or what makes the keys is not loaded.
pub fn revocation_list(
    plan: &RevocationList,
    algorithms: &Algorithms,
) -> Result<CertificateRevocationListDer<'static>, RunError> {
    let chain = chain(&plan.chain, algorithms)?;
    Ok(mint::revocation_list(plan, &chain.certificates)?.into())
}

/// The SubjectPublicKeyInfo of a certificate (RFC 5280, section 4.1.2.7), in DER.
///
/// # Errors
/// The certificate cannot be read.
pub fn public_key_info(certificate: &CertificateDer<'_>) -> Result<Vec<u8>, Error> {
    let read = EndEntityCert::try_from(certificate);
    let read = read.map_err(|_| Error::InvalidCertificate(CertificateError::BadEncoding))?;
    Ok(read.subject_public_key_info().to_vec())
}
