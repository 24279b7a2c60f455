//! What is broken. What a fault needs is the fault's own: see [`Need`].

use super::path::{GATEWAY, Gateway};
use crate::faults::{FAULTS, Fault, Need};
use crate::scenario::key::{Key, NONE, Rule, Topic, or_word, put};
use crate::scenario::{Scenario, Value, Version};

pub(in crate::scenario) const FAULT: Key = Key {
    name: "fault",
    label: "fault",
    help: "what is broken, by the fault's name",
    topic: Topic::Run,
    values: |_| {
        let faults = FAULTS.iter().map(|fault| Value::new(fault.id, fault.title));
        std::iter::once(Value::new(NONE, NONE)).chain(faults).collect()
    },
    set: |s, v| put(&mut s.fault, or_word(v, NONE, named)),
    get: |s| s.fault.unwrap_or(NONE).into(),
    bring: |s, v| {
        if let Some(fault) = Fault::find(v) {
            fault.needs.iter().for_each(|need| provide(s, need));
        }
    },
    check: applies,
    rules: &[Rule::excludes(
        GATEWAY.name,
        |s| s.gateway != Gateway::None && !is_about_gateway(s),
        "with a gateway there are two connections, and this fault is about one between client and server",
        "use gateway=none, or fault=none",
    )],
    ..Key::ROW
};

fn is_about_gateway(scenario: &Scenario) -> bool {
    let needs = scenario.broken_by().map_or(&[][..], |fault| fault.needs);
    needs.iter().any(|need| need.key == GATEWAY.name)
}

/// The ids of all faults.
pub(in crate::scenario) fn names() -> impl Iterator<Item = &'static str> {
    FAULTS.iter().map(|fault| fault.id)
}

/// The fault's id, if there is one of this name.
pub(in crate::scenario) fn named(name: &str) -> Option<&'static str> {
    Fault::find(name).map(|fault| fault.id)
}

fn applies(scenario: &Scenario, _: &str) -> Result<(), (String, String)> {
    let Some(fault) = scenario.broken_by() else { return Ok(()) };
    match fault.needs.iter().find(|need| !is_met(scenario, need)) {
        None => Ok(()),
        Some(Need { key, values, reason }) => Err((
            format!("no {} here", fault.id),
            format!("use {key}={}: {reason}", values.join(&format!(" or {key}="))),
        )),
    }
}

fn is_met(scenario: &Scenario, need: &Need) -> bool {
    scenario.get(need.key).is_ok_and(|own| need.values.contains(&own.as_str()))
}

/// Sets what is needed, with what that needs itself. That there are such keys and values is tested.
fn provide(scenario: &mut Scenario, need: &Need) {
    let first = need.values.first().filter(|_| !is_met(scenario, need));
    if let (Some(value), Ok(key)) = (first, Key::find(need.key)) {
        (key.bring)(scenario, value);
        _ = (key.set)(scenario, value);
    }
}

/// The scenarios that show a fault: one for each of these text forms that it applies to.
pub fn showing<'a>(
    fault: &Fault,
    texts: impl IntoIterator<Item = &'a str>,
) -> impl Iterator<Item = Scenario> {
    let id = fault.id;
    texts
        .into_iter()
        .filter_map(move |text| Scenario::parse(text).ok()?.with(&[(FAULT.name, id)]).ok())
}

/// The versions that a fault can be in, each with a usual run of it that shows the fault. Where both ends allow both
/// versions, that is TLS 1.3, on which they settle unless somebody is in the way.
pub fn in_versions(fault: &Fault) -> impl Iterator<Item = (Version, Scenario)> {
    let usual = [(Version::Tls12, "tls12"), (Version::Tls13, "tls13")];
    usual.into_iter().filter_map(move |(version, text)| {
        let scenario = showing(fault, [text]).next()?;
        let settled =
            if scenario.version == Version::Any { Version::Tls13 } else { scenario.version };
        (settled == version).then_some((version, scenario))
    })
}
