//! Whatever scenario a person puts together runs, is taken apart and told: no combination of keys
//! is a crash, stands still, or leaves a record of its own endpoints unopened.

#![cfg(test)]

mod random_scenario;

use handshake_lab::certificates::in_lab::capabilities;
use handshake_lab::dissect::KeyNode;
use handshake_lab::run::Run;
use handshake_lab::scenario::{PRESETS, Scenario};
use proptest::prelude::*;
use random_scenario::scenarios;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_scenario_runs_is_taken_apart_and_told(scenario in scenarios()) {
        let run = Run::new(&scenario, &capabilities()).map_err(|error| {
            TestCaseError::fail(format!("{}: {error}", scenario.text()))
        })?;
        for (place, (connection, parts)) in run.connections().enumerate() {
            let at = format!("{}, connection {}", scenario.text(), place + 1);
            let steps = run.stories[place].steps.len();
            prop_assert!(steps > 0, "{at}: no steps");
            let findings = run.at(place).findings().clone();
            prop_assert!(findings.checks.iter().all(|check| check.step < steps), "{at}: a check");
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

/// Links that lose half of all packets, where one end of TLS may never hear of the other, on every preset.
#[test]
fn records_open_on_every_hop_however_much_the_links_lose() {
    for preset in PRESETS {
        let base = Scenario::from_preset(preset);
        for seed in 0..12 {
            let seed = (288 + seed).to_string();
            let keys = [("loss", "0.5"), ("alpn", "h2"), ("seed", seed.as_str())];
            let Ok(scenario) = base.with(&keys) else { continue };
            let run = Run::new(&scenario, &capabilities()).unwrap();
            for record in run.dissections.iter().flat_map(|parts| &parts.records) {
                let is_closed = matches!(&record.opened, Some(Err(_)));
                assert!(!is_closed, "{}: record {}", scenario.text(), record.index);
            }
        }
    }
}
