//! The run of the lab that is nearest to a leaf of a recipe. The lab mints a chain of its own: with the same kind
//! of key and the same mistake, but neither these names nor these keys.

use super::KeyKind;
use super::recipe::{Recipe, Role, Subject, Wrong};
use crate::plan::CertificateKind;
use crate::scenario::Scenario;

/// The scenario in which such a certificate is shown; `None` where the recipe has no such leaf, or the lab has not
/// what is wrong with it.
pub fn run(recipe: &Recipe, name: &str) -> Option<Scenario> {
    let subject = recipe.subject(name)?;
    let (preset, self_signed) = match subject.role {
        Role::Authority => return None,
        Role::Server => ("tls13", "self-signed"),
        Role::Client => ("tls13-mtls", "client-cert-untrusted"),
    };
    let by_itself = subject.issuer.is_none().then_some(Some(self_signed));
    let faults = subject.wrong.iter().map(|wrong| fault(*wrong, subject)).chain(by_itself);
    let faults: Option<Vec<&str>> = faults.collect();
    let scenario =
        Scenario::parse(preset).ok()?.choose("cert", kind(subject.key_kind()).id()).ok()?;
    match faults?[..] {
        [] => Some(scenario),
        [fault] => scenario.choose("fault", fault).ok(),
        // A run has one fault.
        _ => None,
    }
}

/// The kind of key in the lab that is nearest: RSA has 2048 bits there, but for one fault.
pub fn kind(key: KeyKind) -> CertificateKind {
    match key {
        KeyKind::EcdsaP256 => CertificateKind::EcdsaP256,
        KeyKind::EcdsaP384 => CertificateKind::EcdsaP384,
        KeyKind::Ed25519 => CertificateKind::Ed25519,
        KeyKind::Rsa1024 | KeyKind::Rsa2048 | KeyKind::Rsa3072 | KeyKind::Rsa4096 => {
            CertificateKind::Rsa2048
        }
    }
}

/// The fault that is the same mistake.
fn fault(wrong: Wrong, subject: &Subject) -> Option<&'static str> {
    Some(match (subject.role, wrong) {
        (Role::Client, Wrong::Expired) => "client-cert-expired",
        (Role::Client, Wrong::WrongPurpose) => "client-cert-wrong-usage",
        (Role::Client, Wrong::WrongKey) => "client-cert-bad-proof",
        (Role::Server, Wrong::Expired) => "cert-expired",
        (Role::Server, Wrong::NotYetValid) => "cert-not-yet-valid",
        (Role::Server, Wrong::NameInCnOnly) => "name-only-in-cn",
        (Role::Server, Wrong::WrongPurpose) => "wrong-extended-key-usage",
        (Role::Server, Wrong::Version1) => "certificate-v1",
        (Role::Server, Wrong::WrongCa) => "impostor-root-same-name",
        (Role::Server, Wrong::WrongKey) => "key-mismatch",
        (Role::Server, Wrong::Sha1) => "sha1-signature",
        (Role::Server, Wrong::WeakKey) => "rsa-1024",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::recipe::BUILT_IN;
    use super::*;
    use crate::engine::Capabilities;
    use crate::run::Run;

    /// The leaves of all recipes that come with the page.
    fn leaves() -> Vec<(Recipe, String)> {
        let recipes = BUILT_IN.iter().map(|one| one.recipe().unwrap());
        let leaves = recipes.flat_map(|recipe| {
            let leaves = recipe.certificate.iter().filter(|one| one.role != Role::Authority);
            let names: Vec<String> = leaves.map(|one| one.name.clone()).collect();
            names.into_iter().map(move |name| (recipe.clone(), name))
        });
        leaves.collect()
    }

    #[test]
    fn a_leaf_without_mistake_has_a_run_that_works_and_one_with_a_mistake_a_run_that_fails() {
        for (recipe, name) in leaves() {
            let subject = recipe.subject(&name).unwrap();
            let Some(scenario) = run(&recipe, &name) else {
                assert!(!subject.wrong.is_empty(), "{name}");
                continue;
            };
            let is_good = subject.wrong.is_empty() && subject.issuer.is_some();
            assert_eq!(scenario.fault.is_none(), is_good, "{name}");
            let run = Run::new(&scenario, &Capabilities::all()).unwrap();
            let works = run.story().noticed_at.is_none();
            assert_eq!(works, is_good, "{name}: {}", scenario.text());
            let kind = scenario.certificate.id();
            assert_eq!(kind, super::kind(subject.key_kind()).id(), "{name}");
        }
    }

    #[test]
    fn what_the_lab_cannot_show_has_no_run() {
        let has_none = |(recipe, name): &(Recipe, String)| run(recipe, name).is_none();
        let mut without: Vec<Wrong> = leaves()
            .iter()
            .filter(|leaf| has_none(leaf))
            .flat_map(|(recipe, name)| recipe.subject(name).unwrap().wrong.clone())
            .collect();
        without.sort_by_key(|wrong| wrong.id());
        without.dedup();
        let ids: Vec<&str> = without.iter().map(|wrong| wrong.id()).collect();
        assert_eq!(ids, ["ca-true", "no-extended-key-usage", "no-san"]);
    }
}
