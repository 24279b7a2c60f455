//! A recipe as text, read and checked: what is wrong with it, on which line, and what to do.

use super::Choice;
use super::{Recipe, Role, Subject, Wrong};
use crate::certificates::key::KeyKind;
use crate::plan::GeneralName;
use std::fmt;

/// Why a recipe cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipeError {
    /// The line of the text, where the trouble has one.
    pub line: Option<usize>,
    /// What is wrong, and what to do.
    pub what: String,
}

impl fmt::Display for RecipeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

impl std::error::Error for RecipeError {}

/// The most certificates of a recipe.
const MOST: usize = 32;

/// The longest validity, in days: a hundred years.
const LONGEST: u64 = 36_525;

/// The longest commonName or organizationName (RFC 5280, appendix A.1).
const LONGEST_NAME: usize = 64;

/// What keytool's commands call the store that everything is made in.
pub const KEYS: &str = "keys";

impl Recipe {
    /// Reads a recipe.
    ///
    /// # Errors
    /// It is not TOML, has a key that recipes do not have, or cannot be made.
    pub fn parse(text: &str) -> Result<Recipe, RecipeError> {
        let recipe: Recipe = toml::from_str(text).map_err(|error| {
            let line = error.span().and_then(|span| text.get(..span.start));
            RecipeError {
                line: line.map(|before| before.matches('\n').count() + 1),
                what: error.message().trim().replace('\n', " "),
            }
        })?;
        recipe.check().map_err(|what| RecipeError { line: None, what })?;
        Ok(recipe)
    }

    /// The certificate of this name.
    pub fn subject(&self, name: &str) -> Option<&Subject> {
        self.certificate.iter().find(|subject| subject.name == name)
    }

    fn check(&self) -> Result<(), String> {
        if self.certificate.is_empty() || self.certificate.len() > MOST {
            return Err(format!("write 1 to {MOST} blocks [[certificate]]"));
        }
        if !self.password.bytes().all(|byte| (0x20..0x7f).contains(&byte))
            || self.password.len() < 6
        {
            return Err("password: keytool asks for 6 characters, and they must be ASCII".into());
        }
        for (place, subject) in self.certificate.iter().enumerate() {
            let before = self.certificate.get(..place).unwrap_or_default();
            subject.check(before).map_err(|what| format!("{}: {what}", subject.name))?;
        }
        let groups = self.bundle.iter().chain(&self.key_store).chain(&self.trust_store);
        for group in groups.clone() {
            let wrong = |what: String| Err(format!("{}: {what}", group.name));
            if !is_file_name(&group.name) {
                return wrong("a name has lower-case letters, digits and - only".into());
            }
            if group.certificates.is_empty() {
                return wrong("it has no certificates".into());
            }
            if let Some(name) = group.certificates.iter().find(|name| self.subject(name).is_none())
            {
                return wrong(format!("there is no certificate {name}"));
            }
        }
        let mut stores = self.key_store.iter().chain(&self.trust_store);
        if stores.any(|group| group.name == KEYS) {
            return Err(format!("{KEYS}: keytool makes its keys in {KEYS}.p12; take another name"));
        }
        let mut files: Vec<String> = Vec::new();
        files.extend(self.certificate.iter().map(|subject| format!("{}.crt", subject.name)));
        files.extend(self.bundle.iter().map(|group| format!("{}.pem", group.name)));
        let stores = self.key_store.iter().chain(&self.trust_store);
        files.extend(stores.map(|group| format!("{}.p12", group.name)));
        let twice =
            files.iter().enumerate().find(|(at, file)| files.iter().take(*at).any(|f| f == *file));
        twice.map_or(Ok(()), |(_, file)| Err(format!("{file} would be written twice")))
    }
}

impl Subject {
    fn check(&self, before: &[Subject]) -> Result<(), String> {
        let is = |role| self.role == role;
        if !is_file_name(&self.name) {
            return Err("a name has lower-case letters, digits and - only".into());
        }
        if !(1..=LONGEST).contains(&self.days) {
            return Err(format!("days is a number from 1 to {LONGEST}"));
        }
        match &self.issuer {
            Some(issuer) => match before.iter().find(|one| one.name == *issuer) {
                Some(one) if one.role == Role::Authority => {}
                Some(_) => return Err(format!("its issuer {issuer} is no authority")),
                None => return Err(format!("there is no certificate {issuer} before it")),
            },
            None if self.has(Wrong::WrongCa) => {
                return Err("wrong-ca needs an issuer".into());
            }
            None => {}
        }
        if !is(Role::Authority) && (self.path_length.is_some() || !self.permitted.is_empty()) {
            return Err("path-length and permitted are for authorities".into());
        }
        let narrow =
            |name: &GeneralName| !matches!(name, GeneralName::Dns(_) | GeneralName::Email(_));
        if self.permitted.iter().any(narrow) {
            return Err("permitted takes dns: and email: only".into());
        }
        let decides = [Wrong::NoExtendedKeyUsage, Wrong::WrongPurpose, Wrong::Version1];
        if let Some(wrong) = decides.iter().find(|wrong| self.has(**wrong))
            && !self.purposes.is_empty()
        {
            return Err(format!("purposes and {} do not go together", wrong.id()));
        }
        if let Some(twice) = twice(&self.purposes).or(twice(&self.wrong)) {
            return Err(format!("{twice} is there twice"));
        }
        if let Some(wrong) = self.wrong.iter().find(|wrong| !wrong.fits(self.role)) {
            return Err(format!("{} is for servers and clients", wrong.id()));
        }
        if !is(Role::Authority) && self.names.is_empty() {
            return Err("a server and a client have names".into());
        }
        if self.common_name.is_none() && self.names.is_empty() {
            return Err("give it a common-name".into());
        }
        let called = self.called();
        let mut texts = self.organization.iter().chain([&called]);
        if let Some(text) = texts.find(|text| !is_plain(text)) {
            return Err(format!(
                "{text}: a subject has letters, digits, spaces and . - _ @ * only, at most {LONGEST_NAME}; \
                 give it another common-name or organization"
            ));
        }
        if self.has(Wrong::Expired) && self.has(Wrong::NotYetValid) {
            return Err("expired and not-yet-valid do not go together".into());
        }
        // Who signs decides whether there is SHA-1.
        let signer = before.iter().find(|one| Some(&one.name) == self.issuer.as_ref());
        let kind = signer.unwrap_or(self).key_kind();
        if self.has(Wrong::Sha1) && matches!(kind, KeyKind::EcdsaP384 | KeyKind::Ed25519) {
            return Err(format!("{} cannot sign by SHA-1; take rsa-2048 or ecdsa-p256", kind.id()));
        }
        Ok(())
    }

    /// The kind of the certificate's key, with what is wrong with it.
    pub fn key_kind(&self) -> KeyKind {
        if self.has(Wrong::WeakKey) { KeyKind::Rsa1024 } else { self.key }
    }
}

/// What is in a list more than once.
fn twice<T: Choice + PartialEq>(all: &[T]) -> Option<&'static str> {
    let again = all.iter().enumerate().find(|(at, one)| all.iter().take(*at).any(|o| o == *one));
    again.map(|(_, one)| one.id())
}

/// What a file can be called on every system, and a shell takes without quotes.
fn is_file_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=40).contains(&name.len()) && name.bytes().all(plain) && !name.starts_with('-')
}

/// What stands in a subject without being quoted, in `openssl` and `keytool`.
pub fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b" .-_@*".contains(&byte);
    (1..=LONGEST_NAME).contains(&text.len()) && text.bytes().all(plain) && text.trim() == text
}
