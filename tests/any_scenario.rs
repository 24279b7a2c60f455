//! Whatever scenario a person puts together runs, is taken apart and told: no combination of keys
//! is a crash, stands still, or leaves a record of its own endpoints unopened.

#![cfg(test)]

mod random_scenario;

use handshake_lab::dissect::KeyNode;
use handshake_lab::engine::Capabilities;
use handshake_lab::run::Run;
use handshake_lab::scenario::Gateway;
use handshake_lab::trace::Status;
use proptest::prelude::*;
use random_scenario::scenarios;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_scenario_runs_is_taken_apart_and_told(scenario in scenarios()) {
        let run = Run::new(&scenario, &Capabilities::all()).map_err(|error| {
            TestCaseError::fail(format!("{}: {error}", scenario.text()))
        })?;
        for (place, (connection, parts)) in run.connections().enumerate() {
            let at = format!("{}, connection {}", scenario.text(), place + 1);
            prop_assert!(!run.stories[place].steps.is_empty(), "{at}: no steps");
            // A hop of a gateway that passes TLS through has the keys of the client alone; a client that
            // packets were lost for may never have come to any.
            let has_keys = scenario.gateway != Gateway::PassThrough
                || connection.client_end.status == Status::Established;
            for record in &parts.records {
                let failed = has_keys && matches!(&record.opened, Some(Err(_)));
                prop_assert!(!failed, "{at}: record {} does not open", record.index);
            }
            let named: Vec<&KeyNode> = parts.keys.iter().collect();
            prop_assert!(named.iter().all(|node| !node.output.is_empty()), "{at}: an empty key");
            prop_assert!(connection.packets.len() < 2000, "{at}: {} packets", connection.packets.len());
        }
    }
}
