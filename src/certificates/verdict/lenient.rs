//! What older and lenient programs take, such as OpenSSL, where webpki does not: a name in the common name, a
//! leaf of version 1, an authority as a leaf.

use super::{Search, Tried};
use crate::story::{Certificate, Draft, is_address, name_covers};
use crate::trace::ChainRefusal;
use crate::wire::x509::GeneralName;

/// The name that hosts have in a certificate.
const DNS: &str = "dNSName";

/// The refusals that are forgiven, each with what is then taken.
const FORGIVEN: &[(ChainRefusal, &str)] = &[
    (
        ChainRefusal::WrongName,
        "the host from the common name, as there is no subjectAltName for one",
    ),
    (ChainRefusal::UnsupportedVersion, "a leaf of version 1"),
    (ChainRefusal::CaAsLeaf, "an authority as a leaf"),
];

/// Why the paths of a search are refused all the same, and which of them is taken.
pub fn outcome(search: &Search) -> (Option<(ChainRefusal, String)>, Option<usize>) {
    let against =
        |path: &Tried| path.checks.iter().find(|check| !holds(search, path, check)).cloned();
    let each: Vec<Option<Draft>> = search.each.iter().map(against).collect();
    if let Some(good) = each.iter().position(Option::is_none) {
        return (None, Some(good));
    }
    // Where webpki gives a reason that is not forgiven, it is the same one.
    let first = each.into_iter().flatten().next();
    let reason = first.map(|check| (check.refusal.unwrap_or(ChainRefusal::Other), check.detail));
    let by_webpki =
        search.refusal.clone().filter(|(kind, _)| !FORGIVEN.iter().any(|(one, _)| one == kind));
    (by_webpki.or(reason), None)
}

/// What was taken on a path that is not taken by others, in words.
pub fn forgiven(search: &Search, path: &Tried) -> Vec<&'static str> {
    let failed = |kind: ChainRefusal| {
        let mut checks = path.checks.iter();
        checks
            .any(|check| !check.holds && check.refusal == Some(kind) && holds(search, path, check))
    };
    FORGIVEN.iter().filter(|(kind, _)| failed(*kind)).map(|(_, words)| *words).collect()
}

/// Whether a check holds, or is forgiven.
fn holds(search: &Search, path: &Tried, check: &Draft) -> bool {
    let on_path = || path.places.iter().filter_map(|place| search.sent.get(*place));
    let is_forgiven = || match check.refusal {
        // An authority has to say that it is one, which takes an extension.
        Some(ChainRefusal::UnsupportedVersion) => {
            on_path().skip(1).all(|one| one.summary().version == 3)
        }
        Some(ChainRefusal::CaAsLeaf) => true,
        Some(ChainRefusal::WrongName) => {
            search.sent.first().is_some_and(|leaf| is_named(leaf, &search.host))
        }
        _ => false,
    };
    check.holds || is_forgiven()
}

/// The common names of the subject.
fn common_names(leaf: &Certificate) -> impl Iterator<Item = &str> {
    leaf.subject().split(", ").filter_map(|part| part.strip_prefix("CN="))
}

/// Whether names are looked for in the common name, and there is one.
pub fn has_common_name(leaf: &Certificate) -> bool {
    !leaf.general_names().iter().any(|name| name.kind == DNS) && common_names(leaf).next().is_some()
}

/// Whether the common name covers the host; addresses are not looked for there.
fn is_named(leaf: &Certificate, host: &str) -> bool {
    let covers = |name: &str| name_covers(&GeneralName { kind: DNS, value: name.to_owned() }, host);
    has_common_name(leaf) && !is_address(host) && common_names(leaf).any(covers)
}
