//! The commands of OpenSSL, from 3.0 on.

use super::commands::{Way, Ways, names, purposes, usages};
use super::plan;
use crate::certificates::key::KeyKind;
use crate::certificates::recipe::{Group, Recipe, Wrong};
use crate::certificates::shell::quoted;
use crate::plan::{Extension, Name};

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

fn new_request(ways: &Ways<'_>) -> String {
    let name = &ways.subject.name;
    let names = ways.names().map(|all| format!(" -addext 'subjectAltName={}'", names(all, WORDS)));
    let subject = subject(&ways.plan.subject);
    format!("openssl req -new -key {name}.key -subj '{subject}'{}", names.unwrap_or_default())
}

pub fn request(ways: &Ways<'_>) -> Way {
    let file = format!("{}.csr", ways.subject.name);
    Way::Run(vec![format!("{} -out {file}", new_request(ways)), to_der("req", &file)])
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
    let extensions: Vec<String> = ways.extensions().filter_map(extension).collect();
    let extension_file = if extensions.is_empty() {
        String::new()
    } else {
        let texts: Vec<String> = extensions.iter().map(|text| format!("'{text}'")).collect();
        lines.push(format!("printf '%s\\n' {} > {name}.ext", texts.join(" ")));
        format!(" -extfile {name}.ext")
    };
    let signer = ways.signer();
    let hash = match (subject.has(Wrong::Sha1), signer.key_kind()) {
        (true, _) => " -sha1",
        (false, KeyKind::EcdsaP384) => " -sha384",
        (false, _) => "",
    };
    let made = format!("-days {}{hash}{extension_file} -out {name}.crt", subject.days);
    match &subject.issuer {
        None => {
            let request = new_request(ways);
            lines.push(format!("{request} | openssl x509 -req -signkey {name}.key {made}"));
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
        }
    }
    lines.push(to_der("x509", &format!("{name}.crt")));
    if subject.has(Wrong::WrongKey) {
        let file = format!("{name}.key");
        lines.extend([new_key(subject.key_kind(), &file), to_der("pkey", &file)]);
    }
    Way::Run(lines)
}

/// The kinds of names, as OpenSSL calls them.
const WORDS: [&str; 3] = ["DNS", "email", "IP"];

/// An extension as a line of an `-extfile`.
fn extension(one: &Extension) -> Option<String> {
    Some(match one {
        Extension::AuthorityKeyIdentifier => "authorityKeyIdentifier=keyid".into(),
        Extension::SubjectKeyIdentifier => "subjectKeyIdentifier=hash".into(),
        Extension::SubjectAltName(all) => format!("subjectAltName={}", names(all, WORDS)),
        Extension::KeyUsage(bits) => format!("keyUsage=critical,{}", usages(*bits)),
        Extension::ExtendedKeyUsage(all) => format!("extendedKeyUsage={}", purposes(all)),
        Extension::BasicConstraints { ca, path_len } => {
            let ca = if *ca { "TRUE" } else { "FALSE" };
            let path_len = path_len.map(|len| format!(",pathlen:{len}")).unwrap_or_default();
            format!("basicConstraints=critical,CA:{ca}{path_len}")
        }
        Extension::PermittedNames(all) => {
            let each = all.iter().map(|name| names(std::slice::from_ref(name), WORDS));
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
