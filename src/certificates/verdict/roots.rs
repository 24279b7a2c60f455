//! Whom to trust.

use crate::engine::{Capabilities, identity};
use crate::plan::CertificateKind;
use crate::scenario::Scenario;
use crate::story::Certificate;
use crate::trace::Endpoint;
use pki_types::{CertificateDer, Der, TrustAnchor};

/// A set of trusted roots.
#[derive(Clone, Debug, Default)]
pub struct Roots {
    /// As webpki takes them.
    pub(super) anchors: Vec<TrustAnchor<'static>>,
    /// As the checks take them: of public roots only those of this subject.
    own: Vec<Certificate>,
    /// The public ones, where they are trusted. They are reached from [`Roots::public`] alone, so that a page
    /// loads them when it needs them.
    public: &'static [TrustAnchor<'static>],
    /// Intermediates that whoever trusts these has met before, in DER.
    cached: Vec<Vec<u8>>,
}

impl Roots {
    /// Those that Mozilla's programs trust.
    pub fn public() -> Roots {
        let public = webpki_roots::TLS_SERVER_ROOTS;
        Roots { anchors: public.to_vec(), public, ..Roots::default() }
    }

    /// Those of the lab's own runs, for each kind of key: of servers, and of clients.
    pub fn lab() -> Roots {
        let mut roots = Roots::default();
        for kind in CertificateKind::ALL {
            let scenario = Scenario::parse("tls13-mtls");
            let scenario = scenario.and_then(|scenario| scenario.with(&[("cert", kind.id())]));
            let Ok(scenario) = scenario else { continue };
            for end in Endpoint::BOTH {
                if let Ok(identity) = identity(&scenario, end, &Capabilities::all()) {
                    roots.add(&identity.root);
                    identity.chain.iter().skip(1).for_each(|der| roots.remember(der));
                }
            }
        }
        roots
    }

    /// Trusts this certificate too. One that cannot be read is left out.
    pub fn add(&mut self, der: &[u8]) {
        let der = CertificateDer::from(der.to_vec());
        let anchor = webpki::anchor_from_trusted_cert(&der).map(|anchor| anchor.to_owned());
        if let (Ok(anchor), Some(certificate)) = (anchor, Certificate::read(&der)) {
            self.anchors.push(anchor);
            self.own.push(certificate);
        }
    }

    /// Remembers this intermediate, as a browser does that met it on an earlier visit.
    pub fn remember(&mut self, der: &[u8]) {
        self.cached.push(der.to_vec());
    }

    /// The intermediates of earlier visits.
    pub(super) fn cached(&self) -> &[Vec<u8>] {
        &self.cached
    }

    /// Trusts the others too.
    pub fn extend(&mut self, others: Roots) {
        self.anchors.extend(others.anchors);
        self.own.extend(others.own);
        self.cached.extend(others.cached);
        if self.public.is_empty() {
            self.public = others.public;
        }
    }

    /// Those that are known as certificates.
    pub(super) fn own(&self) -> &[Certificate] {
        &self.own
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.anchors.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }

    /// Whether a root of this subject, in DER, is a public one.
    pub(super) fn is_public(&self, subject: &[u8]) -> bool {
        self.public.iter().any(|root| is_of(root, subject))
    }

    /// The roots that a chain with these issuers, in DER, can end at.
    pub(super) fn of(&self, issuers: &[&[u8]]) -> Vec<Certificate> {
        let mut found = self.own.clone();
        let wanted =
            self.public.iter().filter(|root| issuers.iter().any(|issuer| is_of(root, issuer)));
        found.extend(wanted.filter_map(|root| {
            Certificate::anchor(whole(&root.subject), whole(&root.subject_public_key_info))
        }));
        found
    }
}

/// The SEQUENCE whose contents an anchor keeps.
fn whole(contents: &Der<'_>) -> Vec<u8> {
    crate::der::write::tlv(crate::der::SEQUENCE, contents)
}

fn is_of(root: &TrustAnchor<'_>, subject: &[u8]) -> bool {
    whole(&root.subject) == subject
}
