//! The commands of OpenSSL, from 3.0 on.

use super::commands::{Way, Ways, purposes, usages};
use super::plan;
use crate::certificates::key::KeyKind;
use crate::certificates::recipe::{Group, Recipe, UPN_DOTTED, Wrong, name_address};
use crate::certificates::shell::quoted;
use crate::hex;
use crate::plan::{Extension, GeneralName, Name};

/// A new key of this kind, to this file.
fn new_key(kind: KeyKind, file: &str) -> String {
    let what = match kind {
        KeyKind::EcdsaP256 => "EC -pkeyopt ec_paramgen_curve:P-256".into(),
        KeyKind::EcdsaP384 => "EC -pkeyopt ec_paramgen_curve:P-384".into(),
        KeyKind::Ed25519 => "ED25519".into(),
        KeyKind::Rsa1024 | KeyKind::Rsa2048 | KeyKind::Rsa3072 | KeyKind::Rsa4096 => {
            format!("RSA -pkeyopt rsa_keygen_bits:{}", kind.rsa_bits().unwrap_or_default())
        }
    };
    format!("openssl genpkey -algorithm {what} -out {file}")
}

fn to_der(command: &str, file: &str) -> String {
    format!("openssl {command} -in {file} -outform DER -out {file}.der")
}

/// A subject as `-subj` takes it.
fn subject(name: &Name) -> String {
    let part = |key, value: &Option<String>| {
        value.as_ref().map(|value| format!("/{key}={value}")).unwrap_or_default()
    };
    part("O", &name.organization) + &part("CN", &name.common_name)
}

pub fn key(ways: &Ways<'_>) -> Way {
    let file = format!("{}.key", ways.subject.name);
    Way::Run(vec![new_key(ways.subject.key_kind(), &file), to_der("pkey", &file)])
}

/// The lines up to the one that makes a request; that one goes on.
fn new_request(ways: &Ways<'_>) -> Vec<String> {
    let name = &ways.subject.name;
    let all = ways.names().unwrap_or_default();
    let mut lines = Vec::new();
    let mut line =
        format!("openssl req -new -key {name}.key -subj '{}'", subject(&ways.plan.subject));
    // Directory names are sections of a file, and -addext has none of its own.
    let sections = sections(all);
    if !sections.is_empty() {
        let file = format!("{name}.cnf");
        let texts = [vec!["[req]".into(), "distinguished_name=req".into()], sections].concat();
        lines.push(written(&texts, &file));
        line.push_str(&format!(" -config {file}"));
    }
    if !all.is_empty() {
        line.push_str(&format!(" -addext 'subjectAltName={}'", names(all)));
    }
    lines.push(line);
    lines
}

/// Writes these lines to this file.
fn written(texts: &[String], file: &str) -> String {
    let texts: Vec<String> = texts.iter().map(|text| format!("'{text}'")).collect();
    format!("printf '%s\\n' {} > {file}", texts.join(" "))
}

/// The same lines, the last of which goes on like this.
fn ending(mut lines: Vec<String>, end: &str) -> Vec<String> {
    if let Some(last) = lines.last_mut() {
        last.push_str(end);
    }
    lines
}

pub fn request(ways: &Ways<'_>) -> Way {
    let file = format!("{}.csr", ways.subject.name);
    let mut lines = ending(new_request(ways), &format!(" -out {file}"));
    lines.push(to_der("req", &file));
    Way::Run(lines)
}

pub fn certificate(ways: &Ways<'_>) -> Way {
    let subject = ways.subject;
    let name = &subject.name;
    if ways.starts() != 0 {
        return Way::Cannot(
            "openssl x509 takes moments other than now from version 3.4 on: -not_before, -not_after",
        );
    }
    let mut lines = Vec::new();
    let mut extensions: Vec<String> = ways.extensions().filter_map(extension).collect();
    let extension_file = if extensions.is_empty() {
        String::new()
    } else {
        extensions.extend(sections(ways.names().unwrap_or_default()));
        lines.push(written(&extensions, &format!("{name}.ext")));
        format!(" -extfile {name}.ext")
    };
    let signer = ways.signer();
    let hash = match (subject.has(Wrong::Sha1), signer.key_kind()) {
        (true, _) => " -sha1",
        (false, KeyKind::EcdsaP384) => " -sha384",
        (false, _) => "",
    };
    let serial =
        subject.serial.as_ref().map(|serial| format!(" -set_serial 0x{}", hex::encode(serial)));
    let serial = serial.unwrap_or_default();
    let made = format!("-days {}{hash}{serial}{extension_file} -out {name}.crt", subject.days);
    match &subject.issuer {
        None => {
            let sign = format!(" | openssl x509 -req -signkey {name}.key {made}");
            lines.extend(ending(new_request(ways), &sign));
            if subject.has(Wrong::Version1) {
                let request = new_request(ways).pop().unwrap_or_default();
                lines.push(version_1(
                    &format!("{request} | "),
                    &format!("-in /dev/stdin -key {name}.key {made}"),
                ));
            }
        }
        Some(issuer) => {
            let authority = if subject.has(Wrong::WrongCa) {
                let other = format!("other-{issuer}");
                let called = self::subject(&plan::name(signer));
                lines.push(new_key(signer.key_kind(), &format!("{other}.key")));
                lines.push(format!(
                    "openssl req -x509 -key {other}.key -subj '{called}' -days 3650 -out {other}.crt"
                ));
                other
            } else {
                issuer.clone()
            };
            lines.push(format!(
                "openssl x509 -req -in {name}.csr -CA {authority}.crt -CAkey {authority}.key {made}"
            ));
            if subject.has(Wrong::Version1) {
                let of_ca =
                    format!("-in {name}.csr -CA {authority}.crt -CAkey {authority}.key {made}");
                lines.push(version_1("", &of_ca));
            }
        }
    }
    lines.push(to_der("x509", &format!("{name}.crt")));
    if subject.has(Wrong::WrongKey) {
        let file = format!("{name}.key");
        lines.extend([new_key(subject.key_kind(), &file), to_der("pkey", &file)]);
    }
    Way::Run(lines)
}

/// What makes version 1 from OpenSSL 3.2 on, where x509 writes version 3 whatever it is given. Without a
/// configuration, or that one's extensions would come in.
fn version_1(request: &str, how: &str) -> String {
    format!("{NEWER}{request}openssl req -x509v1 -config /dev/null {how}")
}

/// Stands before a command that takes the place of the one above it.
pub const NEWER: &str = "# From OpenSSL 3.2 on, which would make version 3 here: ";

/// Names as OpenSSL writes them, of directories by the section that has them.
fn names(all: &[GeneralName]) -> String {
    let name = |(at, name): (usize, &GeneralName)| match name {
        GeneralName::Dns(name) => format!("DNS:{name}"),
        GeneralName::Email(address) => format!("email:{address}"),
        GeneralName::Ip(bytes) => format!("IP:{}", name_address(bytes)),
        GeneralName::Uri(uri) => format!("URI:{uri}"),
        GeneralName::Directory(_) => format!("dirName:name-{}", at + 1),
        GeneralName::Other(_, text) => format!("otherName:{UPN_DOTTED};UTF8:{text}"),
    };
    all.iter().enumerate().map(name).collect::<Vec<_>>().join(",")
}

/// The sections that they need.
fn sections(all: &[GeneralName]) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, name) in all.iter().enumerate() {
        let GeneralName::Directory(name) = name else { continue };
        lines.push(format!("[name-{}]", at + 1));
        lines.extend(name.organization.iter().map(|value| format!("O={value}")));
        lines.extend(name.common_name.iter().map(|value| format!("CN={value}")));
    }
    lines
}

/// An extension as a line of an `-extfile`.
fn extension(one: &Extension) -> Option<String> {
    Some(match one {
        Extension::AuthorityKeyIdentifier => "authorityKeyIdentifier=keyid".into(),
        Extension::SubjectKeyIdentifier => "subjectKeyIdentifier=hash".into(),
        Extension::SubjectAltName(all) => format!("subjectAltName={}", names(all)),
        Extension::KeyUsage(bits) => format!("keyUsage=critical,{}", usages(*bits)),
        Extension::ExtendedKeyUsage(all) => format!("extendedKeyUsage={}", purposes(all)),
        Extension::BasicConstraints { ca, path_len } => {
            let ca = if *ca { "TRUE" } else { "FALSE" };
            let path_len = path_len.map(|len| format!(",pathlen:{len}")).unwrap_or_default();
            format!("basicConstraints=critical,CA:{ca}{path_len}")
        }
        Extension::PermittedNames(all) => {
            let each = all.iter().map(|name| names(std::slice::from_ref(name)));
            let each: Vec<String> = each.map(|name| format!("permitted;{name}")).collect();
            format!("nameConstraints=critical,{}", each.join(","))
        }
        Extension::Other(..) => return None,
    })
}

/// The password of stores, as `-passout` takes it.
fn pass(recipe: &Recipe) -> String {
    quoted(&format!("pass:{}", recipe.password)).into_owned()
}

pub fn key_store(recipe: &Recipe, group: &Group, parts: &str) -> Way {
    let Some(own) = group.certificates.first() else { return Way::Run(Vec::new()) };
    if recipe.subject(own).is_some_and(|subject| subject.has(Wrong::WrongKey)) {
        return Way::Cannot("openssl pkcs12 -export refuses a key that is not the certificate's");
    }
    Way::Run(vec![format!(
        "cat {parts} | openssl pkcs12 -export -inkey {own}.key -name {own} -out {}.p12 -passout {}",
        group.name,
        pass(recipe)
    )])
}

/// Java reads it as trusted where OpenSSL writes that down, which it does from version 3.2 on.
pub fn trust_store(recipe: &Recipe, group: &Group, parts: &str) -> Way {
    Way::Run(vec![format!(
        "cat {parts} | openssl pkcs12 -export -nokeys -jdktrust anyExtendedKeyUsage -out {}.p12 -passout {}",
        group.name,
        pass(recipe)
    )])
}
