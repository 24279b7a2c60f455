//! What `openssl x509 -noout` prints of a certificate.

use super::{date, identifier, name};
use crate::story::Certificate;
use crate::wire::Node;
use crate::wire::x509::{self, GeneralName, Summary};

/// Extensions by the name that `-ext` takes, with their object identifiers and what OpenSSL calls them.
static EXTENSIONS: &[Extension] = &[
    Extension {
        option: "subjectAltName",
        oid: "2.5.29.17",
        title: "Subject Alternative Name",
        text: names,
    },
    Extension { option: "keyUsage", oid: "2.5.29.15", title: "Key Usage", text: key_usage },
    Extension {
        option: "extendedKeyUsage",
        oid: "2.5.29.37",
        title: "Extended Key Usage",
        text: purposes,
    },
    Extension {
        option: "basicConstraints",
        oid: "2.5.29.19",
        title: "Basic Constraints",
        text: constraints,
    },
    Extension {
        option: "subjectKeyIdentifier",
        oid: "2.5.29.14",
        title: "Subject Key Identifier",
        text: |one| vec![one.subject_key_id.as_deref().map(identifier).unwrap_or_default()],
    },
    Extension {
        option: "authorityKeyIdentifier",
        oid: "2.5.29.35",
        title: "Authority Key Identifier",
        text: |one| vec![one.authority_key_id.as_deref().map(identifier).unwrap_or_default()],
    },
    Extension {
        option: "nameConstraints",
        oid: "2.5.29.30",
        title: "Name Constraints",
        text: name_constraints,
    },
];

struct Extension {
    option: &'static str,
    oid: &'static str,
    title: &'static str,
    /// The lines below the title.
    text: fn(&Summary) -> Vec<String>,
}

/// What `-ext` is given where all that is known here is wanted.
pub fn all_extensions() -> String {
    EXTENSIONS.iter().map(|one| one.option).collect::<Vec<_>>().join(",")
}

/// `openssl x509 -noout -subject -issuer -dates -ext …`, with [`all_extensions`]; `None` for what cannot be read.
pub fn text(der: &[u8]) -> Option<String> {
    let (nodes, summary) = x509::parse(der).ok()?;
    let mut lines = vec![
        format!("subject={}", name(&summary.subject)),
        format!("issuer={}", name(&summary.issuer)),
        format!("notBefore={}", date(summary.not_before)),
        format!("notAfter={}", date(summary.not_after)),
    ];
    let mut has_any = false;
    for node in nodes.iter().flat_map(extensions) {
        has_any = true;
        let value = node.value.as_str();
        let Some(one) = EXTENSIONS.iter().find(|one| value.contains(one.oid)) else { continue };
        let is_critical = summary.critical_extensions.iter().any(|critical| critical == one.oid);
        lines.push(format!("X509v3 {}: {}", one.title, if is_critical { "critical" } else { "" }));
        lines.extend((one.text)(&summary).into_iter().map(|line| format!("    {line}")));
    }
    if !has_any {
        lines.push("No extensions in certificate".into());
    }
    Some(lines.join("\n") + "\n")
}

/// The public key of a certificate, as SubjectPublicKeyInfo in DER.
pub fn public_key(der: &[u8]) -> Option<Vec<u8>> {
    Certificate::read(der).map(|read| read.key_info)
}

/// The identifiers of the extensions, in the order in which they come.
fn extensions(node: &Node) -> Vec<&Node> {
    let mut found = Vec::new();
    node.walk(&mut |node, _| found.extend(x509::extension_id(node)));
    found
}

fn names(one: &Summary) -> Vec<String> {
    vec![one.subject_alt_names.iter().map(general_name).collect::<Vec<_>>().join(", ")]
}

/// A name with what OpenSSL calls its kind.
fn general_name(name: &GeneralName) -> String {
    let kind = match name.kind {
        "dNSName" => "DNS",
        "iPAddress" => "IP Address",
        "rfc822Name" => "email",
        "uniformResourceIdentifier" => "URI",
        other => other,
    };
    format!("{kind}:{}", name.value)
}

fn key_usage(one: &Summary) -> Vec<String> {
    let words = one.key_usage.iter().map(|usage| match *usage {
        "digitalSignature" => "Digital Signature",
        "nonRepudiation" => "Non Repudiation",
        "keyEncipherment" => "Key Encipherment",
        "dataEncipherment" => "Data Encipherment",
        "keyAgreement" => "Key Agreement",
        "keyCertSign" => "Certificate Sign",
        "cRLSign" => "CRL Sign",
        other => other,
    });
    vec![words.collect::<Vec<_>>().join(", ")]
}

fn purposes(one: &Summary) -> Vec<String> {
    let words = one.ext_key_usage.iter().map(|purpose| match purpose.as_str() {
        "serverAuth" => "TLS Web Server Authentication",
        "clientAuth" => "TLS Web Client Authentication",
        "codeSigning" => "Code Signing",
        "emailProtection" => "E-mail Protection",
        other => other,
    });
    vec![words.collect::<Vec<_>>().join(", ")]
}

fn constraints(one: &Summary) -> Vec<String> {
    let ca = if one.is_ca { "TRUE" } else { "FALSE" };
    let below = one.path_len.map(|most| format!(", pathlen:{most}")).unwrap_or_default();
    vec![format!("CA:{ca}{below}")]
}

fn name_constraints(one: &Summary) -> Vec<String> {
    let lists = [("Permitted:", &one.permitted_names), ("Excluded:", &one.excluded_names)];
    let list = |(title, names): (&str, &Vec<GeneralName>)| {
        let title = (!names.is_empty()).then(|| title.to_owned());
        let names = names.iter().map(|name| format!("  {}", general_name(name)));
        title.into_iter().chain(names).collect::<Vec<_>>()
    };
    lists.into_iter().flat_map(list).collect()
}
