//! What a run is called in the bar, and the seed after the present one.

use crate::certificates::in_lab::Wanted;
use crate::scenario::{Gateway, KEYS, Key, Preset, Scenario};

/// Keys of which the bar says the value itself.
const SAID: &[&str] = &["suite", "group", "gateway", "fault", "certs", "seed"];

/// The keys that are not as in the preset that the scenario began as.
pub fn changed(scenario: &Scenario) -> Vec<&'static Key> {
    let preset = Preset::find(scenario.preset).map(Scenario::from_preset);
    let differs = |key: &&Key| {
        preset.as_ref().is_some_and(|preset| preset.get(key.name) != scenario.get(key.name))
    };
    KEYS.iter().filter(differs).collect()
}

/// The preset's title, and whether more of it was changed than the bar says.
pub fn title(scenario: &Scenario) -> String {
    let more = changed(scenario).iter().any(|key| !SAID.contains(&key.name));
    format!("{}{}", scenario.title(), if more { ", changed" } else { "" })
}

/// What is remarkable about the scenario, in a few words.
pub fn remarks(scenario: &Scenario) -> String {
    let fault = scenario.broken_by();
    [
        fault.map(|fault| fault.title.to_string()),
        scenario.suite.map(|suite| suite.label().to_string()),
        scenario.group.map(|group| group.label().to_string()),
        (scenario.gateway != Gateway::None)
            .then(|| format!("gateway {}", scenario.gateway.label())),
        recipe(scenario),
        Some(format!("seed {}", scenario.seed)),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ")
}

/// The recipe of the certificates, where they are not the lab's own.
fn recipe(scenario: &Scenario) -> Option<String> {
    let wanted = Wanted::of(scenario)?;
    Some(format!("recipe {}{}", wanted.name, wanted.changed()))
}

/// Title and remarks in one line, where there is room for no more.
pub fn line(scenario: &Scenario) -> String {
    format!("{} · {}", title(scenario), remarks(scenario))
}

/// The seed after this one: random enough to look at, short enough to read aloud. A linear
/// congruential generator (Knuth, MMIX) and no entropy, so that the same clicks give the same runs.
pub fn next_seed(seed: u64) -> u64 {
    let next = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (next >> 33) % 100_000
}
