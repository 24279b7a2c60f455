//! The same chains by rcgen: what comes out must be the same octets.

use super::super::keys::chain_keys;
use super::super::plan::{ChainPlan, Purpose, Validity};
use super::super::{Chain, ChainError};
use crate::engine::provider::{Algorithms, MakeKey, PrivateKey};
use crate::engine::seed::Stream;
use crate::scenario::CertificateKind;
use pki_types::CertificateDer;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyIdMethod, KeyUsagePurpose, PublicKeyData, SanType, SerialNumber, SigningKey,
};
use rustls::SignatureScheme;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;

fn by_rcgen(plan: &ChainPlan, make_key: MakeKey) -> Result<Chain, ChainError> {
    let (actor, owner, shift) = plan.purpose.authority();
    let mut stream = Stream::new(plan.seed, actor);
    let [root_key, intermediate_key, leaf_key] =
        chain_keys(make_key, &mut stream, shift)?.map(CertificateKey::new);

    let root = authority(&format!("{owner} Root CA"), owner, plan.root_validity(), None);
    let root = identify(root, &root_key, &mut stream);
    let root_certificate = root.self_signed(&root_key)?;
    let root_issuer = Issuer::new(root, root_key);

    let name = format!("{owner} Intermediate CA");
    let intermediate = authority(&name, owner, plan.intermediate_validity(), Some(0));
    let intermediate = identify(intermediate, &intermediate_key, &mut stream);
    let intermediate_certificate = intermediate.signed_by(&intermediate_key, &root_issuer)?;
    let intermediate_issuer = Issuer::new(intermediate, intermediate_key);

    let leaf = identify(leaf(plan)?, &leaf_key, &mut stream);
    let leaf_certificate = leaf.signed_by(&leaf_key, &intermediate_issuer)?;

    let der = |certificate: rcgen::Certificate| CertificateDer::from(certificate);
    Ok(Chain {
        root: der(root_certificate),
        sent: vec![der(leaf_certificate), der(intermediate_certificate)],
        key: Arc::new(leaf_key.key),
    })
}

/// Parameters of a CA; `path_len` is how many CAs may stand below it.
fn authority(
    name: &str,
    owner: &str,
    validity: Validity,
    path_len: Option<u8>,
) -> CertificateParams {
    let constraints =
        path_len.map_or(BasicConstraints::Unconstrained, BasicConstraints::Constrained);
    let mut params = params(validity);
    params.distinguished_name.push(DnType::OrganizationName, owner);
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(constraints);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn leaf(plan: &ChainPlan) -> Result<CertificateParams, ChainError> {
    let mut params = params(plan.leaf_validity);
    for (place, name) in plan.names.iter().enumerate() {
        if place == 0 {
            params.distinguished_name.push(DnType::CommonName, name.as_str());
        }
        let name = name.as_str().try_into()?;
        params.subject_alt_names.push(match plan.purpose {
            Purpose::Client => SanType::Rfc822Name(name),
            _ => SanType::DnsName(name),
        });
    }
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    if plan.key_encipherment {
        params.key_usages.push(KeyUsagePurpose::KeyEncipherment);
    }
    params.extended_key_usages = vec![match plan.purpose.is_server() {
        true => ExtendedKeyUsagePurpose::ServerAuth,
        false => ExtendedKeyUsagePurpose::ClientAuth,
    }];
    Ok(params)
}

fn params(validity: Validity) -> CertificateParams {
    let mut params = CertificateParams::default();
    let epoch = rcgen::date_time_ymd(1970, 1, 1);
    params.not_before = epoch + Duration::from_secs(validity.not_before);
    params.not_after = epoch + Duration::from_secs(validity.not_after);
    params.distinguished_name = DistinguishedName::new();
    params.use_authority_key_identifier_extension = true;
    params
}

/// Gives the certificate its serial number and its subject key identifier.
fn identify(
    mut params: CertificateParams,
    key: &CertificateKey,
    stream: &mut Stream,
) -> CertificateParams {
    // 16 random octets, positive as RFC 5280, section 4.1.2.2, asks: the highest bit is clear. The
    // next one is set, so that all serial numbers are equally long.
    let mut serial: [u8; 16] = stream.take();
    serial[0] = serial[0] & 0x7f | 0x40;
    params.serial_number = Some(SerialNumber::from_slice(&serial));
    // RFC 7093, section 2, method 1.
    let digest = Sha256::digest(&key.public);
    params.key_identifier_method = KeyIdMethod::PreSpecified(digest[..20].to_vec());
    params
}

/// A key as rcgen takes it.
struct CertificateKey {
    key: PrivateKey,
    public: Vec<u8>,
}

impl CertificateKey {
    fn new(key: PrivateKey) -> CertificateKey {
        let public = key.public_key();
        CertificateKey { key, public }
    }
}

impl PublicKeyData for CertificateKey {
    fn der_bytes(&self) -> &[u8] {
        &self.public
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        match self.key.kind() {
            CertificateKind::EcdsaP256 => &rcgen::PKCS_ECDSA_P256_SHA256,
            CertificateKind::EcdsaP384 => &rcgen::PKCS_ECDSA_P384_SHA384,
            CertificateKind::Ed25519 => &rcgen::PKCS_ED25519,
            CertificateKind::Rsa2048 => &rcgen::PKCS_RSA_SHA256,
        }
    }
}

impl SigningKey for CertificateKey {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        let scheme = match self.key.kind() {
            CertificateKind::EcdsaP256 => SignatureScheme::ECDSA_NISTP256_SHA256,
            CertificateKind::EcdsaP384 => SignatureScheme::ECDSA_NISTP384_SHA384,
            CertificateKind::Ed25519 => SignatureScheme::ED25519,
            CertificateKind::Rsa2048 => SignatureScheme::RSA_PKCS1_SHA256,
        };
        self.key.sign(scheme, message).map_err(|_| rcgen::Error::RemoteKeyError)
    }
}

impl From<rcgen::Error> for ChainError {
    fn from(error: rcgen::Error) -> Self {
        ChainError(error.to_string())
    }
}

#[test]
fn chains_of_every_kind_and_purpose_are_as_rcgen_mints_them() {
    for kind in CertificateKind::ALL {
        for (purpose, names) in [
            (Purpose::Server, &["www.example.com", "example.com"][..]),
            (Purpose::Client, &["ada@example.com"][..]),
            (Purpose::Service, &["service.example.com"][..]),
            (Purpose::Gateway, &["gateway.example.com"][..]),
        ] {
            for (encipher, expired) in [(false, false), (true, true)] {
                let mut plan = ChainPlan::new(7, *kind, purpose, names);
                plan.key_encipherment = encipher;
                if expired {
                    plan.expire_leaf(8);
                }
                let make_key = Algorithms::ALL.make_key(*kind).unwrap();
                let ours = super::mint(&plan, make_key).unwrap();
                let theirs = by_rcgen(&plan, make_key).unwrap();
                assert_eq!(ours.root, theirs.root, "{plan:?}");
                assert_eq!(ours.sent, theirs.sent, "{plan:?}");
            }
        }
    }
}
