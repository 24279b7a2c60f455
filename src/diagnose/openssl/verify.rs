//! Which errors OpenSSL finds in a chain, in the order in which it finds them: `X509_verify_cert` of OpenSSL
//! 3.0 with a callback that goes on after each, as `s_client` has it.
//!
//! The leaf's key is looked at first. Then the path is built: issuers by name and key identifier, among the roots
//! before what was sent. Then come extensions, the other keys and the hashes, the host name, signatures and dates from
//! the root down, and constraints on names.

use super::{date, name};
use crate::certificates::verdict::Signed;
use crate::story::{Certificate, is_address, is_allowed, name_covers};
use crate::wire::x509::GeneralName;

/// An error of a chain, by the number that OpenSSL has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifyError {
    /// `X509_V_ERR_…` as a number.
    pub number: u16,
    /// What OpenSSL says.
    pub text: &'static str,
}

macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $text:literal;)*) => {
        impl VerifyError {
            $($(#[$doc])* pub const $name: VerifyError = VerifyError { number: $number, text: $text };)*
        }
    };
}

errors! {
    /// The issuer's key did not make the signature.
    SIGNATURE = 7, "certificate signature failure";
    /// The first second of validity is still to come.
    NOT_YET_VALID = 9, "certificate is not yet valid";
    /// The last second of validity is past.
    EXPIRED = 10, "certificate has expired";
    /// The leaf is its own issuer, and not trusted.
    SELF_SIGNED = 18, "self-signed certificate";
    /// The chain ends with a certificate that is its own issuer, and not trusted.
    SELF_SIGNED_IN_CHAIN = 19, "self-signed certificate in certificate chain";
    /// The issuer of the last certificate is not there.
    NO_ISSUER = 20, "unable to get local issuer certificate";
    /// There is the leaf alone.
    LEAF_ALONE = 21, "unable to verify the first certificate";
    /// More authorities than an authority allows.
    PATH_LENGTH = 25, "path length constraint exceeded";
    /// It may not be used for this.
    PURPOSE = 26, "unsuitable certificate purpose";
    /// The issuer may not sign certificates.
    NO_CERT_SIGN = 32, "key usage does not include certificate signing";
    /// An extension that is marked critical, and not known.
    CRITICAL = 34, "unhandled critical extension";
    /// A name that an authority may not issue for.
    NOT_PERMITTED = 47, "permitted subtree violation";
    /// The same, as an authority excludes it.
    EXCLUDED = 48, "excluded subtree violation";
    /// The leaf is for other hosts.
    HOST = 62, "hostname mismatch";
    /// The leaf is for other addresses.
    ADDRESS = 64, "IP address mismatch";
    /// The leaf's key is too short.
    LEAF_KEY = 66, "EE certificate key too weak";
    /// An authority's key is too short.
    CA_KEY = 67, "CA certificate key too weak";
    /// A certificate is signed with a hash that is too weak.
    HASH = 68, "CA signature digest algorithm too weak";
    /// An issuer that is no authority.
    NO_CA = 79, "invalid CA certificate";
}

/// Extensions that OpenSSL knows how to heed, of those that occur.
const HEEDED: [&str; 8] = [
    "2.5.29.15",
    "2.5.29.17",
    "2.5.29.19",
    "2.5.29.30",
    "2.5.29.31",
    "2.5.29.32",
    "2.5.29.36",
    "2.5.29.37",
];

/// What is judged, and by what.
#[derive(Clone, Debug)]
pub struct Chain<'a> {
    /// What was sent, in DER, leaf first.
    pub sent: &'a [Vec<u8>],
    /// The trust store, in DER.
    pub roots: &'a [Vec<u8>],
    /// The host or address that the leaf must be for; `None` where nobody asks.
    pub host: Option<&'a str>,
    /// Seconds since 1970.
    pub now: i64,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// What `s_client` prints while it judges, a line each.
    pub lines: Vec<String>,
    /// The errors, in order.
    pub errors: Vec<VerifyError>,
}

impl Judged {
    /// What stops a program that goes no further after an error.
    pub fn first(&self) -> Option<VerifyError> {
        self.errors.first().copied()
    }

    /// What `s_client` sums it up by.
    pub fn last(&self) -> Option<VerifyError> {
        self.errors.last().copied()
    }
}

/// A certificate, read for what OpenSSL asks of it.
struct Cert<'a> {
    der: &'a [u8],
    read: Certificate,
}

impl<'a> Cert<'a> {
    fn read(der: &'a Vec<u8>) -> Option<Cert<'a>> {
        Some(Cert { der, read: Certificate::read(der)? })
    }

    /// Whether it is likely this one's issuer: by name, and by key identifier where both have one.
    fn issued(&self, other: &Cert<'_>) -> bool {
        let key = &self.read.summary().subject_key_id;
        let wanted = &other.read.summary().authority_key_id;
        let key_fits = key.is_none() || wanted.is_none() || key == wanted;
        self.read.subject_der == other.read.issuer_der && key_fits
    }

    fn is_self_issued(&self) -> bool {
        self.issued(self)
    }

    fn may_sign(&self) -> bool {
        let usage = self.read.key_usage();
        usage.is_empty() || usage.contains(&"keyCertSign")
    }

    fn is_for_servers(&self, is_leaf: bool) -> bool {
        let purposes = self.read.purposes();
        let usage = self.read.key_usage();
        let for_tls = ["digitalSignature", "keyEncipherment", "keyAgreement"];
        (purposes.is_empty() || purposes.iter().any(|purpose| purpose == "serverAuth"))
            && if is_leaf {
                usage.is_empty() || usage.iter().any(|one| for_tls.contains(one))
            } else {
                self.is_ca()
            }
    }

    fn is_ca(&self) -> bool {
        self.may_sign() && self.read.is_ca()
    }

    /// Whether its key is shorter than security level 2 has it, as Debian sets it.
    fn is_too_short(&self) -> bool {
        self.read.summary().rsa_bits().is_some_and(|bits| bits < 2048)
    }

    /// The same of the hash that was signed.
    fn has_weak_hash(&self) -> bool {
        let algorithm = self.read.signature_algorithm().to_lowercase();
        algorithm.contains("sha1") || algorithm.contains("md5")
    }

    fn has_unheeded(&self) -> bool {
        let critical = &self.read.summary().critical_extensions;
        critical.iter().any(|one| !HEEDED.contains(&one.as_str()))
    }

    /// As OpenSSL looks for a host: among the alternative names, and in the common name where none of them is
    /// of its kind.
    fn is_for(&self, host: &str) -> bool {
        if is_address(host) {
            return self.read.is_for(host);
        }
        let names = self.read.general_names();
        if names.iter().any(|name| name.kind == "dNSName") {
            return self.read.is_for(host);
        }
        let common = self.read.subject().split(", ").filter_map(|part| part.strip_prefix("CN="));
        let common = common.map(|value| GeneralName { kind: "dNSName", value: value.to_owned() });
        common.into_iter().any(|name| name_covers(&name, host))
    }
}

/// Judges a chain. Nothing for one that cannot be read: OpenSSL ends the handshake then.
pub fn judge(chain: &Chain<'_>) -> Option<Judged> {
    let sent: Vec<Cert<'_>> = chain.sent.iter().map(Cert::read).collect::<Option<_>>()?;
    let roots: Vec<Cert<'_>> = chain.roots.iter().map(Cert::read).collect::<Option<_>>()?;
    let mut judging = Judging { now: chain.now, judged: Judged::default() };
    if let Some(leaf) = sent.first().filter(|leaf| leaf.is_too_short()) {
        judging.fail(0, leaf, VerifyError::LEAF_KEY);
    }
    let path = judging.build(&sent, &roots)?;
    judging.extensions(&path);
    judging.strengths(&path);
    if let (Some(host), Some(leaf)) = (chain.host, path.first())
        && !leaf.is_for(host)
    {
        judging.fail(
            0,
            leaf,
            if is_address(host) { VerifyError::ADDRESS } else { VerifyError::HOST },
        );
    }
    judging.signatures_and_dates(&path)?;
    judging.name_constraints(&path);
    Some(judging.judged)
}

struct Judging {
    now: i64,
    judged: Judged,
}

impl Judging {
    /// The path from the leaf up.
    fn build<'a>(
        &mut self,
        sent: &'a [Cert<'a>],
        roots: &'a [Cert<'a>],
    ) -> Option<Vec<&'a Cert<'a>>> {
        let mut path = vec![sent.first()?];
        loop {
            let last = *path.last()?;
            if let Some(root) = self.best(roots.iter().filter(|root| root.issued(last))) {
                if root.der != last.der {
                    path.push(root);
                }
                return Some(path);
            }
            if last.is_self_issued() {
                let alone = path.len() == 1;
                let error = if alone {
                    VerifyError::SELF_SIGNED
                } else {
                    VerifyError::SELF_SIGNED_IN_CHAIN
                };
                self.untrusted(path.len() - 1, last, error);
                return Some(path);
            }
            let is_new = |one: &&Cert<'_>| !path.iter().any(|used| used.der == one.der);
            let issuers = sent.iter().filter(is_new).filter(|one| one.issued(last));
            match self.best(issuers) {
                Some(issuer) => path.push(issuer),
                None => {
                    self.untrusted(path.len() - 1, last, VerifyError::NO_ISSUER);
                    return Some(path);
                }
            }
        }
    }

    /// A path that ends without a root: an error that was found before counts for it as well.
    fn untrusted(&mut self, depth: usize, certificate: &Cert<'_>, error: VerifyError) {
        let error = self.judged.last().unwrap_or(error);
        self.fail(depth, certificate, error);
    }

    /// The first that is valid now, or else the first.
    fn best<'a>(&self, issuers: impl Iterator<Item = &'a Cert<'a>>) -> Option<&'a Cert<'a>> {
        let issuers: Vec<_> = issuers.collect();
        let valid = issuers.iter().find(|one| self.time_error(one).is_none());
        valid.or(issuers.first()).copied()
    }

    fn time_error(&self, certificate: &Cert<'_>) -> Option<VerifyError> {
        let (from, to) = certificate.read.validity();
        // OpenSSL takes the last second for past already.
        let errors =
            [(from > self.now, VerifyError::NOT_YET_VALID), (to <= self.now, VerifyError::EXPIRED)];
        errors.into_iter().find_map(|(is_wrong, error)| is_wrong.then_some(error))
    }

    fn extensions(&mut self, path: &[&Cert<'_>]) {
        let mut below = 0;
        for (depth, certificate) in path.iter().enumerate() {
            let limit = certificate.read.summary().path_len;
            let checks = [
                (certificate.has_unheeded(), VerifyError::CRITICAL),
                (depth > 0 && !certificate.is_ca(), VerifyError::NO_CA),
                (!certificate.is_for_servers(depth == 0), VerifyError::PURPOSE),
                (depth > 1 && limit.is_some_and(|limit| below > limit), VerifyError::PATH_LENGTH),
            ];
            for (_, error) in checks.into_iter().filter(|(is_wrong, _)| *is_wrong) {
                self.fail(depth, certificate, error);
            }
            below += u32::from(depth > 0 && !certificate.is_self_issued());
        }
    }

    fn strengths(&mut self, path: &[&Cert<'_>]) {
        for (depth, certificate) in path.iter().enumerate() {
            if depth > 0 && certificate.is_too_short() {
                self.fail(depth, certificate, VerifyError::CA_KEY);
            }
            // The last is trusted, whoever signed it.
            if depth + 1 < path.len() && certificate.has_weak_hash() {
                self.fail(depth, certificate, VerifyError::HASH);
            }
        }
    }

    fn signatures_and_dates(&mut self, path: &[&Cert<'_>]) -> Option<()> {
        let top = path.len().checked_sub(1)?;
        let mut issuer = *path.get(top)?;
        let mut depth = top;
        if !issuer.is_self_issued() {
            if depth == 0 {
                self.fail(0, issuer, VerifyError::LEAF_ALONE);
            } else {
                depth -= 1;
            }
        }
        loop {
            let certificate = *path.get(depth)?;
            if certificate.der != issuer.der {
                if !issuer.may_sign() {
                    self.fail(depth + 1, issuer, VerifyError::NO_CERT_SIGN);
                }
                // What cannot be checked here is not said to be wrong.
                if Signed::read(certificate.der)?.is_by(&issuer.read.key_info) == Some(false) {
                    self.fail(depth, certificate, VerifyError::SIGNATURE);
                }
            }
            if let Some(error) = self.time_error(certificate) {
                self.fail(depth, certificate, error);
            }
            self.say(depth, certificate, None);
            issuer = certificate;
            match depth.checked_sub(1) {
                Some(next) => depth = next,
                None => return Some(()),
            }
        }
    }

    fn name_constraints(&mut self, path: &[&Cert<'_>]) {
        for (depth, certificate) in path.iter().enumerate().rev() {
            if depth > 0 && certificate.is_self_issued() {
                continue;
            }
            for authority in path.iter().skip(depth + 1) {
                let summary = authority.read.summary();
                let names = certificate.read.general_names();
                let within = |permitted, excluded| {
                    names.iter().all(|name| is_allowed(name, permitted, excluded))
                };
                if !within(&summary.permitted_names, &[]) {
                    self.fail(depth, certificate, VerifyError::NOT_PERMITTED);
                } else if !within(&[], &summary.excluded_names) {
                    self.fail(depth, certificate, VerifyError::EXCLUDED);
                }
            }
        }
    }

    fn fail(&mut self, depth: usize, certificate: &Cert<'_>, error: VerifyError) {
        self.judged.errors.push(error);
        self.say(depth, certificate, Some(error));
    }

    /// What the callback of `s_client` prints. The last error stays with OpenSSL, so that the date that it is
    /// about is printed of later certificates as well.
    fn say(&mut self, depth: usize, certificate: &Cert<'_>, error: Option<VerifyError>) {
        let (from, to) = certificate.read.validity();
        let lines = &mut self.judged.lines;
        lines.push(format!("depth={depth} {}", name(certificate.read.subject())));
        lines
            .extend(error.map(|error| format!("verify error:num={}:{}", error.number, error.text)));
        lines.extend(match self.judged.errors.last() {
            Some(&VerifyError::NOT_YET_VALID) => Some(format!("notBefore={}", date(from))),
            Some(&VerifyError::EXPIRED) => Some(format!("notAfter={}", date(to))),
            _ => None,
        });
        lines.push("verify return:1".into());
    }
}
