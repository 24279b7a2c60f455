//! What to make: a recipe is a small TOML file, whose schema is in docs/recipes.md.

mod built_in;
mod check;
pub mod form;
pub mod link;
mod name;
mod purpose;
mod serial;
mod wrong;

pub use built_in::{BUILT_IN, BuiltIn};
pub use check::{KEYS, RecipeError};
pub use name::{
    KINDS, NameKind, UPN_DOTTED, address as name_address, parse as name, text as name_text,
};
pub use purpose::Purpose;
pub use wrong::Wrong;

use super::key::KeyKind;
use crate::choice::choices;
use crate::plan::GeneralName;
use serde::Deserialize;
use serde::de::Error;

/// What to make.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Recipe {
    /// A few words.
    pub title: String,
    /// What it is good for, in a sentence or two.
    pub about: String,
    /// Seeds keys and serial numbers.
    #[serde(default = "one")]
    pub seed: u64,
    /// Of all PKCS #12 files: printable ASCII.
    #[serde(default = "changeit")]
    pub password: String,
    /// Keys with their certificates, each issuer before what it issues.
    pub certificate: Vec<Subject>,
    /// Certificates in one PEM file.
    #[serde(default)]
    pub bundle: Vec<Group>,
    /// PKCS #12 files with a private key and its certificates.
    #[serde(default)]
    pub key_store: Vec<Group>,
    /// PKCS #12 files with the certificates that are trusted.
    #[serde(default)]
    pub trust_store: Vec<Group>,
}

fn one() -> u64 {
    1
}

fn changeit() -> String {
    "changeit".into()
}

/// A key with its request and its certificate.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Subject {
    /// What its files are called: `server` makes `server.key`, `server.csr` and `server.crt`.
    pub name: String,
    /// What it is for, in a sentence.
    pub about: String,
    /// What it is.
    #[serde(deserialize_with = "by_id")]
    pub role: Role,
    /// organizationName of the subject.
    pub organization: Option<String>,
    /// commonName of the subject; without it, the first of the names.
    pub common_name: Option<String>,
    /// The kind of its key.
    #[serde(default = "p256", deserialize_with = "by_id")]
    pub key: KeyKind,
    /// Who signs the certificate; without it, its own key does.
    pub issuer: Option<String>,
    /// subjectAltName, each written as [`KINDS`] has it: `dns:www.example.com`, `ip:192.0.2.1`.
    #[serde(default, deserialize_with = "general_names")]
    pub names: Vec<GeneralName>,
    /// How long it is valid.
    pub days: u64,
    /// Of an authority: how many authorities may stand between it and a leaf.
    pub path_length: Option<u8>,
    /// Of an authority: the only names below which it may issue, written as in `names`.
    #[serde(default, deserialize_with = "general_names")]
    pub permitted: Vec<GeneralName>,
    /// extendedKeyUsage, where it is not what the role says: a server's for a server, a client's for a client, and
    /// none for an authority.
    #[serde(default, deserialize_with = "all_by_id")]
    pub purposes: Vec<Purpose>,
    /// The serial number, as the contents of an INTEGER; without it, one that follows from the seed.
    #[serde(default, deserialize_with = "serial::read")]
    pub serial: Option<Vec<u8>>,
    /// What is wrong with it.
    #[serde(default, deserialize_with = "all_by_id")]
    pub wrong: Vec<Wrong>,
}

choices! {
    /// What a certificate is for.
    Role {
        /// Issues others.
        Authority = "authority", "authority";
        /// Says who a server is.
        Server = "server", "server";
        /// Says who a client is.
        Client = "client", "client";
    }
}

/// Certificates in one file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Group {
    /// What the file is called, without its ending.
    pub name: String,
    /// What it is for, in a sentence.
    pub about: String,
    /// Names of certificates, in the order in which they stand. In a key store the first is the key's.
    pub certificates: Vec<String>,
}

fn p256() -> KeyKind {
    KeyKind::EcdsaP256
}

/// A choice of a closed set, by its text form.
trait Choice: Sized + Copy + 'static {
    const ALL: &'static [Self];
    fn id(self) -> &'static str;
}

macro_rules! by_id {
    ($($name:ty),*) => {
        $(impl Choice for $name {
            const ALL: &'static [Self] = <$name>::ALL;
            fn id(self) -> &'static str {
                <$name>::id(self)
            }
        })*
    };
}

by_id!(KeyKind, Role, Wrong, Purpose);

fn choose<T: Choice, E: Error>(text: &str) -> Result<T, E> {
    let found = T::ALL.iter().copied().find(|choice| choice.id() == text);
    found.ok_or_else(|| {
        let known: Vec<&str> = T::ALL.iter().map(|choice| choice.id()).collect();
        E::custom(format!("{text} is none of {}", known.join(", ")))
    })
}

fn by_id<'de, T: Choice, D: serde::Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    choose(&String::deserialize(from)?)
}

fn all_by_id<'de, T: Choice, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Vec::<String>::deserialize(from)?.iter().map(|text| choose(text)).collect()
}

fn general_names<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<GeneralName>, D::Error> {
    let texts = Vec::<String>::deserialize(from)?;
    texts.iter().map(|text| name::parse(text).map_err(D::Error::custom)).collect()
}

impl Subject {
    /// Whether this is wrong with it.
    pub fn has(&self, wrong: Wrong) -> bool {
        self.wrong.contains(&wrong)
    }

    /// The common name: what the recipe says, or the first of the names; no host's where none is to be found.
    pub fn called(&self) -> String {
        let first = self.names.iter().find_map(|name| match name {
            GeneralName::Dns(name) | GeneralName::Email(name) => Some(name),
            _ => None,
        });
        match &self.common_name {
            Some(name) => name.clone(),
            None if self.has(Wrong::NoSan) => format!("The {} of the workshop", self.role.id()),
            None => first.unwrap_or(&self.name).clone(),
        }
    }
}
