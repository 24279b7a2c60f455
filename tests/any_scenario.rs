//! Whatever scenario a person puts together runs, is taken apart and told: no combination of keys
//! is a crash, stands still, or leaves a record of its own endpoints unopened.

use handshake_lab::dissect::KeyNode;
use handshake_lab::engine::Capabilities;
use handshake_lab::engine::faults::FAULTS;
use handshake_lab::run::Run;
use handshake_lab::scenario::{PRESETS, Scenario};
use proptest::prelude::*;
use proptest::sample::select;

/// Values that go with each key somewhere.
const VALUES: &[(&str, &[&str])] = &[
    ("version", &["1.2", "1.3", "any"]),
    ("suite", &["aes-128-gcm", "aes-256-gcm", "chacha20-poly1305"]),
    ("group", &["x25519", "secp256r1", "secp384r1", "X25519MLKEM768"]),
    ("server-groups", &["x25519", "secp256r1", "secp384r1,x25519", "X25519MLKEM768"]),
    ("cert", &["ecdsa-p256", "ecdsa-p384", "ed25519", "rsa-2048"]),
    ("client-cert", &["none", "optional", "absent", "required"]),
    ("key-update", &["client", "server"]),
    ("alpn", &["none", "h2", "http/1.1"]),
    ("rtt-ms", &["0", "1", "80", "3000"]),
    ("loss", &["0.1", "0.5"]),
    ("reorder", &["0.2", "0.5"]),
    ("duplicate", &["0.2", "0.5"]),
    ("mss", &["536", "1000"]),
    ("window", &["536", "2000"]),
    ("resume", &["stored", "ticket"]),
    ("early-data", &["accepted", "rejected"]),
    ("requests", &["1", "2", "3"]),
    ("pause-ms", &["0", "60000"]),
    ("key-exchange", &["rsa", "ecdhe"]),
    ("ems", &["no", "yes"]),
    ("close", &["half-close", "reset"]),
    ("server-cert-type", &["raw-public-key"]),
    ("cert-compression", &["zlib"]),
    ("gateway", &["terminate", "re-encrypt", "mutual", "pass-through"]),
];

/// A preset with a few of its keys changed, as far as they go with each other.
fn scenario() -> impl Strategy<Value = Scenario> {
    let pairs = VALUES.iter().flat_map(|(key, values)| values.iter().map(|value| (*key, *value)));
    let faults = FAULTS.iter().map(|fault| ("fault", fault.id));
    let changes: Vec<(&str, &str)> = pairs.chain(faults).collect();
    (select(PRESETS), proptest::collection::vec(select(changes), 0..6), 0..1000_u32).prop_map(
        |(preset, changes, seed)| {
            let seed = seed.to_string();
            let mut scenario = Scenario::from_preset(&preset);
            for change in changes.iter().chain(&[("seed", seed.as_str())]) {
                scenario = scenario.with(&[*change]).unwrap_or(scenario);
            }
            scenario
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_scenario_runs_is_taken_apart_and_told(scenario in scenario()) {
        let run = Run::new(&scenario, &Capabilities::all()).map_err(|error| {
            TestCaseError::fail(format!("{}: {error}", scenario.text()))
        })?;
        for (place, (connection, parts)) in run.connections().enumerate() {
            let at = format!("{}, connection {}", scenario.text(), place + 1);
            prop_assert!(!run.stories[place].steps.is_empty(), "{at}: no steps");
            for record in &parts.records {
                let failed = matches!(&record.opened, Some(Err(_)));
                prop_assert!(!failed, "{at}: record {} does not open", record.index);
            }
            let named: Vec<&KeyNode> = parts.keys.iter().collect();
            prop_assert!(named.iter().all(|node| !node.output.is_empty()), "{at}: an empty key");
            prop_assert!(connection.packets.len() < 2000, "{at}: {} packets", connection.packets.len());
        }
    }
}
