//! What the scenario bar says, and the seed after the present one.

use crate::scenario::{Gateway, KEYS, Key, PRESETS, Place, Preset, Scenario, Topic};

/// The keys that have their control at this place, by topic.
pub fn keys(place: Place) -> impl Iterator<Item = &'static Key> {
    let of = move |topic: &'static Topic| KEYS.iter().filter(move |key| key.topic == *topic);
    Topic::ALL.iter().flat_map(of).filter(move |key| key.place == place)
}

/// All presets.
pub fn presets() -> Vec<(String, String)> {
    PRESETS.iter().map(|preset| (preset.id.into(), preset.title.into())).collect()
}

/// Whether what stands behind “More” is no longer as in the preset.
pub fn is_changed(scenario: &Scenario) -> bool {
    let preset = Preset::find(scenario.preset).map(Scenario::from_preset);
    let differs = |key: &Key| {
        preset.as_ref().is_some_and(|preset| preset.get(key.name) != scenario.get(key.name))
    };
    keys(Place::More).any(differs)
}

/// The preset's title, and whether it was changed.
pub fn title(scenario: &Scenario) -> String {
    format!("{}{}", scenario.title(), if is_changed(scenario) { ", changed" } else { "" })
}

/// The scenario in a few words: what is remarkable about it.
pub fn in_short(scenario: &Scenario) -> String {
    let fault = scenario.broken_by();
    [
        Some(title(scenario)),
        scenario.suite.map(|suite| suite.label().to_string()),
        scenario.group.map(|group| group.label().to_string()),
        (scenario.gateway != Gateway::None)
            .then(|| format!("gateway {}", scenario.gateway.label())),
        fault.map(|fault| fault.title.to_string()),
        Some(format!("seed {}", scenario.seed)),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ")
}

/// The seed after this one: random enough to look at, short enough to read aloud. A linear
/// congruential generator (Knuth, MMIX) and no entropy, so that the same clicks give the same runs.
pub fn next_seed(seed: u64) -> u64 {
    let next = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (next >> 33) % 100_000
}
