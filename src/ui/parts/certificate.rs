//! A certificate in short.

use super::grouped;
use crate::story::format;
use crate::wire::x509::{Summary, key_name};
use leptos::prelude::*;

/// A row of a list of facts; nothing where there is nothing to say.
pub fn fact(name: &'static str, value: String) -> Option<AnyView> {
    (!value.is_empty()).then(|| view! { <dt>{name}</dt> <dd>{value}</dd> }.into_any())
}

/// What a certificate says, beside its subject.
pub fn certificate_facts(summary: &Summary) -> AnyView {
    let names: Vec<String> =
        summary.subject_alt_names.iter().map(|name| name.value.clone()).collect();
    let usage: Vec<String> = summary
        .key_usage
        .iter()
        .map(|usage| usage.to_string())
        .chain(summary.ext_key_usage.iter().cloned())
        .collect();
    let authority = match (summary.is_ca, summary.path_len) {
        (false, _) => String::new(),
        (true, None) => "may sign certificates".to_string(),
        (true, Some(0)) => "may issue end-entity certificates only (path length 0)".to_string(),
        (true, Some(length)) => {
            format!(
                "may sign certificates, {} below it",
                format::plural(length as usize, "authority level")
            )
        }
    };
    view! {
        <dl class="pairs">
            {fact("names", names.join(", "))}
            {fact("issuer", summary.issuer.clone())}
            {fact("from", format::date(summary.not_before))}
            {fact("until", format::date(summary.not_after))}
            {fact("key", key_name(&summary.public_key))}
            {fact("signature", summary.signature_algorithm.clone())}
            {fact("usage", usage.join(", "))}
            {fact("authority", authority)}
            {fact("serial", grouped(&summary.serial))}
        </dl>
    }
    .into_any()
}
