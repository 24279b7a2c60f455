//! The commands of Java's keytool. It keeps each key in a store together with its certificate, here
//! `keys.p12`, and never gives a key out by itself.

use super::commands::{Way, Ways, purposes, usages};
use super::plan;
use crate::certificates::key::KeyKind;
use crate::certificates::recipe::{Group, KEYS, Recipe, Wrong, name_address};
use crate::certificates::shell::quoted;
use crate::der::{self, OCTET_STRING, SEQUENCE};
use crate::engine::mint::extension as in_der;
use crate::plan::{Extension, GeneralName, Name};

/// Where and under which password.
fn store(recipe: &Recipe, name: &str) -> String {
    format!("-keystore {name}.p12 -storetype PKCS12 -storepass {}", quoted(&recipe.password))
}

/// The store that everything is made in.
fn keys(recipe: &Recipe) -> String {
    store(recipe, KEYS)
}

/// A subject as `-dname` takes it.
fn subject(name: &Name) -> String {
    let part =
        |key: &str, value: &Option<String>| value.as_ref().map(|value| format!("{key}={value}"));
    let parts = [part("CN", &name.common_name), part("O", &name.organization)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn kind(kind: KeyKind) -> String {
    match kind {
        KeyKind::EcdsaP256 => "-keyalg EC -groupname secp256r1".into(),
        KeyKind::EcdsaP384 => "-keyalg EC -groupname secp384r1".into(),
        KeyKind::Ed25519 => "-keyalg Ed25519".into(),
        KeyKind::Rsa1024 | KeyKind::Rsa2048 | KeyKind::Rsa3072 | KeyKind::Rsa4096 => {
            format!("-keyalg RSA -keysize {}", kind.rsa_bits().unwrap_or_default())
        }
    }
}

fn algorithm(sha1: bool, kind: KeyKind) -> &'static str {
    match (kind, sha1) {
        (KeyKind::EcdsaP256, false) => "SHA256withECDSA",
        (KeyKind::EcdsaP384, false) => "SHA384withECDSA",
        (KeyKind::EcdsaP256 | KeyKind::EcdsaP384, true) => "SHA1withECDSA",
        (KeyKind::Ed25519, _) => "Ed25519",
        (_, false) => "SHA256withRSA",
        (_, true) => "SHA1withRSA",
    }
}

/// What a certificate says beyond its basic fields, and by which algorithm and when it is signed.
fn contents(ways: &Ways<'_>) -> String {
    let signer = ways.signer().key_kind();
    let mut text = format!(
        "-validity {} -sigalg {}",
        ways.subject.days,
        algorithm(ways.subject.has(Wrong::Sha1), signer)
    );
    if ways.starts() != 0 {
        text.push_str(&format!(" -startdate {:+}d", ways.starts()));
    }
    for one in ways.extensions().filter_map(extension) {
        text.push_str(&format!(" -ext '{one}'"));
    }
    text
}

/// Names as keytool writes them; `None` where it has no word for one.
fn names(all: &[GeneralName]) -> Option<String> {
    let name = |name: &GeneralName| match name {
        GeneralName::Dns(name) => Some(format!("dns:{name}")),
        GeneralName::Email(address) => Some(format!("email:{address}")),
        GeneralName::Ip(bytes) => Some(format!("ip:{}", name_address(bytes))),
        GeneralName::Uri(uri) => Some(format!("uri:{uri}")),
        GeneralName::Directory(_) | GeneralName::Other(..) => None,
    };
    Some(all.iter().map(name).collect::<Option<Vec<_>>>()?.join(","))
}

/// An extension that keytool has no word for: its value in hexadecimal, behind its identifier in dotted form.
fn in_hex(dotted: &str, one: &Extension) -> Option<String> {
    let whole = in_der(one, &[0; 20], &[0; 20]);
    let (inside, _) = der::element(SEQUENCE, &whole)?;
    let (_, rest) = der::element(0x06, inside)?;
    let critical = der::element(0x01, rest);
    let (value, _) = der::element(OCTET_STRING, critical.map_or(rest, |(_, rest)| rest))?;
    let mark = if critical.is_some() { ":critical" } else { "" };
    Some(format!("{dotted}{mark}={}", crate::hex::encode(value)))
}

/// subjectAltName.
fn alt_names(one: &Extension, all: &[GeneralName]) -> Option<String> {
    match names(all) {
        Some(names) => Some(format!("san={names}")),
        None => in_hex("2.5.29.17", one),
    }
}

/// An extension as `-ext` takes it; those that tell keys apart it writes by itself.
fn extension(one: &Extension) -> Option<String> {
    Some(match one {
        Extension::AuthorityKeyIdentifier
        | Extension::SubjectKeyIdentifier
        | Extension::Other(..) => return None,
        Extension::SubjectAltName(all) => alt_names(one, all)?,
        Extension::KeyUsage(bits) => format!("ku:critical={}", usages(*bits)),
        Extension::ExtendedKeyUsage(all) => format!("eku={}", purposes(all)),
        Extension::BasicConstraints { ca, path_len } => {
            let path_len = path_len.map(|len| format!(",pathlen:{len}")).unwrap_or_default();
            format!("bc:critical=ca:{ca}{path_len}")
        }
        Extension::PermittedNames(_) => in_hex("2.5.29.30", one)?,
    })
}

fn new_key(ways: &Ways<'_>, alias: &str, contents: &str, key: KeyKind, name: &str) -> String {
    format!(
        "keytool -genkeypair -alias {alias} {} -dname '{name}' {contents} {}",
        kind(key),
        keys(ways.recipe)
    )
}

const VERSION_1: &str = "keytool makes certificates of version 3 only";

pub fn key(ways: &Ways<'_>) -> Way {
    let subject = ways.subject;
    // One that is its own issuer has its certificate at once.
    let contents = match subject.issuer {
        None if subject.has(Wrong::Version1) => return Way::Cannot(VERSION_1),
        None => contents(ways),
        Some(_) => format!("-sigalg {}", algorithm(false, subject.key_kind())),
    };
    let name = self::subject(&ways.plan.subject);
    let made = new_key(ways, &subject.name, &contents, subject.key_kind(), &name);
    let told = subject.issuer.is_none().then(|| about_serial(ways)).flatten();
    Way::Run(told.into_iter().chain([made]).collect())
}

/// What keytool cannot be told.
fn about_serial(ways: &Ways<'_>) -> Option<String> {
    let chosen = ways.subject.serial.is_some();
    chosen.then(|| "# keytool draws the serial number; it cannot be chosen.".into())
}

pub fn request(ways: &Ways<'_>) -> Way {
    let name = &ways.subject.name;
    let of_names = |one: &&Extension| matches!(one, Extension::SubjectAltName(_));
    let names = ways.extensions().find(of_names).and_then(extension);
    let names = names.map(|names| format!(" -ext '{names}'")).unwrap_or_default();
    Way::Run(vec![format!(
        "keytool -certreq -alias {name}{names} -file {name}.csr {}",
        keys(ways.recipe)
    )])
}

pub fn certificate(ways: &Ways<'_>) -> Way {
    let subject = ways.subject;
    let name = &subject.name;
    let keys = keys(ways.recipe);
    if subject.has(Wrong::Version1) {
        return Way::Cannot(VERSION_1);
    }
    if subject.has(Wrong::WrongKey) {
        return Way::Cannot("keytool keeps each key with its own certificate");
    }
    let Some(issuer) = &subject.issuer else {
        let export = format!("keytool -exportcert -rfc -alias {name} -file {name}.crt {keys}");
        return Way::Run(vec![export]);
    };
    let mut lines: Vec<String> = about_serial(ways).into_iter().collect();
    let authority = if subject.has(Wrong::WrongCa) {
        let other = format!("other-{issuer}");
        let signer = ways.signer();
        let name = self::subject(&plan::name(signer));
        let contents = "-validity 3650 -ext 'bc:critical=ca:true'";
        lines.push(new_key(ways, &other, contents, signer.key_kind(), &name));
        other
    } else {
        issuer.clone()
    };
    lines.push(format!(
        "keytool -gencert -rfc -alias {authority} -infile {name}.csr -outfile {name}.crt {} {keys}",
        contents(ways)
    ));
    // The reply goes to its key, which keytool refuses where the issuer's key is not the one it knows.
    if !subject.has(Wrong::WrongCa) {
        let import = format!("keytool -importcert -noprompt -alias {name} -file {name}.crt {keys}");
        lines.push(import);
    }
    Way::Run(lines)
}

pub fn key_store(recipe: &Recipe, group: &Group) -> Way {
    let Some(own) = group.certificates.first() else { return Way::Run(Vec::new()) };
    if recipe.subject(own).is_some_and(|subject| subject.has(Wrong::WrongKey)) {
        return Way::Cannot("keytool keeps each key with its own certificate");
    }
    let password = quoted(&recipe.password);
    Way::Run(vec![format!(
        "keytool -importkeystore -noprompt -srckeystore {KEYS}.p12 -srcstorepass {password} -srcalias {own} -destkeystore {}.p12 -deststoretype PKCS12 -deststorepass {password}",
        group.name
    )])
}

pub fn trust_store(recipe: &Recipe, group: &Group) -> Way {
    let store = store(recipe, &group.name);
    let import = |name: &String| {
        format!("keytool -importcert -noprompt -alias {name} -file {name}.crt {store}")
    };
    Way::Run(group.certificates.iter().map(import).collect())
}
