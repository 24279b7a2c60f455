//! What is broken. What a fault needs is the fault's own; nothing else in `scenario` knows of faults.

use super::path::NO_GATEWAY;
use crate::faults::{FAULTS, Fault};
use crate::scenario::key::{Key, NONE, Place, Topic, or_word, put};
use crate::scenario::{Scenario, Value};

pub(in crate::scenario) const FAULT: Key = Key {
    name: "fault",
    label: "fault",
    help: "what is broken, by the fault's name",
    topic: Topic::Run,
    place: Place::Main,
    values: |_| {
        let faults = FAULTS.iter().map(|fault| Value::new(fault.id, fault.title));
        std::iter::once(Value::new(NONE, NONE)).chain(faults).collect()
    },
    set: |s, v| put(&mut s.fault, or_word(v, NONE, named)),
    get: |s| s.fault.unwrap_or(NONE).into(),
    bring: |s, v| {
        if let Some(fault) = Fault::find(v) {
            (fault.prepare)(s);
        }
    },
    check: applies,
    rules: &[NO_GATEWAY],
    ..Key::ROW
};

/// The ids of all faults.
pub(in crate::scenario) fn names() -> impl Iterator<Item = &'static str> {
    FAULTS.iter().map(|fault| fault.id)
}

/// The fault's id, if there is one of this name.
pub(in crate::scenario) fn named(name: &str) -> Option<&'static str> {
    Fault::find(name).map(|fault| fault.id)
}

fn applies(scenario: &Scenario, _: &str) -> Result<(), (String, String)> {
    let Some(fault) = scenario.fault.and_then(Fault::find) else { return Ok(()) };
    (fault.applies)(scenario).map_err(|allowed| (format!("no {} here", fault.id), allowed.into()))
}
