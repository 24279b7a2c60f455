//! In the page a scenario that uses what was not loaded is a crash, so [`is_rare`] has to tell of all.

use super::is_rare;
use crate::faults::FAULTS;
use crate::run::Run;
use crate::scenario::{KEYS, PRESETS, Scenario};
use std::cell::Cell;

thread_local! {
    /// Whether this thread called for something rare.
    pub static USED: Cell<bool> = const { Cell::new(false) };
}

/// Values of the keys that have a say in which algorithms a run uses.
const CHOICES: &[(&str, &[&str])] = &[
    ("version", &["1.2", "1.3", "any"]),
    ("suite", &["default", "aes-128-gcm", "aes-256-gcm", "chacha20-poly1305"]),
    ("group", &["default", "x25519", "secp256r1", "secp384r1", "X25519MLKEM768"]),
    (
        "server-groups",
        &[
            "default",
            "x25519",
            "secp256r1",
            "secp384r1",
            "X25519MLKEM768",
            "secp256r1,x25519",
            "secp256r1,secp384r1",
            "x25519,secp384r1,X25519MLKEM768",
        ],
    ),
    ("cert", &["ecdsa-p256", "ecdsa-p384", "ed25519", "rsa-2048"]),
    ("client-cert", &["none", "optional", "absent", "required"]),
    ("key-update", &["none", "client", "server"]),
    ("resume", &["none", "stored", "ticket"]),
    ("early-data", &["none", "accepted", "rejected"]),
    ("server-cert-type", &["x509", "raw-public-key"]),
    ("cert-compression", &["none", "zlib"]),
    ("close", &["close-notify", "half-close", "reset"]),
    ("key-exchange", &["ecdhe", "rsa"]),
    ("ems", &["yes", "no"]),
    ("loss", &["0", "0.1", "0.5"]),
    ("reorder", &["0", "0.5"]),
    ("duplicate", &["0", "0.5"]),
    ("mss", &["536", "1460"]),
    ("window", &["536", "65535"]),
    ("rtt-ms", &["0", "80", "3000"]),
    ("requests", &["1", "3"]),
    ("pause-ms", &["0", "5000"]),
];

/// Whether a run of the scenario or its story uses something rare.
fn uses(scenario: &Scenario) -> bool {
    USED.set(false);
    Run::new(scenario).unwrap_or_else(|error| panic!("{}: {error}", scenario.text()));
    USED.get()
}

#[test]
fn every_scenario_that_uses_something_rare_is_told_as_rare() {
    let mut scenarios: Vec<Scenario> = PRESETS.iter().map(Scenario::from_preset).collect();
    for preset in PRESETS {
        let base = Scenario::from_preset(preset);
        for fault in FAULTS {
            scenarios.extend(base.with(&[("fault", fault.id)]));
        }
        // Every choice with every other, by two.
        for (at, (key, values)) in CHOICES.iter().enumerate() {
            for value in *values {
                scenarios.extend(base.with(&[(key, value)]));
                if preset.id != "tls13" && preset.id != "tls12" {
                    continue;
                }
                for (other, others) in &CHOICES[at + 1..] {
                    scenarios.extend(
                        others.iter().filter_map(|o| base.with(&[(key, value), (other, o)]).ok()),
                    );
                }
            }
        }
    }
    let (mut used, mut spared) = (0, 0);
    for scenario in &scenarios {
        let uses = uses(scenario);
        assert!(!uses || is_rare(scenario), "{} is rare", scenario.text());
        *if uses { &mut used } else { &mut spared } += 1;
    }
    assert!(used > 100 && spared > 100, "{used} use them, {spared} do not");
}

#[test]
fn the_first_preset_does_without_and_says_so() {
    let scenario = Scenario::default();
    assert!(!is_rare(&scenario) && !uses(&scenario));
}

#[test]
fn the_choices_tried_are_of_keys_that_exist() {
    for (key, values) in CHOICES {
        assert!(KEYS.iter().any(|known| known.name == *key), "{key}");
        for value in *values {
            let fits = PRESETS
                .iter()
                .any(|preset| Scenario::from_preset(preset).with(&[(key, value)]).is_ok());
            assert!(fits, "{key}={value}");
        }
    }
}
