//! Names: those an authority may issue for, and the one that the client wants.

use super::Draft;
use crate::story::certificate::Certificate;
use crate::story::{format, name_match};
use crate::trace::ChainRefusal;
use crate::wire::x509::GeneralName;

/// nameConstraints of an authority, for the certificates below it; without it, it may issue for any
/// name.
pub fn constraints(authority: &Certificate, below: &[&Certificate]) -> Option<Draft> {
    let (permitted, excluded) =
        (&authority.summary().permitted_names, &authority.summary().excluded_names);
    if permitted.is_empty() && excluded.is_empty() {
        return None;
    }
    // The subject counts as a name as well.
    let subject = |certificate: &&Certificate| GeneralName {
        kind: "directoryName",
        value: certificate.subject().to_string(),
    };
    let names: Vec<GeneralName> = below
        .iter()
        .flat_map(|one| one.general_names().iter().cloned().chain([subject(one)]))
        .collect();
    let outside: Vec<GeneralName> = names
        .into_iter()
        .filter(|name| !name_match::is_allowed(name, permitted, excluded))
        .collect();
    let parts = [("only", permitted), ("not", excluded), ("against it", &outside)];
    let told = parts.iter().filter(|part| !part.1.is_empty());
    let told: Vec<String> = told.map(|(what, names)| format!("{what} {}", list(names))).collect();
    let question = format!(
        "Are the names below `{}` ones that it may issue certificates for?",
        authority.subject()
    );
    let draft =
        Draft::new(question, told.join("; "), outside.is_empty(), "RFC 5280, section 4.2.1.10");
    Some(draft.or(ChainRefusal::NameNotAllowed))
}

/// Is the certificate for the name that the client wants?
pub fn host(client: &str, leaf: &Certificate, wanted: &str) -> Draft {
    let question = format!("Is the certificate for the name the {client} wants?");
    let detail = format!("wanted {wanted}; {}", presented(leaf, wanted));
    Draft::new(question, detail, leaf.is_for(wanted), "RFC 9525, section 6.3")
        .or(ChainRefusal::WrongName)
}

/// What the certificate has to say of names, and why that does not do where it does not.
fn presented(leaf: &Certificate, wanted: &str) -> String {
    let names = leaf.general_names();
    let mut parts = leaf.subject().split(", ").filter_map(|part| part.strip_prefix("CN="));
    let is_common_name = parts.any(|name| name == wanted);
    let mut told = if names.is_empty() {
        "the certificate has no subjectAltName".to_string()
    } else {
        format!("the certificate is for {}", list(names))
    };
    if leaf.is_for(wanted) {
        return told;
    }
    if is_common_name {
        told.push_str("; its common name is the one wanted, and does not count");
    }
    let kind = name_match::kind(wanted);
    if !names.is_empty() && !names.iter().any(|name| name.kind == kind) {
        told.push_str(&format!("; none of them is of kind {kind}"));
    }
    if names.iter().any(|name| name.value.starts_with("*.")) {
        told.push_str("; a * stands for the first label, just one, and two more must follow it");
    }
    told
}

fn list(names: &[GeneralName]) -> String {
    let names: Vec<String> = names.iter().map(|name| name.value.clone()).collect();
    format::list(&names)
}
