//! The same chains by rcgen: what comes out must be the same bytes.

use super::super::ChainError;
use crate::engine::provider::{Algorithms, PrivateKey, TeachingKey};
use crate::engine::seed::Stream;
use crate::plan::{
    Authority, CertificateKind, CertificatePlan, ChainPlan, DAY, Extension, GeneralName,
    KeyPurpose, Name, Purpose, RevocationList, Validity, key_usage,
};
use crate::scenario::CLOCK;
use pki_types::CertificateDer;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DistinguishedName,
    DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyIdMethod, KeyUsagePurpose,
    NameConstraints, PublicKeyData, RevokedCertParams, SanType, SerialNumber, SigningKey,
};
use rustls::SignatureScheme;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// The DER of a chain's certificates, root first.
fn by_rcgen(plan: &ChainPlan) -> Result<Vec<Vec<u8>>, ChainError> {
    let authority = plan.authority;
    let make_key = Algorithms::ALL.make_key(plan.kind).unwrap();
    let mut stream = Stream::new(plan.seed, authority.actor);
    let mut keys = Vec::new();
    for place in 0..plan.certificates.len() {
        keys.push(CertificateKey::new(
            make_key(&mut stream, TeachingKey::Usual(authority.key_number(place))).unwrap(),
        ));
    }
    let mut minted = Vec::new();
    let mut issuer: Option<Issuer<'_, CertificateKey>> = None;
    for (certificate, key) in plan.certificates.iter().zip(keys) {
        let params = identify(as_params(certificate)?, &key, &mut stream);
        let signed = match &issuer {
            None => params.self_signed(&key)?,
            Some(issuer) => params.signed_by(&key, issuer)?,
        };
        minted.push(CertificateDer::from(signed).to_vec());
        issuer = Some(Issuer::new(params, key));
    }
    Ok(minted)
}

/// The plan of a certificate as rcgen takes it.
fn as_params(plan: &CertificatePlan) -> Result<CertificateParams, ChainError> {
    let mut params = params(plan.validity);
    for (kind, value) in [
        (DnType::OrganizationName, &plan.subject.organization),
        (DnType::CommonName, &plan.subject.common_name),
    ] {
        if let Some(value) = value {
            params.distinguished_name.push(kind, value.as_str());
        }
    }
    for extension in &plan.extensions {
        match extension {
            Extension::BasicConstraints { ca: false, .. } => params.is_ca = IsCa::ExplicitNoCa,
            Extension::BasicConstraints { path_len, .. } => {
                let constrained = path_len.map(BasicConstraints::Constrained);
                params.is_ca = IsCa::Ca(constrained.unwrap_or(BasicConstraints::Unconstrained));
            }
            Extension::SubjectAltName(names) => {
                for name in names {
                    params.subject_alt_names.push(san(name)?);
                }
            }
            Extension::KeyUsage(bits) => {
                let usages = [
                    (key_usage::DIGITAL_SIGNATURE, KeyUsagePurpose::DigitalSignature),
                    (key_usage::KEY_ENCIPHERMENT, KeyUsagePurpose::KeyEncipherment),
                    (key_usage::KEY_CERT_SIGN, KeyUsagePurpose::KeyCertSign),
                    (key_usage::CRL_SIGN, KeyUsagePurpose::CrlSign),
                ];
                let used = usages.into_iter().filter(|(bit, _)| bits & bit != 0);
                params.key_usages = used.map(|(_, usage)| usage).collect();
            }
            Extension::ExtendedKeyUsage(purposes) => {
                let purpose = |purpose: &KeyPurpose| match purpose {
                    KeyPurpose::ServerAuth => ExtendedKeyUsagePurpose::ServerAuth,
                    KeyPurpose::ClientAuth => ExtendedKeyUsagePurpose::ClientAuth,
                    KeyPurpose::CodeSigning => ExtendedKeyUsagePurpose::CodeSigning,
                    KeyPurpose::EmailProtection => ExtendedKeyUsagePurpose::EmailProtection,
                    KeyPurpose::OcspSigning => ExtendedKeyUsagePurpose::OcspSigning,
                };
                params.extended_key_usages = purposes.iter().map(purpose).collect();
            }
            Extension::PermittedNames(names) => {
                let tree = |name: &GeneralName| match name {
                    GeneralName::Dns(name) => GeneralSubtree::DnsName(name.clone()),
                    other => panic!("not asked of rcgen: {other:?}"),
                };
                params.name_constraints = Some(NameConstraints {
                    permitted_subtrees: names.iter().map(tree).collect(),
                    excluded_subtrees: Vec::new(),
                });
            }
            Extension::AuthorityKeyIdentifier | Extension::SubjectKeyIdentifier => {}
            Extension::Other(..) => panic!("rcgen has no name for it"),
        }
    }
    Ok(params)
}

fn san(name: &GeneralName) -> Result<SanType, ChainError> {
    Ok(match name {
        GeneralName::Email(address) => SanType::Rfc822Name(address.as_str().try_into()?),
        GeneralName::Dns(name) => SanType::DnsName(name.as_str().try_into()?),
        GeneralName::Ip(bytes) => {
            let bytes: [u8; 4] = bytes.as_slice().try_into().expect("an IPv4 address");
            SanType::IpAddress(bytes.into())
        }
        GeneralName::Uri(uri) => SanType::URI(uri.as_str().try_into()?),
        other => panic!("not asked of rcgen: {other:?}"),
    })
}

fn params(validity: Validity) -> CertificateParams {
    let mut params = CertificateParams::default();
    let moment = |seconds| rcgen::date_time_ymd(1970, 1, 1) + Duration::from_secs(seconds);
    params.not_before = moment(validity.not_before);
    params.not_after = moment(validity.not_after);
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
    // 16 random bytes, positive as RFC 5280, section 4.1.2.2, asks: the highest bit is clear. The
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

/// Plans that rcgen can mint as well.
fn plans(kind: CertificateKind) -> Vec<ChainPlan> {
    let plan = |authority, purpose, names: &[&str]| {
        ChainPlan::new(7, kind, authority, purpose, names, CLOCK)
    };
    let server = plan(Authority::SERVERS, Purpose::Server, &["www.example.com", "example.com"]);
    let mut changed = server.clone();
    let leaf = changed.leaf_mut().unwrap();
    leaf.validity = leaf.validity.ending(CLOCK - 8);
    leaf.set(Extension::KeyUsage(key_usage::DIGITAL_SIGNATURE | key_usage::KEY_ENCIPHERMENT));
    leaf.set(Extension::ExtendedKeyUsage(vec![KeyPurpose::CodeSigning]));
    leaf.set(Extension::SubjectAltName(vec![GeneralName::Ip(vec![192, 0, 2, 1])]));
    let mut deeper = server.clone();
    let second = CertificatePlan::authority(
        Name::authority("Second", "Issuing"),
        None,
        Validity::around(CLOCK, DAY, DAY),
    );
    deeper.certificates.insert(1, second);
    vec![
        server,
        changed,
        deeper,
        plan(Authority::CLIENTS, Purpose::Person, &["ada@example.com"]),
        plan(Authority::SERVICES, Purpose::Server, &["service.example.com"]),
        plan(Authority::GATEWAYS, Purpose::Host, &["gateway.example.com"]),
    ]
}

#[test]
fn chains_of_every_kind_and_purpose_are_as_rcgen_mints_them() {
    for kind in CertificateKind::ALL {
        for plan in plans(*kind) {
            let ours = super::mint(&plan, Algorithms::ALL).unwrap();
            let ours: Vec<_> = ours.iter().map(|one| one.der.to_vec()).collect();
            assert_eq!(ours, by_rcgen(&plan).unwrap(), "{plan:?}");
        }
    }
}

#[test]
fn revocation_lists_are_as_rcgen_mints_them() {
    let moment = |seconds| rcgen::date_time_ymd(1970, 1, 1) + Duration::from_secs(seconds);
    for kind in CertificateKind::ALL {
        let plan = plans(*kind).swap_remove(0);
        let minted = super::mint(&plan, Algorithms::ALL).unwrap();
        for list in RevocationList::of_chain(&plan, &[2], CLOCK) {
            let ours = super::revocation_list(&list, &minted).unwrap();
            let issuer = &minted[list.issuer];
            let key = CertificateKey::new(issuer.key.clone());
            let der = issuer.der.clone();
            let revoked = list.revoked.iter().map(|place| RevokedCertParams {
                serial_number: SerialNumber::from_slice(&minted[*place].serial),
                revocation_time: moment(list.this_update),
                reason_code: None,
                invalidity_date: None,
            });
            let mut params = as_params(&plan.certificates[list.issuer]).unwrap();
            let key_id = KeyIdMethod::PreSpecified(issuer.key_id.to_vec());
            params.key_identifier_method = key_id.clone();
            let theirs = CertificateRevocationListParams {
                this_update: moment(list.this_update),
                next_update: moment(list.next_update),
                crl_number: SerialNumber::from_slice(&[1]),
                issuing_distribution_point: None,
                revoked_certs: revoked.collect(),
                key_identifier_method: key_id,
            };
            let theirs = theirs.signed_by(&Issuer::new(params, key)).unwrap();
            assert_eq!(ours, theirs.der().to_vec(), "{der:?}");
        }
    }
}
