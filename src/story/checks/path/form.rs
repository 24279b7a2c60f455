//! Can the certificate be used at all? Its version, and its critical extensions.

use super::Draft;
use crate::story::certificate::Certificate;
use crate::story::format;
use crate::trace::ChainRefusal;
use crate::wire::names;

/// The extensions that webpki knows, of those that may be critical.
const KNOWN: &[&str] = &[
    "1.3.6.1.4.1.11129.2.4.2",
    "2.5.29.15",
    "2.5.29.17",
    "2.5.29.19",
    "2.5.29.30",
    "2.5.29.31",
    "2.5.29.37",
];

/// Whether none of its [`checks`] fails.
pub fn is_readable(certificate: &Certificate) -> bool {
    certificate.summary().version == 3 && unknown(certificate).next().is_none()
}

fn unknown(certificate: &Certificate) -> impl Iterator<Item = &String> {
    certificate.summary().critical_extensions.iter().filter(|id| !KNOWN.contains(&id.as_str()))
}

/// What is checked of a certificate when it is read.
pub fn checks(who: &str, certificate: &Certificate) -> impl Iterator<Item = Draft> {
    std::iter::once(version(certificate)).chain(critical(who, certificate))
}

fn version(certificate: &Certificate) -> Draft {
    let version = certificate.summary().version;
    let question = format!("Is `{}` a certificate of version 3?", certificate.subject());
    let detail = format!("version {version}");
    Draft::new(question, detail, version == 3, "RFC 5280, section 4.1.2.1")
        .or(ChainRefusal::UnsupportedVersion)
}

fn critical(who: &str, certificate: &Certificate) -> Option<Draft> {
    let named = |id: &String| names::oid(id).unwrap_or(id).to_string();
    let critical: Vec<String> =
        certificate.summary().critical_extensions.iter().map(named).collect();
    let unknown: Vec<String> = unknown(certificate).map(named).collect();
    let detail = match (critical.is_empty(), unknown.is_empty()) {
        (true, _) => return None,
        (false, true) => format!("critical: {}", format::list(&critical)),
        (false, false) => {
            format!("critical: {}; not known: {}", format::list(&critical), format::list(&unknown))
        }
    };
    let question =
        format!("Does the {who} know all critical extensions of `{}`?", certificate.subject());
    let draft = Draft::new(question, detail, unknown.is_empty(), "RFC 5280, section 4.2");
    Some(draft.or(ChainRefusal::UnknownCriticalExtension))
}
