//! What the page starts with gives the same runs as everything, or says what is missing.

#![cfg(test)]

use handshake_lab::engine::{Capabilities, RunError, fingerprint};
use handshake_lab::faults::FAULTS;
use handshake_lab::run::Run;
use handshake_lab::scenario::{
    CertificateKind, Gateway, Group, PRESETS, Scenario, ServerCertType, Suite,
};

/// Every preset, each also with every fault it can have, every kind of certificate, group (as the
/// client's first, and as the only one of the server) and cipher.
fn scenarios() -> Vec<Scenario> {
    let mut changes: Vec<(&str, &str)> = FAULTS.iter().map(|fault| ("fault", fault.id)).collect();
    changes.extend(CertificateKind::ALL.iter().map(|kind| ("cert", kind.id())));
    changes.extend(Suite::ALL.iter().map(|suite| ("suite", suite.id())));
    for key in ["group", "server-groups"] {
        changes.extend(Group::ALL.iter().map(|group| (key, group.id())));
    }
    let presets = PRESETS.iter().map(Scenario::from_preset);
    presets
        .flat_map(|preset| {
            let changed = changes.iter().filter_map(|change| preset.with(&[*change]).ok());
            std::iter::once(preset.clone()).chain(changed).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn a_run_with_the_first_capabilities_is_the_run_with_all_or_names_what_is_missing() {
    let (mut same, mut not_loaded) = (0, 0);
    for scenario in scenarios() {
        let text = scenario.text();
        let all = Run::new(&scenario, &Capabilities::all()).expect(&text);
        // Chains are kept from run to run: those minted with all must not come to help.
        match Run::new(&scenario, &Capabilities::first()) {
            Ok(first) => {
                assert_eq!(fingerprint(&first.trace), fingerprint(&all.trace), "{text}");
                assert_eq!(first.trace, all.trace, "{text}");
                let told = |run: &Run| {
                    let looks = (0..run.stories.len()).map(|at| run.at(at));
                    let findings = looks.map(|run| run.findings().clone()).collect::<Vec<_>>();
                    format!("{:?} {findings:?}", run.stories)
                };
                assert_eq!(told(&first), told(&all), "{text}");
                same += 1;
            }
            Err(RunError::NotLoaded(what)) => {
                assert!(!what.is_empty(), "{text}");
                not_loaded += 1;
            }
            Err(error) => panic!("{text}: {error}"),
        }
    }
    assert!(same > 100 && not_loaded > 100, "{same} the same, {not_loaded} not loaded");
}

#[test]
fn what_is_missing_is_named_as_a_scenario_names_it() {
    let missing = |text: &str| {
        let scenario = Scenario::parse(text).expect(text);
        Run::new(&scenario, &Capabilities::first()).expect_err(text)
    };
    for (text, what) in [
        ("tls13+cert=rsa-2048", "rsa-2048"),
        ("tls13+cert=ecdsa-p384", "ecdsa-p384"),
        ("tls13+cert=ed25519", "ed25519"),
        ("tls13+group=secp384r1", "secp384r1"),
        ("tls13+server-groups=secp384r1", "secp384r1"),
        ("tls13-mlkem", "X25519MLKEM768"),
        ("tls13+cert-compression=zlib", "zlib"),
        ("tls12+ems=no", "the teaching endpoints"),
    ] {
        assert_eq!(missing(text), RunError::NotLoaded(what), "{text}");
    }
}

#[test]
fn gateways_raw_public_keys_and_the_first_presets_need_nothing_more() {
    for preset in PRESETS.iter().map(Scenario::from_preset) {
        let plain = preset.certificate == CertificateKind::EcdsaP256
            && !preset.has_teaching_endpoints()
            && preset.group.is_none()
            && preset.server_groups.is_empty();
        let topic = preset.gateway != Gateway::None
            || preset.server_cert_type != ServerCertType::X509
            || preset == Scenario::default();
        if plain && topic {
            let run = Run::new(&preset, &Capabilities::first());
            assert!(run.is_ok(), "{}: {:?}", preset.text(), run.err());
        }
    }
}
