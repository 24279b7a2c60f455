//! The objects of a recipe: keys, requests, certificates, bundles, key stores and trust stores, each with
//! what it is for and the commands that make the same.

mod commands;
pub mod folder;
mod keytool;
mod openssl;
mod plan;
mod store;

use super::key::{Key, KeyError, drawn};
use super::recipe::{Recipe, Subject, Wrong};
use crate::capture::pem;
use crate::der::write::{bit_string, context, integer, oid, sequence, set};
use crate::engine::Stream;
use crate::engine::mint::{Party, extension, serial, to_be_signed};
use crate::plan::{CertificatePlan, Extension};
pub use commands::Way;
pub use openssl::NEWER;
use std::fmt;
use std::rc::Rc;

/// Something that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// What kind of thing it is.
    pub kind: ObjectKind,
    /// What the recipe calls it.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// Its files: the same in different forms.
    pub files: Vec<File>,
    /// How OpenSSL makes the same.
    pub openssl: Way,
    /// How Java's keytool makes the same.
    pub keytool: Way,
}

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ObjectKind {
    /// A private key, as PKCS #8 (RFC 5958).
    Key,
    /// A certification request (RFC 2986).
    Request,
    /// A certificate (RFC 5280).
    Certificate,
    /// Certificates in one PEM file.
    Bundle,
    /// A private key and its certificates, as PKCS #12 (RFC 7292).
    KeyStore,
    /// Trusted certificates, as PKCS #12.
    TrustStore,
}

impl ObjectKind {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            ObjectKind::Key => "private key",
            ObjectKind::Request => "request",
            ObjectKind::Certificate => "certificate",
            ObjectKind::Bundle => "bundle",
            ObjectKind::KeyStore => "key store",
            ObjectKind::TrustStore => "trust store",
        }
    }
}

/// A file of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What form it has.
    pub form: Form,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Text (RFC 7468).
    Pem,
    /// The bytes themselves.
    Der,
    /// Encrypted with the recipe's password.
    Pkcs12,
}

/// Why a recipe could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MintError(String);

impl fmt::Display for MintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for MintError {}

impl From<KeyError> for MintError {
    fn from(error: KeyError) -> MintError {
        MintError(error)
    }
}

/// A key with its certificate.
struct Issued {
    key: Rc<Key>,
    /// The private key in DER that is written: another's, where the two do not belong together.
    shown: Vec<u8>,
    party: Party,
    certificate: Vec<u8>,
}

/// Makes all objects of a recipe, as of the moment `clock` (seconds since 1970). The same recipe at the same
/// moment gives the same bytes.
///
/// # Errors
/// A key could not be made or used.
pub fn mint(recipe: &Recipe, clock: u64) -> Result<Vec<Object>, MintError> {
    let mut objects = Vec::new();
    let mut issued: Vec<(&str, Issued)> = Vec::new();
    for subject in &recipe.certificate {
        let plan = plan::plan(subject, clock);
        let of_issuer = subject.issuer.as_ref();
        let issuer = issued.iter().find(|(name, _)| Some(*name) == of_issuer.map(String::as_str));
        let one = issue(recipe, subject, &plan, issuer.map(|(_, issuer)| issuer))?;
        let way = commands::Ways::new(recipe, subject, &plan);
        objects.push(way.object(
            ObjectKind::Key,
            format!("The private key of {}. Whoever has it can pass for it.", subject.name),
            both("key", &subject.name, "PRIVATE KEY", &one.shown),
        ));
        if subject.issuer.is_some() {
            let request = request(&one, &plan)?;
            objects.push(way.object(
                ObjectKind::Request,
                format!(
                    "What the authority is given: name and public key of {}, signed by its key.",
                    subject.name
                ),
                both("csr", &subject.name, "CERTIFICATE REQUEST", &request),
            ));
        }
        objects.push(way.object(
            ObjectKind::Certificate,
            subject.about.clone(),
            both("crt", &subject.name, "CERTIFICATE", &one.certificate),
        ));
        issued.push((&subject.name, one));
    }
    let find = |name: &String| issued.iter().find(|(known, _)| known == name).map(|(_, one)| one);
    for group in &recipe.bundle {
        let text = group.certificates.iter().filter_map(find);
        let text: String = text.map(|one| pem::encode("CERTIFICATE", &one.certificate)).collect();
        let name = format!("{}.pem", group.name);
        let files = vec![File { name, form: Form::Pem, bytes: text.into_bytes() }];
        objects.push(commands::of_group(recipe, group, ObjectKind::Bundle, files));
    }
    for (kind, groups) in
        [(ObjectKind::KeyStore, &recipe.key_store), (ObjectKind::TrustStore, &recipe.trust_store)]
    {
        for group in groups {
            let certificates: Vec<(&str, &[u8])> = group
                .certificates
                .iter()
                .filter_map(|name| Some((name.as_str(), find(name)?.certificate.as_slice())))
                .collect();
            let key = group.certificates.first().filter(|_| kind == ObjectKind::KeyStore);
            let key = key.and_then(find).map(|one| one.shown.as_slice());
            let mut stream =
                Stream::new(recipe.seed, &format!("certificates: store {}", group.name));
            let bytes = store::write(key, &certificates, &recipe.password, &mut stream)?;
            let name = format!("{}.p12", group.name);
            let files = vec![File { name, form: Form::Pkcs12, bytes }];
            objects.push(commands::of_group(recipe, group, kind, files));
        }
    }
    Ok(objects)
}

/// What an end shows, all in DER.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The private key (PKCS #8): another's, where the two do not belong together.
    pub key: Vec<u8>,
    /// What is sent: the leaf, then each issuer after what it issued, without the root.
    pub sent: Vec<Vec<u8>>,
    /// The root; of a leaf that is its own issuer, that leaf.
    pub root: Vec<u8>,
}

/// Makes a certificate of a recipe with its issuers, as [`mint`] does, and nothing else of it.
///
/// # Errors
/// There is no such certificate, or a key could not be made or used.
pub fn shown(recipe: &Recipe, clock: u64, name: &str) -> Result<Shown, MintError> {
    let mut path: Vec<&Subject> = recipe.subject(name).into_iter().collect();
    while let Some(issuer) = path.last().and_then(|last| recipe.subject(last.issuer.as_deref()?)) {
        path.push(issuer);
    }
    let mut made: Vec<Issued> = Vec::new();
    for subject in path.iter().rev() {
        let one = issue(recipe, subject, &plan::plan(subject, clock), made.last())?;
        made.push(one);
    }
    let key = made.last().map(|leaf| leaf.shown.clone());
    let mut sent: Vec<Vec<u8>> = made.into_iter().rev().map(|one| one.certificate).collect();
    let root = if sent.len() > 1 { sent.pop() } else { sent.first().cloned() };
    match (key, root) {
        (Some(key), Some(root)) => Ok(Shown { key, sent, root }),
        _ => Err(MintError(format!("there is no certificate {name}"))),
    }
}

/// The same in PEM and in DER.
fn both(ending: &str, name: &str, label: &str, der: &[u8]) -> Vec<File> {
    let text = pem::encode(label, der).into_bytes();
    vec![
        File { name: format!("{name}.{ending}"), form: Form::Pem, bytes: text },
        File { name: format!("{name}.{ending}.der"), form: Form::Der, bytes: der.to_vec() },
    ]
}

fn issue(
    recipe: &Recipe,
    subject: &Subject,
    plan: &CertificatePlan,
    issuer: Option<&Issued>,
) -> Result<Issued, MintError> {
    let actor = |what: &str| format!("certificates: {what}{}", subject.name);
    let stream = |what: &str| Stream::new(recipe.seed, &actor(what));
    let (key, mut draws) = drawn(recipe.seed, &actor(""), subject.key_kind())?;
    let of_seed = serial(&mut draws);
    let serial = subject.serial.as_deref().unwrap_or(&of_seed);
    let party = Party::new(&plan.subject, key.algorithm(), &key.public()?);
    let impostor = match issuer.filter(|_| subject.has(Wrong::WrongCa)) {
        Some(real) => {
            let key = Key::draw(real.key.kind(), &mut stream("another authority for "))?;
            let public = key.public()?;
            let party = Party {
                name: real.party.name.clone(),
                ..Party::new(&plan.subject, key.algorithm(), &public)
            };
            Some((key, party))
        }
        None => None,
    };
    let (signer, from) = match (&impostor, issuer) {
        (Some((key, party)), _) => (key, party),
        (None, Some(issuer)) => (&*issuer.key, &issuer.party),
        (None, None) => (&*key, &party),
    };
    let sha1 = subject.has(Wrong::Sha1);
    // What the algorithm is called stands in the part that is signed.
    let (algorithm, _) = signer.sign(sha1, &[])?;
    let body = to_be_signed(plan, &party, from, serial, &algorithm);
    let (_, signature) = signer.sign(sha1, &body)?;
    let certificate = sequence(&[body, algorithm, bit_string(0, &signature)]);
    let shown = if subject.has(Wrong::WrongKey) {
        Key::draw(subject.key_kind(), &mut stream("another key for "))?.pkcs8()?
    } else {
        key.pkcs8()?
    };
    Ok(Issued { key, shown, party, certificate })
}

/// A certification request (RFC 2986, section 4) with the names that the certificate is to have.
fn request(one: &Issued, plan: &CertificatePlan) -> Result<Vec<u8>, MintError> {
    /// extensionRequest (RFC 2985, section 5.4.2).
    const EXTENSION_REQUEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 14];
    let names = plan.extensions.iter().filter(|one| matches!(one, Extension::SubjectAltName(_)));
    let key_id = &one.party.key_id;
    let names: Vec<Vec<u8>> = names.map(|names| extension(names, key_id, key_id)).collect();
    let attributes = if names.is_empty() {
        Vec::new()
    } else {
        sequence(&[oid(EXTENSION_REQUEST), set(sequence(&names))])
    };
    let body = sequence(&[
        integer(&[0]),
        one.party.name.clone(),
        one.party.key_info.clone(),
        context(0, attributes),
    ]);
    let (algorithm, signature) = one.key.sign(false, &body)?;
    Ok(sequence(&[body, algorithm, bit_string(0, &signature)]))
}
