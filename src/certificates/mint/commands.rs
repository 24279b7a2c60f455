//! How other programs make the same.

use super::{File, Object, ObjectKind, keytool, openssl};
use crate::certificates::recipe::{Group, Recipe, Subject, Wrong};
use crate::plan::{CertificatePlan, Extension, GeneralName, KeyPurpose, key_usage};

/// How a program makes an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// By these lines of a shell, in the folder of the files, where what stands before is already made.
    Run(Vec<String>),
    /// It cannot, for this reason.
    Cannot(&'static str),
}

/// How the objects of one subject are made.
pub struct Ways<'a> {
    pub recipe: &'a Recipe,
    pub subject: &'a Subject,
    pub plan: &'a CertificatePlan,
}

impl<'a> Ways<'a> {
    pub fn new(recipe: &'a Recipe, subject: &'a Subject, plan: &'a CertificatePlan) -> Ways<'a> {
        Ways { recipe, subject, plan }
    }

    /// An object of the subject.
    pub fn object(&self, kind: ObjectKind, about: String, files: Vec<File>) -> Object {
        let (openssl, keytool) = match kind {
            ObjectKind::Key => (openssl::key(self), keytool::key(self)),
            ObjectKind::Request => (openssl::request(self), keytool::request(self)),
            _ => (openssl::certificate(self), keytool::certificate(self)),
        };
        Object { kind, name: self.subject.name.clone(), about, files, openssl, keytool }
    }

    /// Who signs.
    pub fn signer(&self) -> &'a Subject {
        let issuer = self.subject.issuer.as_ref();
        issuer.and_then(|name| self.recipe.subject(name)).unwrap_or(self.subject)
    }

    /// What is written where it signs for others.
    pub fn extensions(&self) -> impl Iterator<Item = &'a Extension> {
        self.plan.extensions.iter()
    }

    /// The names of subjectAltName, if it has it.
    pub fn names(&self) -> Option<&'a [GeneralName]> {
        self.extensions().find_map(|one| match one {
            Extension::SubjectAltName(names) => Some(names.as_slice()),
            _ => None,
        })
    }

    /// By how many days it starts too late, or too early below 0.
    pub fn starts(&self) -> i64 {
        let days = i64::try_from(self.subject.days).unwrap_or(i64::MAX);
        if self.subject.has(Wrong::Expired) {
            -1 - days
        } else if self.subject.has(Wrong::NotYetValid) {
            1
        } else {
            0
        }
    }
}

/// An object of several certificates.
pub fn of_group(recipe: &Recipe, group: &Group, kind: ObjectKind, files: Vec<File>) -> Object {
    let parts = group.certificates.iter().map(|name| format!("{name}.crt"));
    let parts = parts.collect::<Vec<_>>().join(" ");
    let (openssl, keytool) = match kind {
        ObjectKind::KeyStore => {
            (openssl::key_store(recipe, group, &parts), keytool::key_store(recipe, group))
        }
        ObjectKind::TrustStore => {
            (openssl::trust_store(recipe, group, &parts), keytool::trust_store(recipe, group))
        }
        _ => {
            let join = Way::Run(vec![format!("cat {parts} > {}.pem", group.name)]);
            (join.clone(), join)
        }
    };
    Object { kind, name: group.name.clone(), about: group.about.clone(), files, openssl, keytool }
}

/// The uses of a keyUsage, by the names that both programs have for them.
pub fn usages(bits: u8) -> String {
    const NAMES: [(u8, &str); 4] = [
        (key_usage::DIGITAL_SIGNATURE, "digitalSignature"),
        (key_usage::KEY_ENCIPHERMENT, "keyEncipherment"),
        (key_usage::KEY_CERT_SIGN, "keyCertSign"),
        (key_usage::CRL_SIGN, "cRLSign"),
    ];
    let set = NAMES.iter().filter(|(bit, _)| bits & bit != 0).map(|(_, name)| *name);
    set.collect::<Vec<_>>().join(",")
}

/// The purposes of an extendedKeyUsage, likewise.
pub fn purposes(purposes: &[KeyPurpose]) -> String {
    let name = |purpose: &KeyPurpose| match purpose {
        KeyPurpose::ServerAuth => "serverAuth",
        KeyPurpose::ClientAuth => "clientAuth",
        KeyPurpose::CodeSigning => "codeSigning",
        KeyPurpose::EmailProtection => "emailProtection",
        KeyPurpose::OcspSigning => "OCSPSigning",
    };
    purposes.iter().map(name).collect::<Vec<_>>().join(",")
}
