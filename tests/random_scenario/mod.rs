//! Random scenarios, put together from the table of keys.

#![allow(dead_code, reason = "not every test uses all of it")]

use handshake_lab::faults::FAULTS;
use handshake_lab::scenario::{KEYS, PRESETS, Scenario};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Every preset, and every fault on the default one.
pub fn presets_and_faults() -> Vec<Scenario> {
    let faults = FAULTS.iter().map(|fault| Scenario::parse(fault.id).unwrap());
    PRESETS.iter().map(Scenario::from_preset).chain(faults).collect()
}

/// A preset with a few of its keys changed, as far as they go with each other.
pub fn scenarios() -> impl Strategy<Value = Scenario> {
    let change = (0..KEYS.len(), any::<Index>());
    (select(PRESETS), prop::collection::vec(change, 0..6), 0..1000_u32).prop_map(
        |(preset, changes, seed)| {
            let seed = seed.to_string();
            let mut scenario = Scenario::from_preset(&preset);
            for (key, value) in changes {
                let values = KEYS[key].samples(&scenario);
                let change = (KEYS[key].name, value.get(&values).as_str());
                scenario = scenario.with(&[change]).unwrap_or(scenario);
            }
            scenario.with(&[("seed", &seed)]).unwrap_or(scenario)
        },
    )
}
